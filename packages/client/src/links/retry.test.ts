import { createTRPCUntypedClient } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CallError, fault, type FaultDetails } from '../errors.ts';
import { deadline } from './deadline.ts';
import { retry } from './retry.ts';
import { step } from './step.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const refused = (reason: string, details: object = {}) => new CallError('No.', { reason, details });
const broken = (because: FaultDetails['because'], more: Partial<FaultDetails> = {}) =>
  fault('Broken.', { because, ...more });

const lost = broken('unreachable');
const noQuota = refused('QUOTA_EXCEEDED', { retryAfterMs: 1_000 });
const KEYED = { idempotencyKey: 'k' };
/** Set by the link of the keys, for calls that the service knows again. */
const KNOWN = { context: { keyed: true } };

/** Fails so as often as it is told, then answers; knows when it was called. */
function failing(error: Error, times = Infinity, options: Parameters<typeof retry>[0] = {}) {
  return answering((nth) => (nth > times ? undefined : error), options);
}

function answering(
  errorOf: (nth: number) => Error | undefined,
  options: Parameters<typeof retry>[0] = {},
) {
  const calledAt: number[] = [];
  const start = performance.now();
  const service = step(() => {
    const error = errorOf(calledAt.push(performance.now() - start));
    return error ? Promise.reject(error) : Promise.resolve('soup');
  });
  const client = createTRPCUntypedClient({ links: [deadline(), retry(options), service] });
  return { client, calledAt };
}

/** Lets all timers run until the call ends, and answers with how it did. */
async function end(call: Promise<unknown>): Promise<unknown> {
  const ended = call.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return ended;
}

const passing: [string, Error][] = [
  ['unreachable', lost],
  ...[408, 425, 429, 502, 503, 504].map((status): [string, Error] => [
    `a ${status} that is not the service's`,
    broken('answer', { status }),
  ]),
  ...['OVERLOADED', 'DB_BUSY', 'DB_UNAVAILABLE', 'OUTCOME_UNKNOWN', 'IDEMPOTENCY_IN_PROGRESS'].map(
    (reason): [string, Error] => [reason, refused(reason)],
  ),
];
const lasting: [string, Error][] = [
  ...(['aborted', 'deadline', 'server', 'client'] as const).map((because): [string, Error] => [
    because,
    broken(because),
  ]),
  ["the service's own 503", broken('server', { status: 503 })],
  ["a 500 that is not the service's", broken('answer', { status: 500 })],
  ["a 404 that is not the service's", broken('answer', { status: 404 })],
  ['STORAGE_FULL', refused('STORAGE_FULL', { retryAfterMs: 1_000 })],
  ['SOLD_OUT', refused('SOLD_OUT')],
  ['QUOTA_EXCEEDED', noQuota],
  ['what no link knows', fault('Oops.', { because: 'client' })],
];

describe('what passes by itself', () => {
  test.each(passing)('%s: a query is repeated three times', async (_, error) => {
    const { client, calledAt } = failing(error);

    expect(await end(client.query('menu.list'))).toBe(error);
    expect(calledAt).toHaveLength(4);
  });

  test.each(passing)('%s: so is a mutation with a key', async (_, error) => {
    const { client, calledAt } = failing(error, 2);

    expect(await end(client.mutation('orders.place', KEYED, KNOWN))).toBe('soup');
    expect(calledAt).toHaveLength(3);
  });

  test('a key where the service looks for none makes no repeat safe', async () => {
    const { client, calledAt } = failing(lost);

    await end(client.mutation('people.create', KEYED));

    expect(calledAt).toHaveLength(1);
  });

  test.each(passing)('%s: a mutation without a key is not', async (_, error) => {
    const { client, calledAt } = failing(error);

    expect(await end(client.mutation('menu.items.create', { name: 'Soup' }))).toBe(error);
    expect(calledAt).toHaveLength(1);
  });
});

describe('what does not', () => {
  test.each(lasting)('%s: given at once', async (_, error) => {
    const { client, calledAt } = failing(error);

    expect(await end(client.mutation('orders.place', KEYED, KNOWN))).toMatchObject({
      message: error.message,
    });
    expect(calledAt).toEqual([0]);
  });
});

