import { isDeepStrictEqual } from 'node:util';
import { answer, drained, SLACK } from '@comanda/quotas/gcra';
import { policy } from '@comanda/quotas/rates';
import { RedisStore } from '@comanda/quotas/redis-store';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { byHand } from './hands.ts';
import { callers } from './processes.ts';
import { type Linked, startRedis } from './server.ts';

const HOUR = 3_600_000;
const pair = policy('pair', '5/min', '8/day');
const perMinute = policy('minutely', '5/min');

const server = await startRedis();
const link = await server.patient();
const store = new RedisStore(link);

afterAll(async () => {
  link.close();
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await link.client.flushall();
});

async function redisTime(): Promise<number> {
  const [seconds, micros] = await link.client.time();
  return Number(seconds) * 1_000 + Number(micros) / 1_000;
}

/** How often Redis ran the command since the last `config resetstat`. */
async function runs(command: string): Promise<number> {
  const stats = await link.client.info('commandstats');
  return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
}

describe('between processes', () => {
  test('P30 S1-31: 4 of them with 10,000 calls on one key get exactly 1000', async () => {
    await using crowd = await callers(server.url, { processes: 4, calls: 2_500, inFlight: 250 });

    const admitted = await crowd.run(link);

    expect(admitted.reduce((a, b) => a + b)).toBe(1_000);
    expect(Math.max(...admitted)).toBeLessThan(1_000);
  });

  test('what one has used the other sees', async () => {
    using other: Linked = await server.patient();
    await store.consume('a', pair, 3);

    expect(await new RedisStore(other).consume('a', pair, 3)).toMatchObject({
      allowed: false,
      remaining: 2,
    });
  });
});

describe('time', () => {
  test.each([-HOUR, HOUR])(
    'a clock of the process that is %d ms off changes nothing',
    async (off) => {
      await store.consume('a', pair, 5);
      const before = await redisTime();
      vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() + off });

      const refused = await store.consume('a', pair);
      await store.consume('b', pair);
      const [at] = (await link.client.get('q:{pair|b}'))?.split(' ') ?? [];
      vi.useRealTimers();

      expect(refused).toMatchObject({ allowed: false, remaining: 0 });
      expect(Number(at)).toBeGreaterThanOrEqual(before);
      expect(Number(at)).toBeLessThanOrEqual(await redisTime());
    },
  );

  test('a refused call passes after the wait it was told', async () => {
    const brief = policy('brief', '10/s');
    await store.consume('a', brief, 10);
    const refused = await store.consume('a', brief);
    const since = performance.now();

    await vi.waitFor(async () => expect((await store.consume('a', brief)).allowed).toBe(true), {
      interval: 5,
    });

    expect(refused.retryAfterMs).toBeGreaterThan(0);
    expect(performance.now() - since).toBeGreaterThan(refused.retryAfterMs - 5);
  });
});

describe('in Redis', () => {
  test('a call is one command on one key, however many windows', async () => {
    await store.consume('a', pair);
    await link.client.config('RESETSTAT');

    await Promise.all(Array.from({ length: 10 }, () => store.consume('a', pair, 0)));

    expect(await Promise.all(['evalsha', 'eval'].map(runs))).toEqual([10, 0]);
    expect(await link.client.keys('*')).toEqual(['q:{pair|a}']);
  });

  test('a key stays until its slowest window is full again, and no longer', async () => {
    await store.consume('a', pair, 2);
    const hours6 = await link.client.pttl('q:{pair|a}');
    await store.refund('a', pair);
    const hours3 = await link.client.pttl('q:{pair|a}');
    await store.refund('a', pair);

    expect(hours6).toBeGreaterThan(6 * HOUR - 10_000);
    expect(hours6).toBeLessThanOrEqual(6 * HOUR);
    expect(hours3).toBeGreaterThan(3 * HOUR - 10_000);
    expect(hours3).toBeLessThanOrEqual(3 * HOUR);
    expect(await link.client.dbsize()).toBe(0);
  });

  test('a key is gone by itself', async () => {
    await store.consume('a', policy('brief', '10/s'));

    await vi.waitFor(async () => expect(await link.client.dbsize()).toBe(0));
  });

  test('a look, a refund of nothing and a refusal write nothing', async () => {
    await store.consume('a', perMinute, 5);
    await link.client.config('RESETSTAT');

    await store.consume('b', perMinute, 0);
    await store.consume('a', perMinute, 1);

    expect(await runs('set')).toBe(0);
    await store.refund('c', perMinute);
    expect(await link.client.keys('*')).toEqual(['q:{minutely|a}']);
  });

  test('a long key takes no more room than its hash', async () => {
    await store.consume('x'.repeat(1_000_000), perMinute);

    const [key] = await link.client.keys('*');

    expect(key).toMatch(/^q:\{minutely\|[\da-f]{64}\}$/);
  });

  test('what is not ours under our key is not read as numbers', async () => {
    await link.client.set('q:{minutely|a}', 'something else');

    expect(await store.consume('a', perMinute)).toMatchObject({ allowed: true, remaining: 4 });
  });
});

describe('the decision in Redis and the answer told', () => {
  const tried = policy('tried', '7/min', '997/day', '3/5h');
  const id = 'q:{tried|a}';

  interface Case {
    now: number;
    elapsedMs: number;
    shares: number[];
    edge: { window: number; off: number };
    cost: number;
  }

  test('agree to the last bit, at the very edge of a limit too', async () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    const steps = fc.integer({ min: -20, max: 20 }).map((n) => n * 1e-10);
    const atSlack = fc.integer({ min: -4, max: 4 }).map((n) => SLACK + n * 2e-13);
    const cases: fc.Arbitrary<Case> = fc.record({
      now: fc.integer({ min: 1e12, max: 2e12 }),
      elapsedMs: fc.oneof(fc.constant(0), fc.double({ min: -5e6, max: 5e6, noNaN: true })),
      shares: fc.array(share, { minLength: 3, maxLength: 3 }),
      edge: fc.record({ window: fc.nat(3), off: fc.oneof(steps, atSlack) }),
      cost: fc.nat(3),
    });

    const agree = fc.asyncProperty(cases, agreed);

    await expect(fc.assert(agree, { numRuns: 3_000 })).resolves.toBeUndefined();
  });

  async function agreed({ now, elapsedMs, shares, edge, cost }: Case): Promise<boolean> {
    const at = now - elapsedMs;
    const used = tried.windows.map(({ limit }, i) =>
      i === edge.window ? limit - cost + edge.off : limit * (shares[i] ?? 0),
    );
    await link.client.set(id, [at, ...used].join(' '));

    const told = await new RedisStore(byHand(link, () => now)).consume('a', tried, cost);

    const left = tried.windows.map((window, i) => drained(window, used[i] ?? 0, now - at));
    const expected = answer(tried, left, cost);
    const charge = expected.allowed ? cost : 0;
    const state =
      charge > 0 || now < at ? [now, ...left.map((units) => units + charge)] : [at, ...used];
    return isDeepStrictEqual([told, await stateOf(id)], [expected, state]);
  }

  async function stateOf(id: string): Promise<number[]> {
    const kept = await link.client.get(id);
    return kept?.split(' ').map(Number) ?? [];
  }
});
