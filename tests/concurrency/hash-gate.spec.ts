import type { AddressInfo } from 'node:net';
import { Passwords } from '@comanda/domains/auth/credentials/passwords';
import { HashGate } from '@comanda/quotas/hash-gate';
import { buildApp } from '@comanda/server/app';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { outcomeOf, parallel } from '../auth/callers.ts';

const CHEAP = { memoryKiB: 1_024, passes: 2, lanes: 1 };
const PERMITS = 2;
const CALLERS = 100;
const PATIENT = { timeout: 20_000 };

/** Counts the hashes themselves, past what the gate believes; none ends before it is opened. */
class CountingGate extends HashGate {
  readonly #opened = Promise.withResolvers<void>();
  now = 0;
  most = 0;

  open(): void {
    this.#opened.resolve();
  }

  override run<T>(work: () => Promise<T>): Promise<T> {
    return super.run(async () => {
      this.now += 1;
      this.most = Math.max(this.most, this.now);
      try {
        await this.#opened.promise;
        return await work();
      } finally {
        this.now -= 1;
      }
    });
  }
}

function countHashes(app: TestApp): CountingGate {
  const gate = new CountingGate({ permits: PERMITS, queue: 2 * CALLERS, waitMs: 60_000 });
  Object.assign(app.house, { passwords: new Passwords(CHEAP, gate) });
  return gate;
}

interface Listening extends AsyncDisposable {
  url: string;
  callers(): Promise<number>;
}

/** The app behind a port: only there can a caller hang up. */
async function listening(app: TestApp): Promise<Listening> {
  const server = await buildApp(app.house, {
    allowedHosts: ['127.0.0.1'],
    corsOrigins: [],
    floodLimit: 1_000_000,
    logLevel: 'silent',
    trustProxy: ['127.0.0.1/32'],
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    callers: () =>
      new Promise((resolve) => server.server.getConnections((_, count) => resolve(count))),
    [Symbol.asyncDispose]: async () => {
      server.server.closeAllConnections();
      await server.close();
    },
  };
}

function signIn(url: string, at: number, signal: AbortSignal | null = null): Promise<Response> {
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

    const gone = parallel(CALLERS, (at) => outcomeOf(signIn(server.url, at, hangUp.signal)));
    await expect.poll(() => gate.waiting, PATIENT).toBe(CALLERS - PERMITS);
    hangUp.abort();
    await gone;
    await expect.poll(() => server.callers(), PATIENT).toBe(0);
    const after = parallel(CALLERS, (at) => signIn(server.url, at + CALLERS));
    await expect.poll(() => gate.waiting, PATIENT).toBe(2 * CALLERS - PERMITS);
    const held = [gate.running, gate.now];
    gate.open();
    const statuses = (await after).map(({ status }) => status);

    expect(held).toEqual([PERMITS, PERMITS]);
    expect(gate.most).toBe(PERMITS);
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(await outcomeOf(app.as('anonymous').auth.login.mutate(MANAGER))).toBe('ok');
  });
});

const MANAGER = { identifier: 'manager', password: PASSWORD };
