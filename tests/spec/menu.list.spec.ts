import type { Client } from '@comanda/client';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

const namesOf = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);

/** Five to choose from, in three categories. */
async function openMenu(): Promise<TestApp> {
  const app = await openApp();
  const antipasti = await app.given.category({
    title: 'Antipasti',
    slug: 'antipasti',
    position: 1,
  });
  const primi = await app.given.category({ title: 'Primi', slug: 'primi', position: 2 });
  const dolci = await app.given.category({ title: 'Dolci', slug: 'dolci', position: 3 });
  const { create } = app.as('manager').menu.items;
  await create.mutate({ categoryId: dolci, name: 'Tiramisù', price: 700 });
  await create.mutate({ categoryId: dolci, name: 'Crème brûlée', price: 700, featured: true });
  await create.mutate({ categoryId: primi, name: 'Cacio e pepe', price: 1_200 });
  await create.mutate({ categoryId: antipasti, name: 'Caprese', price: 900 });
  await create.mutate({ categoryId: antipasti, name: 'Bruschetta', price: 600, featured: true });
  return app;
}

type Asked = Exclude<Parameters<Client['menu']['list']['query']>[0], void | undefined>;

describe('a menu', () => {
  test('S0-29 S1-33 is in the order of its categories, then of its names', async () => {
    await using app = await openMenu();

    const list = await app.as('anonymous').menu.list.query();

    expect(namesOf(list)).toEqual([
      'Bruschetta',
      'Caprese',
      'Cacio e pepe',
      'Crème brûlée',
      'Tiramisù',
    ]);
    expect(list.nextCursor).toBeNull();
  });

  test.each<[Asked['sort'], string[]]>([
    ['name', ['Bruschetta', 'Cacio e pepe', 'Caprese', 'Crème brûlée', 'Tiramisù']],
    ['price', ['Bruschetta', 'Tiramisù', 'Crème brûlée', 'Caprese', 'Cacio e pepe']],
    ['-price', ['Cacio e pepe', 'Caprese', 'Tiramisù', 'Crème brûlée', 'Bruschetta']],
  ])('S2-07 is sorted by %s; what costs the same stands as it was added', async (sort, names) => {
    await using app = await openMenu();

    expect(namesOf(await app.as('anonymous').menu.list.query({ sort }))).toEqual(names);
  });

  test('names are sorted without accents and capitals', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { items } = app.as('manager').menu;
    for (const name of ['Zuppa', 'éclair', 'Eis', 'Ähre', 'apple']) {
      await items.create.mutate({ categoryId, name, price: 1 });
    }

    const list = await app.as('anonymous').menu.list.query({ sort: 'name' });

    expect(namesOf(list)).toEqual(['Ähre', 'apple', 'éclair', 'Eis', 'Zuppa']);
  });
});

