import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask, post } from '../http.ts';

const SHOP = 'https://shop.example';
const MATRIX = '/trpc/permissions.matrix';

describe('a page of a listed origin', () => {
  test.each([
    ['an answer', MATRIX],
    ['a refusal', '/trpc/permissions.mine'],
    ['an unknown procedure', '/trpc/no.such'],
    ['an unknown address', '/nothing'],
    ['the health of the service', '/health'],
  ])('S0-50 reads %s and its headers', async (_, path) => {
    await using app = await openApp();

    const { headers } = await ask(app, path, { headers: { origin: SHOP } });

    expect(headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(headers.get('access-control-expose-headers')).toBe(
      'x-request-id, retry-after, ratelimit, ratelimit-policy, etag, link',
    );
    expect(headers.get('access-control-allow-credentials')).toBe('true');
  });

  test('reads what it is refused at the door for', async () => {
    await using app = await openApp({ config: { floodLimit: 1 } });
    const headers = { origin: SHOP };
    const form = { ...headers, 'content-type': 'text/plain' };

    const byKind = await post(app, '/trpc/auth.login', { body: '{}', headers: form });
    await ask(app, '/health', { headers });
    const byFlood = await ask(app, '/health', { headers });

    expect([byKind.status, byFlood.status]).toEqual([415, 429]);
    expect(byKind.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(byFlood.headers.get('access-control-allow-origin')).toBe(SHOP);
  });

  test('may ask ahead for every method, and remember it for ten minutes', async () => {
    await using app = await openApp();

    const answer = await ask(app, MATRIX, {
      method: 'OPTIONS',
      headers: {
        origin: SHOP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-session',
      },
    });

    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers':
        'authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id, trpc-accept, x-comanda-contract, x-guest-token, x-request-id, x-session',
      'access-control-max-age': '600',
    });
  });
});

describe('a page of any other origin', () => {
  const strangers = [
    'null',
    'https://evil.example',
    'http://shop.example',
    'https://shop.example.evil.example',
    'https://evil-shop.example',
    'https://shop.example:8443',
    'https://shop.example/',
    'https://SHOP.example',
    'https://user@shop.example',
    'https://shop.example https://evil.example',
    'https://shop.example%00',
    '*',
    '',
  ];

  test.each(strangers)('T18 %j reads nothing', async (origin) => {
    await using app = await openApp();
    const asking = { origin, 'access-control-request-method': 'POST' };

    const answers = await Promise.all([
      ask(app, MATRIX, { headers: { origin } }),
      ask(app, MATRIX, {
        method: 'OPTIONS',
        headers: asking,
      }),
    ]);

    const names = ['access-control-allow-origin', 'access-control-allow-credentials'];
    const granted = answers.flatMap(({ headers }) => names.map((name) => headers.get(name)));
    expect(granted).toEqual([null, null, null, null]);
  });
});

describe('a cache between page and service', () => {
  test.each([
    ['an answer', MATRIX],
    ['a refusal', '/trpc/permissions.mine'],
    ['a batch', `${MATRIX},permissions.mine?batch=1`],
    ['a batch that is refused', `/trpc/${Array(11).fill('permissions.mine').join()}?batch=1`],
    ['an unknown procedure', '/trpc/no.such'],
    ['an unknown address', '/nothing'],
    ['the health of the service', '/health'],
  ])('T18 is told that %s differs by origin', async (_, path) => {
    await using app = await openApp();

    const { headers } = await ask(app, path);

    expect(headers.get('vary')).toMatch(/\bOrigin\b/);
  });
});
