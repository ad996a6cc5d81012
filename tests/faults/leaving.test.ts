import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { newId } from '@comanda/kernel/id';
import { PASSWORD, type Person } from '@comanda/testing/given';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parallel } from '../auth/callers.ts';
import { change, look } from './asking.ts';
import { request } from './listening.ts';
import { openPremises, type Premises } from './premises.ts';
import { type Server, startServer } from './server.ts';

// One server, to which nobody listens to the end.

const isSoak = process.env['SOAK_ROUNDS'] !== undefined;
const LEAVERS = isSoak ? 10_000 : 400;
/** Before anything is compared: V8 takes its time until its heap has the size that it stays at. */
const WARMING = LEAVERS / (isSoak ? 2 : 4);
const AT_ONCE = 20;
/** How much of a request is sent before its caller leaves. */
const PARTS = [0.3, 0.7, 0.95, 1];
const HANG_LIMIT_MS = 60_000;
const MIB = 1024 * 1024;
/** What is said of so many calls with so long a name is more than a pipe holds. */
const CALLS = 800;
const UNKNOWN = 'x'.repeat(700);

let premises: Premises;
let server: Server;
let itemId: string;
let token: string;

beforeAll(async () => {
  premises = await openPremises('SQLite');
  itemId = await premises.furnish((given) => given.item({ price: 900 }));
  const [person] = (await premises.hire(['manager'])) as [Person];
  const env = { ...premises.env, LOG_LEVEL: 'info' };
  server = await startServer({ dataDir: premises.dataDir, env });
  const login = { identifier: person.username, password: PASSWORD };
  token = (await server.client().auth.login.mutate(login)).accessToken;
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await premises?.[Symbol.asyncDispose]();
});

const descriptors = () => readdirSync(`/proc/${server.pid}/fd`).length;

function residentMib(): number {
  const [, kib] =
    /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? [];
  return (Number(kib) * 1024) / MIB;
}

const wish = (idempotencyKey: string) => ({ idempotencyKey, lines: [{ itemId }] });

/** Sends so much of an order, and is gone before an answer can come. */
function leave(idempotencyKey: string, part: number): Promise<void> {
  const body = JSON.stringify({ json: wish(idempotencyKey) });
  const headers = [
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  const text = request('POST /trpc/orders.take', headers, body);
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(text.slice(0, Math.ceil(text.length * part)), () => {
        socket.destroy();
        resolve();
      });
    });
    socket.on('error', () => resolve());
  });
}

async function leaveAll(keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const some = keys.slice(at, at + AT_ONCE);
    await Promise.all(some.map((key, nth) => leave(key, PARTS[nth % PARTS.length] ?? 1)));
  }
}

describe('a server to which nobody listens', () => {
  test('P17 whose callers leave in the midst of a call makes whole orders or none, and keeps nothing of them', async () => {
    await leaveAll(Array.from({ length: WARMING }, () => newId()));
    await expect.poll(descriptors, { timeout: HANG_LIMIT_MS }).toBeLessThan(60);
    const [before, restingMib] = [descriptors(), residentMib()];
    const keys = Array.from({ length: LEAVERS }, () => newId());

    await leaveAll(keys);
    await expect.poll(descriptors, { timeout: HANG_LIMIT_MS }).toBeLessThanOrEqual(before);
    const grownMib = residentMib() - restingMib;
    const some = keys.slice(-40);
    const made = await Promise.all(
      [...some, ...some].map((key) =>
        change(server, { path: 'orders.take', input: wish(key), token }),
      ),
    );

    const ids = made.map(({ json }) => json['id']);
    expect(made.map(({ reason }) => reason)).toEqual(made.map(() => 'ok'));
    expect(new Set(ids).size).toBe(some.length);
    expect(ids.slice(some.length)).toEqual(ids.slice(0, some.length));
    expect(await broken()).toEqual([]);
    expect(server.output()).not.toContain('"level":50');
    expect(grownMib).toBeLessThan(isSoak ? 60 : 100);
  });

  test('whose log nobody reads goes on all the same', async () => {
    server.deafen();

    const told = await parallel(AT_ONCE, async () => {
      const told = [];
      for (let call = 0; call < CALLS / AT_ONCE; call += 1) {
        told.push((await look(server, { path: UNKNOWN })).reason);
      }
      return told;
    });
    const order = await change(server, { path: 'orders.take', input: wish(newId()), token });

    expect(new Set(told.flat())).toEqual(new Set(['NO_SUCH_PROCEDURE']));
    expect(order.reason).toBe('ok');
  });
});

/** Orders without all that belongs to them, and what SQLite itself complains of. */
function broken(): Promise<unknown[]> {
  return premises.look(async (ask) => [
    ...(await ask(
      'select id from customer_order where id not in (select order_id from order_item) or id not in (select order_id from order_step)',
    )),
    ...(await ask('pragma foreign_key_check')),
  ]);
}
