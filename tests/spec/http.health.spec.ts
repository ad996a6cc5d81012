import { buildApp } from '@comanda/server/app';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask } from '../http.ts';

describe('the health of the service', () => {
  test('T43 is ok, and nothing more is told', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/health');

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: 'ok' });
  });

  test('asks no database', async () => {
    await using app = await openApp();
    const server = await buildApp({ ...app.house, database: undefined as never }, QUIET);

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
    expect(ready.json()).toEqual({ status: 'unavailable' });
    expect(ready.headers['retry-after']).toBe('1');
    expect(health.statusCode).toBe(200);
  });
});

describe('the published keys', () => {
  test('verify what the service signs, and hold nothing private', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('chef');

    const keys = (await (await ask(app, '/.well-known/jwks.json')).json()) as { keys: object[] };
    const { payload } = await jwtVerify(accessToken, createLocalJWKSet(keys as never), {
      currentDate: app.clock.now(),
    });

    expect(payload.sub).toBe(app.home.staff.chef.id);
    expect(
      keys.keys.flatMap(Object.keys).filter((name) => ['d', 'k', 'p', 'q'].includes(name)),
    ).toEqual([]);
  });
});

const QUIET = {
  allowedHosts: ['localhost'],
  corsOrigins: [],
  floodLimit: 100,
  logLevel: 'silent',
  trustProxy: [],
};