describe('a menu is narrowed', () => {
  test.each<[Asked, string[]]>([
    [{ category: 'dolci' }, ['Crème brûlée', 'Tiramisù']],
    [{ category: 'nowhere' }, []],
    [{ priceMin: 700, priceMax: 900 }, ['Caprese', 'Crème brûlée', 'Tiramisù']],
    [{ priceMin: 701, priceMax: 899 }, []],
    [{ priceMin: 1_200 }, ['Cacio e pepe']],
    [{ priceMax: 600 }, ['Bruschetta']],
    [{ priceMin: 900, priceMax: 700 }, []],
    [{ featured: true }, ['Bruschetta', 'Crème brûlée']],
    [{ featured: false }, ['Caprese', 'Cacio e pepe', 'Tiramisù']],
    [{ category: 'dolci', featured: true, search: 'creme' }, ['Crème brûlée']],
    [{ search: 'c', priceMax: 900, sort: '-price', available: true }, ['Caprese', 'Crème brûlée']],
    [{ category: 'antipasti', priceMin: 600, priceMax: 900, featured: false }, ['Caprese']],
  ])('S2-07 to %j: %j', async (asked, names) => {
    await using app = await openMenu();

    expect(namesOf(await app.as('anonymous').menu.list.query(asked))).toEqual(names);
  });

  test('D10 to what there is, or to what is sold out, for whatever reason', async () => {
    await using app = await openApp();
    const { items } = app.as('manager').menu;
    const switchedOff = await app.given.item({ name: 'Switched off' });
    await items.setAvailability.mutate({ itemId: switchedOff, available: false });
    await app.given.item({ name: 'None left', stockMode: 'count', stockLeft: 0 });
    await app.given.item({ name: 'Out', stockMode: 'out', stockLeft: 4 });
    await app.given.item({ name: 'One left', stockMode: 'count', stockLeft: 1 });
    await app.given.item({ name: 'Not counted', stockMode: 'none' });
    const { list } = app.as('anonymous').menu;

    const there = await list.query({ available: true });
    const soldOut = await list.query({ available: false });

    expect(namesOf(there)).toEqual(['One left', 'Not counted']);
    expect(namesOf(soldOut)).toEqual(['Switched off', 'None left', 'Out']);
    expect(there.items.map(({ now }) => now.orderable)).toEqual([true, true]);
    expect(soldOut.items.map(({ now }) => now.because)).toEqual(Array(3).fill('SOLD_OUT'));
    expect(namesOf(await list.query())).toHaveLength(5);
  });

  test.each([
    [{ priceMin: -1 }, 'priceMin'],
    [{ priceMax: 10_000_000_000 }, 'priceMax'],
    [{ priceMax: 1.5 }, 'priceMax'],
    [{ category: 'Dolci!' }, 'category'],
    [{ search: ' ' }, 'search'],
    [{ search: 'x'.repeat(101) }, 'search'],
    [{ sort: 'colour' as 'name' }, 'sort'],
    [{ limit: 0 }, 'limit'],
    [{ limit: 101 }, 'limit'],
    [{ cursor: 'x'.repeat(301) }, 'cursor'],
  ])('not by %j: wrong is %s', async (asked, path) => {
    await using app = await openApp();

    expect(await refusalOf(app.as('anonymous').menu.list.query(asked))).toMatchObject({
      reason: 'VALIDATION',
      httpStatus: 400,
      details: { issues: [{ path }] },
    });
  });
});

describe('a search', () => {
  const options = [
    {
      id: '01900000-0000-7000-8000-00000000000a',
      name: 'Extras',
      min: 0,
      max: 1,
      options: [
        {
          id: '01900000-0000-7000-8000-00000000000b',
          name: 'Burrata affumicata',
          priceDelta: 200,
          available: true,
          maxQuantity: 1,
        },
      ],
    },
  ];

  test.each([
    ['spaghetti', ['Spaghetti all’Amatriciana']],
    ['SPAGH', ['Spaghetti all’Amatriciana']],
    ['amatriciana', ['Spaghetti all’Amatriciana']],
    ['ghetti', []],
    ['creme brulee', ['Crème brûlée']],
    ['CRÈME', ['Crème brûlée']],
    ['bru cre', ['Crème brûlée']],
    ['spaghetti creme', []],
    ['guanciale', ['Spaghetti all’Amatriciana']],
    ['burrata', ['Spaghetti all’Amatriciana']],
    ['sedano', ['Spaghetti all’Amatriciana']],
    ['dessert', ['Crème brûlée']],
    ['pizza', []],
    ['50%', ['Crème brûlée']],
    ['cr_me', []],
    ['cr%me', []],
    ['1 2 3 4 5 6 7 8 9', []],
    ['x'.repeat(100), []],
    ['\\', ['Crème brûlée', 'Spaghetti all’Amatriciana']],
    ['!?%_', ['Crème brûlée', 'Spaghetti all’Amatriciana']],
  ])('S2-07 for %j finds %j', async (search, names) => {
    await using app = await openApp();
    const { create } = app.as('manager').menu.items;
    const pasta = await app.given.category({ title: 'Pasta', slug: 'pasta', position: 2 });
    const dessert = await app.given.category({ title: 'Dessert', slug: 'dessert' });
    await create.mutate({
      categoryId: pasta,
      name: 'Spaghetti all’Amatriciana',
      description: 'Guanciale, pecorino',
      price: 1_450,
      allergens: ['sedano'],
      options,
    });
    const description = '50% cream';
    await create.mutate({ categoryId: dessert, name: 'Crème brûlée', description, price: 700 });

    expect(namesOf(await app.as('anonymous').menu.list.query({ search }))).toEqual(names);
  });

  test('S3-11 finds nothing of another restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const categoryId = await app.given.category({ restaurantId });
    const { menu } = app.as('admin');
    await menu.items.create.mutate({ restaurantId, categoryId, name: 'Pizza', price: 900 });

    const here = await app.as('waiter').menu.list.query({ search: 'pizza' });
    const there = await app.as('waiter').menu.list.query({ search: 'pizza', restaurantId });

    expect([namesOf(here), namesOf(there)]).toEqual([[], ['Pizza']]);
  });
});

