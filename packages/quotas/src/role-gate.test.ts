import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

import { type Caller, CALLERS } from '@comanda/kernel/access';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

import { GateFull } from './gate-full.ts';
import { RoleGate, type RoleGateOptions } from './role-gate.ts';

const FIRST_TO_LAST: Caller[][] = [
  ['admin', 'manager', 'master_chef'],
  ['head_chef'],
  ['sous_chef'],
  ['chef', 'waiter'],
  ['prep_cook', 'delivery_crew'],
  ['employee'],
  ['customer'],
  ['anonymous'],
];

const forever = () => new Promise<never>(() => {});
const rankOf = (caller: Caller) => FIRST_TO_LAST.findIndex((rank) => rank.includes(caller));
const many = <T>(count: number, of: (at: number) => T) =>
  Array.from({ length: count }, (_, i) => of(i));

/** A gate whose waiting times end only when the test says so. */
function gateOf(options: Omit<RoleGateOptions, 'wait'> = {}) {
  const timeouts: (() => void)[] = [];
  const asked: number[] = [];
  const gate = new RoleGate({
    ...options,
    wait: (ms) => {
      asked.push(ms);
      return new Promise<void>((resolve) => timeouts.push(resolve));
    },
  });
  return { gate, asked, timeOut: (call: number) => timeouts[call]?.() };
}

/** Work that ends only when the test says so. */
function held() {
  const begun = Promise.withResolvers<void>();
  const result = Promise.withResolvers<string>();
  const work = () => {
    begun.resolve();
    return result.promise;
  };
  return { work, begun: begun.promise, finish: () => result.resolve('exported') };
}

/** As long as a gate needs to start what it can start. */
const settled = async () => {
  await gateOf({ slots: 1 }).gate.run('customer', nextTurn);
  await gateOf({ slots: 1 }).gate.run('customer', nextTurn);
};

/** One slot, taken until `finish`; those who `come` meanwhile are told by name when they ran or were refused. */
async function busyGate(options: Omit<RoleGateOptions, 'wait' | 'slots'> = {}) {
  const { gate, timeOut } = gateOf({ ...options, slots: 1 });
  const first = held();
  const calls: Promise<unknown>[] = [gate.run('anonymous', first.work)];
  const ran: string[] = [];
  const refused: string[] = [];
  await first.begun;
  const come = (caller: Caller, name: string = caller, signal?: AbortSignal) => {
    const call = gate.run(caller, async () => ran.push(name), signal);
    calls.push(call.catch(() => refused.push(name)));
    return call;
  };
  const finish = () => {
    first.finish();
    return Promise.all(calls);
  };
  return { gate, timeOut, come, finish, ran, refused };
}

/** What callers find who all come while the one slot is taken: names are their places in the list. */
async function outcomeOf(callers: readonly Caller[], queue: number) {
  const { come, finish, ran, refused } = await busyGate({ queue });
  callers.forEach((caller, at) => void come(caller, `${at}`));
  await finish();
  return { ran, refused };
}

describe('the next to go in', () => {
  test('is a head chef who came last, before 150 anonymous', async () => {
    const { gate } = gateOf({ slots: 4, queue: 151 });
    const started: Caller[] = [];
    const come = (caller: Caller) =>
      gate.run(caller, () => {
        started.push(caller);
        return delay(20);
      });
    const under = many(4, held);
    const calls: Promise<unknown>[] = under.map(({ work }) => gate.run('anonymous', work));
    await Promise.all(under.map(({ begun }) => begun));

    calls.push(...many(150, () => come('anonymous')), come('head_chef'));
    under.forEach(({ finish }) => finish());
    await Promise.all(calls);

    expect(started).toEqual(['head_chef', ...many(150, () => 'anonymous')]);
  });

  test('is the one who leads, and nobody signed in is last', async () => {
    const { come, finish, ran } = await busyGate();
    const callers = CALLERS.toSorted();

    callers.forEach((caller) => void come(caller));
    await finish();

    expect(ran).toEqual(callers.toSorted((a, b) => rankOf(a) - rankOf(b)));
  });

  test('is the first to come among equals', async () => {
    const { ran } = await outcomeOf(
      many(30, () => 'waiter'),
      30,
    );

    expect(ran).toEqual(many(30, String));
  });

  test('is decided when the slot is open, not before', async () => {
    const { gate } = gateOf({ slots: 1 });
    const order: Caller[] = [];
    const come = (caller: Caller) => gate.run(caller, async () => order.push(caller));

    await Promise.all([come('anonymous'), come('customer'), come('admin')]);

    expect(order).toEqual(['admin', 'customer', 'anonymous']);
  });
});

