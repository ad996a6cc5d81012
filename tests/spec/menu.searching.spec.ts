import { Category, MenuItem } from '@comanda/domains/menu/menu.entity';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from '@comanda/testing/author';
import type { TestApp } from '@comanda/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { expected, listed, plant, type Planted } from './menu.planted.ts';
import { rowsReadBy } from './plans.ts';

const POSITIONS = [4, 0, 4, 2];
/** Most begin as others do. */
const WORDS = ['a', 'al', 'ale', 'alfa', 'b', 'be', 'bean', 'beans', 'c', 'co', 'cod', 'я'];
const WORD = fc.constantFrom(...WORDS);

const ITEM = fc.record({
  category: fc.nat({ max: POSITIONS.length - 1 }),
  sortName: fc.constantFrom('ale', 'bean', 'bean soup', 'cod', 'я'),
  price: fc.integer({ min: 1, max: 6 }),
  featured: fc.boolean(),
  words: fc.uniqueArray(WORD, { maxLength: 6 }),
});

const ASKED = fc.record(
  {
    search: fc.uniqueArray(WORD, { minLength: 1, maxLength: 3 }).map((terms) => terms.join(' ')),
    sort: fc.constantFrom('menu' as const, 'name' as const, 'price' as const, '-price' as const),
    category: fc.constantFrom('c-0', 'c-1', 'c-9'),
    featured: fc.boolean(),
    priceMin: fc.integer({ min: 1, max: 6 }),
    priceMax: fc.integer({ min: 1, max: 6 }),
    limit: fc.integer({ min: 1, max: 30 }),
  },
  { requiredKeys: ['search'] },
);

describe('any menu', () => {
  test('S2-07 is searched as if it were read from beginning to end', async () => {
    const menus = fc.array(ITEM, { minLength: 40, maxLength: 40 });
    const property = fc.asyncProperty(
      menus,
      fc.array(ASKED, { minLength: 20, maxLength: 20 }),
      async (items, searches) => {
        await using app = await openApp();
        const nth = (n: number) => items[n] as (typeof items)[number];
        const planted = await plant(app, { items: items.length, positions: POSITIONS, nth });

        for (const asked of searches) {
          const told = { asked, ids: await listed(app, asked) };
          expect(told).toEqual({ asked, ids: expected(planted, asked) });
        }
      },
    );

    await fc.assert(property, { numRuns: 6, endOnFailure: true });
  });
});

describe('two words that many dishes have, and few have both', () => {
  /** More than count as rare have each of them. */
  const ITEMS = 2_300;
  let app: TestApp;
  let planted: Planted[] = [];
  beforeAll(async () => {
    app = await openApp();
    planted = await plant(app, { items: ITEMS, positions: POSITIONS, nth });
  });
  afterAll(() => app[Symbol.asyncDispose]());

  function nth(n: number) {
    const isEarly = n < ITEMS / 2;
    const both = n % 400 === 0 ? ['early', 'late'] : [isEarly ? 'early' : 'late'];
    return {
      category: isEarly ? 1 : 0,
      sortName: String(n).padStart(4, '0'),
      price: 1 + (n % 7),
      featured: n % 2 === 0,
      // Behind others that have both, a whole page of them that begins otherwise.
      words: isEarly && n >= 1_000 ? ['eager', 'early', 'late'] : both,
    };
  }

  const SEARCHES = ['early late', 'late early', 'early', 'la', 'ea la', 'late ea'];

  test.each(SEARCHES)('S2-07 are found: %s', async (search) => {
    expect(await listed(app, { search })).toEqual(expected(planted, { search }));
  });

  test('a page of either is read along its words', async () => {
    const { list } = app.as('anonymous').menu;

    const read = await rowsReadBy(app, ['menu_item'], () => list.query({ search: 'early' }));

    expect(read).toBeLessThan(100);
  });

  test('S2-05 are found where their category has gone to, however many are in it', async () => {
    const { categories } = app.as('manager').menu;
    const [first] = planted;
    const categoryId = first?.categoryId ?? '';

    await categories.update.mutate({ categoryId, position: 9 });

    const moved = planted.map((one) =>
      one.categoryId === categoryId ? { ...one, position: 9 } : one,
    );
    expect(await listed(app, { search: 'early' })).toEqual(expected(moved, { search: 'early' }));
  });

  test('S2-05 and were removed are found in a category that was removed after them', async () => {
    const em = acrossRestaurants(app.house.database, behind(app.clock));
    const { categoryId: id = '', slug = '' } = planted.at(-1) ?? {};
    const now = { deletedAt: app.clock.now() };
    await em.nativeUpdate(MenuItem, { category: id }, now);
    await em.nativeUpdate(Category, { id }, now);
    const { list } = app.as('manager').menu;

    const { items } = await list.query({ search: 'early late', category: slug, removed: true });

    const there = planted.filter((one) => one.slug === slug);
    expect(items.map((item) => item.id)).toEqual(expected(there, { search: 'early late' }));
    expect(items.length).toBeGreaterThan(0);
  });
});
