import { fileURLToPath } from 'node:url';
import { createClient, type Fault } from '@comanda/client';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openPremises, type Premises } from './premises.ts';
import { run, type Running } from './server.ts';

const PRESSED = fileURLToPath(new URL('pressed-server.ts', import.meta.url));
const SOON = { timeout: 60_000, interval: 50 };

async function startPressed({ env }: Premises, flags: string[] = []) {
  const running: Running = run(process.execPath, [...flags, PRESSED], env);
  const [, url = ''] = await running.said(/^Open at (\S+)$/m);
  return { ...running, url };
}

let probes = 0;

/** As a balancer with many addresses asks. */
const readyAt = async (url: string) => {
  probes += 1;
  const headers = { 'x-forwarded-for': `10.1.${probes >> 8}.${probes & 255}` };
  const answer = await fetch(`${url}/ready`, { headers });
  const { reasons } = (await answer.json()) as { reasons?: string[] };
  return [answer.status, ...(reasons ?? [])];
};

/** The code of a refusal with whether it says when to come back, or `ok`. */
async function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => (error as Fault).reason,
  );
}

/** A stream as the wire has it. */
async function watching(url: string, token: string) {
  const over = new AbortController();
  const answer = await fetch(
    `${url}/trpc/orders.watch?input=${encodeURIComponent('{"json":{}}')}`,
    {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal: over.signal,
    },
  );
  return { answer, close: () => over.abort() };
}

function hoard(url: string, share: number) {
  return fetch(`${url}/trpc/lab.hoard`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: share }),
  });
}

describe('a heap that fills up', () => {
  test('P28 turns away streams and sign-ins first, then every call, and finishes what is begun', async () => {
    await using premises = await openPremises('SQLite');
    const [manager] = await premises.hire(['manager']);
    const { username = '' } = manager ?? {};
    await using server = await startPressed(premises, ['--max-old-space-size=192']);
    const { url } = server;
    const client = createClient({ url, retry: false });
    const { accessToken } = await client.auth.login.mutate({
      identifier: username,
      password: PASSWORD,
    });
    const early = await watching(url, accessToken);
    const signIn = () =>
      outcomeOf(
        createClient({ url, retry: false }).auth.login.mutate({
          identifier: username,
          password: PASSWORD,
        }),
      );
    const read = () => outcomeOf(client.permissions.mine.query());

    await hoard(url, 0.865);
    await expect.poll(signIn, SOON).toBe('OVERLOADED');
    const late = await watching(url, accessToken);
    const readMeanwhile = await read();
    // To fill the heap takes a while in which nothing else is done.
    await expect.poll(() => readyAt(url), SOON).toEqual([200]);
    await hoard(url, 0.93);
    await expect.poll(() => readyAt(url), SOON).toEqual([503, 'memory']);
    const readAtLast = await read();
    const told = await early.answer.body?.getReader().read();
    server.kill('SIGUSR2');
    await expect.poll(() => readyAt(url), SOON).toEqual([200]);
    const after = [await read(), await signIn()];
    early.close();

    expect(early.answer.status).toBe(200);
    expect(late.answer.status).toBe(503);
    expect(await late.answer.text()).toContain('"reason":"OVERLOADED"');
    expect(late.answer.headers.get('retry-after')).toBe('1');
    expect(readMeanwhile).toBe('ok');
    expect(readAtLast).toBe('OVERLOADED');
    expect(told?.done).toBe(false);
    expect(after).toEqual(['ok', 'ok']);
  });
});

describe('a server that stands still for five seconds', () => {
  const LIMIT = 30;

  test('answers late and right, gives nobody more than their limit, and is not ready for a while', async () => {
    await using premises = await openPremises('SQLite');
    const [manager] = await premises.hire(['manager']);
    const env = { ...premises.env, FLOOD_LIMIT: String(LIMIT) };
    await using server = await startPressed({ ...premises, env });
    const { url } = server;
    const client = createClient({ url, retry: false });
    const { accessToken } = await client.auth.login.mutate({
      identifier: manager?.username ?? '',
      password: PASSWORD,
    });
    const headers = { authorization: `Bearer ${accessToken}` };
    const read = async () => (await fetch(`${url}/trpc/permissions.mine`, { headers })).text();
    const right = await read();
    const readBefore = await readyAt(url);

    server.kill('SIGSTOP');
    const calls = Array.from({ length: 3 * LIMIT }, read);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const ready = readyAt(url);
    server.kill('SIGCONT');
    const answers = await Promise.all(calls);
    const readyAtOnce = await ready;
    await expect.poll(() => readyAt(url), SOON).toEqual([200]);

    const good = answers.filter((answer) => answer === right);
    const flooding = answers.filter((answer) => answer.includes('"reason":"QUOTA_EXCEEDED"'));
    expect(readBefore).toEqual([200]);
    expect(readyAtOnce).toEqual([503, 'event_loop']);
    expect(good.length).toBeGreaterThan(0);
    // What a bucket holds, and what has come into it since.
    expect(good.length).toBeLessThanOrEqual(2 * LIMIT);
    expect(good.length + flooding.length).toBe(answers.length);
  });
});
