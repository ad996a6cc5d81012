import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Queue } from './queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const items = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

function filled(count: number): Queue<{ n: number }> {
  const queue = new Queue<{ n: number }>();
  for (const item of items(count)) queue.push(item);
  return queue;
}

describe('a queue', () => {
  test('gives out what was put in, in order', async () => {
    const queue = filled(3);

    const taken = [await queue.next(10), await queue.next(10), await queue.next(10)];

    expect(taken).toEqual(items(3));
  });

  test('waits for what comes', async () => {
    const queue = filled(0);
    const waiting = queue.next(10);

    queue.push({ n: 7 });

    expect(await waiting).toEqual({ n: 7 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('gives nothing when none came in time, and the next one after that', async () => {
    const queue = filled(0);
    const waiting = queue.next(10);
    await vi.advanceTimersByTimeAsync(10);

    const nothing = await waiting;
    queue.push({ n: 1 });

    expect(nothing).toBeUndefined();
    expect(await queue.next(10)).toEqual({ n: 1 });
  });

  test('T15 has room for 256; one more ends it, and what was in it is gone', async () => {
    const full = filled(256);
    const over = filled(257);

    expect(await full.next(10)).toEqual({ n: 0 });
    await expect(over.next(10)).rejects.toMatchObject({
      code: 'OVERLOADED',
      status: 503,
      details: { retryAfterMs: 1_000 },
    });
  });

  test('has room again for what was taken', async () => {
    const queue = filled(256);
    await queue.next(10);

    queue.push({ n: 256 });

    expect(await queue.next(10)).toEqual({ n: 1 });
  });

  test('that is ended says why, to who waits and to who comes, and takes nothing more', async () => {
    const queue = filled(0);
    const waiting = queue.next(10);

    queue.end(new Error('over'));
    queue.end(new Error('over again'));
    queue.push({ n: 1 });

    await expect(waiting).rejects.toThrow('over');
    await expect(queue.next(10)).rejects.toThrow(/^over$/);
  });
});
