import { OwnRows } from '@comanda/storage/reading.tenancy';
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import { describe, expect, test } from 'vitest';

interface Tables {
  dish: { id: string; menu_id: string };
  menu: { id: string };
}

const METADATA = {
  getAll: () =>
    new Map([
      ['Dish', { tableName: 'dish', filters: { tenant: {}, notDeleted: {} } }],
      ['Menu', { tableName: 'menu', filters: { notDeleted: {} } }],
    ]),
} as unknown as ConstructorParameters<typeof OwnRows>[0];

/** A builder that reads for one restaurant, and whose queries go nowhere. */
function readingFor(reach: string | null): Kysely<Tables> {
  const dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect }).withPlugin(new OwnRows(METADATA, reach));
}

describe('a query for one restaurant', () => {
  test('is narrowed by bound values', () => {
    const { sql: text, parameters } = readingFor('r1').selectFrom('dish').select('id').compile();

    expect(text).toBe(
      'select "id" from "dish" where "dish"."restaurant_id" = ? and "dish"."deleted_at" is null',
    );
    expect(parameters).toEqual(['r1']);
  });

  test('keeps an or in raw SQL apart from what it adds', () => {
    const query = readingFor('r1')
      .selectFrom('dish as d')
      .where(sql<boolean>`1 = 1 or 1 = 1`)
      .select('d.id');

    expect(query.compile().sql).toContain('where (1 = 1 or 1 = 1) and "d"."restaurant_id" = ?');
  });

  test('keeps an or in the raw SQL of a join apart as well', () => {
    const query = readingFor('r1')
      .selectFrom('menu as m')
      .innerJoin('dish as d', (on) => on.on(sql<boolean>`1 = 1 or 1 = 1`))
      .select('d.id');

    expect(query.compile().sql).toContain('on (1 = 1 or 1 = 1) and "d"."restaurant_id" = ?');
  });

  test('of a table without restaurant leaves deleted rows out only', () => {
    const { sql: text } = readingFor(null).selectFrom('menu').select('id').compile();

    expect(text).toBe('select "id" from "menu" where "menu"."deleted_at" is null');
  });
});

describe('a query that cannot be narrowed is refused', () => {
  const db = readingFor('r1');

  test.each([
    [
      'raw SQL as a table',
      () =>
        db
          .selectFrom(sql<{ id: string }>`dish`.as('d'))
          .select('d.id')
          .compile(),
    ],
    ['raw SQL as a query', () => sql`delete from dish`.compile(db)],
    [
      'a right join',
      () =>
        db.selectFrom('menu').rightJoin('dish', 'menu_id', 'menu.id').select('dish.id').compile(),
    ],
    [
      'a full join',
      () =>
        db.selectFrom('menu').fullJoin('dish', 'menu_id', 'menu.id').select('dish.id').compile(),
    ],
    [
      'a table nobody knows',
      () =>
        db
          .selectFrom('sqlite_master' as 'dish')
          .select('id')
          .compile(),
    ],
    ['an insert', () => db.insertInto('menu').values({ id: 'm' }).compile()],
    ['an update', () => db.updateTable('menu').set({ id: 'm' }).compile()],
    ['a delete', () => db.deleteFrom('menu').compile()],
  ])('%s', (_, compile) => {
    expect(compile).toThrow(/^reading\(\)/);
  });
});
