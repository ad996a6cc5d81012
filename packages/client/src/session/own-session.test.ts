import { afterEach, describe, expect, test, vi } from 'vitest';
import { type CallError, fault } from '../errors.ts';
import { memorySession } from './memory-session.ts';
import {
  expired,
  LIFE,
  MINUTE,
  opened,
  refusal,
  type Answer,
  signedIn,
  unreachable,
} from './scripted.ts';
import type { SessionStore, Tokens } from './store.ts';
import { tokensOf } from './tokens.ts';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const fresh = tokensOf(signedIn(0, NOON), NOON);
const stale = expired(NOON);

const fails =
  (error: Error): Answer =>
  () => {
    throw error;
  };

const many = <T>(times: number, call: () => Promise<T>) =>
  Promise.allSettled(Array.from({ length: times }, call));
const errorOf = (call: Promise<unknown>) =>
  call.catch((error: unknown) => error) as Promise<CallError>;

const UNKNOWN: Tokens = { accessToken: '', renewAt: 0, expiresAt: 0 };
const cookieStore = (): SessionStore => ({ ...memorySession(), carrier: 'cookie' });

/** What so many calls came to, each outcome once. */
async function outcomes(times: number, call: () => Promise<unknown>): Promise<unknown[]> {
  const settled = await many(times, call);
  return [...new Set(settled.map((one) => ('value' in one ? one.value : one.reason)))];
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a token that is shown', () => {
  test('is the one that is kept, without a refresh', async () => {
    const { session, asked } = opened({ kept: fresh });

    expect(await session.token()).toBe(fresh.accessToken);
    expect(asked).toEqual([]);
  });

  test('is none without a session', async () => {
    const { session, asked, whys } = opened();

    expect(await session.token()).toBeUndefined();
    expect(await session.renew('some token')).toBeUndefined();
    expect({ asked, whys }).toEqual({ asked: [], whys: [] });
  });

  test('is one new token for 50 calls whose token has ended, by one refresh', async () => {
    const { session, asked } = opened({ kept: stale });

    const shown = await outcomes(50, () => session.token());

    expect(asked).toEqual(['session0']);
    expect(shown).toEqual([signedIn(1, NOON).accessToken]);
  });

  test('is renewed 30 s before it ends, not earlier', async () => {
    const { session, clock, asked } = opened({ kept: fresh });

    clock.at += LIFE - 30_001;
    await session.token();
    const before = asked.length;
    clock.at += 1;
    await session.token();

    expect([before, asked.length]).toEqual([0, 1]);
  });

  test('is the old one while that is good, when a refresh ahead of time fails', async () => {
    const { session, clock, asked, script } = opened({ kept: fresh });
    script.push(fails(unreachable()));
    clock.at += LIFE - 2_000;

    const shown = await outcomes(50, () => session.token());
    const again = await session.token();

    expect([...shown, again]).toEqual([fresh.accessToken, fresh.accessToken]);
    expect(asked).toHaveLength(1);
  });
});