const SORTS = ['menu', 'name', 'price', '-price'] as const;

/** 47, of which many share a name, a price or both. */
async function openLongMenu(): Promise<{ app: TestApp; ids: string[]; categories: string[] }> {
  const app = await openApp();
  const categories = [
    await app.given.category({ position: 2 }),
    await app.given.category({ position: 1 }),
    await app.given.category({ position: 1 }),
  ];
  const ids: string[] = [];
  for (let n = 0; n < 47; n++) {
    const categoryId = categories[n % 3] ?? '';
    const name = n % 2 === 0 ? 'Pasta' : `Pizza ${n % 7}`;
    ids.push(await app.given.item({ categoryId, name, price: 100 * (n % 5) }));
  }
  return { app, ids, categories };
}

/** Reads all pages; `between` happens after each of them. */
async function allPages(
  app: TestApp,
  asked: Asked,
  between: (page: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<{ id: string; price: number }[]> {
  const seen: { id: string; price: number }[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const { list } = app.as('anonymous').menu;
    const page: Awaited<ReturnType<typeof list.query>> = await list.query({
      ...asked,
      ...(cursor !== null && { cursor }),
    });
    seen.push(...page.items.map(({ id, price }) => ({ id, price })));
    await between(pages++);
    cursor = page.nextCursor;
    if (pages > 100) throw new Error('the pages never end');
  } while (cursor !== null);
  return seen;
}

describe('pages of a menu', () => {
  test('S2-08 hold 20 unless somebody asks for more or fewer', async () => {
    const { app: opened } = await openLongMenu();
    await using app = opened;
    const { list } = app.as('anonymous').menu;

    expect((await list.query()).items).toHaveLength(20);
    expect((await list.query({ limit: 1 })).items).toHaveLength(1);
    expect((await list.query({ limit: 47 })).nextCursor).toBeNull();
    expect((await list.query({ limit: 100 })).items).toHaveLength(47);
  });

  test.each(SORTS)('S1-33 S2-08 in the order of %s hold each item once', async (sort) => {
    const { app: opened, ids } = await openLongMenu();
    await using app = opened;

    const seen = (await allPages(app, { sort, limit: 5 })).map(({ id }) => id);
    const atOnce = await app.as('anonymous').menu.list.query({ sort, limit: 100 });

    expect(seen).toEqual(atOnce.items.map(({ id }) => id));
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  test.each(SORTS)(
    'S2-08 in the order of %s miss nothing while items come, go and change',
    async (sort) => {
      const { app: opened, ids, categories } = await openLongMenu();
      await using app = opened;
      const { items } = app.as('manager').menu;
      const touched = new Set<string>();
      const take = (n: number) => {
        const id = ids[(n * 13 + 5) % ids.length] ?? '';
        touched.add(id);
        return id;
      };

      const seen = await allPages(app, { sort, limit: 5 }, async (n) => {
        await items.remove.mutate({ itemId: take(2 * n) });
        await items.update.mutate({ itemId: take(2 * n + 1), price: 50 + 100 * (n % 6) });
        const name = n % 2 === 0 ? 'Pasta' : 'Pizza 3';
        const categoryId = categories[n % 3] ?? '';
        await items.create.mutate({ categoryId, name, price: 100 * (n % 5) });
      });

      const untouched = ids.filter((id) => !touched.has(id));
      const shown = seen.map(({ id }) => id).filter((id) => untouched.includes(id));
      expect(shown.toSorted()).toEqual(untouched.toSorted());
      // Who goes by price meets again what has become dearer; all others meet nothing twice.
      const met = seen.map(({ id, price }) => (sort.includes('price') ? `${id} ${price}` : id));
      expect(met).toHaveLength(new Set(met).size);
    },
  );

  test.each(SORTS)('in the order of %s have room for the longest names', async (sort) => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { items } = app.as('manager').menu;
    const names = ['"', '\\', '麺', '😀', 'W'].map((letter) => letter.repeat(100));
    for (const name of [...names, 'W'.repeat(200), 'ﷺ'.repeat(200), '漢'.repeat(200)]) {
      await items.create.mutate({ categoryId, name, price: 9_999_999_999 });
    }

    const seen = await allPages(app, { sort, limit: 1 });

    expect(new Set(seen.map(({ id }) => id)).size).toBe(8);
    expect(seen).toHaveLength(8);
  });

  test('go on under other filters and limits', async () => {
    const { app: opened } = await openLongMenu();
    await using app = opened;
    const { list } = app.as('anonymous').menu;
    const { items, nextCursor } = await list.query({ sort: 'price', limit: 30 });

    const rest = await list.query({ sort: 'price', priceMin: 400, cursor: nextCursor ?? '' });

    expect(rest.items.map(({ price }) => price)).toEqual(Array(9).fill(400));
    expect(rest.items.filter(({ id }) => items.some((item) => item.id === id))).toEqual([]);
  });

  test.each(SORTS)('of another order have no place in that of %s', async (sort) => {
    const { app: opened } = await openLongMenu();
    await using app = opened;
    const { list } = app.as('anonymous').menu;
    const others = SORTS.filter((other) => other !== sort);

    const refusals = await Promise.all(
      others.map(async (other) => {
        const { nextCursor } = await list.query({ sort: other, limit: 1 });
        return refusalOf(list.query({ sort, cursor: nextCursor ?? '' }));
      }),
    );

    expect(refusals.map(({ reason }) => reason)).toEqual(Array(3).fill('VALIDATION'));
  });

  const written = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const id = '01900000-0000-7000-8000-000000000001';
  test.each([
    ['', 'nonsense'],
    ['of another list', written(id)],
    ['of too few parts', written('price', '100')],
    ['of too many parts', written('price', '100', id, id)],
    ['of numbers', written('price', 100, id)],
    ['with no price', written('price', 'cheap', id)],
    ['with an empty price', written('price', '', id)],
    ['with an endless price', written('price', 'Infinity', id)],
    ['with a price below all', written('price', '-1e999', id)],
    ['with half a price', written('price', '0.5', id)],
    ['with a price in another notation', written('price', '0x10', id)],
    ['with a price nobody can count to', written('price', '9'.repeat(30), id)],
  ])('are not found by a cursor %s: %s', async (_, cursor) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('anonymous').menu.list.query({ sort: 'price', cursor }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      httpStatus: 400,
      details: { issues: [{ path: 'cursor' }] },
    });
  });

  test.each(['', "' or 1=1 --", '\0', '\ud800', '😀', '%'])(
    'begin after %j, be it a name or not',
    async (place) => {
      await using app = await openApp();
      const cursor = written('name', place, place);

      const page = await app.as('anonymous').menu.list.query({ sort: 'name', cursor });

      expect(page).toEqual({ items: [], nextCursor: null });
    },
  );
});
