import { Category, MenuItem } from '@comanda/domains/menu/menu.entity';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { changeIf } from '@comanda/storage/audit';
import type { EntityManager } from '@comanda/storage/connect';
import { EVERYWHERE, editionOf } from '@comanda/storage/editions';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { PLAIN_ITEM } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { errorOf, openStore, type Place, type Store } from './store.ts';

function working<Answer>(em: EntityManager, work: (em: EntityManager) => Promise<Answer>) {
  return inTransaction({ em, afterCommit: () => undefined }, ({ em }) => work(em));
}

/** What is on show right now: of Lemon, of Lime, and of all restaurants. */
async function onShow(store: Store) {
  const em = store.everywhere();
  const [lemon, lime, all] = [store.lemon.restaurantId, store.lime.restaurantId, EVERYWHERE].map(
    (of) => editionOf(em, of),
  );
  return { lemon: await lemon, lime: await lime, all: await all };
}

/** Which of those have changed while something was done. */
async function changedBy(store: Store, work: () => Promise<unknown>): Promise<string[]> {
  const before = await onShow(store);
  await work();
  const after = await onShow(store);
  return (['lemon', 'lime', 'all'] as const).filter((of) => before[of] !== after[of]);
}

function part({ restaurantId }: Place, slug: string) {
  return { restaurantId, slug, title: slug, position: 1, skipsKitchen: false };
}

describe('an edition', () => {
  test('is another one after a change of what it shows, and of no other restaurant', async () => {
    await using store = await openStore();

    const changed = await changedBy(store, () =>
      working(store.within(store.lemon), async (em) => {
        em.create(Category, part(store.lemon, 'primi'));
      }),
    );

    expect(changed).toEqual(['lemon']);
    expect((await onShow(store)).lemon).toMatch(/^[\w-]{16}$/);
  });

  test('is another one after a change that has no transaction but its own', async () => {
    await using store = await openStore();

    const changed = await changedBy(store, async () => {
      const em = store.within(store.lime);
      em.create(Category, part(store.lime, 'primi'));
      await em.flush();
    });

    expect(changed).toEqual(['lime']);
  });

  test('is another one after a change through the door across, in the transaction of another', async () => {
    await using store = await openStore();

    const changed = await changedBy(store, () =>
      working(store.within(store.lemon), async (em) => {
        const across = acrossRestaurants(em);
        const lime = await across.findOneOrFail(Restaurant, store.lime.restaurantId);
        lime.phone = '+39 010 123';
        await across.flush();
      }),
    );

    expect(changed).toEqual(['lime', 'all']);
  });

  test('is another one after a compare and set, which no unit of work sees', async () => {
    await using store = await openStore();
    const { restaurantId: id } = store.lemon;

    const won = await changedBy(store, () =>
      working(store.everywhere(), (em) =>
        changeIf(em, Restaurant, { where: { id, phone: null }, set: { phone: '1' } }),
      ),
    );
    const lost = await changedBy(store, () =>
      working(store.everywhere(), (em) =>
        changeIf(em, Restaurant, { where: { id, phone: null }, set: { phone: '2' } }),
      ),
    );

    expect([won, lost]).toEqual([['lemon', 'all'], []]);
  });

  test('stays where a compare and set does not say whose it is', async () => {
    await using store = await openStore();
    const where = { id: store.lemon.restaurantId };

    const error = await errorOf(
      working(store.everywhere(), async (em) => {
        const { id } = em.create(Category, part(store.lemon, 'primi'));
        await em.flush();
        await changeIf(em, Category, { where: { ...where, id }, set: { position: 2 } });
      }),
    );

    expect(error.message).toContain('whose edition');
  });

  test('stays after what is undone', async () => {
    await using store = await openStore();

    const changed = await changedBy(store, () =>
      errorOf(
        working(store.within(store.lemon), async (em) => {
          em.create(Category, part(store.lemon, 'primi'));
          await em.flush();
          throw new Error('on second thoughts');
        }),
      ),
    );

    expect(changed).toEqual([]);
  });

  test('gets its name at the end, one for all that is changed together', async () => {
    await using store = await openStore();
    const { restaurantId } = store.lemon;
    const names = [await editionOf(store.everywhere(), restaurantId)];

    const changed = await changedBy(store, () =>
      working(store.within(store.lemon), async (em) => {
        for (const slug of ['primi', 'secondi', 'dolci']) {
          em.create(Category, part(store.lemon, slug));
          await em.flush();
          names.push(await editionOf(em, restaurantId));
        }
      }),
    );

    expect(changed).toEqual(['lemon']);
    expect(names).toEqual(names.map(() => names[0]));
  });

  test('is of one change after the other, however many come at once', async () => {
    await using store = await openStore();
    const { restaurantId } = store.lemon;
    const all = Array.from({ length: 20 }, (_, at) => `part-${at}`);

    await Promise.all(
      all.map((slug) =>
        working(store.within(store.lemon), async (em) => {
          em.create(Category, part(store.lemon, slug));
        }),
      ),
    );

    const rows = await store
      .everywhere()
      .getConnection()
      .execute<object[]>('select * from edition where restaurant_id = ?', [restaurantId]);
    expect(rows).toHaveLength(1);
    expect(await store.everywhere().count(Category, { restaurantId })).toBe(20);
  });
});

const ITEM = {
  name: 'Cake',
  sortName: 'cake',
  slug: 'cake',
  ...PLAIN_ITEM,
  photoId: null,
  recipeId: null,
  stockMode: 'count',
  stockLeft: 7,
} as const;

describe('a stock', () => {
  test.each<[number, Partial<MenuItem>, string[]]>([
    [7, { stockLeft: 6 }, []],
    [6, { stockLeft: 5 }, ['lemon']],
    [5, { stockLeft: 1 }, []],
    [1, { stockLeft: 0 }, ['lemon']],
    [0, { stockLeft: 1 }, ['lemon']],
    [9, { stockMode: 'none' }, []],
    [9, { stockMode: 'out' }, ['lemon']],
    [9, { stockLeft: 8, name: 'Cakes' }, ['lemon']],
  ])('of %i that becomes %j is told where that shows', async (stockLeft, change, told) => {
    await using store = await openStore();
    const { restaurantId } = store.lemon;
    const id = await working(store.within(store.lemon), async (em) => {
      const category = em.create(Category, part(store.lemon, 'dolci'));
      return em.create(MenuItem, {
        ...ITEM,
        allergens: [],
        options: [],
        stockLeft,
        category,
        categoryPosition: category.position,
        restaurantId,
      }).id;
    });

    const changed = await changedBy(store, () =>
      working(store.within(store.lemon), async (em) => {
        Object.assign(await em.findOneOrFail(MenuItem, id), change);
      }),
    );

    expect(changed).toEqual(told);
  });
});
