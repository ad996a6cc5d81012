import { readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { findMariadbd, type Mariadb, startMariadb } from '../mariadb/server.ts';
import { openCluster } from './cluster.ts';
import type { Server } from './server.ts';

let mariadb: Mariadb;
beforeAll(async () => {
  const found = findMariadbd();
  if (found === null) throw new Error('the configuration of the tests leaves this file out then');
  mariadb = await startMariadb(found, { durable: false });
});
afterAll(() => mariadb?.stop());

/** More than a test ever asks. */
const PLENTY = ['1000000/s'];

function signIn(server: Server | undefined, identifier: string, password: string) {
  if (!server) throw new Error('there is no such server');
  return server.client().auth.login.mutate({ identifier, password });
}

describe('starting three servers at once on an empty database', () => {
  test('S2-20 P24 sets it up once, and all three serve', async () => {
    await using cluster = await openCluster(mariadb);

    const lock = await cluster.holdMigrations();

    const starting = cluster.start(3);
    await expect.poll(() => lock.waiting(), { timeout: 60_000 }).toBe(3);
    await lock.release();
    const servers = await starting;
    const ready = await Promise.all(
      servers.map(async ({ url }) => (await fetch(`${url}/ready`)).status),
    );
    const password = await cluster.createAdmin('olga');
    const signedIn = await inTurn(3, (at) => signIn(servers[at], 'olga', password));

    const steps = await cluster.ask(
      'select name, count(*) as times from schema_migrations group by name',
    );
    expect(ready).toEqual([200, 200, 200]);
    expect(signedIn.map(({ user }) => user.username)).toEqual(['olga', 'olga', 'olga']);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.every(({ times }) => Number(times) === 1)).toBe(true);
  });
});

describe('refreshing over two servers', () => {
  test.each([
    { calls: 20, rounds: 6 },
    { calls: 100, rounds: 3 },
  ])('P1 $calls calls with one token turn it once and get one answer', async (of) => {
    await using cluster = await openCluster(mariadb);
    const servers = await cluster.start(2);
    const password = await cluster.createAdmin('olga');

    const rounds = await inTurn(of.rounds, async () => {
      const { refreshToken = '' } = await signIn(servers[0], 'olga', password);
      const given: string[] = [];
      const outcomes = await parallel(of.calls, async (at) => {
        const auth = servers[at % 2]?.client().auth;
        return outcomeOf(
          (async () => {
            const answer = await auth?.refresh.mutate({ refreshToken });
            given.push(answer?.refreshToken ?? '');
          })(),
        );
      });
      const { sessionId = '' } = readRefreshToken(refreshToken) ?? {};
      const [row] = await cluster.ask(`select counter from session where id = '${sessionId}'`);
      return { outcomes: tally(outcomes), different: new Set(given).size, turns: row?.['counter'] };
    });

    const outcomes = { ok: of.calls };
    expect(rounds).toEqual(rounds.map(() => ({ outcomes, different: 1, turns: 1 })));
  });
});

describe('ending somebody’s work on one server', () => {
  test('P8 is felt on that one at once, and on the other within five seconds', async () => {
    await using cluster = await openCluster(mariadb);
    const [here, there] = (await cluster.start(2)) as [Server, Server];
    const admin = await signIn(here, 'olga', await cluster.createAdmin('olga'));
    const { people, quotas } = here.client(admin.accessToken);
    await quotas.set.mutate({ role: 'waiter', reads: PLENTY });
    const password = 'correct horse battery staple';
    const person = await people.create.mutate({ username: 'mario', password, role: 'waiter' });
    const { accessToken } = await signIn(there, 'mario', password);
    const ask = (server: Server) => outcomeOf(server.client(accessToken).auth.session.query());
    const before = [await ask(here), await ask(there)];

    await people.deactivate.mutate({ personId: person.id });
    const atOnce = await ask(here);
    const answered = await untilRefused(() => ask(there), 6_000);

    expect(before).toEqual(['ok', 'ok']);
    expect(atOnce).toBe('TOKEN_INVALID');
    expect(answered.at(-1)).toBe('TOKEN_INVALID');
    expect(answered.slice(0, -1).filter((outcome) => outcome !== 'ok')).toEqual([]);
  });
});

/** Asks again and again until there is a no, or the time is over; everything that was answered. */
async function untilRefused(ask: () => Promise<string>, limitMs: number): Promise<string[]> {
  const deadline = performance.now() + limitMs;
  const answered: string[] = [];
  while (performance.now() < deadline && (answered.at(-1) ?? 'ok') === 'ok') {
    answered.push(await ask());
  }
  return answered;
}