describe('a token that was refused', () => {
  test('is renewed once for all calls that had shown it', async () => {
    const { session, asked } = opened({ kept: fresh });

    const shown = await outcomes(50, () => session.renew(fresh.accessToken));

    expect(asked).toEqual(['session0']);
    expect(shown).toEqual([signedIn(1, NOON).accessToken]);
  });

  test('and is no longer the current one gives way to that, without a refresh', async () => {
    const { session, asked } = opened({ kept: fresh });

    expect(await session.renew(stale.accessToken)).toBe(fresh.accessToken);
    expect(asked).toEqual([]);
  });

  test.each([
    ['good', fresh],
    ['ended', stale],
  ])('gives way to none of another session, whose token is %s', async (_, kept) => {
    const { session, asked } = opened({ kept });

    expect(await session.renew(signedIn(0, NOON, 'mine').accessToken)).toBeUndefined();
    expect(await session.renew('tells nothing')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('gives way to none of another session, which only the cookie knew', async () => {
    const { session } = opened({ store: cookieStore(), kept: UNKNOWN });

    expect(await session.renew(signedIn(0, NOON, 'mine').accessToken)).toBeUndefined();
  });
});

describe('a wrong clock', () => {
  test.each([
    ['fast', 24 * 60 * MINUTE],
    ['slow', -24 * 60 * MINUTE],
  ])('that is a day %s costs one refresh in the life of a token', async (_, wrongBy) => {
    const { session, clock, asked, script } = opened({ kept: stale });
    clock.at += wrongBy;
    script.push(() => signedIn(1, clock.at - wrongBy));

    await session.renew(stale.accessToken);
    clock.at += LIFE - 31_000;
    const shown = await session.token();

    expect(shown).toBe(signedIn(1, NOON).accessToken);
    expect(asked).toHaveLength(1);
  });
});

describe('a refresh that fails', () => {
  test('is not repeated for three seconds; calls that need it end at once, and are told how long', async () => {
    const { session, clock, asked, script } = opened({ kept: stale });
    script.push(fails(unreachable()));

    const first = await outcomes(50, () => session.token());
    clock.at += 2_999;
    const second = await outcomes(50, () => session.token());
    const count = asked.length;
    clock.at += 1;
    const third = await session.token();

    expect(first).toMatchObject([{ details: { because: 'unreachable', retryAfterMs: 3_000 } }]);
    expect([second, count]).toEqual([first, 1]);
    expect(third).toBe(signedIn(2, clock.at).accessToken);
    expect(asked).toEqual(['session0', 'session0']);
  });

  test('is repeated though the clock was turned back', async () => {
    const { session, clock, asked, script } = opened({ kept: stale });
    script.push(fails(unreachable()));
    await errorOf(session.token());

    clock.at -= 1;
    await session.token();

    expect(asked).toHaveLength(2);
  });

  test('is over once another tab has signed in', async () => {
    const { session, store, clock, script } = opened({ kept: stale });
    script.push(fails(unreachable()));
    await errorOf(session.token());

    await store.write(tokensOf(signedIn(7, clock.at), clock.at));

    expect(await session.token()).toBe(signedIn(7, clock.at).accessToken);
  });

  test('by hanging ends after five seconds', async () => {
    vi.useFakeTimers();
    const { session, asked, script } = opened({ kept: stale });
    script.push(() => new Promise<never>(() => {}));
    const failing = outcomes(50, () => session.token());

    await vi.advanceTimersByTimeAsync(5_000);

    expect(await failing).toEqual([
      expect.objectContaining({ details: { because: 'unreachable', retryAfterMs: 3_000 } }),
    ]);
    expect(asked).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    refusal('QUOTA_EXCEEDED', 429),
    refusal('OVERLOADED', 503),
    fault('x', { because: 'answer', status: 401 }),
  ])('for another reason than a bad token keeps the session: %s', async (error) => {
    const { session, store, whys, script } = opened({ kept: stale });
    script.push(fails(error));

    expect(await errorOf(session.token())).toMatchObject({
      reason: error.reason,
      message: error.message,
      details: error.details,
    });
    expect(await store.read()).toEqual(stale);
    expect(whys).toEqual([]);
  });

  test('for one caller that gives up goes on for the others', async () => {
    const { session, asked } = opened({ kept: stale });
    const impatient = new AbortController();

    const given = errorOf(session.token(impatient.signal));
    const waited = session.token();
    impatient.abort();

    expect(await given).toMatchObject({ details: { because: 'aborted' } });
    expect(await waited).toBe(signedIn(1, NOON).accessToken);
    expect(asked).toHaveLength(1);
  });
});

describe('a session that the service has ended', () => {
  test.each([
    ['TOKEN_INVALID', 'ended'],
    ['TOKEN_REUSED', 'reused'],
    ['UNAUTHENTICATED', 'ended'],
  ])(
    'is given up after one refresh refused with %s, and its owner told once',
    async (reason, why) => {
      const { session, store, asked, whys, script } = opened({ kept: stale });
      script.push(fails(refusal(reason)));

      const [error, ...more] = await outcomes(50, () => session.token());
      const later = await session.token();

      expect(error).toMatchObject({ name: 'CallError', reason: 'TOKEN_INVALID' });
      expect({ more, later, kept: await store.read() }).toEqual({ more: [] });
      expect(asked).toHaveLength(1);
      expect(whys).toEqual([why]);
    },
  );

  test('is given up ahead of time too, though its token would still be good for a while', async () => {
    const { session, clock, script } = opened({ kept: fresh });
    script.push(fails(refusal('TOKEN_INVALID')));
    clock.at += LIFE - 2_000;

    expect(await errorOf(session.token())).toMatchObject({ reason: 'TOKEN_INVALID' });
  });

  test('goes on when another tab has newer tokens', async () => {
    const { session, store, whys, script } = opened({ kept: stale });
    const newer = tokensOf(signedIn(7, NOON), NOON);
    script.push(() => {
      void store.write(newer);
      throw refusal('TOKEN_REUSED');
    });

    expect(await session.token()).toBe(newer.accessToken);
    expect(await store.read()).toEqual(newer);
    expect(whys).toEqual([]);
  });

  test('and which another tab gave up is told here once', async () => {
    const { session, store, whys } = opened({ kept: fresh });
    await session.token();

    await store.write(undefined);
    const shown = await outcomes(10, () => session.token());

    expect(shown).toEqual([undefined]);
    expect(whys).toEqual(['elsewhere']);
  });

  test('and given up while a refresh is under way is not brought back', async () => {
    const { session, store, asked, script } = opened({ kept: stale });
    script.push(() => {
      void store.write(undefined);
      return signedIn(1, NOON);
    });

    expect(await errorOf(session.token())).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(await store.read()).toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});

describe('what a refresh is asked with', () => {
  test('is the cookie where the store says so, whatever else it holds', async () => {
    const { session, asked } = opened({ store: cookieStore(), kept: stale });

    await session.token();

    expect(asked).toEqual([undefined]);
  });

  test('is missing from a store without cookie and refresh token, whose session is over', async () => {
    const { refreshToken: _, ...kept } = stale;
    const { session, store, asked, whys } = opened({ kept });

    const ended = await outcomes(10, () => session.token());

    expect(ended).toEqual([expect.objectContaining({ reason: 'TOKEN_INVALID' })]);
    expect({ asked, whys, kept: await store.read() }).toEqual({ asked: [], whys: ['ended'] });
  });
});

describe('clients that share a store', () => {
  test('refresh once for all of them', async () => {
    const store = memorySession();
    const clients = [1, 2, 3].map(() => opened({ store, kept: stale }));

    const shown = await Promise.all(clients.map(({ session }) => session.token()));

    expect(clients.flatMap(({ asked }) => asked)).toEqual(['session0']);
    expect(new Set(shown).size).toBe(1);
  });

  test('renew a token of another one that has ended as well', async () => {
    const { session, store, asked, clock } = opened({ kept: stale });
    const ended = { ...tokensOf(signedIn(7, NOON), NOON), renewAt: NOON - 1, expiresAt: NOON - 1 };
    const lock = store.lock?.(async () => store.write(ended));

    const [shown] = await Promise.all([session.token(), lock]);

    expect(asked).toEqual(['session7']);
    expect(shown).toBe(signedIn(1, clock.at).accessToken);
  });

  test('show what they got when of a newer one nothing but its being there is known', async () => {
    const { session, store, script } = opened({ kept: stale });
    script.push(() => {
      void store.write({ accessToken: '', renewAt: 0, expiresAt: 0 });
      return signedIn(1, NOON);
    });

    expect(await session.token()).toBe(signedIn(1, NOON).accessToken);
  });

  test('without a lock take over what the fastest of them got', async () => {
    const { lock: _, ...store } = memorySession();
    const clients = [1, 2, 3].map(() => opened({ store, kept: stale }));

    const shown = await Promise.all(clients.map(({ session }) => session.token()));

    expect(new Set(shown).size).toBe(1);
    expect(await store.read()).toHaveProperty('accessToken', shown[0]);
  });

  test('wait five seconds for a lock that never frees, then refresh', async () => {
    vi.useFakeTimers();
    const store = { ...memorySession(), lock: () => new Promise<never>(() => {}) };
    const { session, asked } = opened({ store, kept: stale });
    const shown = outcomes(50, () => session.token());

    await vi.advanceTimersByTimeAsync(5_000);

    expect(await shown).toEqual([signedIn(1, NOON).accessToken]);
    expect(asked).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
