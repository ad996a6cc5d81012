import { listenToStatements } from '@comanda/storage/statements';
import type { TestApp } from '@comanda/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { type Asked, expected, listed, plant, type Planted } from './menu.planted.ts';
import { rowsReadBy, sortsOf } from './plans.ts';

/** More than the words of what counts as rare, and enough to tell a page from all there is. */
const ITEMS = 1_100;
const POSITIONS = [3, 1, 2, 1, 3];

let app: TestApp;
let planted: Planted[] = [];
let heard: string[] = [];
beforeAll(async () => {
  app = await openApp();
  planted = await plant(app, { items: ITEMS, positions: POSITIONS, nth });
  listenToStatements(app.house.database, ({ text }) => heard.push(text));
});
afterAll(async () => {
  listenToStatements(app.house.database, () => undefined);
  await app[Symbol.asyncDispose]();
});

function nth(n: number) {
  const category = (n * 7) % POSITIONS.length;
  const name = (n * 131) % 500;
  return {
    category,
    sortName: `dish ${name}`,
    price: 100 + ((n * 37) % 40),
    featured: n % 9 === 0,
    words: [
      'dish',
      `number${n}`,
      ...(n % 30 === 0 ? [] : ['plate']),
      ...(n % 300 === 3 ? ['truffle', 'truffles'] : []),
      // All that have these stand behind one another, at the end.
      ...(POSITIONS[category] === 3 ? ['lastly', ...(name % 2 === 0 ? ['late'] : [])] : []),
    ],
  };
}

const SORTS = ['menu', 'name', 'price', '-price'] as const;
const FILTERS: Omit<Asked, 'sort'>[] = [
  {},
  { category: 'c-3' },
  { featured: true },
  { available: true },
  { priceMin: 110, priceMax: 112 },
];
const SEARCHES = [
  'dish',
  'd',
  'truffle',
  'tru dish',
  'number7 dish',
  'number',
  'number77',
  'nothing',
  'dish plate',
  'la',
  'lastly late',
  'plate lastly dish',
];

describe('a menu of many items', () => {
  test.each(SORTS.flatMap((sort) => FILTERS.map((filter) => ({ sort, ...filter }))))(
    'S2-07 is told page by page, each item once and in its order: %j',
    async (asked) => {
      const { available: _, ...counted } = asked;

      expect(await listed(app, asked)).toEqual(expected(planted, counted));
    },
  );

  test.each(
    SEARCHES.flatMap((search) => (['menu', '-price'] as const).map((sort) => ({ sort, search }))),
  )('S2-07 is searched alike for rare and common words: %j', async (asked) => {
    expect(await listed(app, asked)).toEqual(expected(planted, asked));
  });

  // One category by price is left to the database: MariaDB may well sort that category.
  const PAGES = SORTS.flatMap((sort) =>
    [{}, { available: true }, { search: 'dish' }].map((asked) => ({ sort, ...asked })),
  );
  const IN_ONE = (['menu', 'name'] as const).map((sort) => ({ sort, category: 'c-3' }));

  // However long the way to the first of them is: along their words there is none.
  const ALONG = ['lastly', 'dish plate', 'plate late'].map((search) => ({ search }));
  const ALONG_IN_ONE = IN_ONE.map((asked) => ({ ...asked, category: 'c-4', search: 'late' }));

  test.each<Asked>([...PAGES, ...IN_ONE, ...ALONG, ...ALONG_IN_ONE])(
    'a page of it is read and not sorted, however deep: %j',
    async (asked) => {
      const cursor = await deepIn(asked);
      for (const place of [{}, { cursor }]) {
        heard = [];
        const list = () => app.as('anonymous').menu.list.query({ ...asked, ...place, limit: 10 });
        const read = await rowsReadBy(app, ['menu_item'], list);

        expect(heard.length).toBeGreaterThan(0);
        expect((await Promise.all(heard.map((text) => sortsOf(app, text)))).flat()).toEqual([]);
        // A filter leaves out some of what is read; the rest of the menu is not looked at.
        expect(read).toBeLessThan(150);
      }
    },
  );
});

/** A place behind most of a list. */
async function deepIn(asked: Asked): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let left = Math.floor(expected(planted, asked).length * 0.8); left > 0; left -= 100) {
    const limit = Math.min(100, left);
    const page = await app.as('anonymous').menu.list.query({ ...asked, limit, cursor });
    cursor = page.nextCursor ?? undefined;
  }
  return cursor;
}
