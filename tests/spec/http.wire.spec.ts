import { createClient } from '@comanda/client';
import { appRouter } from '@comanda/domains/router';
import { newId } from '@comanda/kernel/id';
import { stockOptions } from '@comanda/server/rpc/stock';
import { fetchFrom } from '@comanda/testing/fetching';
import type { TestApp } from '@comanda/testing';
import { createTRPCClient, httpBatchLink, httpLink } from '@trpc/client';
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import fc from 'fast-check';
import Fastify from 'fastify';
import transformer from 'superjson';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

interface Request {
  path: string;
  method?: 'GET' | 'POST';
  /** Of the address, or what is posted. */
  input?: string | undefined;
  batch?: boolean;
  headers?: Record<string, string>;
}

const ORIGIN = 'http://localhost';

/** The same house, served by tRPC's own plugin. */
function stockOf({ house }: TestApp): typeof fetch {
  const server = Fastify({
    genReqId: ({ headers }) => String(headers['x-request-id']),
    routerOptions: { maxParamLength: 1_000 },
  });
  const trpcOptions = stockOptions(house, { router: appRouter, origins: { corsOrigins: [] } });
  void server.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
  return fetchFrom(server);
}

/** All but what differs from one answer to the next: how much is left of a budget, and a tag of the bytes. */
async function toldBy(ask: typeof fetch, request: Request) {
  const { path, method = 'GET', input, batch = false, headers } = request;
  const url = new URL(`/trpc/${path}`, ORIGIN);
  if (batch) url.searchParams.set('batch', '1');
  if (method === 'GET' && input !== undefined) url.searchParams.set('input', input);
  const answer = await ask(url, {
    method,
    headers: {
      'x-request-id': 'the-same-for-both',
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(method === 'POST' && { body: input ?? '' }),
  });
  const told = (name: string) => answer.headers.get(name);
  return {
    status: answer.status,
    body: await answer.text(),
    kind: told('content-type')?.split(';')[0],
    kept: told('cache-control') ?? 'no-store', // said at the door, where a stream says nothing
    varies: told('vary'),
    wait: told('retry-after'),
    tagged: told('etag')?.split('.').slice(0, 3).join('.'),
    budgets: told('ratelimit-policy'),
  };
}

const json = (value: unknown) => JSON.stringify({ json: value });
const dated = { json: { from: '2026-01-01T00:00:00.000Z' }, meta: { values: { from: ['Date'] } } };

const REQUESTS: [string, Request][] = [
  ['a query', { path: 'menu.list', input: json({ limit: 2 }) }],
  ['a query that is posted', { path: 'menu.list', method: 'POST', input: json({ limit: 2 }) }],
  ['a query without an input', { path: 'permissions.mine' }],
  ['an input that says nothing', { path: 'permissions.mine', input: '' }],
  ['dates in and out', { path: 'shifts.list', input: JSON.stringify(dated) }],
  ['what is not there', { path: 'menu.show', input: json({ itemId: newId() }) }],
  ['an input that does not fit', { path: 'menu.list', input: json({ limit: 'many' }) }],
  ['an input that is not wrapped', { path: 'menu.list', input: '{"limit":2}' }],
  ['an input that is null', { path: 'menu.list', input: 'null' }],
  ['an input that is no JSON', { path: 'menu.list', input: '{' }],
  ['a mutation', { path: 'cart.clear', method: 'POST', input: json({}) }],
  ['a mutation without a body', { path: 'tasks.remove', method: 'POST' }],
  ['a mutation that is asked by GET', { path: 'cart.clear', input: json({}) }],
  ['a body that is no JSON', { path: 'cart.clear', method: 'POST', input: '{]' }],
  ['no such procedure', { path: 'menu.nothing' }],
  ['a part of a name', { path: 'menu' }],
  ['a name of every object', { path: 'toString' }],
  ['a batch', { path: 'menu.list,permissions.mine', batch: true, input: '{"0":{"json":{}}}' }],
  ['a batch of one', { path: 'permissions.mine', batch: true }],
  ['a batch of which one is refused', { path: 'menu.show,permissions.mine', batch: true }],
  [
    'a batch with an input that is not wrapped',
    { path: 'menu.list,menu.list', batch: true, input: '{"1":3}' },
  ],
  ['a batch with no such procedure', { path: 'permissions.mine,nothing', batch: true }],
  ['a batch of both kinds', { path: 'permissions.mine,cart.clear', batch: true }],
  ['a batch that is a list', { path: 'menu.list', batch: true, input: '[{"json":{}}]' }],
  ['a batch that is no object', { path: 'menu.list', batch: true, input: '7' }],
  ['a batch too large', { path: Array(11).fill('menu.list').join(), batch: true }],
  [
    'a batch, answered line by line',
    { path: 'permissions.mine', batch: true, headers: { 'trpc-accept': 'application/jsonl' } },
  ],
  [
    'no batch, but line by line',
    { path: 'permissions.mine', headers: { 'trpc-accept': 'application/jsonl' } },
  ],
  ['what signs in, in a batch', { path: 'auth.sessions.list,permissions.mine', batch: true }],
  ['a batch, said twice', { path: 'permissions.mine?batch=1&batch=1' }],
  ['connection parameters', { path: 'permissions.mine?connectionParams=%7B' }],
];

describe('what is answered', () => {
  test.each(REQUESTS)(
    'to %s is what tRPC answers, to a manager and to nobody',
    async (_, request) => {
      await using app = await openApp();
      await app.given.item();
      const stock = stockOf(app);
      const { accessToken } = await app.session('manager');
      const headers = { ...request.headers, authorization: `Bearer ${accessToken}` };

      for (const asked of [request, { ...request, headers }]) {
        expect(await toldBy(app.fetch, asked)).toEqual(await toldBy(stock, asked));
      }
    },
  );

  test('to any mixture of these is what tRPC answers', async () => {
    await using app = await openApp();
    await app.given.item();
    const stock = stockOf(app);
    const paths = [...new Set(REQUESTS.map(([, { path }]) => path))];
    const inputs = [...new Set(REQUESTS.map(([, { input }]) => input))];
    const mixtures = fc.record({
      path: fc.constantFrom(...paths),
      method: fc.constantFrom('GET', 'POST'),
      input: fc.constantFrom(...inputs),
      batch: fc.boolean(),
    });

    await fc.assert(
      fc.asyncProperty(mixtures, async (asked) => {
        expect(await toldBy(app.fetch, asked)).toEqual(await toldBy(stock, asked));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the client that tRPC publishes', () => {
  test('reads dates, lists and refusals, alone and in a batch', async () => {
    await using app = await openApp();
    const url = await app.listen();
    const { accessToken } = await app.session('manager');
    const headers = { authorization: `Bearer ${accessToken}` };
    const links = [httpLink, httpBatchLink].map((link) =>
      link({ url: `${url}/trpc`, transformer, headers }),
    );
    const [one, many] = links.map((link) => createTRPCClient<typeof appRouter>({ links: [link] }));
    const ours = createClient({ url, token: () => accessToken });

    const alone = await one?.auth.sessions.list.query();
    const together = await Promise.all([many?.menu.list.query({}), many?.permissions.mine.query()]);

    expect(alone?.items[0]?.createdAt).toBeInstanceOf(Date);
    expect(alone).toEqual(await ours.auth.sessions.list.query());
    expect(together[1]).toEqual(await ours.permissions.mine.query());
    await expect(many?.menu.show.query({ itemId: newId() })).rejects.toMatchObject({
      data: { reason: 'NOT_FOUND', httpStatus: 404 },
    });
  });
});
