import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cookieSession } from './cookie-session.ts';
import { localStorageSession } from './local-storage-session.ts';
import { memorySession } from './memory-session.ts';
import { expired, MINUTE, opened, signedIn } from './scripted.ts';
import type { SessionStore } from './store.ts';
import { tokensOf } from './tokens.ts';

const NOON = Date.parse('2026-06-01T12:00:00Z');
const tokens = tokensOf(signedIn(1, NOON), NOON);

/** A `localStorage` that holds what it is given. */
function storage(filled: Record<string, string> = {}) {
  const held = new Map(Object.entries(filled));
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => void held.set(key, text),
    removeItem: (key: string) => void held.delete(key),
  };
}

const forbidden = () => {
  throw new DOMException('no', 'SecurityError');
};

beforeEach(() => {
  vi.stubGlobal('localStorage', storage());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const adapters: [string, () => SessionStore][] = [
  ['memorySession', memorySession],
  ['localStorageSession', localStorageSession],
  ['cookieSession', cookieSession],
];
const inBrowsers: [string, () => SessionStore][] = [
  ['localStorageSession', localStorageSession],
  ['cookieSession', cookieSession],
];

describe.each(adapters)('%s', (_, adapter) => {
  test('keeps and forgets', async () => {
    const store = adapter();

    const before = await store.read();
    await store.write(tokens);
    const kept = await store.read();
    await store.write(undefined);

    expect([before, kept, await store.read()]).toEqual([undefined, tokens, undefined]);
  });

  test.each([
    ['is missing', () => vi.stubGlobal('localStorage', undefined)],
    [
      'must not be touched',
      () => vi.stubGlobal('localStorage', { ...storage(), getItem: forbidden, setItem: forbidden }),
    ],
    ['is full', () => vi.stubGlobal('localStorage', { ...storage(), setItem: forbidden })],
    [
      'lets nothing go',
      () => vi.stubGlobal('localStorage', { ...storage(), removeItem: forbidden }),
    ],
    [
      'cannot even be named',
      () =>
        Object.defineProperty(globalThis, 'localStorage', { get: forbidden, configurable: true }),
    ],
  ])('works while localStorage %s', async (__, breakIt) => {
    breakIt();
    const store = adapter();

    await store.write(tokens);
    const kept = await store.read();
    await store.write(undefined);

    expect([kept, await store.read()]).toEqual([tokens, undefined]);
  });

  test('works without BroadcastChannel and locks', async () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    vi.stubGlobal('navigator', undefined);
    const { session, asked } = opened({ store: adapter(), kept: expired(NOON) });

    await Promise.all([session.token(), session.token()]);

    expect(asked).toHaveLength(1);
  });
});

describe.each(inBrowsers)('tabs with %s', (_, adapter) => {
  test('that need a token at the same time refresh once for all three', async () => {
    await adapter().write(expired(NOON));
    const tabs = [adapter(), adapter(), adapter()].map((store) => opened({ store }));

    const shown = await Promise.all(tabs.map(({ session }) => session.token()));

    expect(tabs.flatMap(({ asked }) => asked)).toHaveLength(1);
    expect(new Set(shown)).toEqual(new Set([signedIn(1, NOON).accessToken]));
  });

  test('that need one a while later have it already', async () => {
    const tabs = [adapter(), adapter(), adapter()].map((store) => opened({ store }));
    await tabs[0]?.store.write(expired(NOON));

    const shown = [
      await tabs[0]?.session.token(),
      await tabs[1]?.session.token(),
      await tabs[2]?.session.token(),
    ];

    expect(tabs.map(({ asked }) => asked.length)).toEqual([1, 0, 0]);
    expect(new Set(shown).size).toBe(1);
  });

  test('are signed out together', async () => {
    const [one, other] = [opened({ store: adapter() }), opened({ store: adapter() })];
    await one.store.write(tokens);
    await other.session.token();

    await one.store.write(undefined);

    expect(await other.session.token()).toBeUndefined();
    expect(other.whys).toEqual(['elsewhere']);
  });
});

describe('localStorageSession', () => {
  test('outlives the page, under its key', async () => {
    const place = storage();
    await localStorageSession({ key: 'shop', storage: place }).write(tokens);

    expect([...place.held.keys()]).toEqual(['shop']);
    expect(await localStorageSession({ key: 'shop', storage: place }).read()).toEqual(tokens);
    expect(await localStorageSession({ storage: place }).read()).toBeUndefined();
  });

  test('leaves no outdated tokens to other tabs when there is no room for new ones', async () => {
    const place = storage();
    const store = localStorageSession({ storage: place });
    await store.write(tokens);
    const newer = tokensOf(signedIn(2, NOON), NOON);

    place.setItem = forbidden;
    await store.write(newer);

    expect(await store.read()).toEqual(newer);
    expect(await localStorageSession({ storage: place }).read()).toBeUndefined();
  });

  test.each(['', '{', 'null', '7', '"text"', '[]', '{}', '{"accessToken":7}'])(
    'takes %s, which somebody else wrote, for no session',
    async (text) => {
      const store = localStorageSession({ key: 'shop', storage: storage({ shop: text }) });

      expect(await store.read()).toBeUndefined();
    },
  );
});

describe('cookieSession', () => {
  test('writes neither token where a script could read it', async () => {
    const place = storage();
    vi.stubGlobal('localStorage', place);

    await cookieSession().write(tokens);

    const written = [...place.held.values()].join();
    expect(written).not.toBe('');
    expect(written).not.toContain(tokens.accessToken);
    expect(written).not.toContain(tokens.refreshToken);
  });

  test('a visitor without a session causes no refresh', async () => {
    const { session, asked } = opened({ store: cookieSession() });

    expect(await session.token()).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('after a reload refreshes at once, by the cookie', async () => {
    await cookieSession().write(tokens);
    vi.useFakeTimers();

    const { session, asked } = opened({ store: cookieSession() });

    expect(await session.token()).toBe(signedIn(1, NOON).accessToken);
    expect(asked).toEqual([undefined]);
  });

  test('waits 250 ms for a tab that has refreshed and does not answer, then refreshes', async () => {
    vi.useFakeTimers();
    const place = storage();
    vi.stubGlobal('localStorage', place);
    const { session, store, asked } = opened({ store: cookieSession() });
    await store.write({ ...tokens, expiresAt: tokens.expiresAt + MINUTE });

    place.setItem('comanda.cookie', 'refreshed by a tab that was closed');
    const shown = Promise.all([session.token(), session.token()]);
    await vi.advanceTimersByTimeAsync(249);
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(1);

    expect(new Set(await shown).size).toBe(1);
    expect([before, asked.length]).toEqual([0, 1]);
  });

  test('takes the newest token from its channel at once, no older one and no nonsense', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const store = cookieSession();
    await store.write(tokens);
    const stranger = new BroadcastChannel('comanda.cookie');
    const other = { ...tokens, accessToken: 'older' };

    globalThis.localStorage.setItem('comanda.cookie', 'newest');
    const read = store.read();
    for (const message of [null, 'text', { mark: 'older', tokens: other }, { mark: 'newest' }]) {
      stranger.postMessage(message);
    }
    stranger.postMessage({ mark: 'newest', tokens });

    expect(await read).toEqual(tokens);
    stranger.close();
  });
});
