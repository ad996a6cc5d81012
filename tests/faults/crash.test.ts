import { setImmediate as nextTurn } from 'node:timers/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { hashOf, readRefreshToken } from '@comanda/domains/auth/credentials/refresh-tokens';
import { type Client, createClient } from '@comanda/client';
import { describe, expect, test } from 'vitest';
import { inTurn, outcomeOf, parallel } from '../auth/callers.ts';
import { begin } from './calling.ts';
import { dataFolder, type Folder, type Server, startServer } from './server.ts';

const ROUNDS = Number(process.env['SOAK_ROUNDS'] ?? 12);
const CALLERS = 4;
const HANG_LIMIT_MS = 20_000;

interface Row {
  counter: number;
  token_hash: string;
}

/** Looks into the file beside the server that writes it. */
function lookInto({ path }: Folder) {
  const database = new Sqlite(join(path, 'comanda.sqlite'), { readonly: true });
  const session = database.prepare('select counter, token_hash from session where id = ?');
  return {
    session: (id: string) => session.get(id) as Row,
    one: (sql: string) => database.prepare(sql).pluck().get(),
    all: (sql: string) => database.prepare(sql).all(),
    [Symbol.dispose]: () => database.close(),
  };
}

/** Asks for the next token and kills the server as soon as the change is in the file; nobody reads the answer. */
async function killedAfterCommit(server: Server, folder: Folder, refreshToken: string) {
  using inside = lookInto(folder);
  const { sessionId = '', counter = 0 } = readRefreshToken(refreshToken) ?? {};
  const call = await begin(server, { path: 'auth.refresh', input: { refreshToken } });
  const deadline = performance.now() + HANG_LIMIT_MS;
  const replied = call.finish().then(
    () => true,
    () => false,
  );
  await nextTurn();
  // Without letting go of the thread: the reply follows the commit within a millisecond.
  while (inside.session(sessionId).counter === counter) {
    if (performance.now() > deadline) throw new Error('the change did not come');
  }
  server.kill('SIGKILL');
  await server.exited;
  return { committed: inside.session(sessionId), replied: await replied };
}

describe('P4 a server that dies between commit and reply of a refresh', () => {
  test(
    `the same token gets the child that was committed, ${ROUNDS} times out of ${ROUNDS}`,
    async () => {
      using folder = dataFolder();
      await using first = await startServer({ dataDir: folder.path });
      let { refreshToken = '' } = await first.signIn('manager');
      let server = first;

      const rounds = await inTurn(ROUNDS, async () => {
        const { committed, replied } = await killedAfterCommit(server, folder, refreshToken);
        server = await startServer({ dataDir: folder.path });
        const { auth } = server.client();
        ({ refreshToken = '' } = await auth.refresh.mutate({ refreshToken }));
        const child = readRefreshToken(refreshToken);
        const same =
          child?.counter === committed.counter && hashOf(child.secret) === committed.token_hash;
        return { same, replied };
      });
      await using last = server;
      const next = await outcomeOf(last.client().auth.refresh.mutate({ refreshToken }));

      expect(rounds.filter(({ same }) => same)).toHaveLength(ROUNDS);
      expect(rounds.filter(({ replied }) => !replied).length).toBeGreaterThan(0);
      expect(next).toBe('ok');
    },
    ROUNDS * HANG_LIMIT_MS,
  );
});

/** What callers were told, to be held against what is there after the crash. */
interface Told {
  /** Names whose registration was answered. */
  registered: string[];
  /** The highest token of each session that was answered. */
  refreshed: Map<string, number>;
}

const PASSWORD = 'correct horse battery staple';
let people = 0;

