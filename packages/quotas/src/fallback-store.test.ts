import { describe, expect, test } from 'vitest';

import { FallbackStore } from './fallback-store.ts';
import { GcraStore } from './gcra-store.ts';
import { policy } from './rates.ts';
import { storeConformance } from './store.conformance.ts';
import { type Policy, type QuotaStore, QuotaUnavailable } from './store.ts';

storeConformance(
  'a store with a fallback',
  (now) => new FallbackStore(new GcraStore(now), { processes: () => 4, now }),
);

const perHour = policy('hourly', '10/hour');
const payments: Policy = { ...policy('payments', '10/hour'), unshared: 'closed' };

/** A shared store that a test can take away, a clock that it turns, and what was told. */
function opened(processes = 4) {
  const shared = new GcraStore(() => 0);
  const world = { time: 0, down: false, asked: 0, told: [] as string[], lines: [] as string[] };
  const door = <T>(ask: () => T): T => {
    world.asked += 1;
    if (world.down) throw new Error('out of reach');
    return ask();
  };
  const remote: QuotaStore = {
    consume: async (...call) => door(() => shared.consume(...call)),
    refund: async (...call) => door(() => shared.refund(...call)),
  };
  const store = new FallbackStore(remote, {
    processes: () => processes,
    now: () => world.time,
    onDegraded: (error) => world.told.push(`degraded: ${String(error)}`),
    onRecovered: () => world.told.push('recovered'),
    log: (line) => world.lines.push(line),
  });
  const calls = (count: number, tried = perHour) =>
    Promise.all(Array.from({ length: count }, (_, i) => store.consume(`${tried.name}${i}`, tried)));
  return { world, store, shared, calls };
}

describe('while the shared store is in trouble', () => {
  test.each([
    ['10/hour', 4, 3],
    ['10/hour', 1, 10],
    ['5/hour', 2, 3],
    ['2/hour', 100, 1],
  ])('of %s every one of %d processes lets %d calls through', async (words, processes, share) => {
    const { world, store } = opened(processes);
    world.down = true;

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => store.consume('a', policy('tried', words))),
    );

    expect(answers.filter((answer) => answer.allowed)).toHaveLength(share);
    expect(answers[0]).toMatchObject({ degraded: true, limit: share, window: words });
  });

  test('a call dearer than the share takes all of it', async () => {
    const { world, store } = opened();
    world.down = true;

    expect(await store.consume('a', perHour, 8)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await store.consume('a', perHour, 8)).toMatchObject({ allowed: false });
    await store.refund('a', perHour, 8);
    expect(await store.consume('a', perHour, 0)).toMatchObject({ remaining: 3 });
  });

  test('a closed policy lets nothing through and says when to come again', async () => {
    const { world, store } = opened();
    world.down = true;

    const call = store.consume('a', payments);

    await expect(call).rejects.toThrow(QuotaUnavailable);
    await expect(call).rejects.toMatchObject({ retryAfterMs: 1_000 });
    expect(store.counts).toEqual({ degraded: 0, unavailable: 1 });
  });

  test('a cost that can never pass is the mistake of the caller, not trouble', async () => {
    const { store } = opened();

    await expect(store.consume('a', perHour, 11)).rejects.toThrow(RangeError);

    expect(store).toMatchObject({ degraded: false, counts: { degraded: 0 } });
  });

  test('a count that is not known yet is one', () => {
    expect(opened(0).store.processes).toBe(1);
  });
});