describe('the wait', () => {
  test('grows from at most 200 ms by the double, up to 5 s', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { client, calledAt } = failing(lost, Infinity, { attempts: 7 });

    await end(client.query('menu.list', undefined, { context: { deadlineMs: Infinity } }));

    expect(calledAt).toEqual([0, 200, 600, 1_400, 3_000, 6_200, 11_200, 16_200]);
  });

  test('is anything down to nothing, so that nobody comes back together', async () => {
    vi.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValueOnce(0.25);
    const { client, calledAt } = failing(lost, 2);

    await end(client.query('menu.list'));

    expect(calledAt).toEqual([0, 0, 100]);
  });

  test.each([
    ['the service', refused('OVERLOADED', { retryAfterMs: 3_000 })],
    ['a proxy', broken('answer', { status: 503, retryAfterMs: 3_000 })],
  ])('is never shorter than %s asked for', async (_, error) => {
    const { client, calledAt } = failing(error, 1);

    expect(await end(client.query('menu.list'))).toBe('soup');
    expect(calledAt[1]).toBeGreaterThanOrEqual(3_000);
  });

  test('ends with the caller', async () => {
    const { client, calledAt } = failing(refused('OVERLOADED', { retryAfterMs: 3_000 }));
    const caller = new AbortController();
    const call = client.query('menu.list', undefined, { signal: caller.signal });
    const ended = call.catch((error: unknown) => error);

    await vi.advanceTimersByTimeAsync(1_000);
    caller.abort();

    expect(await ended).toMatchObject({ details: { because: 'aborted' } });
    expect(vi.getTimerCount()).toBe(0);
    expect(calledAt).toEqual([0]);
  });

  test('that the deadline has no time for is not begun', async () => {
    const error = refused('OVERLOADED', { retryAfterMs: 20_000 });
    const { client, calledAt } = failing(error);
    const start = performance.now();

    expect(await end(client.query('menu.list'))).toBe(error);
    expect(calledAt).toEqual([0]);
    expect(performance.now()).toBe(start);
  });

  test('that no timer can hold is not begun', async () => {
    const error = refused('OVERLOADED', { retryAfterMs: 2 ** 31 });
    const { client, calledAt } = failing(error);

    const call = client.query('menu.list', undefined, { context: { deadlineMs: Infinity } });

    expect(await end(call)).toBe(error);
    expect(calledAt).toEqual([0]);
  });
});

describe('by choice', () => {
  test.each([
    [0, 1],
    [1, 2],
  ])('at most %d repeats make %d calls', async (attempts, calls) => {
    const { client, calledAt } = failing(lost, Infinity, { attempts });

    await end(client.query('menu.list'));

    expect(calledAt).toHaveLength(calls);
  });

  test('the first wait is another', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { client, calledAt } = failing(lost, 2, { baseMs: 10 });

    await end(client.query('menu.list'));

    expect(calledAt).toEqual([0, 10, 30]);
  });
});

describe('a quota that is used up', () => {
  test('is waited for by choice, by a mutation without a key as well', async () => {
    const { client, calledAt } = failing(noQuota, 1, { onQuota: 'wait' });

    expect(await end(client.mutation('menu.items.create', { name: 'Soup' }))).toBe('soup');
    expect(calledAt[1]).toBeGreaterThanOrEqual(1_000);
  });

  test('is waited for as often as the deadline allows, repeats or not', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { client, calledAt } = failing(noQuota, Infinity, { onQuota: 'wait', attempts: 0 });

    expect(await end(client.query('menu.list'))).toBe(noQuota);
    expect(calledAt).toHaveLength(15);
    expect(calledAt.at(-1)).toBe(14_000);
  });

  test('takes nothing from the repeats that are left', async () => {
    const errors = [noQuota, lost, noQuota, lost, noQuota, lost];
    const { client, calledAt } = answering((nth) => errors[nth - 1], { onQuota: 'wait' });

    expect(await end(client.query('menu.list'))).toBe('soup');
    expect(calledAt).toHaveLength(7);
  });

  test('is refused at once when the deadline is too short', async () => {
    const { client, calledAt } = failing(noQuota, 1, { onQuota: 'wait' });
    const call = client.query('menu.list', undefined, { context: { deadlineMs: 1_000 } });
    let ended: unknown;
    call.catch((error: unknown) => (ended = error));

    await vi.advanceTimersByTimeAsync(0);

    expect(ended).toBe(noQuota);
    expect(calledAt).toEqual([0]);
  });
});
