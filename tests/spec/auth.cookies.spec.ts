import { readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import { DAY, MINUTE, SECOND } from '@comanda/kernel/time';
import type { OpenOptions, TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { BEHIND_PROXY, parallel } from '../auth/callers.ts';
import { liveSessionsOf } from '../auth/looking.ts';
import { ask, post, toldIn } from '../http.ts';

const OWN = 'http://localhost';
const SHOP = 'https://shop.example';
const LISTED = { config: { corsOrigins: [SHOP] } };
const CREDENTIALS = { identifier: 'waiter', password: PASSWORD };

type Headers = Record<string, string>;

/** Calls as a page does that keeps its session in a cookie. */
function send(app: TestApp, name: string, sent: { input?: object; headers?: Headers }) {
  const body = sent.input && { body: JSON.stringify({ json: sent.input }) };
  const headers = { 'x-session': 'cookie', origin: OWN, ...sent.headers };
  return post(app, `/trpc/auth.${name}`, { ...body, headers });
}

const call = (app: TestApp, name: 'refresh' | 'logout', headers: Headers = {}) =>
  send(app, name, { headers });
const signIn = (app: TestApp, headers: Headers = {}) =>
  send(app, 'login', { input: CREDENTIALS, headers });

const named = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const tokenIn = (cookie: string) => readRefreshToken(cookie.split('=')[1] ?? '');

/** The waiter, signed in by cookie: what the browser sends from then on. */
async function signedIn(app: TestApp): Promise<string> {
  return named(await signIn(app));
}

const liveOf = async (app: TestApp) => (await liveSessionsOf(app, app.home.staff.waiter)).length;

describe('a session in a cookie, same origin', () => {
  test('S1-01 cookie, same origin: signs in, refreshes and signs out, and no script sees the token', async () => {
    await using app = await openApp();

    const login = await signIn(app);
    app.clock.advance(MINUTE);
    const refresh = await call(app, 'refresh', { cookie: named(login) });
    const logout = await call(app, 'logout', { cookie: named(refresh) });
    const bodies = await Promise.all([login, refresh, logout].map((answer) => answer.text()));

    expect([login, refresh, logout].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(bodies[0]).toContain('"accessToken"');
    expect(bodies[1]).toContain('"accessToken"');
    expect(bodies[2]).toContain('"ended":true');
    expect(bodies.join('')).not.toMatch(/refreshToken|cr_/);
    expect(tokenIn(named(refresh))).toMatchObject({ counter: 1 });
    expect(named(logout)).toBe('comanda-session=');
    expect(await liveOf(app)).toBe(0);
  });

  test('begins with registering too', async () => {
    await using app = await openApp();
    const person = { username: 'somebody', password: PASSWORD };

    const answer = await send(app, 'register', { input: person });

    expect(tokenIn(named(answer))).toMatchObject({ counter: 0 });
    expect(await answer.text()).not.toContain('refreshToken');
  });

  const plain = 'comanda-session=TOKEN; Max-Age=604800; Path=/; HttpOnly; SameSite=Strict';
  const secure = `__Host-${plain}; Secure`;
  test.each<{ over: string; config: OpenOptions['config']; headers: Headers; expected: string }>([
    { over: 'http', config: {}, headers: {}, expected: plain },
    {
      over: 'a public address of https',
      config: { publicUrl: 'https://api.example' },
      headers: { origin: 'https://api.example' },
      expected: secure,
    },
    {
      over: 'https that a trusted proxy ends',
      config: BEHIND_PROXY,
      headers: { origin: 'https://localhost', 'x-forwarded-proto': 'https' },
      expected: secure,
    },
    {
      over: 'http that anybody calls https',
      config: {},
      headers: { 'x-forwarded-proto': 'https' },
      expected: plain,
    },
  ])('S0-50 S1-32 over $over the cookie is exactly what it has to be', async (of) => {
    const { config = {}, headers, expected } = of;
    await using app = await openApp({ config });

    const login = await signIn(app, headers);
    const cookies = login.headers.getSetCookie();
    const logout = await call(app, 'logout', { ...headers, cookie: named(login) });

    expect(cookies.map((line) => line.replace(/cr_[\w.-]+/, 'TOKEN'))).toEqual([expected]);
    const cleared = expected.replace('TOKEN; Max-Age=604800', '; Max-Age=0');
    expect(logout.headers.getSetCookie()).toEqual([cleared]);
    expect(await liveOf(app)).toBe(0);
  });

  test('over https the name that any page of the site could plant is not read', async () => {
    await using app = await openApp({ config: { publicUrl: 'https://api.example' } });
    const page = { origin: 'https://api.example' };
    const cookie = named(await signIn(app, page)).replace('__Host-', '');

    const refused = await call(app, 'refresh', { ...page, cookie });

    expect(await toldIn(refused)).toMatchObject({ reason: 'TOKEN_INVALID' });
  });

  test('the cookie ends with the session at the latest, and not with the next week', async () => {
    const settings = { refreshIdleMs: 7 * DAY, refreshAbsoluteMs: 10 * DAY };
    await using app = await openApp({ settings });
    const cookie = await signedIn(app);
    app.clock.advance(4 * DAY);

    const refresh = await call(app, 'refresh', { cookie });

    const week = (6 * DAY) / SECOND;
    expect(refresh.headers.getSetCookie()[0]).toContain(`Max-Age=${week};`);
  });

  test('is found among the other cookies of the site', async () => {
    await using app = await openApp();
    const cookie = await signedIn(app);

    const others = `theme=dark; x-${cookie}x; ${cookie};lang=it`;
    const { status } = await call(app, 'refresh', { cookie: others });

    expect(status).toBe(200);
  });
});

describe('refreshing by cookie', () => {
  test('P1 20 at once turn the family once, and all of them get the same cookie', async () => {
    await using app = await openApp();
    const cookie = await signedIn(app);

    const answers = await parallel(20, () => call(app, 'refresh', { cookie }));

    const lines = answers.map(({ headers }) => headers.getSetCookie().join());
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(lines).size).toBe(1);
    expect(tokenIn(named(answers[0] ?? new Response()))).toMatchObject({ counter: 1 });
  });

  test.each<[string, string, (app: TestApp) => Promise<string>]>([
    ['none', 'TOKEN_INVALID', async () => 'theme=dark'],
    ['one that says nothing', 'TOKEN_INVALID', async () => 'comanda-session=nothing'],
    [
      'one that was used up',
      'TOKEN_REUSED',
      async (app) => {
        const cookie = await signedIn(app);
        await call(app, 'refresh', { cookie });
        app.clock.advance(MINUTE);
        return cookie;
      },
    ],
  ])('with %s is refused, and takes the cookie away', async (_, reason, cookieOf) => {
    await using app = await openApp();
    const cookie = await cookieOf(app);

    const answer = await call(app, 'refresh', { cookie });

    expect(await toldIn(answer)).toMatchObject({ reason, httpStatus: 401 });
    expect(answer.headers.getSetCookie()).toEqual([
      'comanda-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
    ]);
  });

  test('takes no token from the body', async () => {
    await using app = await openApp();
    const { refreshToken } = await app.session('waiter');

    const answer = await send(app, 'refresh', { input: { refreshToken } });

    expect(await toldIn(answer)).toMatchObject({ reason: 'TOKEN_INVALID' });
    expect(await app.as('anonymous').auth.refresh.mutate({ refreshToken })).toMatchObject({
      refreshToken: expect.stringMatching(/^cr_/),
    });
  });
});

describe('a call that does not ask for a cookie', () => {
  test.each([undefined, 'body', 'Cookie', 'cookie, cookie', ''])(
    'T17 finds none, and sets none: x-session: %j',
    async (mode) => {
      await using app = await openApp();
      const cookie = await signedIn(app);
      const headers = { cookie, origin: OWN, ...(mode !== undefined && { 'x-session': mode }) };
      const login = JSON.stringify({ json: CREDENTIALS });

      const refresh = await post(app, '/trpc/auth.refresh', { headers });
      const logout = await post(app, '/trpc/auth.logout', { headers });
      const inBody = await post(app, '/trpc/auth.login', { headers, body: login });

      expect(await toldIn(refresh)).toMatchObject({
        reason: 'VALIDATION',
        details: { issues: [{ path: 'refreshToken' }] },
      });
      expect(await logout.text()).toContain('"ended":false');
      expect(await inBody.text()).toContain('"refreshToken":"cr_');
      expect([refresh, logout, inBody].flatMap(({ headers }) => headers.getSetCookie())).toEqual(
        [],
      );
    },
  );
});

describe('a page that may not use session cookies', () => {
  const strangers = [
    'https://evil.example',
    'null',
    '',
    'http://localhost.evil.example',
    'http://evil-localhost',
    'http://localhost:4000',
    'http://localhost/',
    'http://user@localhost',
    'HTTP://LOCALHOST',
    'https://shop.example.evil.example',
    'https://shop.example:8443',
    'http://shop.example',
    'https://shop.example, http://localhost',
    '*',
  ];
  const denied = async (app: TestApp, headers: Headers) => {
    const cookie = await signedIn(app);
    const answers = [
      await call(app, 'refresh', { cookie, ...headers }),
      await call(app, 'logout', { cookie, ...headers }),
      await signIn(app, headers),
      await send(app, 'register', { input: { username: 'x' }, headers }),
    ];
    const told = await Promise.all(answers.map(toldIn));
    const cookies = answers.flatMap(({ headers }) => headers.getSetCookie());
    return { cookie, cookies, told: told.map(({ reason, httpStatus }) => [reason, httpStatus]) };
  };

  test.each(strangers)('T17 T18 %j is denied, and nothing is done', async (origin) => {
    await using app = await openApp(LISTED);

    const { cookie, cookies, told } = await denied(app, { origin });

    expect(told).toEqual(Array(4).fill(['ORIGIN_DENIED', 403]));
    expect(cookies).toEqual([]);
    expect(await liveOf(app)).toBe(1);
    const answer = await call(app, 'refresh', { cookie });
    expect(tokenIn(named(answer))).toMatchObject({ counter: 1 });
  });

  test('T17 is one of another site, listed or not: it would never see the cookie again', async () => {
    await using app = await openApp(LISTED);

    const { cookies, told } = await denied(app, { origin: SHOP, 'sec-fetch-site': 'cross-site' });
    const sameSite = await signIn(app, { origin: SHOP, 'sec-fetch-site': 'same-site' });

    expect(told).toEqual(Array(4).fill(['ORIGIN_DENIED', 403]));
    expect(cookies).toEqual([]);
    expect(sameSite.status).toBe(200);
  });

  test('T17 is one that names no origin, whatever else it says of itself', async () => {
    await using app = await openApp(LISTED);
    const cookie = await signedIn(app);

    const answer = await post(app, '/trpc/auth.refresh', {
      headers: { 'x-session': 'cookie', cookie, 'sec-fetch-site': 'same-origin', referer: OWN },
    });

    expect(await toldIn(answer)).toMatchObject({ reason: 'ORIGIN_DENIED' });
  });

  test('T17 is one of the host that is called, where the service has another address', async () => {
    const config = { publicUrl: 'https://api.example', corsOrigins: [SHOP] };
    await using app = await openApp({ config });

    const answers = [
      await signIn(app, { origin: OWN }),
      await signIn(app, { origin: 'https://localhost' }),
      await signIn(app, { origin: 'http://api.example' }),
      await signIn(app, { origin: 'https://api.example' }),
      await signIn(app, { origin: SHOP }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 200, 200]);
  });

  test('T17 is one of http, where the service is reached by https', async () => {
    await using app = await openApp({ config: BEHIND_PROXY });
    const https = { 'x-forwarded-proto': 'https' };

    const answers = [
      await signIn(app, { ...https, origin: 'http://localhost' }),
      await signIn(app, { ...https, origin: 'https://localhost' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 200]);
  });

  test('T17 may do all else, as the cookie does nothing there', async () => {
    await using app = await openApp();
    const headers = { 'x-session': 'cookie', origin: 'https://evil.example' };

    const { status } = await ask(app, '/trpc/permissions.matrix', { headers });

    expect(status).toBe(200);
  });
});

describe('a page of a listed origin', () => {
  test('T18 may ask ahead with credentials, keeps its session by cookie and reads the answers', async () => {
    await using app = await openApp(LISTED);
    const asking = {
      origin: SHOP,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-session',
    };

    const preflight = await ask(app, '/trpc/auth.refresh', { method: 'OPTIONS', headers: asking });
    const login = await signIn(app, { origin: SHOP });
    const refresh = await call(app, 'refresh', { origin: SHOP, cookie: named(login) });

    const granted = [preflight, login, refresh].map(({ headers }) => [
      headers.get('access-control-allow-origin'),
      headers.get('access-control-allow-credentials'),
    ]);
    expect(granted).toEqual(Array(3).fill([SHOP, 'true']));
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-session');
    expect(refresh.status).toBe(200);
  });
});
