import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StreamState } from '../calls.ts';
import {
  type Answer,
  CONNECTED,
  PING,
  RETURN,
  event,
  step,
  open,
  cut,
  over,
  refused,
  refusedLate,
  page,
  unreachable,
  hanging,
  streaming,
  served,
  read as readAll,
} from './scripted-service.ts';
import type { Steps } from './watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const read = (steps: Steps) => readAll(steps, vi.advanceTimersByTimeAsync);
describe('the wait before a stream comes back', () => {
  test('grows with every failure up to ten seconds, and is short again once something came', async () => {
    const fails = Array.from({ length: 7 }, () => unreachable);
    const { steps, requests, states } = served(
      [...fails, cut(CONNECTED), cut(CONNECTED, PING), cut(CONNECTED, event(1)), over()],
      { random: 1 },
    );

    await read(steps);

    const waits = requests.slice(1).map(({ at }, nth) => at - (requests[nth]?.at ?? 0));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 500, 500]);
    expect(states.slice(0, 4)).toEqual(['connecting', 'waiting', 'connecting', 'waiting']);
  });

  test.each<[string, Answer]>([
    ['a header', page(503, { 'retry-after': '30' })],
    ['a refusal', refused('OVERLOADED', 503, { retryAfterMs: 30_000 })],
    ['a refusal in the stream', refusedLate('OVERLOADED', 503, { retryAfterMs: 30_000 })],
  ])('is spread behind what %s asks for', async (_, answer) => {
    const { steps, requests } = served([answer, over()], { random: 0.5 });

    await read(steps);

    expect(requests.map(({ at }) => at)).toEqual([0, 30_250]);
  });
});

describe('a silent connection', () => {
  test.each([
    ['40 s', CONNECTED, 40_000],
    [
      'as long as the service said',
      'event: connected\ndata: {"reconnectAfterInactivityMs":900}\n\n',
      900,
    ],
    [
      '40 s where that is more than a timer takes',
      'event: connected\ndata: {"reconnectAfterInactivityMs":1e12}\n\n',
      40_000,
    ],
  ])('is given up after %s', async (_, connected, ms) => {
    const { steps, requests, sent } = served([open(connected, event(1)), over(event(2))]);

    const heard = await read(steps);

    expect(heard).toEqual([step(1), step(2)]);
    expect(requests.map(({ at }) => at)).toEqual([0, ms]);
    expect(sent('last-event-id')).toEqual([null, '1']);
    expect(requests[0]?.closed.aborted).toBe(true);
  });

  test('is given up before there is an answer, too', async () => {
    const { steps, requests } = served([hanging, over()]);

    await read(steps);

    expect(requests.map(({ at }) => at)).toEqual([0, 40_000]);
  });

  test('is none as long as there are pings or comments, or nobody listens', async () => {
    const late = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const quiet = [CONNECTED, event(1), PING, ': here\n', event(2)];
    const slowly: Answer = () =>
      streaming(
        new ReadableStream({
          pull: async (body) => {
            await late(30_000);
            body.enqueue(new TextEncoder().encode(quiet.shift() ?? RETURN));
          },
        }),
      );
    const { steps, requests } = served([slowly]);

    const first = steps.next();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    const heard = [(await first).value, ...(await read(steps))];

    expect(heard).toEqual([step(1), step(2)]);
    expect(requests).toHaveLength(1);
  });
});

describe('a stream that nobody wants any more', () => {
  const moments: [string, Answer[], StreamState[]][] = [
    ['connecting', [hanging], ['connecting']],
    ['reading', [open(CONNECTED)], ['connecting', 'open']],
    ['waiting', [unreachable], ['connecting', 'waiting']],
  ];

  test.each(moments)('ends by its signal while it is %s', async (_, answers, reached) => {
    const leaving = new AbortController();
    const { steps, states, requests } = served(answers, { signal: leaving.signal, random: 1 });
    const next = steps.next();
    await vi.advanceTimersByTimeAsync(1);

    leaving.abort();

    expect(await next).toEqual({ done: true, value: undefined });
    expect(states).toEqual(reached);
    expect(requests[0]?.closed.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(moments)('ends by return while it is %s', async (_, answers) => {
    const { steps, requests } = served(answers, { random: 1 });
    const next = steps.next();
    await vi.advanceTimersByTimeAsync(1);

    await steps.return();

    expect(await next).toEqual({ done: true, value: undefined });
    expect(await steps.next()).toEqual({ done: true, value: undefined });
    expect(requests.map(({ closed }) => closed.aborted)).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('ends by leaving the loop over it', async () => {
    const { steps, requests } = served([open(CONNECTED, event(1), event(2))]);

    for await (const _ of steps) break;

    expect(requests.map(({ closed }) => closed.aborted)).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('never begins when its signal has fired before', async () => {
    const { steps, requests } = served([over(event(1))], { signal: AbortSignal.abort() });

    expect(await read(steps)).toEqual([]);
    expect(requests).toHaveLength(0);
  });
});
