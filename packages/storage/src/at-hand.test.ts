import { describe, expect, test } from 'vitest';
import { atHand } from './at-hand.ts';
import { connect } from './connect.ts';
import type { OneWriterConnection } from './sqlite.ts';
import { withoutRestaurant } from './tenancy.ts';

const NAMES = 'select name from dish';
const AUTHOR = { actorId: null, actorName: null, role: 'anonymous', action: 'test' };
const BEHIND = {
  clock: { now: () => new Date() },
  author: { ...AUTHOR, requestId: 'test', address: null },
};

async function open() {
  const opened = await connect('sqlite::memory:', []);
  const { orm, close } = opened;
  const database = await (orm.em.getConnection() as OneWriterConnection).getNativeClient();
  database.exec("create table dish (name text); insert into dish values ('soup')");
  return { database, fork: () => withoutRestaurant(opened, BEHIND), [Symbol.asyncDispose]: close };
}

describe('a unit of work on SQLite is answered at once', () => {
  test('without a transaction, as long as nobody has one', async () => {
    await using store = await open();
    const em = store.fork();

    expect(atHand(em)?.answer(NAMES, []).rows).toEqual([{ name: 'soup' }]);
  });

  test('in its own transaction, where it sees what it has written', async () => {
    await using store = await open();
    const em = store.fork();
    await em.begin();

    expect(atHand(em)?.answer('update dish set name = ?', ['cake']).hit).toBe(1);
    expect(atHand(em)?.answer(NAMES, []).rows).toEqual([{ name: 'cake' }]);
    await em.rollback();
    expect(atHand(em)?.answer(NAMES, []).rows).toEqual([{ name: 'soup' }]);
  });

  test('not while somebody else’s transaction is open: nobody sees what is not committed', async () => {
    await using store = await open();
    const [em, other] = [store.fork(), store.fork()];
    await other.begin();
    atHand(other)?.answer('update dish set name = ?', ['cake']);

    expect(atHand(em)).toBeUndefined();
    await other.rollback();
    expect(atHand(em)).toBeDefined();
  });

  test.each(['commit', 'rollback'] as const)('not in a transaction after its %s', async (end) => {
    await using store = await open();
    const em = store.fork();
    await em.begin();
    const inside = em.fork({ keepTransactionContext: true });

    expect(atHand(inside)).toBeDefined();
    await em[end]();
    expect(atHand(inside)).toBeUndefined();
    await store.fork().begin();
    expect(atHand(inside)).toBeUndefined();
  });

  test('not on what SQLite itself has rolled back', async () => {
    await using store = await open();
    const em = store.fork();
    await em.begin();

    store.database.exec('rollback');

    expect(atHand(em)).toBeUndefined();
  });

  test('not while rows are read one by one', async () => {
    await using store = await open();
    const em = store.fork();
    const rows = em
      .getConnection()
      .getClient()
      .selectFrom('dish' as never)
      .select('name' as never);

    for await (const row of rows.stream()) {
      expect(row).toEqual({ name: 'soup' });
      expect(atHand(store.fork())).toBeUndefined();
    }
    expect(atHand(em)).toBeDefined();
  });

  test('not once the database is closed', async () => {
    const store = await open();
    const em = store.fork();

    await store[Symbol.asyncDispose]();

    expect(atHand(em)).toBeUndefined();
  });
});
