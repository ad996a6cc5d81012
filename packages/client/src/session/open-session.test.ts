import { describe, expect, test, vi } from 'vitest';
import { memorySession } from './memory-session.ts';
import { carried, expired, op, opened, refusal, signedIn, underWay } from './scripted.ts';
import type { SessionStore } from './store.ts';
import { tokensOf } from './tokens.ts';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const fresh = tokensOf(signedIn(0, NOON), NOON);
const stale = expired(NOON);

const BY_ANSWER = { because: 'answer' };

describe('signing in', () => {
  test.each(['auth.login', 'auth.register', 'auth.refresh'])(
    '%s starts a session, without a token and without a refresh of the old one',
    async (path) => {
      const { session, store, asked } = opened({ kept: stale });
      const answer = signedIn(5, NOON, 'mine');

      const { sent, outcome } = carried(session, op(path), () => answer);

      expect(await outcome).toBe(answer);
      expect(sent).toMatchObject([{ how: 'bare', op: { context: { cookie: false } } }]);
      expect(await store.read()).toEqual(tokensOf(answer, NOON));
      expect(await session.token()).toBe(answer.accessToken);
      expect(asked).toEqual([]);
    },
  );

  test('by an answer that signs nobody in is a fault, and leaves the session as it is', async () => {
    const { session, store } = opened({ kept: fresh });

    const { outcome } = carried(session, op('auth.login'), () => ({ accessToken: 'a' }));

    await expect(outcome).rejects.toMatchObject({ name: 'CallError', details: BY_ANSWER });
    expect(await store.read()).toEqual(fresh);
  });

  test('refused leaves the session as it is', async () => {
    const { session, store, whys } = opened({ kept: fresh });
    const error = refusal('INVALID_CREDENTIALS');

    const { outcome } = carried(session, op('auth.login'), () => Promise.reject(error));

    await expect(outcome).rejects.toBe(error);
    expect(await store.read()).toEqual(fresh);
    expect(whys).toEqual([]);
  });

  test.each([
    ['under the lock of the store', memorySession()],
    ['without a lock', { ...memorySession(), lock: undefined }],
  ])('wins over a refresh that is under way, %s', async (_, { lock, ...unlocked }) => {
    const client = opened({ store: lock ? { ...unlocked, lock } : unlocked, kept: stale });
    const refresh = await underWay(client);

    const answer = signedIn(5, NOON, 'mine');
    const { outcome } = carried(client.session, op('auth.login'), () => answer);
    refresh.end();
    await Promise.allSettled([refresh.token, outcome]);

    expect(await client.store.read()).toEqual(tokensOf(answer, NOON));
  });

  test('waits for a refresh that is under way, whose cookie would come over the new one', async () => {
    const client = opened({ kept: stale });
    const refresh = await underWay(client);

    const { sent, outcome } = carried(client.session, op('auth.login'), () => signedIn(5, NOON));
    await new Promise(setImmediate);
    const before = sent.length;
    refresh.end();
    await outcome;

    expect([before, sent.length]).toEqual([0, 1]);
  });

  test('again begins anew after a refresh that failed', async () => {
    const { session, asked, script } = opened({ kept: stale });
    script.push(() => Promise.reject(refusal('OVERLOADED', 503)));
    await session.token().catch(() => {});

    await carried(session, op('auth.login'), () => signedIn(5, NOON)).outcome;
    await session.renew(signedIn(5, NOON).accessToken);

    expect(asked).toEqual(['session0', 'session5']);
  });

  test.each([
    ['auth.login', true],
    ['auth.register', true],
    ['auth.refresh', true],
    ['auth.logout', true],
    ['auth.resetPassword', undefined],
    ['menu.list', undefined],
  ])('by cookie says so with every call that signs in or out: %s %s', async (path, cookie) => {
    const { session } = opened({ store: { ...memorySession(), carrier: 'cookie' } });

    const { sent, outcome } = carried(session, op(path), () => signedIn(1, NOON));
    await outcome;

    expect(sent[0]?.op.context.cookie).toBe(cookie);
  });
});

