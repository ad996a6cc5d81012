import { describe, expect, test } from 'vitest';
import type { CallError } from '../errors.ts';
import { memorySession } from './memory-session.ts';
import { expired, opened, refusal, signedIn } from './scripted.ts';
import type { SessionStore } from './store.ts';
import { tokensOf } from './tokens.ts';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const fresh = tokensOf(signedIn(0, NOON), NOON);
const stale = expired(NOON);
const cookieStore = (): SessionStore => ({ ...memorySession(), carrier: 'cookie' });
const errorOf = (call: Promise<unknown>) =>
  call.catch((error: unknown) => error) as Promise<CallError>;

describe('a session in whose place somebody else signed in', () => {
  const theirs = tokensOf(signedIn(7, NOON, 'theirs'), NOON);

  test('is told once to be over elsewhere', async () => {
    const { session, store, whys } = opened({ kept: fresh });
    await session.token();

    await store.write(theirs);
    const shown = [await session.token(), await session.token()];

    expect(shown).toEqual([theirs.accessToken, theirs.accessToken]);
    expect(whys).toEqual(['elsewhere']);
  });

  test.each([
    ['refused', () => Promise.reject(refusal('TOKEN_INVALID'))],
    ['answered', () => signedIn(1, NOON)],
  ])('while a refresh was under way, %s, hands none of their tokens out', async (_, answer) => {
    const { session, store, whys, script } = opened({ kept: stale });
    script.push(() => {
      void store.write(theirs);
      return answer();
    });

    const ended = await Promise.all([errorOf(session.token()), errorOf(session.token())]);

    expect(ended).toMatchObject([{ reason: 'TOKEN_INVALID' }, { reason: 'TOKEN_INVALID' }]);
    expect(await store.read()).toEqual(theirs);
    expect(whys).toEqual(['elsewhere']);
  });

  test('while it waited for the lock asks for nothing in their name', async () => {
    const { session, store, asked } = opened({ kept: stale });
    const signingIn = Promise.withResolvers<void>();
    const outdated = { ...theirs, renewAt: NOON - 1 };
    const lock = store.lock?.(() => signingIn.promise.then(() => store.write(outdated)));

    const error = errorOf(session.token());
    await new Promise(setImmediate);
    signingIn.resolve();
    await lock;

    expect(await error).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(asked).toEqual([]);
  });

  test('and which was seen to be over in between hands none of their tokens out', async () => {
    const { session, store, whys, script } = opened({ kept: stale });
    script.push(async () => {
      await store.write(undefined);
      await session.token();
      await store.write(theirs);
      return signedIn(1, NOON);
    });

    expect(await errorOf(session.token())).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(await store.read()).toEqual(theirs);
    expect(whys).toEqual(['elsewhere']);
  });

  test('as only the cookie knew goes on as theirs, but with no call of before', async () => {
    const { session, store, whys, script } = opened({ store: cookieStore(), kept: stale });
    script.push(() => signedIn(7, NOON, 'theirs'));

    expect(await errorOf(session.token())).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(await store.read()).toEqual(theirs);
    expect(await session.token()).toBe(theirs.accessToken);
    expect(whys).toEqual(['elsewhere']);
  });
});
