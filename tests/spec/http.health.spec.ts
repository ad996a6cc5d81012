import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { buildApp } from '@comanda/server/app';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask } from '../http.ts';

describe('the health of the service', () => {
  test('S2-19 T43 is ok, and nothing more is told', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/health');

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok' });
  });

  test('asks no database', async () => {
    await using app = await openApp();
    const server = await buildApp(
      { ...app.house, database: { dialect: 'sqlite' } as never },
      QUIET,
    );

    const answer = await server.inject('/health');

    expect(answer.statusCode).toBe(200);
  });
});

describe('being ready for traffic', () => {
  test('T43 is told in one word', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/ready');

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ready' });
  });

  test('ends when the service drains, while it stays healthy', async () => {
    await using app = await openApp();
    const server = await buildApp(app.house, QUIET, { isDraining: () => true });

    const ready = await server.inject('/ready');
    const health = await server.inject('/health');

    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toEqual({ status: 'unavailable', reasons: ['draining'] });
    expect(ready.headers['retry-after']).toBe('1');
    expect(health.statusCode).toBe(200);
  });
});

describe('a probe that names an address in place of a host', () => {
  const host = '10.0.3.17:4000';

  test.each(['/health', '/ready', '/ready?from=balancer'])('is answered by %s', async (url) => {
    await using app = await openApp();
    const server = await buildApp(app.house, QUIET);

    expect((await server.inject({ url, headers: { host } })).statusCode).toBe(200);
  });

  test.each(['/', '/metrics', '/ready/more', '/healthy', '/trpc/menu.list', '/x?/ready'])(
    'is answered by no other address: %s',
    async (url) => {
      await using app = await openApp();
      const server = await buildApp(app.house, QUIET);

      const answer = await server.inject({ url, headers: { host } });

      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain('BAD_HOST');
    },
  );

  test('still names one, and one only', async () => {
    await using app = await openApp();
    const server = await buildApp(app.house, QUIET);
    const named = (host: string) => server.inject({ url: '/ready', headers: { host } });

    const answers = await Promise.all(['a b', 'a,b', 'a/b', '@'].map(named));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400]);
  });
});

describe('the published keys', () => {
  test('verify what the service signs, and hold nothing private', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('chef');

    const answer = await ask(app, '/.well-known/jwks.json');
    const { keys } = (await answer.json()) as { keys: JsonWebKey[] };
    const [head = '', body = '', signature = ''] = accessToken.split('.');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
    const key = createPublicKey({
      key: keys.find((one) => one['kid'] === kid) ?? {},
      format: 'jwk',
    });

    expect(
      verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')),
    ).toBe(true);
    expect(keys.flatMap(Object.keys).filter((name) => /^(d|k|p|q|dp|dq|qi)$/.test(name))).toEqual(
      [],
    );
  });
});

const QUIET = {
  allowedHosts: ['localhost'],
  corsOrigins: [],
  floodLimit: 100,
  logLevel: 'silent',
  trustProxy: [],
};
