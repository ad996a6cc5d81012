import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { GateFull } from './gate-full.ts';
import { HashGate, type HashGateOptions } from './hash-gate.ts';

const forever = () => new Promise<never>(() => {});

/** A gate whose waiting times end only when the test says so. */
function gateOf(options: Omit<HashGateOptions, 'wait'>) {
  const timeouts: (() => void)[] = [];
  const asked: number[] = [];
  const gate = new HashGate({
    ...options,
    wait: (ms) => {
      asked.push(ms);
      return new Promise<void>((resolve) => timeouts.push(resolve));
    },
  });
  return { gate, asked, timeOut: (call: number) => timeouts[call]?.() };
}

/** A hash that ends only when the test says so. */
function hash() {
  const begun = Promise.withResolvers<void>();
  const result = Promise.withResolvers<string>();
  const work = () => {
    begun.resolve();
    return result.promise;
  };
  return {
    work,
    begun: begun.promise,
    finish: () => result.resolve('hashed'),
    fail: result.reject,
  };
}

/** As long as a gate needs to start what it can start. */
const settled = async () => {
  await new HashGate({ permits: 1, wait: forever }).run(nextTurn);
  await new HashGate({ permits: 1, wait: forever }).run(nextTurn);
};

describe('permits', () => {
  test('are never exceeded by 500 parallel calls', async () => {
    const gate = new HashGate({ permits: 3, queue: 497, wait: forever });
    const held = hash();
    let running = 0;
    let most = 0;
    const calls = Array.from({ length: 500 }, () =>
      gate.run(async () => {
        running += 1;
        most = Math.max(most, running, gate.running);
        await held.work().then(nextTurn);
        running -= 1;
      }),
    );

    await held.begun;
    await settled();
    held.finish();
    await Promise.all(calls);

    expect(most).toBe(3);
    expect([gate.running, gate.waiting]).toEqual([0, 0]);
  });

  test('are one less than the cores by default, and at least one', async () => {
    const gate = new HashGate({ wait: forever });
    const permits = Math.max(1, availableParallelism() - 1);

    const calls = Array.from({ length: permits + 21 }, () =>
      gate.run(forever).catch((error: unknown) => error),
    );

    expect(await Promise.race(calls)).toBeInstanceOf(GateFull);
    await settled();
    expect([gate.running, gate.waiting]).toEqual([permits, 20]);
  });

  test('go to the waiters in the order they came', async () => {
    const gate = new HashGate({ permits: 1, queue: 20, wait: forever });
    const held = hash();
    const order: number[] = [];
    const first = gate.run(held.work);
    const waiters = Array.from({ length: 20 }, (_, i) => gate.run(async () => order.push(i)));

    await settled();
    held.finish();
    await Promise.all([first, ...waiters]);

    expect(order).toEqual(waiters.map((_, i) => i));
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('corrupt hash'))],
    [
      'throws',
      () => {
        throw new Error('corrupt hash');
      },
    ],
  ])('are free again when the work %s', async (_, work) => {
    const gate = new HashGate({ permits: 1, queue: 1, wait: forever });

    await expect(gate.run(work)).rejects.toThrow('corrupt hash');

    expect(await gate.run(async () => 'hashed')).toBe('hashed');
    expect(gate.running).toBe(0);
  });

  test('stay with the hash when its caller has gone', async () => {
    const { gate, timeOut } = gateOf({ permits: 1, queue: 5 });
    const first = hash();
    const second = hash();
    const gone = Promise.withResolvers<never>();
    const caller = Promise.race([gate.run(first.work), gone.promise]);
    await first.begun;
    const next = gate.run(second.work);

    gone.reject(new Error('the client hung up'));
    timeOut(0);
    await expect(caller).rejects.toThrow('the client hung up');
    await settled();
    expect([gate.running, gate.waiting]).toEqual([1, 1]);

    first.finish();
    await second.begun;
    expect([gate.running, gate.waiting]).toEqual([1, 0]);
    second.finish();
    expect(await next).toBe('hashed');
  });
});

describe('a surplus call', () => {
  test('is refused before anything else has moved', async () => {
    const { gate } = gateOf({ permits: 2, queue: 3 });
    let started = 0;
    const work = async () => {
      started += 1;
    };

    const admitted = Array.from({ length: 5 }, () => gate.run(work));
    const surplus = await Promise.allSettled(Array.from({ length: 495 }, () => gate.run(work)));

    expect(started).toBe(0);
    expect(
      surplus.every((call) => call.status === 'rejected' && call.reason instanceof GateFull),
    ).toBe(true);
    await Promise.all(admitted);
    expect(started).toBe(5);
  });

  test('is told when to try again', async () => {
    const { gate } = gateOf({ permits: 1, queue: 0, waitMs: 700 });
    void gate.run(forever);

    await expect(gate.run(forever)).rejects.toMatchObject({ name: 'GateFull', retryAfterMs: 700 });
  });

  test('leaves no trace: places are free again when the hashes are done', async () => {
    const { gate } = gateOf({ permits: 1, queue: 1 });
    const held = hash();
    const calls = [gate.run(held.work), gate.run(async () => 'hashed')];
    await expect(gate.run(forever)).rejects.toBeInstanceOf(GateFull);

    held.finish();
    await Promise.all(calls);
    await settled();

    expect(await Promise.all([gate.run(async () => 1), gate.run(async () => 2)])).toEqual([1, 2]);
  });
});

describe('a waiter', () => {
  test('waits one second by default', async () => {
    const { gate, asked } = gateOf({ permits: 1 });

    await gate.run(async () => 'hashed');

    expect(asked).toEqual([1_000]);
  });

  test('that did not start in time is refused and never runs', async () => {
    const { gate, timeOut } = gateOf({ permits: 1, queue: 2 });
    const held = hash();
    const ran: string[] = [];
    const first = gate.run(held.work);
    const late = gate.run(async () => ran.push('late'));
    const patient = gate.run(async () => ran.push('patient'));
    await held.begun;

    timeOut(1);
    await expect(late).rejects.toMatchObject({ name: 'GateFull', retryAfterMs: 1_000 });
    expect(gate.waiting).toBe(1);
    held.finish();
    await Promise.all([first, patient]);
    await settled();

    expect(ran).toEqual(['patient']);
    expect([gate.running, gate.waiting]).toEqual([0, 0]);
  });

  test('that has started is not refused when its time is up', async () => {
    const { gate, timeOut } = gateOf({ permits: 1 });
    const held = hash();
    const call = gate.run(held.work);
    await held.begun;

    timeOut(0);
    await nextTurn();
    held.finish();

    expect(await call).toBe('hashed');
  });
});
