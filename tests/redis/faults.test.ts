import { once } from 'node:events';
import { FallbackStore } from '@comanda/quotas/fallback-store';
import { policy } from '@comanda/quotas/rates';
import { RedisLink } from '@comanda/quotas/redis-link';
import { RedisStore } from '@comanda/quotas/redis-store';
import { type Answer, type Policy, QuotaUnavailable } from '@comanda/quotas/store';
import { describe, expect, test } from 'vitest';
import { wireTo } from './proxy.ts';
import { type RedisServer, startRedis, stoppedRedis } from './server.ts';
import { p99, type Traffic, traffic } from './traffic.ts';

/** Generous: how little a call is held up is measured by `npm run bench`. */
const HANG_MS = 2_000;
const RECOVERY_MS = 5_000;
const perDay = policy('daily', '10/day');
const payments: Policy = { ...policy('payments', '10/day'), unshared: 'closed' };
const shared = (answer: Answer) => !answer.degraded;
const degraded = (answer: Answer) => answer.degraded === true;

interface Guarded extends Disposable {
  link: RedisLink;
  store: FallbackStore;
  told: string[];
}

/** What one of two processes has: its connection, its store, and what it told. */
function guarded(url: string): Guarded {
  const told: string[] = [];
  const link = new RedisLink(url);
  const store = new FallbackStore(new RedisStore(link), {
    processes: () => 2,
    onDegraded: () => told.push('degraded'),
    onRecovered: () => told.push('recovered'),
    log: (line) => told.push(line),
  });
  return { link, store, told, [Symbol.dispose]: () => link.close() };
}

/** The same, with Redis at the other end. */
async function connected(url: string): Promise<Guarded> {
  const ours = guarded(url);
  await once(ours.link.client, 'ready');
  return ours;
}

async function admitted(store: FallbackStore, key: string): Promise<number> {
  const answers = await Promise.all(Array.from({ length: 40 }, () => store.consume(key, perDay)));
  return answers.filter((answer) => answer.allowed).length;
}