describe('a full queue', () => {
  test('drops the least important waiter for a more important one, of equals the last to come', async () => {
    const { come, finish, ran, refused } = await busyGate({ queue: 3 });

    void come('customer');
    void come('anonymous', 'came first');
    const dropped = come('anonymous', 'came last');
    void come('head_chef');

    await expect(dropped).rejects.toMatchObject({ name: 'GateFull', retryAfterMs: 5_000 });
    await finish();
    expect(ran).toEqual(['head_chef', 'customer', 'came first']);
    expect(refused).toEqual(['came last']);
  });

  test.each<Caller>(['waiter', 'customer', 'anonymous'])(
    'of waiters refuses one more %s at once',
    async (caller) => {
      const { gate, come, finish, ran } = await busyGate({ queue: 2, waitMs: 700 });
      void come('chef', 'first');
      void come('waiter', 'second');

      await expect(come(caller, 'surplus')).rejects.toMatchObject({
        name: 'GateFull',
        retryAfterMs: 700,
      });
      expect([gate.running, gate.waiting]).toEqual([1, 2]);
      await finish();

      expect(ran).toEqual(['first', 'second']);
    },
  );

  test('keeps the most important of all who came, whatever their order, and runs them in theirs', async () => {
    const arrivals = fc.array(fc.constantFrom(...CALLERS), { maxLength: 14 });

    await fc.assert(
      fc.asyncProperty(arrivals, fc.nat(7), async (callers, queue) => {
        const { ran, refused } = await outcomeOf(callers, queue);

        const order = [...callers.entries()].toSorted(([, a], [, b]) => rankOf(a) - rankOf(b));
        const names = order.map(([at]) => `${at}`);
        expect(ran).toEqual(names.slice(0, queue));
        expect(refused.toSorted()).toEqual(names.slice(queue).toSorted());
      }),
      { numRuns: 25 },
    );
  });

  test('has 50 places beside 4 slots by default, for 5 seconds', async () => {
    const { gate, asked } = gateOf();

    const calls = many(55, () => gate.run('customer', forever));

    await expect(Promise.race(calls)).rejects.toBeInstanceOf(GateFull);
    expect(asked).toEqual(many(54, () => 5_000));
    await expect.poll(() => [gate.running, gate.waiting]).toEqual([4, 50]);
  });
});

