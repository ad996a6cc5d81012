import {
  type CallError,
  type ClientOptions,
  cookieSession,
  createClient,
  type FaultDetails,
  localStorageSession,
  memorySession,
} from '@comanda/client';
import { MINUTE, SECOND } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openApp } from '../app.ts';
import { inTurn, parallel, tally } from '../auth/callers.ts';
import { auditOf, liveSessionsOf } from '../auth/looking.ts';

const ROUNDS = 100;
/** So many rounds take their time on a busy machine. */
const SLOW = { timeout: 120_000 };
const LIFE = 15 * MINUTE;
/** As long as a failed refresh is not repeated; the service repeats its answer for 10 s. */
const COOLDOWN = 3 * SECOND;

interface Wire {
  lose?: 'question' | 'answer' | undefined;
  /** Called when a refresh is on its way to the service; holds its answer back. */
  onRefresh?: (() => Promise<unknown>) | undefined;
}

/** Clients of that app, every refresh of which is counted, and lost on the way when `wire` says so. */
function clientsOf(send: typeof fetch) {
  const counted = { refreshes: 0 };
  const wire: Wire = {};
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!(input as string).endsWith('/auth.refresh')) return send(input, init);
    counted.refreshes += 1;
    if (wire.lose === 'question') throw new TypeError('fetch failed');
    const answering = send(input, init);
    await wire.onRefresh?.();
    const answer = await answering;
    if (wire.lose === 'answer') throw new TypeError('terminated');
    return answer;
  };
  const open = (options: Partial<ClientOptions> = {}) =>
    createClient({ url: 'http://localhost', fetch, retry: false, ...options });
  return { counted, wire, open };
}

/** A client that somebody has signed in with, and what it told its owner. */
async function signedIn(app: TestApp, identifier = 'waiter') {
  const clients = clientsOf(app.fetch);
  const whys: string[] = [];
  const store = memorySession();
  const client = clients.open({ session: store, onSignedOut: (why) => whys.push(why) });
  await client.auth.login.mutate({ identifier, password: PASSWORD });
  return { ...clients, client, store, whys };
}

type Client = ReturnType<ReturnType<typeof clientsOf>['open']>;

const calls = (client: Client, times = 50) =>
  parallel(times, () => outcomeOf(client.permissions.mine.query())).then(tally);

/** Does something while the next refresh is on its way; its answer comes later, unless `act` waits for it. */
const meanwhile = (wire: Wire, act: () => Promise<unknown>, waits = false) =>
  new Promise((resolve, reject) => {
    wire.onRefresh = () => {
      wire.onRefresh = undefined;
      const acting = act();
      acting.then(resolve, reject);
      return waits ? Promise.resolve() : acting;
    };
  });

/** 'ok', the reason of the refusal, or why it came to nothing. */
const outcomeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    ({ reason, details }: CallError) => (details as FaultDetails).because ?? reason,
  );

/** Different outcomes of rounds. */
const kinds = (rounds: unknown[]) => [...new Set(rounds.map((round) => JSON.stringify(round)))];

/** Time for the service and, as it has no clock of its own, for the client. */
function pass(app: TestApp, ms: number): void {
  app.clock.advance(ms);
  vi.setSystemTime(Date.now() + ms);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('50 parallel calls whose token has ended', SLOW, () => {
  test.each<[string, (app: TestApp) => void]>([
    ['as the client knows', (app) => pass(app, LIFE)],
    ['as only the service knows', (app) => app.clock.advance(LIFE)],
  ])('P1 all succeed after one refresh, %s, in any of 100 rounds', async (_, end) => {
    await using app = await openApp();
    const { client, counted, whys } = await signedIn(app);

    const rounds = await inTurn(ROUNDS, async () => {
      counted.refreshes = 0;
      end(app);
      return { outcomes: await calls(client), ...counted };
    });

    expect(kinds(rounds)).toEqual(['{"outcomes":{"ok":50},"refreshes":1}']);
    expect(whys).toEqual([]);
  });

  test('P1 all succeed after one refresh of three clients that share a store', async () => {
    await using app = await openApp();
    const { client, counted, store, open } = await signedIn(app);
    const three = [client, open({ session: store }), open({ session: store })];

    const rounds = await inTurn(ROUNDS, async () => {
      counted.refreshes = 0;
      pass(app, LIFE);
      const outcomes = await Promise.all(three.map((one) => calls(one, 5)));
      return { outcomes, ...counted };
    });

    expect(kinds(rounds)).toEqual(['{"outcomes":[{"ok":5},{"ok":5},{"ok":5}],"refreshes":1}']);
  });

  test('are refreshed without a lock that never frees', async () => {
    await using app = await openApp();
    const { counted, store, open } = await signedIn(app);
    const client = open({ session: { ...store, lock: () => new Promise<never>(() => {}) } });
    pass(app, LIFE);
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.now() });

    const outcomes = calls(client);
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    vi.useRealTimers();

    expect(await outcomes).toEqual({ ok: 50 });
    expect(counted).toEqual({ refreshes: 1 });
  });
});

