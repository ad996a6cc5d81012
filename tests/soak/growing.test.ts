import { readFileSync } from 'node:fs';
import { newId } from '@comanda/kernel/id';
import { PASSWORD, type Person } from '@comanda/testing/given';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parallel } from '../auth/callers.ts';
import { openPremises } from '../faults/premises.ts';
import { type Server, startServer } from '../faults/server.ts';
import { casesFor, type FuzzCase, procedures } from '../fuzzing.ts';

/** As many again before: memory is looked at when the heap has the size that it stays at. */
const CASES = 2 * Number(process.env['FUZZ_CASES']);
const AT_ONCE = 4;
/** So many of all fill what a process keeps for good: compiled code, caches, pools. */
const WARM_UP = 0.5;
const SEED = 20_261_122;

interface Sent {
  path: string;
  isQuery: boolean;
  fuzzed: FuzzCase;
}

/** As many of each procedure, in no order that means something. */
function cases(): Sent[] {
  const ids = Array.from({ length: 5 }, () => newId());
  const each = Math.ceil(CASES / procedures.length);
  const all = procedures.flatMap(({ name, type, input }) =>
    fc
      .sample(casesFor(input, ids), { numRuns: each, seed: SEED })
      .map((fuzzed, nth) => ({ nth, path: `/trpc/${name}`, isQuery: type === 'query', fuzzed })),
  );
  return all.toSorted((a, b) => a.nth - b.nth);
}

function residentMib({ pid }: Server): number {
  const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1_024;
}

test('P37 a server that was sent everything is no larger for it, and has not failed once', async () => {
  await using premises = await openPremises('SQLite');
  await using server = await startServer({ dataDir: premises.dataDir, env: premises.env });
  const [person] = (await premises.hire(['admin'])) as [Person];
  const login = { identifier: person.username, password: PASSWORD };
  const tokens: Record<string, string> = {
    admin: (await server.client().auth.login.mutate(login)).accessToken,
  };
  const all = cases();
  const statuses: number[] = [];
  const send = async ({ path, isQuery, fuzzed: { caller, text } }: Sent, nth: number) => {
    const token = tokens[caller];
    const leaving = new AbortController();
    const answer = await fetch(
      `${server.url}${path}${isQuery ? `?input=${encodeURIComponent(text)}` : ''}`,
      {
        method: isQuery ? 'GET' : 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': `10.${(nth >> 16) & 255}.${(nth >> 8) & 255}.${nth & 255}`,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        signal: leaving.signal,
        ...(!isQuery && { body: text }),
      },
    ).catch(() => undefined); // what cannot be said over HTTP at all, no server has to hear
    if (answer?.headers.get('content-type') === 'text/event-stream') leaving.abort();
    else await answer?.arrayBuffer();
    if (answer) statuses.push(answer.status);
  };
  const sendAll = (from: number, to: number) =>
    parallel(AT_ONCE, async (hand) => {
      for (let nth = from + hand; nth < to; nth += AT_ONCE) {
        const one = all[nth];
        if (one) await send(one, nth);
      }
    });

  const half = Math.floor(all.length * WARM_UP);
  await sendAll(0, half);
  const before = residentMib(server);
  await sendAll(half, all.length);
  const after = residentMib(server);

  expect(statuses.length).toBeGreaterThan(all.length * 0.95);
  expect(statuses.filter((status) => status >= 500 && status !== 503)).toEqual([]);
  expect(server.output()).not.toContain('"level":50');
  expect(after).toBeLessThan(before * 1.1);
});
