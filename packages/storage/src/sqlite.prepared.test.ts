import { CompiledQuery, type Kysely } from 'kysely';
import { expect, test, vi } from 'vitest';
import { connect } from './connect.ts';
import type { OneWriterConnection } from './sqlite.ts';

interface Tables {
  dish: { id: number; name: string };
}

/** A database, and which statements were prepared on it. */
async function open() {
  const { orm, close } = await connect('sqlite::memory:', []);
  const connection = orm.em.getConnection() as unknown as OneWriterConnection;
  const database = await connection.getNativeClient();
  database.exec('create table dish (id integer primary key, name text)');
  database.exec("insert into dish (name) values ('soup'), ('cake')");
  const prepare = database.prepare.bind(database);
  const prepared: string[] = [];
  database.prepare = (text: string) => {
    prepared.push(text);
    return prepare(text);
  };
  const dishes = orm.em.fork().getKysely() as unknown as Kysely<Tables>;
  return { database, dishes, prepared, [Symbol.asyncDispose]: close };
}

test('a statement is prepared once, whatever its values are', async () => {
  await using store = await open();
  const { dishes, prepared } = store;
  const named = (id: number) =>
    dishes.selectFrom('dish').where('id', '=', id).select('name').execute();

  const found = [await named(1), await named(2), await named(3)];

  expect(found).toEqual([[{ name: 'soup' }], [{ name: 'cake' }], []]);
  expect(prepared).toHaveLength(1);
});

test('what has its values in the text is prepared each time, and takes no room', async () => {
  await using store = await open();
  const { dishes, prepared } = store;
  const text = "insert into dish (name) values ('bread')";

  await dishes.executeQuery(CompiledQuery.raw(text));
  await dishes.executeQuery(CompiledQuery.raw(text));

  expect(prepared).toEqual([text, text]);
});

test('a statement that was prepared before a migration shows the columns after it', async () => {
  await using store = await open();
  const { database, dishes, prepared } = store;
  const all = () => dishes.selectFrom('dish').where('id', '=', 1).selectAll().execute();
  const before = await all();
  database.exec("alter table dish add column course text default 'main'");

  const after = await all();

  expect(before).toEqual([{ id: 1, name: 'soup' }]);
  expect(after).toEqual([{ id: 1, name: 'soup', course: 'main' }]);
  expect(prepared).toHaveLength(1);
});

test('a limit is no reason to plan a statement anew', async () => {
  await using store = await open();
  const { database, dishes } = store;
  const bare = database.prepare('select name from dish order by id limit ?');
  const ours = dishes.selectFrom('dish').select('name').orderBy('id');
  const asked = async (ask: (limit: number) => unknown) => {
    await ask(1);
    // The driver makes a function for the rows of each statement, and another when SQLite planned it anew.
    using made = vi.spyOn(globalThis, 'Function');
    for (const limit of [1, 2, 1]) await ask(limit);
    return made.mock.calls.length;
  };

  expect(await asked((limit) => ours.limit(limit).execute())).toBe(0);
  expect(await asked((limit) => bare.all(limit))).toBe(3);
  expect(await ours.limit(1).execute()).toEqual([{ name: 'soup' }]);
});

test('a statement that failed can be asked again', async () => {
  await using store = await open();
  const { dishes } = store;
  const add = (id: number) => dishes.insertInto('dish').values({ id, name: 'rice' }).execute();

  await expect(add(1)).rejects.toThrow('UNIQUE');

  await expect(add(3)).resolves.toMatchObject([{ insertId: 3n, numInsertedOrUpdatedRows: 1n }]);
});

test('more texts than are kept are all answered', async () => {
  await using store = await open();
  const { dishes, prepared } = store;
  const ids = (count: number) =>
    dishes
      .selectFrom('dish')
      .where(
        'id',
        'in',
        Array.from({ length: count }, (_, at) => at + 1),
      )
      .select('id')
      .execute();

  for (let count = 1; count <= 450; count += 1) await ids(count);
  await ids(450);
  const again = await ids(1);

  expect(again).toEqual([{ id: 1 }]);
  expect(prepared).toHaveLength(451);
});

test('rows can be had one at a time', async () => {
  await using store = await open();
  const { dishes } = store;
  const query = dishes.selectFrom('dish').select('name').where('id', '>', 0).orderBy('id');

  const told: unknown[] = [];
  for await (const row of query.stream()) told.push(row);

  expect(told).toEqual([{ name: 'soup' }, { name: 'cake' }]);
  expect(await query.execute()).toEqual(told);
});
