import type { Category, MenuItem } from '@comanda/domains/menu/menu.entity';
import type { Order } from '@comanda/domains/orders/orders.entity';
import type { EntityManager } from '@comanda/storage/connect';
import { provenanceOf } from '@comanda/storage/provenance';
import { reading, readingDeletedToo } from '@comanda/storage/reading';
import { NAMING } from '@comanda/storage/reading.naming';
import { OwnRows } from '@comanda/storage/reading.tenancy';
import { tablesOf } from '@comanda/storage/tables';
import { acrossRestaurants, within } from '@comanda/storage/tenancy';
import { behind } from '@comanda/testing/author';
import type { TestApp } from '@comanda/testing';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

type Tables = typeof Category | typeof MenuItem | typeof Order;
type Rows = ReturnType<typeof reading<Tables>>;
interface Asked {
  name?: string;
  names?: string[];
  price?: number;
  available?: boolean;
  photoId?: string | null;
  since?: number;
  limit?: number;
}
type Query = { execute(): Promise<object[]> };

let app: TestApp;
let em: EntityManager;
beforeAll(async () => {
  app = await openApp();
  em = within(app.house.database, app.home.restaurantId, behind(app.clock));
  const other = await app.given.restaurant();
  await app.given.item({ restaurantId: other });
  for (const title of ["Soup 'of' the day", 'Cake']) {
    const categoryId = await app.given.category({ title });
    for (let price = 0; price < 4; price += 1) {
      await app.given.item({ categoryId, name: `${title} ${price}`, price, stockLeft: price });
      app.clock.advance(1_000);
    }
  }
  await app.given.order();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** The plain way: MikroORM's plugin and ours do all of it for every query and every row. */
function plainly(from: EntityManager, deleted: 'hidden' | 'shown' = 'hidden'): Rows {
  const own = new OwnRows(from.getMetadata(), provenanceOf(from).reach, deleted);
  return from.getKysely(NAMING).withPlugin(own);
}

/** The columns of every property of an entity. */
function all(rows: Kysely<never>, entity: string): Query {
  const { properties } = em.getMetadata().getByClassName(entity);
  const kept = Object.values<{ name: string; fieldNames?: string[]; persist?: boolean }>(
    properties,
  ).filter(({ fieldNames, persist }) => fieldNames && persist !== false);
  return rows.selectFrom(entity as never).select(kept.map(({ name }) => name) as never);
}

const QUERIES: Record<string, (rows: Rows) => Query> = {
  'all of a table': (rows) => rows.selectFrom('MenuItem').selectAll().orderBy('id'),
  'all of an alias': (rows) => rows.selectFrom('MenuItem as i').selectAll('i').orderBy('i.id'),
  'two tables with the same names': (rows) =>
    rows
      .selectFrom('MenuItem as i')
      .innerJoin('Category as c', 'c.id', 'i.category')
      .select(['i.id', 'i.createdAt', 'c.id as categoryId', 'c.createdAt as at', 'c.updatedAt'])
      .orderBy('i.id'),
  'one name twice': (rows) =>
    rows
      .selectFrom('MenuItem as i')
      .innerJoin('Category as c', 'c.id', 'i.category')
      .select(['i.id', 'c.id'])
      .orderBy('i.id'),
  'a name that belongs to another column': (rows) =>
    rows
      .selectFrom('MenuItem as i')
      .select(['i.name as slug', 'i.slug as name', 'i.available as price', 'i.price as featured'])
      .orderBy('i.id'),
  'a column under the name of its table': (rows) =>
    rows
      .selectFrom('MenuItem')
      .select(['createdAt as created_at', 'sortName as sort_name', 'category as category_id'])
      .orderBy('id'),
  'two columns that get one name': (rows) =>
    rows
      .selectFrom('MenuItem as i')
      .innerJoin('Category as c', 'c.id', 'i.category')
      .select(['c.createdAt', 'i.updatedAt as createdAt'])
      .orderBy('i.id'),
  'a gap in a left join': (rows) =>
    rows
      .selectFrom('MenuItem as i')
      .leftJoin('Category as c', (on) =>
        on.onRef('c.id', '=', 'i.category').on('c.title', '=', 'Cake'),
      )
      .select(['i.allergens', 'i.mealtimes', 'c.createdAt', 'c.skipsKitchen', 'c.position'])
      .orderBy('i.id'),
  'a query for a table': (rows) =>
    rows
      .selectFrom((from) =>
        from.selectFrom('MenuItem as i').select(['i.id', 'i.createdAt', 'i.sortName']).as('x'),
      )
      .select(['x.id', 'x.createdAt'])
      .orderBy('x.id'),
  'a query for a column': (rows) =>
    rows
      .selectFrom('Category as c')
      .select((from) => [
        'c.title',
        from
          .selectFrom('MenuItem as i')
          .whereRef('i.category', '=', 'c.id')
          .select(({ fn }) => fn.max('i.createdAt').as('createdAt'))
          .as('createdAt'),
      ])
      .orderBy('c.id'),
  'groups and what they have': (rows) =>
    rows
      .selectFrom('MenuItem')
      .select(({ fn }) => ['category', fn.countAll().as('items'), fn.sum('price').as('price')])
      .groupBy('category')
      .having(({ fn }) => fn.countAll(), '>', 1)
      .orderBy('category'),
  'a union': (rows) =>
    rows
      .selectFrom('MenuItem')
      .where('price', '=', 1)
      .select(['id', 'createdAt', 'sortName'])
      .unionAll(
        rows.selectFrom('MenuItem').where('price', '>', 2).select(['id', 'createdAt', 'sortName']),
      )
      .orderBy('sortName'),
  'a query in a condition': (rows) =>
    rows
      .selectFrom('Category as c')
      .where('c.id', 'in', (from) =>
        from.selectFrom('MenuItem as i').select('i.category').where('i.price', '>', 99),
      )
      .select('c.id'),
  'one with less in its condition': (rows) =>
    rows
      .selectFrom('Category as c')
      .where('c.id', 'in', (from) => from.selectFrom('MenuItem as i').select('i.category'))
      .select('c.id'),
  'one of each': (rows) => rows.selectFrom('MenuItem').select('stockMode').distinct(),
  'nothing at all': (rows) => rows.selectFrom('MenuItem').where('id', '=', 'x').select('id'),
};

describe('a planned read answers what MikroORM would', () => {
  test.each(Object.entries(QUERIES))('%s', async (_, query) => {
    const expected = await query(plainly(em)).execute();

    expect(await query(reading<Tables>(em)).execute()).toEqual(expected);
    expect(await query(reading<Tables>(em)).execute()).toEqual(expected);
  });

  test('every column of every table', async () => {
    const everywhere = acrossRestaurants(em);
    const seen: string[] = [];
    for (const { className } of em.getMetadata()) {
      const expected = await all(plainly(everywhere) as never, className).execute();
      if (expected.length > 0) seen.push(className);
      expect(await all(reading(everywhere) as never, className).execute()).toEqual(expected);
      expect(await all(tablesOf(everywhere) as never, className).execute()).toEqual(
        await all(everywhere.getKysely(NAMING) as never, className).execute(),
      );
    }

    expect(seen).toEqual(expect.arrayContaining(['Account', 'MenuItem', 'Order', 'Restaurant']));
  });

  test('with whatever is compared, in whatever order it is asked', async () => {
    const text = fc.constantFrom('', "Cake 1' or 1=1 --", 'Cake 1', 'cake 2', '\u0000', '💥', '?');
    const asked = fc.record(
      {
        name: text,
        names: fc.array(text, { minLength: 1, maxLength: 5 }),
        price: fc.constantFrom(0, 1, 2, 3, 2 ** 40),
        available: fc.boolean(),
        photoId: fc.constantFrom(null, 'x'),
        since: fc.integer({ min: -2, max: 9 }),
        limit: fc.integer({ min: 1, max: 9 }),
        shown: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const start = app.clock.now().getTime() - 9_000;
    const query = (rows: Rows, one: Asked) => {
      let items = rows
        .selectFrom('MenuItem as i')
        .select(['i.id', 'i.name', 'i.createdAt', 'i.available', 'i.allergens', 'i.price'])
        .orderBy('i.id');
      if (one.name !== undefined) items = items.where('i.name', '!=', one.name);
      if (one.names) items = items.where('i.name', 'not in', one.names);
      if (one.price !== undefined) items = items.where('i.price', '>=', one.price);
      if (one.available !== undefined) items = items.where('i.available', '=', one.available);
      if (one.photoId !== undefined) items = items.where('i.photoId', '=', one.photoId);
      if (one.since !== undefined) {
        items = items.where('i.createdAt', '>=', new Date(start + one.since * 1_000));
      }
      return one.limit === undefined ? items : items.limit(one.limit);
    };
    await fc.assert(
      fc.asyncProperty(asked, async ({ shown, ...one }) => {
        const rows = shown ? readingDeletedToo<Tables>(em) : reading<Tables>(em);
        const expected = await query(plainly(em, shown ? 'shown' : 'hidden'), one).execute();
        expect(await query(rows, one).execute()).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});
