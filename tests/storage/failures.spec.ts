import { createServer, type Server, Socket } from 'node:net';
import { once } from 'node:events';
import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import { entities } from '@comanda/domains/entities';
import { changeIf } from '@comanda/storage/audit';
import { connect, type Database } from '@comanda/storage/connect';
import { databaseRefusal, isConflict, violatedUnique } from '@comanda/storage/failures';
import { migrate } from '@comanda/storage/migrations';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import { blank, errorOf, newSchema, onMariadb, openStore, type Store } from './store.ts';

function calling(store: Store, database = store.database) {
  return { em: acrossRestaurants(database, store.behind), afterCommit: () => undefined };
}

describe('a duplicate', () => {
  test.each(['username', 'email', 'phone'] as const)(
    'of a %s is told by its name',
    async (field) => {
      await using store = await openStore();
      const em = store.everywhere();
      em.create(Account, { ...blank, [field]: '0612345678' });
      em.create(Account, { ...blank, [field]: '0612345678' });

      const error = await errorOf(em.flush());

      expect(violatedUnique(error)).toContain(field);
      expect(databaseRefusal(error)).toBeUndefined();
      expect(isConflict(error)).toBe(false);
    },
  );

  test('of what looks like another index in its value is told by the right name', async () => {
    await using store = await openStore();
    const username = "x' for key 'email";
    const em = store.everywhere();
    em.create(Account, { ...blank, username });
    em.create(Account, { ...blank, username });

    const error = await errorOf(em.flush());

    expect(violatedUnique(error)).toContain('username');
  });
});

describe('what is not the database’s fault', () => {
  test('is no refusal of it', async () => {
    await using store = await openStore();

    const error = await errorOf(store.everywhere().execute('select nothing from nowhere'));

    expect(databaseRefusal(error)).toBeUndefined();
    expect(violatedUnique(error)).toBeUndefined();
  });
});

/** Two rows changed in this order, in one transaction. */
function changeBoth(store: Store, order: string[]): Promise<boolean> {
  return inTransaction(calling(store), async ({ em }) => {
    for (const id of order) await changeIf(em, Membership, { where: { id }, set: { level: 1 } });
    return true;
  });
}

describe('transactions that meet', () => {
  test('P20 forty over two rows in opposite order all get through', async () => {
    await using store = await openStore();
    const there = [store.lemon.membershipId, store.lime.membershipId];
    const back = there.toReversed();
    const calls = Array.from({ length: 40 }, (_, at) => changeBoth(store, at % 2 ? there : back));

    const settled = await Promise.allSettled(calls);

    expect(settled.filter(({ status }) => status === 'rejected')).toEqual([]);
    const { version } = await store.everywhere().findOneOrFail(Membership, there[0] ?? '');
    expect(version).toBe(41);
    expect(await store.audited()).toHaveLength(80);
  });
});

/** A way to MariaDB that can be cut. */
async function openWay(url: string): Promise<{ url: string; cut: () => Promise<unknown> }> {
  const { hostname, port, username } = new URL(url);
  const sockets: Socket[] = [];
  const server: Server = createServer((near) => {
    const far = new Socket().connect(Number(port), hostname);
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as { port: number };
  return {
    url: `mariadb://${username}@127.0.0.1:${own}${new URL(url).pathname}`,
    cut: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openRemote(url: string): Promise<{ remote: Database; cut: () => Promise<unknown> }> {
  const address = await newSchema(url);
  const way = await openWay(address);
  const remote = await connect(way.url, entities);
  await migrate(remote);
  return { remote, cut: way.cut };
}

async function untilAsked(store: Store): Promise<void> {
  const asked = `select count(*) as n from information_schema.processlist where info = 'select sleep(5)'`;
  for (;;) {
    const [row] = await store.everywhere().execute<{ n: number }[]>(asked);
    if (row?.n === 1) return;
  }
}

/** More than the pool has, each in the middle of a transaction. */
async function loseConnections(store: Store, times: number): Promise<void> {
  const lost = inTransaction(calling(store), async ({ em }) => {
    const [row] = await em.execute<{ id: number }[]>('select connection_id() as id');
    await store.everywhere().execute(`kill ${row?.id}`);
    await em.count(Membership);
  });
  await errorOf(lost);
  if (times > 1) await loseConnections(store, times - 1);
}

describe.each(onMariadb)('a MariaDB', (url) => {
  test('that is gone is told as unavailable', async () => {
    await using store = await openStore();
    const { remote, cut } = await openRemote(url);
    await cut();
    const em = acrossRestaurants(remote, store.behind);
    await errorOf(em.count(Membership));

    const error = await errorOf(em.count(Membership));

    expect(databaseRefusal(error)).toMatchObject({ code: 'DB_UNAVAILABLE', status: 503 });
    await remote.close();
  });

  test('that was never there is told as unavailable', async () => {
    const error = await errorOf(connect('mariadb://root@127.0.0.1:1/nothing', entities));

    expect(databaseRefusal(error)).toMatchObject({ code: 'DB_UNAVAILABLE', status: 503 });
  });

  test('that goes away before the commit is never told as a fault', async () => {
    await using store = await openStore();
    const { remote, cut } = await openRemote(url);

    const error = await errorOf(
      inTransaction(calling(store, remote), async ({ em }) => {
        em.create(Account, { ...blank, username: 'ghost' });
        await em.flush();
        await cut();
      }),
    );

    expect(['OUTCOME_UNKNOWN', 'DB_UNAVAILABLE']).toContain(databaseRefusal(error)?.code);
    await remote.close();
  });

  test('that goes away while it is asked leaves the outcome unknown', async () => {
    await using store = await openStore();
    const { remote, cut } = await openRemote(url);
    const ctx = calling(store, remote);

    const asked = errorOf(inTransaction(ctx, ({ em }) => em.execute('select sleep(5)')));
    await untilAsked(store);
    await cut();

    expect(databaseRefusal(await asked)).toMatchObject({ code: 'OUTCOME_UNKNOWN', status: 503 });
    await remote.close();
  });

  test('that comes back is used again', async () => {
    await using store = await openStore();
    const ctx = calling(store);
    await loseConnections(store, 12);

    const counts = await Promise.all(
      Array.from({ length: 20 }, () => inTransaction(ctx, ({ em }) => em.count(Membership))),
    );

    expect(new Set(counts)).toEqual(new Set([2]));
  });

  test('P20 that keeps a row locked for too long is told as busy, and nothing is stored', async () => {
    await using store = await openStore();
    const holder = store.everywhere();
    await holder.begin();
    await holder.execute('update membership set level = 2');

    const error = await errorOf(
      inTransaction(calling(store), async ({ em }) => {
        em.create(Account, { ...blank, username: 'ghost' });
        await em.flush();
        const where = { id: store.lemon.membershipId };
        await changeIf(em, Membership, { where, set: { level: 1 } });
      }),
    );

    await holder.rollback();
    expect(databaseRefusal(error)).toMatchObject({ code: 'DB_BUSY', status: 503 });
    expect(isConflict(error)).toBe(false);
    expect(await store.everywhere().count(Account, { username: 'ghost' })).toBe(0);
    expect(await store.audited()).toEqual([]);
  });

  test('that is read-only is told as unavailable', async () => {
    await using store = await openStore();

    const em = store.everywhere();
    await em.begin({ readOnly: true });
    em.create(Account, { ...blank, username: 'ghost' });

    const error = await errorOf(em.flush());

    await em.rollback();
    expect(databaseRefusal(error)).toMatchObject({ code: 'DB_UNAVAILABLE', status: 503 });
  });
});