/** A server, a store on it, and calls that go on all the time. */
async function running() {
  await using stack = new AsyncDisposableStack();
  const server: RedisServer = stack.use(await startRedis());
  const ours = stack.use(await connected(server.url));
  const calls: Traffic = stack.use(traffic(ours.store, perDay));
  await calls.until(shared);
  const all = stack.move();
  return { server, ours, calls, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

describe('P31: under 100 calls a second', () => {
  test('a killed Redis degrades, and one that is back counts for all again', async () => {
    await using world = await running();
    const { server, ours, calls } = world;

    await server.kill();
    await calls.until(degraded);
    expect(await admitted(ours.store, 'waiter')).toBe(5);
    await server.start();
    expect(await calls.until(shared)).toBeLessThan(RECOVERY_MS);

    expect(await admitted(ours.store, 'waiter')).toBe(10);
    expect(p99(await calls.end())).toBeLessThan(HANG_MS);
    expect(ours.told).toEqual([
      expect.stringMatching(/^Quotas are counted by this process alone: /),
      'degraded',
      'recovered',
      expect.stringMatching(/^Quotas are shared again; \d+ answers were not$/),
    ]);
  });

  test('a paused one costs nobody more than the time-out', async () => {
    await using world = await running();
    const { server, ours, calls } = world;
    using other = await server.patient();

    await other.client.client('PAUSE', 3_000);
    await calls.until(degraded);
    await other.client.ping();
    expect(await calls.until(shared)).toBeLessThan(RECOVERY_MS);

    expect(p99(await calls.end())).toBeLessThan(HANG_MS);
    expect(ours.store.degraded).toBe(false);
  });

  test('nor does one that is stopped in its tracks until its connections are given up', async () => {
    await using world = await running();
    const { server, ours, calls } = world;

    server.stall();
    await calls.until(degraded);
    await once(ours.link.client, 'reconnecting');
    server.resume();
    expect(await calls.until(shared)).toBeLessThan(RECOVERY_MS);

    expect(p99(await calls.end())).toBeLessThan(HANG_MS);
  });

  test('a connection that went deaf is replaced', async () => {
    await using server = await startRedis();
    await using wire = await wireTo(server.url);
    using ours = await connected(wire.url);
    await using calls = traffic(ours.store, perDay);
    await calls.until(shared);

    wire.deafen();
    await calls.until(degraded);
    expect(await calls.until(shared)).toBeLessThan(RECOVERY_MS);

    expect(p99(await calls.end())).toBeLessThan(HANG_MS);
  });

  test('one that comes and goes neither hangs a call nor fills the log', async () => {
    await using world = await running();
    const { server, ours, calls } = world;
    const flap = async (times: number): Promise<void> => {
      await server.kill();
      await calls.until(degraded);
      await server.start();
      expect(await calls.until(shared)).toBeLessThan(RECOVERY_MS);
      return times > 1 ? flap(times - 1) : undefined;
    };

    await flap(4);

    expect(p99(await calls.end())).toBeLessThan(HANG_MS);
    expect(ours.told.filter((line) => line.startsWith('Quotas'))).toHaveLength(2);
  });

  test('one that was flushed, scripts too, counts from nothing without an answer of less', async () => {
    await using world = await running();
    const { server, ours, calls } = world;
    using other = await server.patient();
    expect(await admitted(ours.store, 'waiter')).toBe(10);

    await other.client.flushall();
    await other.client.script('FLUSH');

    expect(await admitted(ours.store, 'waiter')).toBe(10);
    expect(p99(await calls.end())).toBeLessThan(HANG_MS);
    expect(ours.store.counts).toEqual({ degraded: 0, unavailable: 0 });
    expect(ours.told).toEqual([]);
  });

  test('one that is full and takes no more writes counts as away', async () => {
    await using world = await running();
    const { server, ours, calls } = world;
    using other = await server.patient();

    await other.client.config('SET', 'maxmemory', 1);
    await calls.until(degraded);
    expect(await admitted(ours.store, 'waiter')).toBe(5);
    await other.client.config('SET', 'maxmemory', 0);

    expect(await calls.until(shared)).toBeLessThan(RECOVERY_MS);
    await calls.end();
  });

  test('one that lost its rank is left, so that its name can lead to the new master', async () => {
    await using world = await running();
    const { server, ours, calls } = world;
    using other = await server.patient();

    await other.client.replicaof('127.0.0.1', 1);
    await once(ours.link.client, 'reconnecting');
    await other.client.replicaof('NO', 'ONE');
    expect(await calls.until(shared)).toBeLessThan(RECOVERY_MS);

    expect(p99(await calls.end())).toBeLessThan(HANG_MS);
  });
});

describe('down at the start', () => {
  test('Redis keeps nobody waiting, and counts as soon as it is there', async () => {
    await using server = await stoppedRedis();
    using ours = guarded(server.url);

    expect(await admitted(ours.store, 'waiter')).toBe(5);
    expect(ours.told[0]).toMatch(
      /^Quotas are counted by this process alone: connect ECONNREFUSED|not connected/,
    );

    await using calls = traffic(ours.store, perDay);
    await server.start();
    expect(await calls.until(shared)).toBeLessThan(RECOVERY_MS);
    expect(await admitted(ours.store, 'waiter')).toBe(10);
    expect(p99(await calls.end())).toBeLessThan(HANG_MS);
  });
});

describe('while Redis is away', () => {
  test('each process lets its share through, of sign-ins too', async () => {
    await using server = await startRedis();
    using here = await connected(server.url);
    using there = await connected(server.url);
    await server.kill();

    const both = await Promise.all([here, there].map(({ store }) => admitted(store, 'waiter')));

    expect(both).toEqual([5, 5]);
  });

  test('a closed policy is refused in time, typed', async () => {
    await using server = await startRedis();
    using ours = await connected(server.url);
    server.stall();
    const since = performance.now();

    const refused = ours.store.consume('a', payments);

    await expect(refused).rejects.toThrow(QuotaUnavailable);
    expect(performance.now() - since).toBeLessThan(HANG_MS);
  });

  test('1,000 calls at once wait no longer than one', async () => {
    await using world = await running();
    const { server, ours, calls } = world;
    await calls.end();
    server.stall();
    const since = performance.now();

    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => ours.store.consume('waiter', perDay)),
    );

    expect(performance.now() - since).toBeLessThan(HANG_MS);
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(5);
  });
});

test('a process that was busy for longer than the time-out blames nobody', async () => {
  await using world = await running();
  const { ours, calls } = world;
  await calls.end();
  await ours.link.client.ping(); // goes on where answers are read, as a request would

  const asked = Array.from({ length: 40 }, () => ours.store.consume('waiter', perDay));
  block(500);
  const answers = await Promise.all(asked);

  expect(answers.filter(degraded)).toEqual([]);
  expect(answers.filter((answer) => answer.allowed)).toHaveLength(10);
});

/** Keeps this process from everything else. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
