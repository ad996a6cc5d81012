import { allow, anyone } from '@comanda/domains/trpc';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApp } from '../app.ts';
import { ask, withoutTable } from '../http.ts';
import { askRest, problemIn } from '../rest/asking.ts';
import { MIRROR } from '../rest/document.ts';
import { serving } from '../rest/serving.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const OWN = 'http://localhost';
const SHOP = 'https://shop.example';
const EVIL = 'https://evil.example';

describe('who shows something', () => {
  test('S1-01 signs in, and shows the token with the next call', async () => {
    await using app = await openApp();

    const login = await askRest(app, 'auth.login', {
      input: { identifier: 'waiter', password: PASSWORD },
    });
    const { accessToken } = (await login.json()) as { accessToken: string };
    const mine = await askRest(app, 'permissions.mine', { token: accessToken });

    expect(login.headers.get('cache-control')).toBe('no-store');
    expect(await mine.json()).toMatchObject({ role: 'waiter' });
  });

  test.each(['Bearer', 'Bearer x', 'Basic d2FpdGVyOng=', 'bearer  x', 'x'])(
    'S1-06 is refused with %s, even where nothing has to be shown',
    async (authorization) => {
      await using app = await openApp();

      const answer = await ask(app, `${MIRROR}/books`, { headers: { authorization } });

      expect(await problemIn(answer)).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
    },
  );

  test('S1-06 is refused when the token has run out', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('waiter');
    app.clock.advance(15 * MINUTE);

    const answer = await askRest(app, 'profile.show', { token: accessToken });

    expect(await problemIn(answer)).toMatchObject({ status: 401, code: 'TOKEN_INVALID' });
  });

  test('a device pass opens what it opens by tRPC, and no keys to the account', async () => {
    await using app = await openApp();
    const { token } = await app.as('waiter').auth.passes.issue.mutate({ label: 'Screen' });

    const profile = await askRest(app, 'profile.show', { token });
    const passes = await askRest(app, 'auth.passes.list', { token });

    expect(await profile.json()).toMatchObject({ username: 'waiter' });
    expect(await problemIn(passes)).toMatchObject({ status: 403, code: 'SESSION_REQUIRED' });
  });

  test('D5 a guest opens a cart, fills it and sees it by x-guest-token', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const opened = await ask(app, `${MIRROR}/cart`, { method: 'POST' });
    const { token } = (await opened.json()) as { token: string };
    const headers = { 'x-guest-token': token };

    const added = await askRest(app, 'cart.add', { input: { itemId }, headers });
    const seen = await askRest(app, 'cart.show', { headers });
    const stranger = await askRest(app, 'cart.show', { headers: { 'x-guest-token': 'x' } });

    expect([opened.status, added.status]).toEqual([200, 200]);
    expect(await seen.json()).toMatchObject({ itemCount: 1, lines: [{ itemId }] });
    expect(await problemIn(stranger)).toMatchObject({ status: 401, code: 'GUEST_TOKEN_INVALID' });
  });
});

