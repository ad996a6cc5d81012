import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockOfTabs, queue, underLock } from './locks.ts';
import { memorySession } from './memory-session.ts';
import type { SessionStore } from './store.ts';

type Lock = NonNullable<SessionStore['lock']>;

const storeWith = (lock: Lock): SessionStore => ({ ...memorySession(), lock });
const forever = () => new Promise<never>(() => {});

/** Work that notes when it begins and ends, and ends when it is told to. */
function work(log: string[], name: string) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const begin = async () => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
    return name;
  };
  return { begin, end: () => resolve(name) };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each([
  ['a queue', () => queue()],
  ['the lock of tabs', () => lockOfTabs('tabs')],
  [
    'the lock of tabs in a browser without locks',
    () => {
      vi.stubGlobal('navigator', {});
      return lockOfTabs('tabs');
    },
  ],
])('%s', (_, make) => {
  test('lets one in after the other, and answers what each came to', async () => {
    const log: string[] = [];
    const lock = make();
    const [first, second] = [work(log, 'first'), work(log, 'second')];

    const outcomes = Promise.all([lock(first.begin), lock(second.begin)]);
    second.end();
    await vi.waitFor(() => expect(log).toEqual(['first begins']));
    first.end();

    expect(await outcomes).toEqual(['first', 'second']);
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  test('is free again after work that failed', async () => {
    const lock = make();
    const failing = lock(async () => {
      throw new Error('burnt');
    });

    await expect(failing).rejects.toThrow('burnt');
    expect(await lock(async () => 'done')).toBe('done');
  });
});

test('tabs wait for each other', async () => {
  const log: string[] = [];
  const [first, second] = [work(log, 'first'), work(log, 'second')];

  const outcomes = Promise.all([
    lockOfTabs('shared')(first.begin),
    lockOfTabs('shared')(second.begin),
  ]);
  second.end();
  await vi.waitFor(() => expect(log).toEqual(['first begins']));
  first.end();
  await outcomes;

  expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

describe('work under the lock of a store', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('runs at once where nobody shares the store', async () => {
    const { lock: _, ...store } = memorySession();

    expect(await underLock(store, async () => 'done')).toBe('done');
  });

  test('waits five seconds for a lock that never comes, then goes on without', async () => {
    const log: string[] = [];
    const { begin, end } = work(log, 'it');
    const outcome = underLock(storeWith(forever), begin);
    end();

    await vi.advanceTimersByTimeAsync(4_999);
    const before = [...log];
    await vi.advanceTimersByTimeAsync(1);

    expect(before).toEqual([]);
    expect(await outcome).toBe('it');
  });

  test('does not run twice when the lock comes too late', async () => {
    const late = Promise.withResolvers<void>();
    const lock: Lock = (begin) => late.promise.then(begin);
    const log: string[] = [];
    const { begin, end } = work(log, 'it');
    const outcome = underLock(storeWith(lock), begin);

    await vi.advanceTimersByTimeAsync(5_000);
    late.resolve();
    await vi.advanceTimersByTimeAsync(0);
    end();

    expect(await outcome).toBe('it');
    expect(log).toEqual(['it begins', 'it ends']);
  });

  test('goes on at once without a lock that breaks', async () => {
    const broken: Lock = () => Promise.reject(new Error('no locks here'));

    expect(await underLock(storeWith(broken), async () => 'done')).toBe('done');
  });

  test('goes on at once without a lock that throws, and leaves no timer', async () => {
    const broken: Lock = () => {
      throw new Error('no locks here');
    };

    expect(await underLock(storeWith(broken), async () => 'done')).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('may take longer than anybody waits for the lock', async () => {
    const log: string[] = [];
    const { begin, end } = work(log, 'it');
    const outcome = underLock(storeWith(queue()), begin);

    await vi.advanceTimersByTimeAsync(20_000);
    end();

    expect(await outcome).toBe('it');
    expect(log).toEqual(['it begins', 'it ends']);
  });

  test('that fails rejects with its own error and leaves no timer', async () => {
    const failing = underLock(storeWith(queue()), async () => {
      throw new Error('burnt');
    });

    await expect(failing).rejects.toThrow('burnt');
    expect(vi.getTimerCount()).toBe(0);
  });
});