describe('the breaker', () => {
  test('opens at the third failure in a row and leaves the shared store alone for a second', async () => {
    const { world, store, calls } = opened();
    world.down = true;

    await store.consume('a', perHour);
    await store.consume('b', perHour);
    expect(store.degraded).toBe(false);
    await store.consume('c', perHour);
    expect(store.degraded).toBe(true);

    world.time += 999;
    await calls(100);
    expect(world.asked).toBe(3);
  });

  test('stays closed when failures are not in a row', async () => {
    const { world, store, calls } = opened();
    world.down = true;
    await store.consume('a', perHour);
    await store.consume('a', perHour);
    world.down = false;
    await store.consume('a', perHour);

    world.down = true;
    await calls(2);

    expect(store.degraded).toBe(false);
  });

  test('lets one call a second try, and the others wait for nothing', async () => {
    const { world, store, calls } = opened();
    world.down = true;
    await calls(100);
    const before = world.asked;

    world.time += 1_000;
    await calls(100);
    expect(world.asked).toBe(before + 1);

    world.time += 1_000;
    world.down = false;
    const answers = await calls(100, policy('other', '5/min'));
    expect(answers.filter((answer) => !answer.degraded)).toHaveLength(1);
    expect(store.degraded).toBe(false);
  });

  test('closes at the first success, and the shared counts are as they were', async () => {
    const { world, store, calls } = opened();
    await store.consume('a', perHour, 7);
    world.down = true;
    await calls(3);
    world.time += 1_000;
    world.down = false;

    await store.consume('probe', perHour);

    const answer = await store.consume('a', perHour, 0);
    expect(answer).toMatchObject({ limit: 10, remaining: 3 });
    expect(answer).not.toHaveProperty('degraded');
  });

  test('a call that never ends does not keep it open', async () => {
    let answers = false;
    let time = 0;
    const shared: QuotaStore = {
      consume: async (key, policy) =>
        answers ? new GcraStore().consume(key, policy) : Promise.reject(new Error('out of reach')),
      refund: () => new Promise(() => {}),
    };
    const store = new FallbackStore(shared, { processes: () => 1, now: () => time });
    await Promise.all([1, 2, 3].map(() => store.consume('a', perHour)));
    time += 1_000;
    void store.refund('a', perHour);
    time += 1_000;
    answers = true;

    await store.consume('a', perHour);

    expect(store.degraded).toBe(false);
  });

  test('failures that come late, from before it opened, change nothing', async () => {
    const late = Promise.withResolvers<never>();
    let down = true;
    let time = 0;
    const local = new GcraStore(() => time);
    const shared: QuotaStore = {
      consume: (key, policy) => (down ? late.promise : local.consume(key, policy)),
      refund: () => Promise.reject(new Error('out of reach')),
    };
    const store = new FallbackStore(shared, { processes: () => 1, now: () => time });
    const waiting = Array.from({ length: 10 }, () => store.consume('a', perHour));
    await Promise.all([1, 2, 3].map(() => store.refund('a', perHour)));
    time += 1_000;
    down = false;
    await store.consume('b', perHour);

    late.reject(new Error('too late'));
    await Promise.all(waiting);

    expect(store.degraded).toBe(false);
  });
});

describe('what is told', () => {
  test('the first and the last of it, once each', async () => {
    const { world, calls } = opened();
    world.down = true;
    await calls(100);
    world.time += 1_000;
    world.down = false;
    await calls(100);

    expect(world.told).toEqual(['degraded: Error: out of reach', 'recovered']);
  });

  test('one line of trouble and one of recovery a minute, however often it comes and goes', async () => {
    const { world, calls } = opened();
    const flap = async (times: number): Promise<void> => {
      world.down = true;
      await calls(3);
      world.time += 1_000;
      world.down = false;
      await calls(1);
      return times > 1 ? flap(times - 1) : undefined;
    };

    await flap(60);
    expect(world.lines).toEqual([
      'Quotas are counted by this process alone: out of reach',
      'Quotas are shared again; 3 answers were not',
    ]);

    await flap(1);
    expect(world.lines).toHaveLength(4);
  });

  test('every answer of the local share is counted', async () => {
    const { world, store, calls } = opened();
    await calls(5);
    world.down = true;

    await calls(20);

    expect(store.counts).toEqual({ degraded: 20, unavailable: 0 });
  });
});
