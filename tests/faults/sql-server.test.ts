import { connect } from '@comanda/storage/connect';
import { newId } from '@comanda/kernel/id';
import { PASSWORD, type Person } from '@comanda/testing/given';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTurn, parallel, tally } from '../auth/callers.ts';
import { findMariadbd, type Mariadb, startMariadb } from '../mariadb/server.ts';
import { change, look, type Told } from './asking.ts';
import { openPremises, type Premises } from './premises.ts';
import { type Server, startServer } from './server.ts';
import { type SqlLine, sqlLineTo } from './sql-line.ts';

// One MariaDB, one server, and between them a line that can be cut: everything that can become of a
// database server while people order.

const USER = 'service';
const HANG_LIMIT_MS = 60_000;

let mariadb: Mariadb;
let premises: Premises;
let line: SqlLine;
let server: Server;
let itemId: string;
let waiter: { accessToken: string; refreshToken?: string | undefined };

beforeAll(async () => {
  const found = findMariadbd();
  if (found === null) throw new Error('the configuration of the tests leaves this file out then');
  mariadb = await startMariadb(found, { durable: true });
  premises = await openPremises('MariaDB', mariadb);
  itemId = await premises.furnish((given) => given.item({ price: 900 }));
  const [person] = (await premises.hire(['manager'])) as [Person];
  // Of root nothing is refused on a server that is read-only.
  await asRoot(`create user ${USER}@'%'`, `grant all on comanda.* to ${USER}@'%'`);
  line = await sqlLineTo(Number(new URL(mariadb.url).port));
  const env = {
    ...premises.env,
    DATABASE_URL: `mariadb://${USER}@127.0.0.1:${line.port}/comanda`,
  };
  server = await startServer({ dataDir: premises.dataDir, env });
  waiter = await server
    .client()
    .auth.login.mutate({ identifier: person.username, password: PASSWORD });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await line?.[Symbol.asyncDispose]();
  await premises?.[Symbol.asyncDispose]();
  await mariadb?.stop();
});

async function asRoot(...statements: string[]): Promise<void> {
  await premises.look(async (ask) => {
    for (const sql of statements) await ask(sql);
  });
}

/** Holds rows on a connection of its own, so that whoever wants to change them waits. */
async function holding(rows: string): Promise<AsyncDisposable> {
  const database = await connect(premises.env['DATABASE_URL'] ?? '', []);
  const connection = database.orm.em.getConnection();
  const transaction = await connection.begin();
  await connection.execute(`select * from ${rows} for update`, [], 'all', transaction);
  return {
    [Symbol.asyncDispose]: async () => {
      await connection.rollback(transaction);
      await database.close();
    },
  };
}

/** What is ordered under a key, as often as it is asked. */
function ordering(idempotencyKey = newId()) {
  const input = { idempotencyKey, lines: [{ itemId }] };
  return () => change(server, { path: 'orders.take', input, token: waiter.accessToken });
}

const reading = () => look(server, { path: 'orders.list', token: waiter.accessToken });
const browsing = () => look(server, { path: 'menu.list' });

const orders = () =>
  premises.look(async (ask) => {
    const [row] = await ask('select count(*) as number from customer_order');
    return Number(row?.['number']);
  });

/** Asks until it is answered, as somebody does who was told to come again. */
async function untilOk(ask: () => Promise<Told>): Promise<Told> {
  await expect.poll(async () => (await ask()).reason, { timeout: HANG_LIMIT_MS }).toBe('ok');
  return ask();
}

/** Everybody who was not answered was told when to come again. */
function expectTyped(told: readonly Told[], reasons: readonly string[]): void {
  const refused = told.filter(({ reason }) => reason !== 'ok');
  expect(refused.filter(({ reason }) => !reasons.includes(reason))).toEqual([]);
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 503));
  expect(refused.filter(({ retryAfter }) => !(Number(retryAfter) >= 1))).toEqual([]);
}

describe('a line that is cut in the midst of COMMIT', () => {
  test.each(['before', 'after'] as const)(
    'P15 P17 %s the server heard of it: the outcome is unknown, and the key resolves it to one order',
    async (when) => {
      const before = await orders();
      const order = ordering();
      const cut = line.cutAtCommit('customer_order', when);

      const first = await order();
      await cut;
      const made = (await orders()) - before;
      const again = await untilOk(order);
      const oncemore = await order();

      expectTyped([first], ['OUTCOME_UNKNOWN']);
      expect(first.reason).toBe('OUTCOME_UNKNOWN');
      expect(made).toBe(when === 'after' ? 1 : 0);
      expect(oncemore.json['id']).toBe(again.json['id']);
      expect((await orders()) - before).toBe(1);
    },
  );
});

