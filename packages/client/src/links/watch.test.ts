import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CallError } from '../errors.ts';
import {
  open,
  type Answer,
  CONNECTED,
  event,
  step,
  ended,
  cut,
  over,
  shape,
  refused,
  refusedLate,
  page,
  unreachable,
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
const URL = 'http://service/trpc/orders.watch';
const gap = { type: 'gap' };
const lasting = (reason: string) =>
  expect.objectContaining({ data: expect.objectContaining({ reason }) });

describe('a stream whose connection ends', () => {
  test.each<[string, Answer]>([
    ['without a word', ended(CONNECTED, event(1))],
    ['with an error', cut(CONNECTED, event(1))],
    ['within an event', cut(CONNECTED, event(1), event(2).slice(0, -1))],
    [
      'by a fault',
      ended(
        CONNECTED,
        event(1),
        `event: serialized-error\ndata: ${JSON.stringify(shape('INTERNAL', 500))}\n\n`,
      ),
    ],
  ])('%s goes on behind the last event', async (_, first) => {
    const { steps, sent } = served([first, over(event(2), event(3))]);

    const heard = await read(steps);

    expect(heard).toEqual([step(1), step(2), step(3)]);
    expect(sent('last-event-id')).toEqual([null, '1']);
  });

  test.each<[string, Answer]>([
    ['unreachable', unreachable],
    ['closed before the first byte', cut()],
    ['behind a proxy that answers 502', page(502)],
    ['behind a proxy that answers 408', page(408)],
    ['behind a proxy that answers 429', page(429)],
    ['broken', refused('INTERNAL', 500)],
    ['overloaded', refused('OVERLOADED', 503, { retryAfterMs: 50 })],
    ['overloaded later', refusedLate('OVERLOADED', 503, { retryAfterMs: 50 })],
    ['of too many streams', refused('TOO_MANY_STREAMS', 429)],
    ['of no quota', refused('QUOTA_EXCEEDED', 429)],
  ])('comes back when the service was %s', async (_, trouble) => {
    const { steps, sent } = served([ended(CONNECTED, event(1)), trouble, trouble, over(event(2))]);

    const heard = await read(steps);

    expect(heard).toEqual([step(1), step(2)]);
    expect(sent('last-event-id')).toEqual([null, '1', '1', '1']);
  });

  test('lets go of it before the next one', async () => {
    const { steps, requests } = served([refusedLate('INTERNAL', 500), open(CONNECTED, event(1))]);

    await steps.next();

    expect(requests.map(({ closed }) => closed.aborted)).toEqual([true, false]);
    await steps.return();
  });

  test('does not tell again what it told', async () => {
    const { steps } = served([ended(CONNECTED, event(1)), over(event(1), event(2))]);

    expect(await read(steps)).toEqual([step(1), step(2)]);
  });

  test('goes on where it was, though the last event had no id', async () => {
    const untracked = 'data: {"json":{"n":0}}\nid: \n\n';
    const { steps, sent } = served([
      ended(CONNECTED, event(1), untracked),
      ended(CONNECTED, untracked, 'event: restore-id\ndata: \nid: 1\n\n', untracked),
      over(),
    ]);

    const heard = await read(steps);

    const zero = { type: 'event', id: undefined, data: { n: 0 } };
    expect(heard).toEqual([step(1), zero, zero, zero]);
    expect(sent('last-event-id')).toEqual([null, '1', '1']);
  });

  test('T12 shows a token of now in a header, and none in an address', async () => {
    const { steps, requests, sent } = served(
      [cut(CONNECTED, event(1)), refused('TOKEN_INVALID', 401), cut(CONNECTED), over()],
      { renewals: ['second'], input: { a: 1 } },
    );

    await read(steps);

    expect(sent('authorization')).toEqual([
      'Bearer first',
      'Bearer first',
      'Bearer second',
      'Bearer second',
    ]);
    expect(requests.map(({ url }) => url).join(' ')).not.toMatch(/first|second/);
  });
});

describe('a stream that is asked for', () => {
  test('may start behind a known event, and is not told that one again', async () => {
    const { steps, sent } = served([over(event(6), event(7))], { context: { lastEventId: '6' } });

    const heard = await read(steps);

    expect(heard).toEqual([step(7)]);
    expect(sent('last-event-id')).toEqual(['6']);
  });

  test.each([
    [
      'a short input by GET',
      { at: 1 },
      { method: 'GET', url: `${URL}?input=%7B%22json%22%3A%7B%22at%22%3A1%7D%7D` },
    ],
    ['a long input by POST', { text: 'x'.repeat(2_000) }, { method: 'POST', url: URL }],
    ['no input by GET', undefined, { method: 'GET', url: URL }],
  ])('sends %s', async (_, input, request) => {
    const { steps, requests } = served([over()], { input });

    await read(steps);

    expect(requests).toMatchObject([request]);
    expect(requests[0]?.headers.get('accept')).toBe('text/event-stream');
  });

  test('ends when the service says so, and asks no more', async () => {
    const { steps, requests, states } = served([over(event(1)), over(event(2))]);

    const heard = await read(steps);

    expect(heard).toEqual([step(1)]);
    expect(requests).toHaveLength(1);
    expect(states).toEqual(['connecting', 'open']);
  });
});

describe('a stream that is refused', () => {
  test.each<[string, Answer, unknown]>([
    ['at the door', refused('FORBIDDEN', 403), lasting('FORBIDDEN')],
    ['later', refusedLate('FORBIDDEN', 403), lasting('FORBIDDEN')],
    [
      "by somebody who is not the service's",
      page(404),
      expect.objectContaining({ reason: 'FAULT' }),
    ],
    ['by a page that says it is well', page(200), expect.objectContaining({ reason: 'FAULT' })],
    ['by nonsense', ended(CONNECTED, 'data: {\n\n'), expect.objectContaining({ reason: 'FAULT' })],
  ])('%s ends with that', async (_, answer, error) => {
    const { steps, requests } = served([answer]);

    expect(await read(steps)).toEqual([error]);
    expect(requests).toHaveLength(1);
  });

  test.each<[string, Answer]>([
    ['at the door', refused('TOKEN_INVALID', 401)],
    ['later', refusedLate('TOKEN_INVALID', 401)],
  ])('T13 for its token %s renews it once and is back at once', async (_, answer) => {
    const setting = { renewals: ['second'], context: { lastEventId: '1' }, random: 1 };
    const { steps, requests, renewed, sent } = served([answer, over(event(2))], setting);

    const heard = await read(steps);

    expect(heard).toEqual([step(2)]);
    expect(renewed).toEqual(['first']);
    expect(requests.map(({ at }) => at)).toEqual([0, 0]);
    expect(sent('last-event-id')).toEqual(['1', '1']);
  });

  test.each<[string, (string | undefined)[]]>([
    ['no other token', [undefined]],
    ['a token that is refused as well', ['second', 'third']],
  ])('T13 for its token ends when there is %s', async (_, renewals) => {
    const no = refused('TOKEN_INVALID', 401);
    const { steps, renewed } = served([no, no, no], { renewals });

    expect(await read(steps)).toEqual([lasting('TOKEN_INVALID')]);
    expect(renewed).toEqual(['first']);
  });

  test('T13 for a later token renews that one as well, and is back at once as well', async () => {
    const expired = ended(
      CONNECTED,
      event(1),
      `event: serialized-error\ndata: ${JSON.stringify(shape('TOKEN_INVALID', 401))}\n\n`,
    );
    const setting = { renewals: ['second', 'third'], random: 1 };
    const { steps, renewed, requests } = served([expired, expired, over()], setting);

    await read(steps);

    expect(renewed).toEqual(['first', 'second']);
    expect(requests.map(({ at }) => at)).toEqual([0, 0, 0]);
  });

  test('T13 for a token that ended while the line was broken renews it again', async () => {
    const no = refused('TOKEN_INVALID', 401);
    const answers = [no, unreachable, no, over(event(1))];
    const { steps, renewed } = served(answers, { renewals: ['second', 'third'] });

    expect(await read(steps)).toEqual([step(1)]);
    expect(renewed).toEqual(['first', 'second']);
  });

  test('T13 for one token after the other waits longer and longer', async () => {
    const no = refusedLate('TOKEN_INVALID', 401);
    const renewals = ['second', 'third', 'fourth'];
    const { steps, requests } = served([no, no, no, over()], { renewals, random: 1 });

    await read(steps);

    expect(requests.map(({ at }) => at)).toEqual([0, 0, 500, 1_500]);
  });

  test('T13 waits when the session cannot be asked', async () => {
    const down = new CallError('Down.', { reason: 'FAULT', details: { because: 'unreachable' } });
    const setting = { renewals: [down, 'second'], random: 1 };
    const { steps, renewed, requests } = served(
      [refused('TOKEN_INVALID', 401), over(event(1))],
      setting,
    );

    const heard = await read(steps);

    expect(heard).toEqual([step(1)]);
    expect(renewed).toEqual(['first', 'first']);
    expect(requests.map(({ at }) => at)).toEqual([0, 500]);
  });
});

describe('a gap', () => {
  test.each<[string, Answer]>([
    ['at the door', refused('STREAM_RESET', 409)],
    ['later', refusedLate('STREAM_RESET', 409)],
  ])(
    'is told before what follows it, when the service %s keeps no more of what was missed',
    async (_, reset) => {
      const { steps, sent } = served([reset, over(event(50))], { context: { lastEventId: '1' } });

      const heard = await read(steps);

      expect(heard).toEqual([gap, step(50)]);
      expect(sent('last-event-id')).toEqual(['1', null]);
    },
  );

  test('is told again when the line is lost before there is an event to go on from', async () => {
    const { steps } = served(
      [refused('STREAM_RESET', 409), cut(CONNECTED), cut(), over(event(1))],
      {
        context: { lastEventId: '1' },
      },
    );

    expect(await read(steps)).toEqual([gap, gap, step(1)]);
  });

  test('is told when the line is lost before there was any event', async () => {
    const { steps } = served([cut(CONNECTED), over(event(1))]);

    expect(await read(steps)).toEqual([gap, step(1)]);
  });

  test('is not told where nothing was missed', async () => {
    const { steps } = served([unreachable, cut(), cut(CONNECTED, event(1)), over(event(2))]);

    expect(await read(steps)).toEqual([step(1), step(2)]);
  });
});