describe('a session in a cookie', () => {
  const signIn = (app: TestApp, headers: Record<string, string>) =>
    ask(app, `${MIRROR}/auth/login`, {
      method: 'POST',
      headers: { ...JSON_BODY, 'x-session': 'cookie', ...headers },
      body: JSON.stringify({ identifier: 'waiter', password: PASSWORD }),
    });
  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const refresh = (app: TestApp, headers: Record<string, string>) =>
    ask(app, `${MIRROR}/auth/refresh`, { method: 'POST', headers });

  test('S1-01 is kept from scripts, and goes on by refresh', async () => {
    await using app = await openApp();

    const login = await signIn(app, { origin: OWN });
    const again = await refresh(app, {
      origin: OWN,
      'x-session': 'cookie',
      cookie: cookieOf(login),
    });

    expect(login.headers.getSetCookie()[0]).toMatch(
      /^comanda-session=cr_.+; HttpOnly; SameSite=Strict$/,
    );
    expect(again.status).toBe(200);
    expect(await login.text()).not.toContain('refreshToken');
    expect(await again.text()).toContain('"accessToken"');
  });

  test.each([
    { origin: EVIL },
    { origin: 'null' },
    {},
    { origin: OWN, 'sec-fetch-site': 'cross-site' },
  ])('S1-01 T17 cookie, another origin: is for no page such as %o', async (headers) => {
    await using app = await openApp();
    const cookie = cookieOf(await signIn(app, { origin: OWN }));

    const login = await signIn(app, headers);
    const again = await refresh(app, {
      ...(headers as Record<string, string>),
      'x-session': 'cookie',
      cookie,
    });
    const own = await refresh(app, { origin: OWN, 'x-session': 'cookie', cookie });

    expect(await problemIn(login)).toMatchObject({ status: 403, code: 'ORIGIN_DENIED' });
    expect(await problemIn(again)).toMatchObject({ status: 403, code: 'ORIGIN_DENIED' });
    expect([login, again].flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
    expect(own.status).toBe(200);
  });

  test.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 415],
    ['a form of text', { 'content-type': 'text/plain' }, '{"title":"x"}', 415],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--', 415],
    ['a fetch without a body', {}, undefined, 401],
  ])('T17 %s of another site does nothing with it', async (...row) => {
    const [, headers, body, status] = row;
    await using app = await openApp();
    const cookie = cookieOf(await signIn(app, { origin: OWN }));
    const sent = {
      method: 'POST',
      headers: { ...(headers as Record<string, string>), cookie, origin: EVIL },
      ...(body !== undefined && { body }),
    };

    const task = await ask(app, `${MIRROR}/tasks`, sent);
    const ended = await ask(app, `${MIRROR}/auth/sessions/revoke-others`, sent);
    const own = await refresh(app, { origin: OWN, 'x-session': 'cookie', cookie });

    expect([task.status, ended.status]).toEqual([status, status]);
    expect(task.headers.get('access-control-allow-origin')).toBeNull();
    expect(own.status).toBe(200);
  });

  test('T17 signing out from another site ends nothing', async () => {
    await using app = await openApp();
    const cookie = cookieOf(await signIn(app, { origin: OWN }));

    await ask(app, `${MIRROR}/auth/logout`, { method: 'POST', headers: { cookie, origin: EVIL } });
    const own = await refresh(app, { origin: OWN, 'x-session': 'cookie', cookie });

    expect(own.status).toBe(200);
  });
});

describe('a web page', () => {
  const preflight = (app: TestApp, origin: string, headers: string) =>
    ask(app, `${MIRROR}/books/x`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': headers,
      },
    });

  test('T18 of a listed origin may send what the mirror takes, and read what it says', async () => {
    await using app = await openApp();
    const sent = 'authorization,content-type,idempotency-key,if-match,if-none-match,last-event-id';

    const asked = await preflight(app, SHOP, sent);
    const answer = await ask(app, `${MIRROR}/books`, { headers: { origin: SHOP } });
    const refused = await ask(app, `${MIRROR}/people`, { headers: { origin: SHOP } });

    const allowed = asked.headers.get('access-control-allow-headers')?.split(', ');
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(asked.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(allowed).toEqual(expect.arrayContaining(sent.split(',')));
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/etag, link/);
    expect(refused.headers.get('access-control-allow-origin')).toBe(SHOP);
  });

  test('T18 of any other origin is let nowhere', async () => {
    await using app = await openApp();

    const asked = await preflight(app, EVIL, 'authorization');
    const answer = await ask(app, `${MIRROR}/books`, { headers: { origin: EVIL } });

    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('vary')).toContain('Origin');
  });
});

