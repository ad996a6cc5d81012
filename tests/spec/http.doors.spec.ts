import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask, post, toldIn } from '../http.ts';

const LOGIN = '/trpc/auth.login';
const MATRIX = '/trpc/permissions.matrix';
const KIB = 1_024;

describe('the kind of a body', () => {
  test.each([
    ['multipart', 'multipart/form-data; boundary=x'],
    ['bytes', 'application/octet-stream'],
    ['text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['JSON of another name', 'application/json-patch+json'],
    ['JSON as text', 'text/json'],
    ['JSON of another charset', 'application/json; charset=utf-16'],
    ['JSON and more', 'application/json, multipart/form-data; boundary=x'],
    ['JSON with a boundary', 'application/json; boundary=x'],
    ['a comment before JSON', ' ;application/json'],
    ['nothing', ''],
  ])('T1 %s is refused', async (_, type) => {
    await using app = await openApp();

    const answer = await post(app, LOGIN, { body: '{}', headers: { 'content-type': type } });

    expect(answer.status).toBe(415);
    expect(await toldIn(answer)).toMatchObject({ reason: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('T1 a body of no kind is refused', async () => {
    await using app = await openApp();

    const answer = await ask(app, LOGIN, { method: 'POST', body: new Uint8Array([123, 125]) });

    expect(await toldIn(answer)).toMatchObject({ reason: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('T17 a form that another site posts is refused, also where no input is needed', async () => {
    await using app = await openApp();
    const body = new FormData();
    body.set('refreshToken', 'x');

    const answer = await ask(app, '/trpc/auth.logout', { method: 'POST', body });

    expect(await toldIn(answer)).toMatchObject({ reason: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test('T1 a query that announces a form is refused', async () => {
    await using app = await openApp();

    const answer = await ask(app, MATRIX, { headers: { 'content-type': 'multipart/form-data' } });

    expect(await toldIn(answer)).toMatchObject({ reason: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  test.each(['application/json', 'APPLICATION/JSON', 'application/json;charset=UTF-8'])(
    '%s is read',
    async (type) => {
      await using app = await openApp();

      const answer = await post(app, LOGIN, { body: '{}', headers: { 'content-type': type } });

      expect(await toldIn(answer)).toMatchObject({ reason: 'VALIDATION' });
    },
  );

  test.each(['gzip', 'br', 'deflate', 'GZIP', 'identity, gzip', 'x'])(
    'T3 a body compressed as %s is refused',
    async (encoding) => {
      await using app = await openApp();
      const headers = { 'content-encoding': encoding };

      const answer = await post(app, LOGIN, { body: '{}', headers });

      expect(answer.status).toBe(415);
      expect(await toldIn(answer)).toMatchObject({ reason: 'UNSUPPORTED_MEDIA_TYPE' });
    },
  );
});

describe('the size of a body', () => {
  test('T2 64 KiB are read, one byte more is refused', async () => {
    await using app = await openApp();
    const body = (size: number) => `{"json":"${'a'.repeat(size - '{"json":""}'.length)}"}`;

    const full = await post(app, LOGIN, { body: body(64 * KIB) });
    const over = await post(app, LOGIN, { body: body(64 * KIB + 1) });

    expect(await toldIn(full)).toMatchObject({ reason: 'VALIDATION' });
    expect(over.status).toBe(413);
    expect(over.headers.get('connection')).toBe('close');
    expect(await toldIn(over)).toMatchObject({ reason: 'PAYLOAD_TOO_LARGE' });
  });
});

describe('the method', () => {
  test.each(['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'QUERY', 'PURGE'])(
    'T20 %s is refused with the list of those that are used',
    async (method) => {
      await using app = await openApp();

      const answers = await Promise.all(
        [MATRIX, '/health', '/nothing'].map((path) => ask(app, path, { method })),
      );

      expect(answers.map(({ status }) => status)).toEqual([405, 405, 405]);
      expect(answers.map(({ headers }) => headers.get('allow'))).toEqual(
        Array(3).fill('GET, HEAD, POST, OPTIONS'),
      );
      expect(await toldIn(answers[0] as Response)).toMatchObject({ reason: 'METHOD_NOT_ALLOWED' });
    },
  );

  test('T20 HEAD says nothing about a procedure, be it there or not', async () => {
    await using app = await openApp();

    const answers = await Promise.all(
      ['permissions.matrix', 'people.list', 'no.such'].map((name) =>
        ask(app, `/trpc/${name}`, { method: 'HEAD' }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  });
});

describe('the host', () => {
  test.each(['localhost', 'localhost:4000', 'LOCALHOST'])('%s is served', async (host) => {
    await using app = await openApp();

    const answer = await ask(app, '/.well-known/jwks.json', { headers: { host } });

    expect(answer.status).toBe(200);
  });

  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil-localhost',
    'localhost.',
    'localhost:port',
    'localhost:4000:4000',
    'evil@localhost',
    'localhost/evil',
    'localhost evil',
    'localhost, evil.example',
    '[::1]',
    '127.0.0.2',
    '../../etc/passwd',
    '<script>',
  ])('S2-22 T19 %j is refused', async (host) => {
    await using app = await openApp();

    const answer = await ask(app, '/.well-known/jwks.json', { headers: { host } });

    expect(answer.status).toBe(400);
    expect(await toldIn(answer)).toMatchObject({ reason: 'BAD_HOST' });
  });

  test('T19 a host that a proxy header names changes nothing', async () => {
    await using app = await openApp({ config: { trustProxy: ['127.0.0.1/32'] } });
    const headers = { host: 'evil.example', 'x-forwarded-host': 'localhost' };

    const answer = await ask(app, '/.well-known/jwks.json', { headers });

    expect(await toldIn(answer)).toMatchObject({ reason: 'BAD_HOST' });
  });
});

describe('an address that cannot be read', () => {
  test.each(['/trpc/%zz', '/%', '/trpc/permissions.matrix%E0%A4%A', '/%c0%ae%c0%ae/etc/passwd'])(
    '%s is unknown, and not repeated',
    async (path) => {
      await using app = await openApp();

      const answer = await ask(app, path);

      expect(answer.status).toBe(404);
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(await answer.clone().text()).not.toContain('%');
      expect(await toldIn(answer)).toMatchObject({ reason: 'NO_SUCH_PROCEDURE' });
    },
  );

  test('a name that is too long is unknown, and not repeated', async () => {
    await using app = await openApp();

    const answer = await ask(app, `/trpc/${'a'.repeat(4_000)}`);

    expect(await answer.clone().text()).not.toContain('a'.repeat(40));
    expect(await toldIn(answer)).toMatchObject({ reason: 'NO_SUCH_PROCEDURE' });
  });

  test('goes past no door: host, method and flood are looked at first', async () => {
    await using app = await openApp({ config: { floodLimit: 1 } });
    const elsewhere = { host: 'evil.example' };

    const byHost = await ask(app, '/trpc/%zz', { headers: elsewhere });
    const byMethod = await ask(app, '/trpc/%zz', { method: 'PUT' });
    const served = await ask(app, '/trpc/%zz');
    const byFlood = await ask(app, '/trpc/%zz');

    expect(await toldIn(byHost)).toMatchObject({ reason: 'BAD_HOST' });
    expect(await toldIn(byMethod)).toMatchObject({ reason: 'METHOD_NOT_ALLOWED' });
    expect(await toldIn(served)).toMatchObject({ reason: 'NO_SUCH_PROCEDURE' });
    expect(await toldIn(byFlood)).toMatchObject({ reason: 'QUOTA_EXCEEDED' });
  });
});

describe('the request id', () => {
  test.each([
    ['an answer', '/health', {}],
    ['an answer of a procedure', MATRIX, {}],
    ['an unknown procedure', '/trpc/no.such', {}],
    ['an unknown address', '/nothing', {}],
    ['a refused method', '/health', { method: 'PUT' }],
    ['a refused host', '/health', { headers: { host: 'evil.example' } }],
    ['a refused body', LOGIN, { method: 'POST', body: 'text' }],
  ])('is on %s, another one each time', async (_, path, sent) => {
    await using app = await openApp();

    const ids = [await ask(app, path, sent), await ask(app, path, sent)].map(({ headers }) =>
      headers.get('x-request-id'),
    );

    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.any(String)]);
    expect(new Set(ids).size).toBe(2);
  });

  test('is the same in header, answer and log', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/trpc/permissions.mine');
    const id = answer.headers.get('x-request-id');

    expect(await toldIn(answer)).toMatchObject({ requestId: id });
    expect(app.logs.join('')).toContain(`"requestId":"${id}"`);
  });

  test('is taken over from a caller who brings one', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/health', { headers: { 'x-request-id': 'order-slip_0042' } });

    expect(answer.headers.get('x-request-id')).toBe('order-slip_0042');
  });

  test.each(['short', 'a'.repeat(65), 'with space', 'line%0abreak', '{"level":50}', 'é'.repeat(9)])(
    'T42 %j is not taken over',
    async (brought) => {
      await using app = await openApp();

      const answer = await ask(app, '/health', { headers: { 'x-request-id': brought } });

      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe('S0-50 headers that keep a browser careful', () => {
  test.each([
    ['an answer', '/health', {}],
    ['an answer of a procedure', MATRIX, {}],
    ['a refusal', '/trpc/no.such', {}],
    ['a refusal at the door', LOGIN, { method: 'POST', body: 'text' }],
    ['a refused method', '/health', { method: 'PUT' }],
    ['a refused host', '/health', { headers: { host: 'evil.example' } }],
  ])('are on %s', async (_, path, sent) => {
    await using app = await openApp();

    const { headers } = await ask(app, path, sent);

    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-type': expect.stringMatching(/^application\/json/),
    });
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('server')).toBe(false);
  });
});
