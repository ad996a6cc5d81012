import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Open, OpenedStore } from './opened-store.ts';
import { policy } from './rates.ts';
import type { Policy } from './store.ts';
import { bucketOracle } from './token-bucket.oracle.ts';

const HOUR = 3_600_000;
const perHour = policy('hourly', '5/hour');

export function steppingClock(open: Open): void {
  test('an hour back gives no quota and locks nobody out for longer than the window', async () => {
    const perMinute = policy('minutely', '5/min');
    const opened = await open();
    await opened.admitted(5, 'a', perMinute);

    opened.time -= HOUR;
    const refused = await opened.store.consume('a', perMinute);
    expect(refused.allowed).toBe(false);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000);

    opened.time += 60_000;
    expect(await opened.admitted(20, 'a', perMinute)).toBe(5);
  });

  test('an hour ahead refills one hour of quota and no more', async () => {
    const perDay = policy('daily', '48/day');
    const opened = await open();
    await opened.admitted(48, 'a', perDay);
    await opened.admitted(5, 'a', perHour);

    opened.time += HOUR;

    expect(await opened.admitted(100, 'a', perDay)).toBe(2);
    expect(await opened.admitted(100, 'a', perHour)).toBe(5);
  });
}

export function quotedWait(open: Open): void {
  test.each([
    [1, HOUR / 5],
    [3, (3 * HOUR) / 5],
    [5, HOUR],
  ])('%d units of an empty bucket of 5/hour take %d ms', async (cost, retryAfterMs) => {
    const opened = await open();
    await opened.admitted(5, 'a', perHour);

    expect(await opened.store.consume('a', perHour, cost)).toMatchObject({
      allowed: false,
      retryAfterMs,
    });
  });

  test('is enough, and 1 ms less is not', async () => {
    const call = fc.record({ idle: fc.nat(20_000), cost: fc.integer({ min: 1, max: 5 }) });
    const calls = fc.array(call, { minLength: 5, maxLength: 20 });

    const holds = fc.asyncProperty(calls, async (calls) => waitsHold(await open(), calls));

    await expect(fc.assert(holds)).resolves.toBeUndefined();
  });
}

async function waitsHold(
  opened: OpenedStore,
  calls: { idle: number; cost: number }[],
): Promise<boolean> {
  const tried = policy('waited', '7/min', '11/3min');
  for (const { idle, cost } of calls) {
    opened.time += idle;
    const { allowed, retryAfterMs } = await opened.store.consume('a', tried, cost);
    if (allowed) continue;
    opened.time += retryAfterMs - 1;
    const early = await opened.store.consume('a', tried, cost);
    opened.time += 1;
    const due = await opened.store.consume('a', tried, cost);
    if (early.allowed || early.retryAfterMs !== 1 || !due.allowed) return false;
  }
  return true;
}

type Step = { act: 'consume' | 'refund'; key: string; idle: number; cost: number };

export function anyCourse(open: Open): void {
  test('has the answers of a token bucket that counts in whole numbers', async () => {
    const limit = fc.integer({ min: 3, max: 50 });
    const step: fc.Arbitrary<Step> = fc.record({
      act: fc.constantFrom('consume', 'consume', 'consume', 'refund'),
      key: fc.constantFrom('a', 'b', '__proto__'),
      idle: fc.oneof(fc.constant(0), fc.nat(3_000), fc.nat(100_000)),
      cost: fc.nat(3),
    });
    const course = fc.array(step, { maxLength: 80 });

    const alike = fc.asyncProperty(limit, limit, course, async (burst, sustained, course) =>
      answersAlike(await open(), policy('fuzzed', `${burst}/min`, `${sustained}/7min`), course),
    );

    await expect(fc.assert(alike, { numRuns: 300 })).resolves.toBeUndefined();
  });
}

async function answersAlike(opened: OpenedStore, policy: Policy, course: Step[]): Promise<boolean> {
  const oracle = bucketOracle(policy, () => opened.time);
  for (const { act, key, idle, cost } of course) {
    opened.time += idle;
    const told = await opened.store[act](key, policy, cost);
    const expected = oracle[act](key, cost);
    if (told && !isDeepStrictEqual({ allowed: told.allowed, rows: told.rows }, expected))
      return false;
  }
  return true;
}