/** Registers, refreshes and signs in without end, each time as somebody new, until the server is gone. */
async function keepCalling(server: Server, told: Told, acknowledged: () => void): Promise<void> {
  for (;;) {
    const username = `guest.${++people}`;
    const { auth } = visitor(server, `10.${people >> 16}.${(people >> 8) & 255}.${people & 255}`);
    try {
      const { refreshToken } = await auth.register.mutate({ username, password: PASSWORD });
      told.registered.push(username);
      acknowledged();
      const next = await auth.refresh.mutate({ refreshToken });
      const { sessionId = '', counter = 0 } = readRefreshToken(next.refreshToken ?? '') ?? {};
      told.refreshed.set(sessionId, counter);
      acknowledged();
      await auth.login.mutate({ identifier: username, password: PASSWORD });
      acknowledged();
    } catch (error) {
      const reason = reasonIn(error);
      if (reason === undefined) return;
      if (reason !== 'OVERLOADED') throw error;
    }
  }
}

/** None when the connection went with the server. */
function reasonIn(error: unknown): string | undefined {
  return (error as { data?: { reason?: string } }).data?.reason;
}

/** Everybody comes from an address of their own: the budgets are not the point here. */
function visitor({ url }: Server, address: string): Client {
  return createClient({
    url,
    fetch: (at, init) =>
      fetch(at, { ...init, headers: { ...(init?.headers as object), 'x-forwarded-for': address } }),
  });
}

/** Kills the server somewhere in the midst of many callers. */
async function killedInTheMidst(folder: Folder, told: Told): Promise<void> {
  const env = { TRUST_PROXY: '127.0.0.1/32' };
  await using server = await startServer({ dataDir: folder.path, env });
  let left = 1 + Math.floor(Math.random() * 20);
  let turns = Math.floor(Math.random() * 200);
  const reached = Promise.withResolvers<void>();
  const acknowledged = () => {
    left -= 1;
    if (left === 0) reached.resolve();
  };
  const calling = parallel(CALLERS, () => keepCalling(server, told, acknowledged));
  await Promise.race([reached.promise, calling]);
  while (turns-- > 0) await nextTurn();
  server.kill('SIGKILL');
  await calling;
}

describe('a server that is killed in the midst of its work', () => {
  test(
    'leaves a sound file, in which all that was answered is written and told of',
    async () => {
      using folder = dataFolder();
      const told: Told = { registered: [], refreshed: new Map() };

      await inTurn(Math.ceil(ROUNDS / 3), () => killedInTheMidst(folder, told));
      await using server = await startServer({ dataDir: folder.path });
      using inside = lookInto(folder);
      const lost = [...told.refreshed].filter(
        ([id, counter]) => (inside.session(id)?.counter ?? -1) < counter,
      );
      const signedIn = await inTurn(told.registered.length, (at) =>
        outcomeOf(
          server.client().auth.login.mutate({
            identifier: told.registered[at] ?? '',
            password: PASSWORD,
          }),
        ),
      );

      expect(told.registered.length).toBeGreaterThan(0);
      expect(signedIn.filter((outcome) => outcome !== 'ok')).toEqual([]);
      expect(lost).toEqual([]);
      expect(inside.one('pragma integrity_check')).toBe('ok');
      expect(inside.all('pragma foreign_key_check')).toEqual([]);
      expect(inside.all(ACCOUNTS_UNTOLD)).toEqual([]);
      expect(inside.all(ACCOUNTS_TOLD_ONLY)).toEqual([]);
      expect(inside.one(TURNS_TOLD)).toBe(inside.one(TURNS_MADE));
    },
    ROUNDS * HANG_LIMIT_MS,
  );
});

const CREATED = "target = 'Account' and change = 'created'";
/** Accounts that have not exactly one row of their making. */
const ACCOUNTS_UNTOLD = `select id from account where
  (select count(*) from audit_entry where ${CREATED} and target_id = account.id) <> 1`;
const ACCOUNTS_TOLD_ONLY = `select target_id from audit_entry
  where ${CREATED} and target_id not in (select id from account)`;
const TURNS_TOLD = `select count(*) from audit_entry
  where target = 'Session' and action = 'auth.refresh' and change = 'updated'`;
const TURNS_MADE = 'select sum(counter) from session';