describe('a waiter', () => {
  test('that did not start in time is refused and never runs', async () => {
    const { gate, timeOut, come, finish, ran } = await busyGate();
    const late = come('head_chef', 'late');
    void come('anonymous', 'patient');

    timeOut(1);
    await expect(late).rejects.toMatchObject({ name: 'GateFull', retryAfterMs: 5_000 });
    expect(gate.waiting).toBe(1);
    await finish();

    expect(ran).toEqual(['patient']);
  });

  test('whose signal is aborted hears its reason and never runs', async () => {
    const { gate, come, finish, ran } = await busyGate();
    const hangUp = new AbortController();
    const gone = come('head_chef', 'gone', hangUp.signal);
    void come('anonymous', 'patient');

    hangUp.abort(new Error('the client hung up'));
    await expect(gone).rejects.toThrow('the client hung up');
    expect(gate.waiting).toBe(1);
    await finish();

    expect(ran).toEqual(['patient']);
  });

  test('who had gone before takes no place', async () => {
    const { gate, come, finish, ran } = await busyGate({ queue: 1 });
    void come('anonymous', 'patient');

    await expect(come('admin', 'gone', AbortSignal.abort())).rejects.toThrow('aborted');

    expect(gate.waiting).toBe(1);
    await finish();
    expect(ran).toEqual(['patient']);
  });

  test.each([
    ['goes', (hangUp: AbortController) => hangUp.abort(new Error('the client hung up'))],
    ['is out of time', (_: AbortController, timeOut: () => void) => timeOut()],
  ])('who %s while the slot opens never runs', async (_, leave) => {
    const { gate, timeOut } = gateOf({ slots: 1 });
    const hangUp = new AbortController();
    const ran: string[] = [];
    const gone = gate.run('admin', async () => ran.push('gone'), hangUp.signal);

    leave(hangUp, () => timeOut(0));
    await expect(gone).rejects.toBeInstanceOf(Error);
    await gate.run('anonymous', async () => ran.push('next'));

    expect(ran).toEqual(['next']);
  });

  test('who gave up keeps nobody out', async () => {
    const { gate, come, finish, ran, refused } = await busyGate({ queue: 50 });
    const hangUp = new AbortController();
    many(50, (at) => void come('admin', `gone ${at}`, hangUp.signal));

    hangUp.abort();
    const places = gate.waiting;
    void come('anonymous', 'alive');
    await finish();

    expect(places).toBe(0);
    expect(ran).toEqual(['alive']);
    expect(refused).toHaveLength(50);
  });

  test.each([
    ['has run', async () => 'exported'],
    ['has failed', () => Promise.reject(new Error('no such report'))],
  ])('whose work %s leaves nothing on the signal', async (_, work) => {
    const { signal } = new AbortController();

    const call = gateOf().gate.run('manager', work, signal);
    const listeners = getEventListeners(signal, 'abort');
    await Promise.allSettled([call]);

    expect(listeners).toHaveLength(1);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('costs no turn of Bottleneck, each some timers long, while the slots are taken', async () => {
    const { come, finish } = await busyGate();
    using timers = vi.spyOn(globalThis, 'setTimeout');

    many(50, () => void come('customer'));

    expect(timers).not.toHaveBeenCalled();
    await finish();
    expect(timers).toHaveBeenCalled();
  });
});

describe('a slot', () => {
  test('is never taken twice by 300 parallel calls', async () => {
    const { gate } = gateOf({ slots: 8, queue: 292 });
    const seen: number[] = [];
    let running = 0;

    await Promise.all(
      many(300, (at) =>
        gate.run(CALLERS[at % CALLERS.length] ?? 'anonymous', async () => {
          running += 1;
          seen.push(running, gate.running);
          await delay(20);
          running -= 1;
        }),
      ),
    );

    expect(seen).toHaveLength(600);
    expect(Math.max(...seen)).toBe(8);
    expect([gate.running, gate.waiting]).toEqual([0, 0]);
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('no such report'))],
    [
      'throws',
      () => {
        throw new Error('no such report');
      },
    ],
  ])('is free again when the work %s', async (_, work) => {
    const { gate } = gateOf({ slots: 1, queue: 0 });

    await expect(gate.run('manager', work)).rejects.toThrow('no such report');

    expect(await gate.run('manager', async () => 'exported')).toBe('exported');
    expect(gate.running).toBe(0);
  });

  test('stays with the work when its caller has gone or the time is up', async () => {
    const { gate, timeOut } = gateOf({ slots: 1 });
    const [first, second] = [held(), held()];
    const hangUp = new AbortController();
    const caller = gate.run('manager', first.work, hangUp.signal);
    await first.begun;
    const next = gate.run('admin', second.work);

    hangUp.abort();
    timeOut(0);
    await settled();
    expect([gate.running, gate.waiting]).toEqual([1, 1]);

    first.finish();
    expect(await caller).toBe('exported');
    await second.begun;
    expect([gate.running, gate.waiting]).toEqual([1, 0]);
    second.finish();
    expect(await next).toBe('exported');
  });

  test('is no way into the async context of who had it before', async () => {
    const { gate } = gateOf({ slots: 1 });
    const own = new AsyncLocalStorage<string>();
    const ownOf = (name: string) =>
      own.run(name, () => gate.run('manager', async () => own.getStore()));

    const found = await Promise.all([ownOf('first'), ownOf('second'), ownOf('third')]);

    expect(found).toEqual(['first', 'second', 'third']);
  });

  test('is opened again after a fault of Bottleneck, and the fault is told', async () => {
    const { gate } = gateOf({ slots: 1 });
    const fault = new Error('no timer left');
    using timer = vi.spyOn(globalThis, 'setTimeout').mockImplementationOnce(() => {
      throw fault;
    });
    using warning = vi.spyOn(process, 'emitWarning').mockReturnValue();

    expect(await gate.run('manager', async () => 'exported')).toBe('exported');

    expect(timer).toHaveBeenCalled();
    expect(warning).toHaveBeenCalledExactlyOnceWith(fault);
  });
});
