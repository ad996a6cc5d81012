import { createTRPCUntypedClient } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deadline } from './deadline.ts';
import { type Op, step } from './step.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const SECOND = 1_000;

/** What never answers and ignores every signal. */
function silent(defaultMs?: number) {
  const received: Op[] = [];
  const service = step((op) => {
    received.push(op);
    return new Promise(() => undefined);
  });
  return { client: createTRPCUntypedClient({ links: [deadline(defaultMs), service] }), received };
}

/** How a call ended, as far as it has. */
function ending(call: Promise<unknown>) {
  const end: { at?: number; error?: unknown } = {};
  const start = performance.now();
  call.catch((error: unknown) => Object.assign(end, { at: performance.now() - start, error }));
  return end;
}

describe('a deadline', () => {
  test('ends a call after 15 s, even when nothing below listens', async () => {
    const end = ending(silent().client.query('menu.list'));

    await vi.advanceTimersByTimeAsync(60 * SECOND);

    expect(end).toMatchObject({
      at: 15 * SECOND,
      error: {
        reason: 'FAULT',
        details: { because: 'deadline' },
        message: 'No answer within 15000 ms.',
      },
    });
  });

  test.each([
    ['a little more than the service takes', undefined, 65 * SECOND],
    ['what the client was given', 20 * SECOND, 20 * SECOND],
  ])('gives a picture %s', async (_, defaultMs, at) => {
    const end = ending(silent(defaultMs).client.mutation('files.upload', new Blob()));

    await vi.advanceTimersByTimeAsync(120 * SECOND);

    expect(end.at).toBe(at);
  });

  test('says of a mutation that its outcome is unknown', async () => {
    const end = ending(silent(SECOND).client.mutation('menu.items.create'));

    await vi.advanceTimersByTimeAsync(SECOND);

    expect(end.error).toMatchObject({
      message: 'No answer within 1000 ms. Whether it took effect is unknown.',
    });
  });

  test('is that of the call before that of the client', async () => {
    const { client } = silent(SECOND);
    const end = ending(client.query('menu.list', undefined, { context: { deadlineMs: 300 } }));

    await vi.advanceTimersByTimeAsync(60 * SECOND);

    expect(end.at).toBe(300);
  });

  test.each([Infinity, 2 ** 31])('of %d is none', async (deadlineMs) => {
    const { client, received } = silent(SECOND);
    const end = ending(client.query('menu.list', undefined, { context: { deadlineMs } }));

    await vi.advanceTimersByTimeAsync(86_400 * SECOND);

    expect(end).toEqual({});
    expect(received[0]?.context.endsAt).toBeUndefined();
  });

  test.each([0, -1, Number.NaN])(
    'of %d is refused, for the client and for a call',
    async (deadlineMs) => {
      const { client, received } = silent(SECOND);

      const call = client.query('menu.list', undefined, { context: { deadlineMs } });

      await expect(call).rejects.toMatchObject({ details: { because: 'client' } });
      expect(received).toEqual([]);
      expect(() => deadline(deadlineMs)).toThrow(`not ${deadlineMs}`);
    },
  );

  test('reaches what is below as one signal, with the time at which it ends', async () => {
    const { client, received } = silent(SECOND);
    ending(client.query('menu.list'));
    const start = performance.now();

    await vi.advanceTimersByTimeAsync(SECOND - 1);
    const before = received[0]?.signal?.aborted;
    await vi.advanceTimersByTimeAsync(1);

    expect([before, received[0]?.signal?.aborted]).toEqual([false, true]);
    expect(received[0]?.context.endsAt).toBe(start + SECOND);
  });
});

describe('a caller who goes', () => {
  test.each([
    ['with a deadline', SECOND],
    ['without one', Infinity],
  ])('ends the call at once, %s', async (_, deadlineMs) => {
    const { client, received } = silent(deadlineMs);
    const caller = new AbortController();
    const end = ending(client.query('menu.list', undefined, { signal: caller.signal }));

    await vi.advanceTimersByTimeAsync(100);
    caller.abort('went home');
    await vi.advanceTimersByTimeAsync(0);

    expect(end).toMatchObject({
      at: 100,
      error: { reason: 'FAULT', details: { because: 'aborted' }, cause: 'went home' },
    });
    expect(received[0]?.signal?.aborted).toBe(true);
  });

  test('before the call starts it nowhere', async () => {
    const { client, received } = silent();
    const end = ending(client.query('menu.list', undefined, { signal: AbortSignal.abort() }));

    await vi.advanceTimersByTimeAsync(0);

    expect(end).toMatchObject({ at: 0, error: { details: { because: 'aborted' } } });
    expect(received).toEqual([]);
  });
});

describe('a call that ends in time', () => {
  test.each([
    ['answers', () => Promise.resolve('soup')],
    ['fails', () => Promise.reject(new Error('burnt'))],
  ])('and %s leaves no timer and no listener behind', async (_, outcome) => {
    const caller = new AbortController();
    const removed = vi.spyOn(caller.signal, 'removeEventListener');
    const added = vi.spyOn(caller.signal, 'addEventListener');
    const client = createTRPCUntypedClient({ links: [deadline(), step(outcome)] });

    await client.query('menu.list', undefined, { signal: caller.signal }).catch(() => undefined);

    expect(vi.getTimerCount()).toBe(0);
    expect(added).toHaveBeenCalled();
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });
});
