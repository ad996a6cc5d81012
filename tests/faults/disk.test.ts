import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { newId } from '@comanda/kernel/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTurn } from '../auth/callers.ts';
import { picture } from '../files/samples.ts';
import { change, look, type Told } from './asking.ts';
import { dataFolder, type Server, startServer } from './server.ts';
import { smallDisk } from './small-disk.ts';

// One server with its data on a disk of its own: everything that can become of a file while people order.

const MIB = 1024 * 1024;
const HANG_LIMIT_MS = 60_000;

const disk = smallDisk(48);
const { path: dataDir, [Symbol.dispose]: dispose } = disk ?? dataFolder();
let server: Server;
let itemId: string;
let manager: { accessToken: string; refreshToken?: string | undefined };

beforeAll(async () => {
  server = await startServer({ dataDir, env: { SHIFT_GATE: 'off' } });
  manager = await server.signIn('manager');
  const { items } = (await look(server, { path: 'menu.list' })).json as unknown as {
    items: { id: string }[];
  };
  itemId = items[0]?.id ?? '';
  await server
    .client((await server.signIn('admin')).accessToken)
    .quotas.set.mutate({ role: 'manager', reads: ['1000000/s'], writes: ['1000000/s'] });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  dispose();
});

const file = () => join(dataDir, 'comanda.sqlite');

function ordering(idempotencyKey = newId()) {
  const input = { idempotencyKey, lines: [{ itemId }] };
  return () => change(server, { path: 'orders.take', input, token: manager.accessToken });
}

const reading = () => look(server, { path: 'orders.list', token: manager.accessToken });
const browsing = () => look(server, { path: 'menu.list' });
const refreshing = () =>
  change(server, { path: 'auth.refresh', input: { refreshToken: manager.refreshToken } });
/** From token to token. */
const goingOn = async () => {
  const told = await refreshing();
  if (told.reason === 'ok') manager = told.json as unknown as typeof manager;
  return told;
};
const signingIn = () => {
  const password = server.passwords['waiter'] ?? '';
  return change(server, { path: 'auth.login', input: { identifier: 'waiter', password } });
};
const ready = async () => (await fetch(`${server.url}/ready`)).status;

function orders(): number {
  using database = Object.assign(new Sqlite(file(), { readonly: true }), {
    [Symbol.dispose]: () => database.close(),
  });
  return database.prepare('select count(*) from customer_order').pluck().get() as number;
}

function sound(): unknown[] {
  using database = Object.assign(new Sqlite(file(), { readonly: true }), {
    [Symbol.dispose]: () => database.close(),
  });
  return [
    ...database.prepare('pragma quick_check').pluck().all(),
    ...database.prepare('pragma foreign_key_check').all(),
  ];
}

/** Calls again until it is refused; answers that refusal. */
async function untilRefused(call: () => Promise<Told>): Promise<Told> {
  for (;;) {
    const told = await call();
    if (told.reason !== 'ok') return told;
  }
}

const FULL = { status: 503, reason: 'STORAGE_FULL', retryAfter: 1 };

