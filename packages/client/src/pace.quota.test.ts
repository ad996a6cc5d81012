import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Query } from './calls.ts';
import { connect } from './create-client.ts';
import { pace } from './pace.ts';

const LATENCY_MS = 30;

interface Menu {
  menu: { list: Query<void, string, 'QUOTA_EXCEEDED'> };
  readonly quota: unknown;
}

/** Speaks as the service does; ten calls a second, refilled bit by bit. */
async function openService({ announces = true, limit = 10, windowMs = 1_000 } = {}) {
  const seen = { requests: 0, refusedRequests: 0 };
  let full = 0;
  const charge = () => {
    const now = performance.now();
    const next = Math.max(full, now) + windowMs / limit;
    if (next > now + windowMs) return Math.ceil(next - now - windowMs);
    full = next;
    return 0;
  };
  const left = () => {
    const used = Math.max(0, full - performance.now());
    const remaining = Math.floor(((windowMs - used) * limit) / windowMs);
    return `"burst";r=${remaining};t=${Math.ceil(used / windowMs)}`;
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const waits = pathname.split(',').map(charge);
    const refused = waits.filter((wait) => wait > 0);
    const answers = waits.map((retryAfterMs) =>
      retryAfterMs > 0 ? refusal(retryAfterMs) : { result: { data: { json: 'soup' } } },
    );
    seen.requests += 1;
    seen.refusedRequests += refused.length > 0 ? 1 : 0;
    request.resume();
    response.statusCode = refused.length === 0 ? 200 : refused.length < waits.length ? 207 : 429;
    response.setHeader('content-type', 'application/json');
    if (refused.length > 0)
      response.setHeader('retry-after', Math.ceil(Math.max(...waits) / 1_000));
    if (announces) {
      response.setHeader('ratelimit-policy', `"burst";q=${limit};w=${windowMs / 1_000}`);
      response.setHeader('ratelimit', left());
    }
    const body = JSON.stringify(searchParams.has('batch') ? answers : answers[0]);
    setTimeout(() => response.end(body), LATENCY_MS);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    options: { url, token: 'a pass', deadlineMs: 25_000 },
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

function refusal(retryAfterMs: number) {
  const details = { scope: 'burst', limit: 10, retryAfterMs };
  const data = { code: 'TOO_MANY_REQUESTS', httpStatus: 429, reason: 'QUOTA_EXCEEDED', details };
  return { error: { json: { message: 'Your quota is used up.', code: -32029, data } } };
}

const succeeded = (ends: PromiseSettledResult<unknown>[]) =>
  ends.filter(({ status }) => status === 'fulfilled').length;

describe.concurrent('forty calls in one go against a quota of ten a second', () => {
  test('bare, ten succeed', async () => {
    await using service = await openService({ windowMs: 60_000 });
    const { menu } = connect<Menu>(service.options, []);

    const calls = Array.from({ length: 40 }, () => menu.list.query());

    expect(succeeded(await Promise.allSettled(calls))).toBe(10);
    expect(service.seen).toEqual({ requests: 4, refusedRequests: 3 });
  });

  test('paced, all succeed, and little but what went out before anything was known is refused', async () => {
    await using service = await openService();
    const { menu } = connect<Menu>({ ...service.options, pace: pace() }, []);

    const calls = Array.from({ length: 40 }, () => menu.list.query());

    expect(succeeded(await Promise.allSettled(calls))).toBe(40);
    expect(service.seen.refusedRequests).toBeLessThanOrEqual(6);
  });

  test('paced, a batch that has only half succeeded does in the end', async () => {
    await using service = await openService({ limit: 15 });
    const { menu } = connect<Menu>({ ...service.options, pace: pace() }, []);

    const calls = Array.from({ length: 20 }, () => menu.list.query());

    expect(succeeded(await Promise.allSettled(calls))).toBe(20);
  });

  test('what was told of the quota can be read', async () => {
    await using service = await openService();
    const client = connect<Menu>(service.options, []);
    const before = client.quota;

    await client.menu.list.query();

    expect(before).toBeUndefined();
    expect(client.quota).toEqual([
      { name: 'burst', limit: 10, windowMs: 1_000, remaining: 9, resetMs: 1_000 },
    ]);
  });

  test('paced, one request each, all succeed and next to none is refused', async () => {
    await using service = await openService();
    const paced = pace().wrap(fetch);

    const answers = await Promise.all(
      Array.from({ length: 40 }, () => paced(`${service.url}/trpc/menu.list`)),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(service.seen.refusedRequests).toBeLessThanOrEqual(6);
  });

  test('paced by Retry-After alone, all succeed', async () => {
    await using service = await openService({ announces: false });
    const paced = pace().wrap(fetch);

    const answers = await Promise.all(
      Array.from({ length: 40 }, () => paced(`${service.url}/trpc/menu.list`)),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(service.seen.refusedRequests).toBeLessThan(30);
  });
});
