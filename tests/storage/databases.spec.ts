import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import { entities } from '@comanda/domains/entities';
import { connect, type Database } from '@comanda/storage/connect';
import { databaseRefusal } from '@comanda/storage/failures';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import {
  blank,
  errorOf,
  onMariadb,
  onSqlite,
  openFileStore,
  openFolder,
  openStore,
  type Store,
} from './store.ts';

async function pragma({ orm }: Database, name: string): Promise<unknown> {
  const [row] = await orm.em.getConnection().execute(`pragma ${name}`);
  return Object.values(row ?? {})[0];
}

function calling(database: Database, { behind }: Store) {
  return { em: acrossRestaurants(database, behind), afterCommit: () => undefined };
}

function addOne(database: Database, store: Store): Promise<void> {
  return inTransaction(calling(database, store), async ({ em }) => {
    const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
    membership.level = (membership.level ?? 0) + 1;
    await em.flush();
  });
}

describe.each(onSqlite)('a %s file', () => {
  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['busy_timeout', 250],
    ['trusted_schema', 0],
    ['wal_autocheckpoint', 1000],
    ['journal_size_limit', 67_108_864],
  ])('P22 is kept with %s = %s', async (name, value) => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);

    expect(await pragma(store.database, name)).toBe(value);
  });

  test('P22 is not opened at all while its pragmas cannot be set', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);
    await pragma(store.database, 'journal_mode = delete');
    const holder = store.everywhere();
    await holder.begin();

    const error = await errorOf(connect(store.address, entities));

    await holder.rollback();
    expect(databaseRefusal(error)?.code).toBe('DB_BUSY');
  });

  test('P23 two writers that read first both get through', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);
    const other = await connect(store.address, entities);
    const calls = Array.from({ length: 10 }, (_, at) =>
      addOne(at % 2 === 0 ? store.database : other, store),
    );

    await Promise.all(calls);

    await other.close();
    const { level } = await store.everywhere().findOneOrFail(Membership, store.lemon.membershipId);
    expect(level).toBe(10);
  });

  test('P23 a writer that nobody lets in is told that the database is busy', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);
    const other = await connect(store.address, entities);
    const holder = calling(other, store).em;
    await holder.begin();

    const error = await errorOf(addOne(store.database, store));

    await holder.rollback();
    await other.close();
    expect(databaseRefusal(error)).toMatchObject({
      code: 'DB_BUSY',
      status: 503,
      details: { retryAfterMs: 1_000 },
    });
  });

  test('P23 readers do not wait for a writer', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);
    const other = await connect(store.address, entities);
    const holder = calling(other, store).em;
    await holder.begin();

    const count = await store.everywhere().count(Membership);

    await holder.rollback();
    await other.close();
    expect(count).toBe(2);
  });

  test('that is full is told as such, and nothing is lost', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);
    const pages = await pragma(store.database, 'page_count');
    await pragma(store.database, `max_page_count = ${String(pages)}`);
    const em = store.everywhere();
    Array.from({ length: 200 }, (_, at) => em.create(Account, { ...blank, username: `f ${at}` }));

    const error = await errorOf(em.flush());

    expect(databaseRefusal(error)).toMatchObject({ code: 'STORAGE_FULL', status: 503 });
    expect(await store.everywhere().count(Account)).toBe(2);
    expect(await pragma(store.database, 'integrity_check')).toBe('ok');
  });

  test('that may not be written is told as unavailable', async () => {
    using folder = openFolder();
    await using store = await openFileStore(folder.path);
    await pragma(store.database, 'query_only = 1');

    const error = await errorOf(addOne(store.database, store));

    expect(databaseRefusal(error)).toMatchObject({ code: 'DB_UNAVAILABLE', status: 503 });
  });

  test('that is no database is not opened', async () => {
    using folder = openFolder();

    const error = await errorOf(connect(`sqlite:${folder.path}`, entities));

    expect(databaseRefusal(error)?.code).toBe('DB_UNAVAILABLE');
  });

  test('refuses an ORM query past the open transaction instead of waiting for ever', async () => {
    await using store = await openStore();
    const ctx = calling(store.database, store);

    const error = await errorOf(inTransaction(ctx, () => ctx.em.count(Membership)));

    expect(error.message).toContain('went past the open transaction');
  });

  test('finds letters beyond ASCII in either case', async () => {
    await using store = await openStore();

    const [row] = await store.database.orm.em
      .getConnection()
      .execute("select lower('ÉÖŠΩЖ') as low");

    expect(row).toEqual({ low: 'éöšωж' });
  });
});

describe.each(onMariadb)('a schema on MariaDB', () => {
  test.each([
    ['tx_isolation', 'READ-COMMITTED'],
    ['innodb_lock_wait_timeout', 3],
    ['character_set_connection', 'utf8mb4'],
  ])('is used with %s = %s', async (name, value) => {
    await using store = await openStore();

    const [row] = await store.database.orm.em.getConnection().execute(`select @@${name} as value`);

    expect(row).toEqual({ value });
  });

  test('refuses what does not fit instead of cutting it', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    em.create(Account, { ...blank, username: 'x'.repeat(61) });

    const error = await errorOf(em.flush());

    expect(error.message).toContain('Data too long');
  });

  test('tells letters of different case apart', async () => {
    await using store = await openStore();

    const count = await store.everywhere().count(Account, { username: 'WAITER.LEMON' });

    expect(count).toBe(0);
  });
});