describe('a session that the service has ended', () => {
  test('costs one refresh; its calls are refused, and its owner is told once', async () => {
    await using app = await openApp();
    const { client, counted, whys, open } = await signedIn(app);
    const other = open();
    await other.auth.login.mutate({ identifier: 'waiter', password: PASSWORD });

    await other.auth.sessions.revokeOthers.mutate();
    const refused = await calls(client);
    const later = await calls(client, 5);

    expect([refused, later]).toEqual([{ TOKEN_INVALID: 50 }, { UNAUTHENTICATED: 5 }]);
    expect(counted).toEqual({ refreshes: 1 });
    expect(whys).toEqual(['ended']);
  });

  test('P2 because a thief had used its token is told as that', async () => {
    await using app = await openApp();
    const { client, counted, store, whys, open } = await signedIn(app);
    const { refreshToken = '' } = (await store.read()) ?? {};
    await open().auth.refresh.mutate({ refreshToken });
    counted.refreshes = 0;

    pass(app, LIFE);
    const refused = await calls(client);

    expect(refused).toEqual({ TOKEN_INVALID: 50 });
    expect(counted).toEqual({ refreshes: 1 });
    expect(whys).toEqual(['reused']);
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toEqual([]);
  });
});

describe('a refresh that does not come through', SLOW, () => {
  test('is sent once in a cooldown while the service is away, and works when it is back', async () => {
    await using app = await openApp();
    const { client, counted, wire, whys } = await signedIn(app);
    pass(app, LIFE);
    wire.lose = 'question';

    const away = await inTurn(3, async () => {
      const outcomes = [await calls(client)];
      pass(app, COOLDOWN - 1);
      outcomes.push(await calls(client));
      pass(app, 1);
      return outcomes;
    });
    const { refreshes } = counted;
    wire.lose = undefined;
    const back = await calls(client);

    expect(away.flat()).toEqual(Array(6).fill({ unreachable: 50 }));
    expect(refreshes).toBe(3);
    expect(back).toEqual({ ok: 50 });
    expect(whys).toEqual([]);
  });

  test('P4 whose answer is lost costs no session, in any of 100 rounds', async () => {
    await using app = await openApp();
    const { client, wire, whys } = await signedIn(app);

    const rounds = await inTurn(ROUNDS, async () => {
      pass(app, LIFE);
      wire.lose = 'answer';
      const lost = await calls(client, 10);
      pass(app, COOLDOWN);
      wire.lose = undefined;
      return { lost, later: await calls(client, 10) };
    });

    expect(kinds(rounds)).toEqual(['{"lost":{"unreachable":10},"later":{"ok":10}}']);
    expect(whys).toEqual([]);
    expect(await auditOf(app, 'auth.refresh.reused')).toEqual([]);
  });
});

describe('while a refresh is under way', SLOW, () => {
  test('P5 signing out wins, in any of 100 rounds', async () => {
    await using app = await openApp();
    const { client, wire, store, whys } = await signedIn(app);

    const rounds = await inTurn(ROUNDS, async () => {
      await client.auth.login.mutate({ identifier: 'waiter', password: PASSWORD });
      pass(app, LIFE);
      const [outcomes] = await Promise.all([
        calls(client, 10),
        meanwhile(wire, () => client.auth.logout.mutate()),
      ]);
      return { outcomes, kept: await store.read(), later: await calls(client, 1) };
    });

    expect(kinds(rounds)).toEqual([
      '{"outcomes":{"TOKEN_INVALID":10},"later":{"UNAUTHENTICATED":1}}',
    ]);
    expect(whys).toEqual(Array(ROUNDS).fill('logout'));
    // The very first sign-in was replaced, not ended.
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toHaveLength(1);
  });

  test.each([
    ['with a lock', memorySession(), 'ok'],
    ['without a lock', { ...memorySession(), lock: undefined }, 'TOKEN_INVALID'],
  ])('signing in as somebody else wins, %s, in any of 100 rounds', async (_, store, outcome) => {
    const { lock, ...rest } = store;
    await using app = await openApp();
    const { wire, open } = clientsOf(app.fetch);
    const client = open({ session: lock ? { ...rest, lock } : rest });
    await client.auth.login.mutate({ identifier: 'waiter', password: PASSWORD });

    const rounds = await inTurn(ROUNDS, async (round) => {
      const identifier = ['chef', 'waiter'][round % 2] ?? '';
      pass(app, LIFE);
      const [outcomes] = await Promise.all([
        calls(client, 10),
        meanwhile(wire, () => client.auth.login.mutate({ identifier, password: PASSWORD }), !!lock),
      ]);
      const { user } = await client.auth.session.query();
      return { outcomes, rightUser: user.username === identifier };
    });

    expect(kinds(rounds)).toEqual([`{"outcomes":{"${outcome}":10},"rightUser":true}`]);
  });

  test('a change of restaurant keeps the session, in any of 100 rounds', async () => {
    await using app = await openApp();
    const { client, wire, whys } = await signedIn(app);
    const { restaurantId: home } = app.home;

    const rounds = await inTurn(ROUNDS, async (round) => {
      const restaurantId = [null, home][round % 2] ?? null;
      pass(app, LIFE);
      const [outcomes] = await Promise.all([
        calls(client, 10),
        meanwhile(wire, () => client.auth.switchRestaurant.mutate({ restaurantId }), true),
      ]);
      const { user } = await client.auth.session.query();
      return { outcomes, isThere: (user.restaurant?.id ?? null) === restaurantId };
    });

    expect(kinds(rounds)).toEqual(['{"outcomes":{"ok":10},"isThere":true}']);
    expect(whys).toEqual([]);
    expect(await auditOf(app, 'auth.refresh.reused')).toEqual([]);
  });
});