describe('a server that takes no changes', () => {
  test('P17 is read all the same; an order is refused, and made by the same key once it does', async () => {
    const before = await orders();
    const order = ordering();

    await asRoot('set global read_only = 1');
    const refused = [await order(), await order()];
    const read = [await reading(), await browsing()];
    await asRoot('set global read_only = 0');
    const made = await order();

    expectTyped(refused, ['DB_UNAVAILABLE']);
    expect([...read, made].map(({ reason }) => reason)).toEqual(['ok', 'ok', 'ok']);
    expect((await orders()) - before).toBe(1);
  });
});

describe('rows that somebody holds', () => {
  test('P17 P20 for too long: the order is refused whole, and made by the same key afterwards', async () => {
    const before = await orders();
    const order = ordering();

    const holder = await holding('stream_head');
    const refused = await order();
    const read = await reading();
    await holder[Symbol.asyncDispose]();
    const made = await order();

    expectTyped([refused], ['DB_BUSY']);
    expect(refused.reason).toBe('DB_BUSY');
    expect([read.reason, made.reason]).toEqual(['ok', 'ok']);
    expect((await orders()) - before).toBe(1);
  });

  test('with all connections: whoever finds none is told so, and nothing is lost', async () => {
    const before = await orders();
    const wishes = Array.from({ length: 30 }, () => ordering());

    const holder = await holding('stream_head');
    const told = await Promise.all(wishes.map((order) => order()));
    await holder[Symbol.asyncDispose]();
    const made = await Promise.all(wishes.map((order) => untilOk(order)));

    expectTyped(told, ['OVERLOADED', 'DB_BUSY']);
    expect(tally(told.map(({ reason }) => reason))['OVERLOADED']).toBeGreaterThan(0);
    expect(new Set(made.map(({ json }) => json['id'])).size).toBe(30);
    expect((await orders()) - before).toBe(30);
  });
});

describe('a server that is away', () => {
  test('P17 P4 is told as that, burns no refresh token, and is used again when it is back', async () => {
    const before = await orders();
    const order = ordering();
    const input = { refreshToken: waiter.refreshToken };
    const refresh = () => change(server, { path: 'auth.refresh', input });

    await line.bar();
    const told = await inTurn(3, () => Promise.all([reading(), order(), refresh(), browsing()]));
    const health = await fetch(`${server.url}/health`);
    await line.unbar();
    const made = await untilOk(order);
    const refreshed = await refresh();

    expectTyped(told.flat(), ['DB_UNAVAILABLE', 'OUTCOME_UNKNOWN']);
    expect(
      new Set(
        told
          .slice(1)
          .flat()
          .map(({ reason }) => reason),
      ),
    ).not.toContain('ok');
    expect([health.status, made.reason, refreshed.reason]).toEqual([200, 'ok', 'ok']);
    expect((await orders()) - before).toBe(1);
    waiter = refreshed.json as unknown as typeof waiter;
  });

  test('P17 P22 is killed under orders: what was answered is there, and what was not comes once', async () => {
    const before = await orders();
    const wishes = Array.from({ length: 20 }, () => ordering());

    const asked = parallel(20, (at) => wishes[at]?.() ?? Promise.reject(new Error('none')));
    await mariadb.crash();
    const told = await asked;
    const made = await Promise.all(wishes.map((order) => untilOk(order)));

    expectTyped(told, ['DB_UNAVAILABLE', 'OUTCOME_UNKNOWN', 'OVERLOADED']);
    const answered = told.map(({ json }) => json['id']);
    const kept = made.map(({ json }) => json['id']);
    expect(kept.filter((id, at) => answered[at] && answered[at] !== id)).toEqual([]);
    expect((await orders()) - before).toBe(20);
  });
});

describe('a server that says nothing', () => {
  test('P17 while it is stopped in its tracks keeps everybody waiting, and nobody wrong', async () => {
    const before = await orders();
    const wishes = Array.from({ length: 5 }, () => ordering());

    mariadb.signal('SIGSTOP');
    const asked = Promise.all(wishes.map((order) => order()));
    const health = await fetch(`${server.url}/health`);
    mariadb.signal('SIGCONT');
    const told = await asked;

    expect(health.status).toBe(200);
    expect(told.map(({ reason }) => reason)).toEqual(told.map(() => 'ok'));
    expect((await orders()) - before).toBe(5);
  });

  test('P17 over a line that went dead holds no call for ever, and every connection is replaced', async () => {
    const before = await orders();
    const wishes = Array.from({ length: 20 }, () => ordering());

    line.silence();
    const told = await Promise.all(wishes.map((order) => order()));
    line.restore();
    const made = await Promise.all(wishes.map((order) => untilOk(order)));

    expectTyped(told, ['DB_UNAVAILABLE', 'OUTCOME_UNKNOWN', 'OVERLOADED']);
    expect(told.map(({ reason }) => reason)).not.toContain('ok');
    expect(new Set(made.map(({ json }) => json['id'])).size).toBe(20);
    expect((await orders()) - before).toBe(20);
  });
});