describe('quotas', () => {
  const readBooks = (app: TestApp) => askRest(app, 'books.list');

  test('S0-43 are told with every answer, and count calls of both kinds', async () => {
    await using app = await openApp({ quotas: 'preset' });

    const first = await readBooks(app);
    await app.as('anonymous').books.list.query();
    const third = await readBooks(app);

    expect(first.headers.get('ratelimit-policy')).toContain('"anonymous.read";q=20;w=60');
    expect(first.headers.get('ratelimit')).toContain('"anonymous.read";r=19');
    expect(third.headers.get('ratelimit')).toContain('"anonymous.read";r=17');
  });

  test('S0-43 that are used up are a problem that says how long to wait', async () => {
    await using app = await openApp({ quotas: 'preset' });
    for (let at = 0; at < 20; at += 1) await readBooks(app);

    const refused = await readBooks(app);
    const held = await ask(app, `${MIRROR}/books`, { headers: { 'if-none-match': '*' } });
    app.clock.advance(Number(refused.headers.get('retry-after')) * 1000);
    const later = await readBooks(app);

    expect(await problemIn(refused)).toMatchObject({
      status: 429,
      code: 'QUOTA_EXCEEDED',
      details: { scope: 'anonymous.read', limit: 20, resetAt: expect.stringMatching(/Z$/) },
    });
    expect(refused.headers.get('retry-after')).toBe('3');
    expect(refused.headers.get('ratelimit')).toContain('"anonymous.read";r=0;t=3');
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect([held.status, later.status]).toEqual([429, 200]);
  });

  test('S0-43 are charged for what cannot be read, too', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const wrong = () => ask(app, `${MIRROR}/books?unknown=1`);

    for (let at = 0; at < 20; at += 1) await wrong();

    expect(await problemIn(await wrong())).toMatchObject({ code: 'QUOTA_EXCEEDED' });
  });

  test('P32 a flood is turned away as a problem', async () => {
    await using app = await openApp({ config: { floodLimit: 2 } });
    await readBooks(app);
    await readBooks(app);

    const answer = await readBooks(app);

    expect(await problemIn(answer)).toMatchObject({ status: 429, code: 'QUOTA_EXCEEDED' });
    expect(answer.headers.get('retry-after')).toBe('30');
  });

  test('a host that is not served is told so as a problem', async () => {
    await using app = await openApp();

    const answer = await app.fetch(`http://elsewhere.example${MIRROR}/books`);

    expect(await problemIn(answer)).toMatchObject({ status: 400, code: 'BAD_HOST' });
  });
});

describe('what goes wrong on our side', () => {
  const INTERNAL = {
    type: 'urn:comanda:INTERNAL',
    title: 'Something went wrong on our side.',
    status: 500,
    code: 'INTERNAL',
    details: {},
    requestId: expect.any(String),
  };

  test('T10 is hidden, and logged once', async () => {
    await using app = await openApp();

    const answer = await withoutTable(app, 'book', () => askRest(app, 'books.list'));

    expect(await problemIn(answer)).toEqual(INTERNAL);
    expect(answer.headers.get('ratelimit')).toContain('anonymous.read');
    expect(app.logs.filter((line) => line.includes('"level":50'))).toHaveLength(1);
  });

  test('T10 is hidden when a procedure refuses what it does not declare, or throws what it likes', async () => {
    await using app = await openApp();
    await using mirror = await serving(app, {
      books: {
        list: anyone()
          .output(z.object({}))
          .query(() => {
            throw kernelErrors.NOT_FOUND({ what: 'secret' });
          }),
        show: anyone()
          .input(z.looseObject({}))
          .output(z.object({}))
          .query(() => {
            throw new Error('secret');
          }),
      },
    });

    const answers = await Promise.all(
      ['', '/1'].map((path) => mirror.fetch(`${OWN}${MIRROR}/books${path}`)),
    );
    const problems = await Promise.all(answers.map(problemIn));

    expect(problems).toEqual([INTERNAL, INTERNAL]);
    expect(JSON.stringify(problems)).not.toContain('secret');
    expect(mirror.logs.join('')).toContain('a refusal that the procedure does not declare');
  });

  test('a busy service says when to come back, and logs no fault', async () => {
    await using app = await openApp();
    await using mirror = await serving(app, {
      books: {
        list: anyone(kernelErrors.DB_BUSY)
          .output(z.object({}))
          .query(() => {
            throw kernelErrors.DB_BUSY({ retryAfterMs: 1_200 });
          }),
      },
    });

    const answer = await mirror.fetch(`${OWN}${MIRROR}/books`);

    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await problemIn(answer)).toMatchObject({ status: 503, code: 'DB_BUSY' });
    expect(mirror.logs.join('')).not.toContain('"level":50');
  });

  test('what a procedure answers beyond what it declares stays here', async () => {
    await using app = await openApp();
    await using mirror = await serving(app, {
      books: {
        list: anyone()
          .output(z.object({ title: z.string() }))
          .query(() => ({ title: 'Ragù', secret: 'bay leaf' })),
      },
      people: {
        list: allow('staff.read')
          .output(z.object({}))
          .query(() => ({})),
      },
    });

    const answer = await mirror.fetch(`${OWN}${MIRROR}/books`);
    const closed = await mirror.fetch(`${OWN}${MIRROR}/people`);

    expect(await answer.json()).toEqual({ title: 'Ragù' });
    expect(closed.status).toBe(401);
  });
});