describe('when somebody else signs in', () => {
  test('a call of before does not reach the service in their name', async () => {
    await using app = await openApp();
    const [sent, signedOut] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slowly: typeof fetch = async (input, init) => {
      if ((input as string).includes('people.setLevel')) {
        sent.resolve();
        await signedOut.promise;
      }
      return app.fetch(input, init);
    };
    const client = createClient({ url: 'http://localhost', fetch: slowly });
    await client.auth.login.mutate({ identifier: 'waiter', password: PASSWORD });

    const { id: personId } = app.home.staff.chef;
    const outcome = outcomeOf(client.people.setLevel.mutate({ personId, level: 1 }));
    await sent.promise;
    await client.auth.logout.mutate();
    await client.auth.login.mutate({ identifier: 'manager', password: PASSWORD });
    signedOut.resolve();

    expect(await outcome).toBe('TOKEN_INVALID');
  });
});

/** What tabs of one browser share: `localStorage`, and cookies, which go with whoever asks for them. */
function openBrowser(app: TestApp) {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  });
  let cookie = '';
  const send: typeof fetch = async (input, init) => {
    const own = { origin: 'http://localhost', ...(init?.credentials && { cookie }) };
    const answer = await app.fetch(input, { ...init, headers: { ...headersIn(init), ...own } });
    [cookie = cookie] = answer.headers.getSetCookie().map((set) => set.replace(/;.*/, ''));
    return answer;
  };
  return { ...clientsOf(send), kept };
}

const headersIn = (init?: RequestInit) => Object.fromEntries(new Headers(init?.headers));

describe.each([
  ['localStorage', localStorageSession],
  ['a cookie', cookieSession],
])('tabs whose session is in %s', SLOW, (_, keep) => {
  test('refresh once for all three, in any of 20 rounds', async () => {
    await using app = await openApp();
    const { open, counted } = openBrowser(app);
    const tabs = [1, 2, 3].map(() => open({ session: keep() }));
    await tabs[0]?.auth.login.mutate({ identifier: 'waiter', password: PASSWORD });

    const rounds = await inTurn(20, async () => {
      counted.refreshes = 0;
      pass(app, LIFE);
      const outcomes = await Promise.all(tabs.map((tab) => calls(tab, 5)));
      return { outcomes, ...counted };
    });

    expect(kinds(rounds)).toEqual(['{"outcomes":[{"ok":5},{"ok":5},{"ok":5}],"refreshes":1}']);
  });

  test('outlives the page and lost answers, until somebody signs out', async () => {
    await using app = await openApp();
    const { open, counted, wire, kept } = openBrowser(app);
    const first = open({ session: keep() });
    await first.auth.login.mutate({ identifier: 'waiter', password: PASSWORD });
    pass(app, LIFE);

    wire.lose = 'answer';
    const lost = await calls(first, 5);
    wire.lose = undefined;
    const reloaded = open({ session: keep() });
    const found = await calls(reloaded, 5);
    await reloaded.auth.logout.mutate();
    const { refreshes } = counted;
    const later = [await calls(first, 5), await calls(open({ session: keep() }), 5)];

    expect([lost, found]).toEqual([{ unreachable: 5 }, { ok: 5 }]);
    expect(later).toEqual([{ UNAUTHENTICATED: 5 }, { UNAUTHENTICATED: 5 }]);
    expect([refreshes, counted.refreshes, kept.size]).toEqual([2, 2, 0]);
    expect(await liveSessionsOf(app, app.home.staff.waiter)).toEqual([]);
  });
});