// Where nobody may mount a disk there is none to fill; the setup has said so.
describe.each(disk ? [disk] : [])('a disk that is full', (disk) => {
  test('P17 P4 is read all the same; what would be written is refused whole, and done once there is room', async () => {
    disk.fill();
    const first = await untilRefused(() => ordering()());
    const signedIn = await untilRefused(signingIn);
    const made = orders();
    const order = ordering();
    // What an order has left half written has room for less than an order.
    const refreshed = await untilRefused(goingOn);
    const refused = [first, await order(), signedIn, refreshed, await order()];
    const read = [await reading(), await browsing()];
    const between = orders();
    await expect.poll(ready, { timeout: HANG_LIMIT_MS }).toBe(503);

    disk.empty();
    await expect.poll(ready, { timeout: HANG_LIMIT_MS }).toBe(200);
    const afterwards = [await order(), await order(), await refreshing(), await signingIn()];

    expect(refused).toEqual(refused.map(() => expect.objectContaining(FULL)));
    expect(read.map(({ reason }) => reason)).toEqual(['ok', 'ok']);
    expect(afterwards.map(({ reason }) => reason)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(between).toBe(made);
    expect(orders()).toBe(made + 1);
    expect(sound()).toEqual(['ok']);
    manager = afterwards[2]?.json as unknown as typeof manager;
  });

  test('takes no picture, says why, and keeps nothing of it', async () => {
    const bytes = await picture({ width: 600, height: 400 });
    const upload = () =>
      fetch(`${server.url}/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${manager.accessToken}` },
        body: bytes,
      });

    disk.fill();
    const refused = await upload();
    const said = await refused.text();
    disk.empty();
    const taken = await upload();

    expect([refused.status, taken.status]).toEqual([503, 200]);
    expect(said).toContain('STORAGE_FULL');
    expect(server.output()).not.toContain('"level":50');
  });
});

describe('a disk that fails to write', () => {
  test('P17 refuses changes and not questions, and goes on when it can', async () => {
    const limit = (soft: string) =>
      execFileSync('prlimit', [`--pid=${server.pid}`, `--fsize=${soft}:`]);
    const order = ordering();
    const made = orders();

    limit('4096');
    const refused = [await order(), await refreshing(), await order()];
    const read = [await reading(), await browsing()];
    limit('unlimited');
    const afterwards = [await order(), await order(), await refreshing()];

    const told = { status: 503, reason: 'DB_UNAVAILABLE', retryAfter: 1 };
    expect(refused).toEqual(refused.map(() => expect.objectContaining(told)));
    expect([...read, ...afterwards].map(({ reason }) => reason)).toEqual(Array(5).fill('ok'));
    expect(orders()).toBe(made + 1);
    expect(sound()).toEqual(['ok']);
    manager = afterwards[2]?.json as unknown as typeof manager;
  });
});

describe('a file that another process has locked', () => {
  test('P23 P4 is read all the same; changes are told that it is busy, and no refresh token is burnt', async () => {
    const other = new Sqlite(file());
    const order = ordering();
    const made = orders();

    other.exec('begin immediate');
    const refused = await inTurn(2, () => Promise.all([order(), refreshing(), signingIn()]));
    const read = [await reading(), await browsing()];
    const isReady = await ready();
    other.exec('rollback');
    other.close();
    const afterwards = [await order(), await order(), await refreshing(), await signingIn()];

    const told = { status: 503, reason: 'DB_BUSY', retryAfter: 1 };
    const all = refused.flat();
    expect(all).toEqual(all.map(() => expect.objectContaining(told)));
    expect([...read, ...afterwards].map(({ reason }) => reason)).toEqual(Array(6).fill('ok'));
    expect(isReady).toBe(200);
    expect(orders()).toBe(made + 1);
    manager = afterwards[2]?.json as unknown as typeof manager;
  });
});

describe('a reader that never ends', () => {
  test('P22 keeps the log growing and nobody waiting; once it ends, the room is used again', async () => {
    const log = () => statSync(`${file()}-wal`).size;
    const other = new Sqlite(file(), { readonly: true });
    const many = () => inTurn(60, () => ordering()());

    other.exec('begin');
    other.prepare('select count(*) from customer_order').get();
    const meanwhile = await many();
    const grown = log();
    const more = await many();
    const isGrowing = log() > grown;
    other.close();
    const largest = log();
    const afterwards = [...(await many()), ...(await many())];

    const all = [...meanwhile, ...more, ...afterwards];
    expect(all.map(({ reason }) => reason)).toEqual(all.map(() => 'ok'));
    expect(isGrowing).toBe(true);
    expect(log()).toBeLessThanOrEqual(largest + MIB);
  });
});
