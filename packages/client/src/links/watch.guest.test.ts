import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GuestStore } from '../session/guest-store.ts';
import { held } from '../session/held.ts';
import {
  type Answer,
  CONNECTED,
  cut,
  event,
  over,
  read as readAll,
  refused,
  refusedLate,
  served,
  step,
} from './scripted-service.ts';
import type { Steps } from './watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const read = (steps: Steps) => readAll(steps, vi.advanceTimersByTimeAsync);
const failed = (reason: string) =>
  expect.objectContaining({ data: expect.objectContaining({ reason }) });

function storeOf(token: string) {
  const store = held<string>();
  store.write(token);
  return store;
}

test('a stream shows the guest with every connection', async () => {
  const answers = [cut(CONNECTED, event(1)), over(event(2))];
  const { steps, sent } = served(answers, { guest: storeOf('g1') });

  expect(await read(steps)).toEqual([step(1), step(2)]);
  expect(sent('x-guest-token')).toEqual(['g1', 'g1']);
});

test('a stream without a guest shows none', async () => {
  const { steps, sent } = served([over(event(1))]);

  await read(steps);

  expect(sent('x-guest-token')).toEqual([null]);
});

test.each([
  ['there is another one', 'g2'],
  ['the guest has signed in', undefined],
])('a stream stays that of the guest in whose name it began, though %s', async (_, later) => {
  const store = storeOf('g1');
  const then: Answer = (closed) => {
    store.write(later);
    return cut(CONNECTED, event(1))(closed);
  };
  const { steps, sent } = served([then, over(event(2))], { guest: store });

  await read(steps);

  expect(sent('x-guest-token')).toEqual(['g1', 'g1']);
});

test.each<[string, Answer]>([
  ['at the door', refused('GUEST_TOKEN_INVALID', 401)],
  ['later', refusedLate('GUEST_TOKEN_INVALID', 401)],
])('a guest who is refused %s is forgotten, and the stream ends with that', async (_, answer) => {
  const store = storeOf('g1');
  const { steps, requests } = served([answer], { guest: store });

  expect(await read(steps)).toEqual([failed('GUEST_TOKEN_INVALID')]);
  expect(requests).toHaveLength(1);
  expect(store.read()).toBeUndefined();
});

test('a guest is kept when the stream is refused for another reason', async () => {
  const store = storeOf('g1');
  const { steps } = served([refused('NOT_FOUND', 404)], { guest: store });

  expect(await read(steps)).toEqual([failed('NOT_FOUND')]);
  expect(store.read()).toBe('g1');
});

test('a store that hangs does not keep a stream from its events', async () => {
  const hanging: GuestStore = { ...storeOf('g1'), read: () => new Promise(() => undefined) };
  const { steps, sent } = served([over(event(1))], { guest: hanging });

  expect(await read(steps)).toEqual([step(1)]);
  expect(sent('x-guest-token')).toEqual([null]);
});
