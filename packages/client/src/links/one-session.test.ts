import { createTRPCUntypedClient } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refusal, signedIn, unreachable } from '../session/scripted.ts';
import type { Session } from '../session/session.ts';
import { retry } from './retry.ts';
import {
  CONNECTED,
  cut,
  event,
  over,
  read,
  refused,
  served,
  step as told,
} from './scripted-service.ts';
import { session } from './session.ts';
import { step } from './step.ts';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const tokenOf = (of: string, nth = 0) => signedIn(nth, NOON, of).accessToken;
const mine = tokenOf('mine');
const newer = tokenOf('mine', 1);
const theirs = tokenOf('theirs');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Calls that are lost once and then answered, of a session that shows these tokens in turn. */
function calling(...tokens: (string | undefined)[]) {
  const shown: (string | undefined)[] = [];
  const held: Session = { token: async () => tokens.shift(), renew: async () => tokens.shift() };
  const answer = step(async ({ context }) => {
    if (shown.push(context.token) === 1) throw unreachable();
    return 'done';
  });
  const client = createTRPCUntypedClient({ links: [retry(), session(held), answer] });
  return { shown, client };
}

describe('a call that is repeated', () => {
  test('goes on in its session with a newer token', async () => {
    const { shown, client } = calling(mine, newer);

    const call = client.query('menu.list');
    await vi.runAllTimersAsync();

    expect(await call).toBe('done');
    expect(shown).toEqual([mine, newer]);
  });

  test.each([
    ['somebody else has signed in', theirs],
    ['its caller has signed out', undefined],
  ])('ends once %s', async (_, later) => {
    const { shown, client } = calling(mine, later);

    const ended = client.query('menu.list').catch((error: unknown) => error);
    await vi.runAllTimersAsync();

    expect(await ended).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(shown).toEqual([mine]);
  });

  test('stays without a session though somebody has signed in', async () => {
    const { shown, client } = calling(undefined, theirs);

    const call = client.query('menu.list');
    await vi.runAllTimersAsync();

    expect(await call).toBe('done');
    expect(shown).toEqual([undefined, undefined]);
  });
});

test('a call whose token is refused is not repeated in another session', async () => {
  const shown: (string | undefined)[] = [];
  const held: Session = { token: async () => mine, renew: async () => theirs };
  const answer = step(async ({ context }) => {
    shown.push(context.token);
    throw refusal('TOKEN_INVALID');
  });
  const client = createTRPCUntypedClient({ links: [session(held), answer] });

  await expect(client.mutation('people.setLevel')).rejects.toMatchObject({
    reason: 'TOKEN_INVALID',
  });
  expect(shown).toEqual([mine]);
});

describe('a stream that comes back', () => {
  const bearer = (token: string) => `Bearer ${token}`;
  const invalid = expect.objectContaining({ reason: 'TOKEN_INVALID' });

  test('goes on in its session with a newer token', async () => {
    const answers = [cut(CONNECTED, event(1)), over(event(2))];
    const { steps, sent } = served(answers, { tokens: [mine, newer] });

    expect(await read(steps, vi.advanceTimersByTimeAsync)).toEqual([told(1), told(2)]);
    expect(sent('authorization')).toEqual([bearer(mine), bearer(newer)]);
  });

  test.each([
    ['somebody else has signed in', theirs],
    ['its reader has signed out', undefined],
  ])('ends once %s', async (_, later) => {
    const answers = [cut(CONNECTED, event(1)), over(event(2))];
    const { steps, sent } = served(answers, { tokens: [mine, later] });

    expect(await read(steps, vi.advanceTimersByTimeAsync)).toEqual([told(1), invalid]);
    expect(sent('authorization')).toEqual([bearer(mine)]);
  });

  test('ends when its token is refused and the other is of another session', async () => {
    const answers = [refused('TOKEN_INVALID', 401), over(event(1))];
    const { steps, sent } = served(answers, { tokens: [mine], renewals: [theirs] });

    expect(await read(steps, vi.advanceTimersByTimeAsync)).toEqual([invalid]);
    expect(sent('authorization')).toEqual([bearer(mine)]);
  });

  test('stays without a session though somebody has signed in', async () => {
    const answers = [cut(CONNECTED, event(1)), over(event(2))];
    const { steps, sent } = served(answers, { tokens: [undefined, theirs] });

    expect(await read(steps, vi.advanceTimersByTimeAsync)).toEqual([told(1), told(2)]);
    expect(sent('authorization')).toEqual([null, null]);
  });
});
