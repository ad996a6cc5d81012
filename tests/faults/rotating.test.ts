import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setInterval as every } from 'node:timers/promises';
import { createClient } from '@comanda/client';
import { KeySet } from '@comanda/domains/auth/credentials/keys';
import { newId } from '@comanda/kernel/id';
import { MINUTE } from '@comanda/kernel/time';
import { PASSWORD, type Person } from '@comanda/testing/given';
import { expect, test } from 'vitest';
import { inTurn, outcomeOf } from '../auth/callers.ts';
import { openPremises, type Premises } from './premises.ts';
import { command, type Server, startServer } from './server.ts';
import { viewAt } from './watchers.ts';

type Tokens = Awaited<ReturnType<Server['signIn']>>;
type Two = readonly [Server, Server];

const kidOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

/** Two servers that read their keys from one file. */
async function openTwo(premises: Premises) {
  const { AUTH_KEYS = '', ...env } = premises.env;
  const file = join(premises.dataDir, 'keys.json');
  writeFileSync(file, AUTH_KEYS, { mode: 0o600 });
  const options = {
    dataDir: premises.dataDir,
    env: { ...env, AUTH_KEYS_FILE: file, LOG_LEVEL: 'info' },
  };
  const servers = await Promise.all([startServer(options), startServer(options)]);
  return {
    servers: servers as Two,
    file,
    command: (args: string[]) => command(args, options),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    },
  };
}

const keysIn = (file: string) => KeySet.parse(JSON.parse(readFileSync(file, 'utf8'))).keys;

const signIn = (server: Server, { username }: Person): Promise<Tokens> =>
  server.client().auth.login.mutate({ identifier: username, password: PASSWORD });

/** A machine with too much to do puts calls off, whatever key they are signed with. */
const BUSY = 'OVERLOADED';
function unlessBusy(error: Error & { data?: { reason: string } }): undefined {
  if (error.data?.reason !== BUSY) throw error;
}

interface Worked {
  /** Every call that was not answered as it should be. */
  refused: string[];
  /** The keys that signed for them, in turn. */
  kids: unknown[];
  last: Tokens;
}

/** Calls both servers in turn, takes a new token now and then, and goes home after three of a new key. */
async function keepWorking(servers: Two, signedIn: Tokens): Promise<Worked> {
  let held = signedIn;
  const worked: Worked = { refused: [], kids: [kidOf(held.accessToken)], last: held };
  let calls = 0;
  for await (const _ of every(75)) {
    const server = servers[calls++ % 2 === 0 ? 0 : 1];
    const outcome = await outcomeOf(server.client(held.accessToken).auth.session.query());
    if (!['ok', BUSY].includes(outcome)) worked.refused.push(outcome);
    if (calls % 9 > 0) continue;
    const { refreshToken } = held;
    held = (await server.client().auth.refresh.mutate({ refreshToken }).catch(unlessBusy)) ?? held;
    worked.last = held;
    worked.kids.push(kidOf(held.accessToken));
    if (worked.kids.filter((kid) => kid !== worked.kids[0]).length === 3) return worked;
  }
  return worked;
}

test('P7 keys that are turned while people work lose nobody, and end when they are to', async () => {
  await using premises = await openPremises('MariaDB');
  const itemId = await premises.furnish((given) => given.item());
  const people = await premises.hire(['manager', 'waiter', 'chef', 'employee', 'manager']);
  const [watching, ...working] = people as [Person, ...Person[]];
  await using two = await openTwo(premises);
  const { servers, file } = two;
  const [here, there] = servers;

  // What was given out under the old key.
  const old = await signIn(here, watching);
  const signedIn = await inTurn(working.length, (at) => signIn(here, working[at] ?? watching));
  const oldKid = kidOf(old.accessToken);
  const { token: pass } = await here
    .client(old.accessToken)
    .auth.passes.issue.mutate({ label: 'till' });
  const { token: guest } = await here.client().cart.open.mutate();
  const guestAt = ({ url }: Server) =>
    createClient({ url, headers: { 'x-guest-token': guest ?? '' } }).cart;
  const cart = await guestAt(here).add.mutate({ itemId });
  await using viewer = await viewAt({ url: there.url }, watching);
  await expect.poll(() => viewer.heard.length, { timeout: 60_000 }).toBe(1);

  // One is told at once, the other finds the new key by itself, before it signs.
  const load = Promise.all(signedIn.map((tokens) => keepWorking(servers, tokens)));
  const turned = await two.command(['rotate-keys', '--lead', '15']);
  here.kill('SIGHUP');
  const worked = await load;
  const [before, after] = keysIn(file);

  // The end of the old key, an hour early.
  const until = new Date().toISOString();
  writeFileSync(file, JSON.stringify({ keys: [{ ...before, until }, after] }));
  for (const server of servers) server.kill('SIGHUP');
  const asks = (token: string) => (server: Server) =>
    outcomeOf(server.client(token).auth.session.query());
  await expect
    .poll(() => Promise.all(servers.map(asks(old.accessToken))), { timeout: 60_000 })
    .toEqual(['TOKEN_INVALID', 'TOKEN_INVALID']);
  const again = await there.client().auth.refresh.mutate({ refreshToken: old.refreshToken });
  const byOthers = {
    new: await Promise.all(servers.map(asks(worked[0]?.last.accessToken ?? ''))),
    renewed: await Promise.all(servers.map(asks(again.accessToken))),
    pass: await Promise.all(servers.map(asks(pass))),
  };
  const carts = await Promise.all(servers.map((server) => guestAt(server).show.query()));
  const order = await viewer.client.orders.take.mutate({
    idempotencyKey: newId(),
    lines: [{ itemId }],
  });
  await expect.poll(() => viewer.heard.at(-1), { timeout: 60_000 }).toMatch(order.id);

  expect(turned.code).toBe(0);
  expect(worked.map(({ refused }) => refused)).toEqual(working.map(() => []));
  expect(worked.map(({ kids }) => [...new Set(kids)])).toEqual(
    working.map(() => [oldKid, after?.kid]),
  );
  expect(Date.parse(before?.until ?? '') - Date.parse(after?.from ?? '')).toBeGreaterThan(
    15 * MINUTE,
  );
  expect(byOthers).toEqual({ new: ['ok', 'ok'], renewed: ['ok', 'ok'], pass: ['ok', 'ok'] });
  expect(kidOf(again.accessToken)).toBe(after?.kid);
  expect(carts).toEqual([cart, cart]);
  expect(viewer.connections).toHaveLength(1);
});
