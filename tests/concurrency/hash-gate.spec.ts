import type { AddressInfo } from 'node:net';
import { Passwords } from '@comanda/domains/auth/credentials/passwords';
import { HashGate } from '@comanda/quotas/hash-gate';
import { buildApp } from '@comanda/server/app';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { outcomeOf, parallel } from '../auth/callers.ts';

/** Some ten milliseconds: long enough to hang up in the midst of. */
const SLOW = { memoryKiB: 8_192, passes: 2, lanes: 1 };
const PERMITS = 2;
const CALLERS = 100;

/** Counts the hashes themselves, past what the gate believes. */
class CountingGate extends HashGate {
  now = 0;
  most = 0;

  override run<T>(work: () => Promise<T>): Promise<T> {
    return super.run(async () => {
      this.now += 1;
      this.most = Math.max(this.most, this.now);
      try {
        return await work();
      } finally {
        this.now -= 1;
      }
    });
  }
}

function countHashes(app: TestApp): CountingGate {
  const gate = new CountingGate({ permits: PERMITS, queue: CALLERS, waitMs: 30_000 });
  Object.assign(app.house, { passwords: new Passwords(SLOW, gate) });
  return gate;
}

/** The app behind a port: only there can a caller hang up. */
async function listening(app: TestApp): Promise<AsyncDisposable & { url: string }> {
  const server = await buildApp(app.house, {
    allowedHosts: ['127.0.0.1'],
    corsOrigins: [],
    floodLimit: 1_000_000,
    logLevel: 'silent',
    trustProxy: ['127.0.0.1/32'],
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => server.close() };
}

function signIn(url: string, at: number, signal: AbortSignal): Promise<Response> {
  return fetch(`${url}/trpc/auth.login`, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${at}` },
    body: JSON.stringify({ json: { identifier: `nobody.${at}`, password: PASSWORD } }),
  });
}

describe('hanging up in the midst of a sign-in', () => {
  test('P9 100 callers who hang up, and 100 after them, run no more hashes than there are permits', async () => {
    await using app = await openApp();
    await using server = await listening(app);
    const gate = countHashes(app);
    const hangUp = new AbortController();
    const patience = new AbortController();

    const gone = parallel(CALLERS, (at) => outcomeOf(signIn(server.url, at, hangUp.signal)));
    await expect.poll(() => gate.now > 0 && gate.waiting > 50, { interval: 1 }).toBe(true);
    hangUp.abort();
    await gone;
    const after = await parallel(CALLERS, (at) =>
      signIn(server.url, at + CALLERS, patience.signal).then(({ status }) => status),
    );
    await expect.poll(() => [gate.running, gate.waiting], { timeout: 20_000 }).toEqual([0, 0]);

    expect(gate.most).toBe(PERMITS);
    expect(after).not.toContain(500);
    expect(await outcomeOf(app.as('anonymous').auth.login.mutate(MANAGER))).toBe('ok');
  });
});

const MANAGER = { identifier: 'manager', password: PASSWORD };
