import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inTurn, parallel, tally } from '../auth/callers.ts';
import { dataFolder, type Server, startServer } from './server.ts';

const FLOODERS = 200;
const LOOKS = 20;
const MIB = 1_024 * 1_024;
const EVERYDAY = ['waiter', 'chef', 'manager', 'employee', 'delivery_crew', 'admin'];

interface Seen {
  status: number;
  reason: string;
  /** Whether a refusal said when to come back. */
  waits: boolean;
}

let addresses = 0;

/** One sign-in, from an address that nobody has used before. */
async function signIn({ url, passwords }: Server, at: number): Promise<Seen> {
  const identifier = EVERYDAY[at % EVERYDAY.length] ?? '';
  const address = `10.${++addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
  const answer = await fetch(`${url}/trpc/auth.login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ json: { identifier, password: passwords[identifier] } }),
  });
  const [, reason = 'ok'] = /"reason":"(\w+)"/.exec(await answer.text()) ?? [];
  return { status: answer.status, reason, waits: answer.headers.has('retry-after') };
}

/** Signs in again and again with so many at once, for as long as `work` takes. */
async function flooded<T>(
  server: Server,
  work: () => Promise<T>,
): Promise<{ seen: Seen[]; done: T }> {
  const seen: Seen[] = [];
  const state = { over: false };
  const flood = parallel(FLOODERS, async (at) => {
    while (!state.over) seen.push(await signIn(server, at));
  });
  try {
    return { seen, done: await work() };
  } finally {
    state.over = true;
    await flood;
  }
}

/** Bytes of memory that the server holds. */
function memoryOf({ pid }: Server): number {
  const status = `/proc/${pid}/status`;
  const kib = existsSync(status)
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kib) * 1_024;
}

describe('200 sign-ins at a time', () => {
  test('P9 leave everything else in order, and the surplus is told to come back', async () => {
    using folder = dataFolder();
    const env = { TRUST_PROXY: '127.0.0.1/32' };
    await using server = await startServer({ dataDir: folder.path, env });
    const { accessToken } = await server.signIn('manager');
    const before = memoryOf(server);

    const { seen, done } = await flooded(server, () =>
      inTurn(LOOKS, async () => {
        const health = await fetch(`${server.url}/health`);
        const people = await server.client(accessToken).people.list.query();
        return { health: health.status, people: people.items.length };
      }),
    );
    const after = await signIn(server, 0);

    const refused = seen.filter(({ status }) => status !== 200);
    const reasons = tally(seen.map(({ reason }) => reason));
    expect(done).toEqual(done.map(() => ({ health: 200, people: 10 })));
    expect(reasons['ok']).toBeGreaterThan(0);
    expect(reasons['OVERLOADED']).toBeGreaterThan(0);
    expect(Object.keys(reasons).filter((reason) => !KNOWN.has(reason))).toEqual([]);
    expect(refused.filter(({ waits }) => !waits)).toEqual([]);
    expect(after.reason).toBe('ok');
    expect(memoryOf(server) - before).toBeLessThan(512 * MIB);
  });
});

/** On a machine that is busy with other things a sign-in may come to its deadline. */
const KNOWN = new Set(['ok', 'OVERLOADED', 'QUOTA_EXCEEDED', 'OUTCOME_UNKNOWN']);