describe('signing out', () => {
  test('sends the refresh token that is held, and forgets the session first', async () => {
    const { session, store, whys } = opened({ kept: stale });

    const { sent, outcome } = carried(session, op('auth.logout'), () => store.read());

    expect(await outcome).toBeUndefined();
    expect(sent).toMatchObject([{ how: 'bare', op: { input: { refreshToken: 'session0' } } }]);
    expect(whys).toEqual(['logout']);
  });

  test('sends the refresh token of the caller when there is one', async () => {
    const { session } = opened({ kept: fresh });

    const { sent, outcome } = carried(session, op('auth.logout', { refreshToken: 'theirs' }));
    await outcome;

    expect(sent).toMatchObject([{ op: { input: { refreshToken: 'theirs' } } }]);
  });

  test('forgets the session though the call fails', async () => {
    const { session, store, whys } = opened({ kept: fresh });

    const { outcome } = carried(session, op('auth.logout'), () =>
      Promise.reject(refusal('OVERLOADED', 503)),
    );

    await expect(outcome).rejects.toMatchObject({ reason: 'OVERLOADED' });
    expect([await store.read(), await session.token()]).toEqual([undefined, undefined]);
    expect(whys).toEqual(['logout']);
  });

  test('without a session changes nothing in the call and tells nobody', async () => {
    const { session, whys } = opened();

    const { sent, outcome } = carried(session, op('auth.logout'));
    await outcome;

    expect(sent).toMatchObject([{ op: { input: undefined } }]);
    expect(whys).toEqual([]);
  });

  test('wins over a refresh that is under way, and does not wait for it', async () => {
    const client = opened({ kept: stale });
    const refresh = await underWay(client);

    await carried(client.session, op('auth.logout')).outcome;
    refresh.end();

    await expect(refresh.token).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(await client.store.read()).toBeUndefined();
    expect(client.whys).toEqual(['logout']);
  });
});

describe('signing out by cookie', () => {
  const cookieStore = (): SessionStore => ({ ...memorySession(), carrier: 'cookie' });

  test('shows the access token as well, in case the cookie is gone', async () => {
    const { session } = opened({ store: cookieStore(), kept: fresh });

    const { sent, outcome } = carried(session, op('auth.logout'));
    await outcome;

    expect(sent).toMatchObject([{ op: { context: { cookie: true, token: fresh.accessToken } } }]);
  });

  test('is over before the next sign-in is sent, whose cookie it would take away', async () => {
    const store = cookieStore();
    const [one, other] = [opened({ store, kept: fresh }), opened({ store })];
    const left = Promise.withResolvers<void>();

    const leaving = carried(one.session, op('auth.logout'), () => left.promise);
    await vi.waitFor(() => expect(leaving.sent).toHaveLength(1));
    const next = carried(other.session, op('auth.login'), () => signedIn(5, NOON, 'theirs'));
    await new Promise(setImmediate);
    const before = next.sent.length;
    left.resolve();
    await Promise.all([leaving.outcome, next.outcome]);

    expect([before, next.sent.length]).toEqual([0, 1]);
    expect(await store.read()).toMatchObject({ refreshToken: 'theirs5' });
  });

  test('shows no cookie once somebody else has signed in', async () => {
    const store = cookieStore();
    const { session, whys } = opened({ store, kept: fresh });
    const theirs = tokensOf(signedIn(5, NOON, 'theirs'), NOON);
    const signingIn = Promise.withResolvers<void>();
    const lock = store.lock?.(() => signingIn.promise.then(() => store.write(theirs)));

    const { sent, outcome } = carried(session, op('auth.logout'));
    await vi.waitFor(() => expect(whys).toEqual(['logout']));
    signingIn.resolve();
    await Promise.all([outcome, lock]);

    expect(sent).toMatchObject([{ op: { context: { cookie: false, token: fresh.accessToken } } }]);
    expect(await store.read()).toEqual(theirs);
  });
});

describe('changing the restaurant', () => {
  const { refreshToken: _, ...switched } = signedIn(9, NOON);

  test('shows the token, learns the new one and keeps the refresh token', async () => {
    const { session, store } = opened({ kept: fresh });

    const { sent, outcome } = carried(session, op('auth.switchRestaurant'), () => switched);

    expect(await outcome).toBe(switched);
    expect(sent).toMatchObject([{ how: 'shown' }]);
    expect(await store.read()).toEqual({
      ...tokensOf(switched, NOON),
      refreshToken: 'session0',
    });
  });

  test('keeps the refresh token that a refresh brings meanwhile', async () => {
    const client = opened({ kept: stale });
    const refresh = await underWay(client);

    const { outcome } = carried(client.session, op('auth.switchRestaurant'), () => switched);
    refresh.end();
    await Promise.all([refresh.token, outcome]);

    expect(await client.store.read()).toMatchObject({
      accessToken: switched.accessToken,
      refreshToken: 'session1',
    });
  });

  test.each([
    ['has signed in', tokensOf(signedIn(5, NOON, 'theirs'), NOON)],
    ['has signed out', undefined],
  ])('changes nothing when somebody %s meanwhile', async (_, tokens) => {
    const { session, store } = opened({ kept: fresh });

    const { outcome } = carried(session, op('auth.switchRestaurant'), () => {
      void store.write(tokens);
      return switched;
    });

    expect(await outcome).toBe(switched);
    expect(await store.read()).toEqual(tokens);
  });
});

test('a reset of the password shows no token', async () => {
  const { session, asked } = opened({ kept: stale });

  const { sent, outcome } = carried(session, op('auth.resetPassword'));
  await outcome;

  expect(sent).toMatchObject([{ how: 'bare' }]);
  expect(asked).toEqual([]);
});
