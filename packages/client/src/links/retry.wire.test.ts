import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Mutation, Query } from '../calls.ts';
import { connect } from '../create-client.ts';

interface Kitchen {
  menu: { list: Query<void, string, never>; add: Mutation<{ name: string }, string, never> };
  orders: { place: Mutation<{ table: number }, string, never> };
}

type Failure = (response: ServerResponse) => void;

const overloaded: Failure = (response) => {
  const details = { retryAfterMs: 1_000 };
  const data = { code: 'X', httpStatus: 503, reason: 'OVERLOADED', details };
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
  response.end(JSON.stringify({ error: { json: { message: 'Busy.', code: -32603, data } } }));
};
const proxyPage: Failure = (response) => {
  response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
};
const proxyWait: Failure = (response) => {
  response.writeHead(503, { 'content-type': 'text/html', 'retry-after': '1' }).end('<h1>Soon</h1>');
};
const cut: Failure = (response) => void response.destroy();

function answer(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ result: { data: { json: 'soup' } } }));
}

/** Fails in these ways, one a request, before it answers. */
async function openService(...failures: Failure[]) {
  const received: { body: string; at: number }[] = [];
  const server = createServer((request, response) => {
    const call = { body: '', at: performance.now() };
    received.push(call);
    request.on('data', (part) => (call.body += String(part)));
    request.on('end', () => (failures.shift() ?? answer)(response));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { url, token: 'a pass', retry: { baseMs: 1 } };
  return {
    client: connect<Kitchen>(options, ['orders.place']),
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

describe('over a wire that fails three times', () => {
  test('a query comes through', async () => {
    await using service = await openService(cut, proxyPage, cut);

    expect(await service.client.menu.list.query()).toBe('soup');
    expect(service.received).toHaveLength(4);
  });

  test('a mutation that takes a key comes through, every time the same', async () => {
    await using service = await openService(cut, proxyPage, cut);

    expect(await service.client.orders.place.mutate({ table: 4 })).toBe('soup');
    expect(service.received).toHaveLength(4);
    expect(new Set(service.received.map(({ body }) => body)).size).toBe(1);
    expect(service.received[0]?.body).toMatch(/"table":4.*"idempotencyKey":"[0-9a-f-]{36}"/);
  });

  test.each([
    ['cut off', cut],
    ["a proxy's page", proxyPage],
    ['refused', overloaded],
  ])('any other mutation is sent once: %s', async (_, failure) => {
    await using service = await openService(failure);

    await expect(service.client.menu.add.mutate({ name: 'Soup' })).rejects.toMatchObject({
      name: 'CallError',
    });

    expect(service.received).toHaveLength(1);
  });

  test('a fourth failure is told', async () => {
    await using service = await openService(cut, cut, cut, proxyPage);

    await expect(service.client.menu.list.query()).rejects.toMatchObject({
      details: { because: 'answer', status: 502 },
    });

    expect(service.received).toHaveLength(4);
  });
});

describe.concurrent('who asks for a second', () => {
  test.each([
    ['the service', overloaded],
    ['a proxy', proxyWait],
  ])('%s: is given it', async (_, failure) => {
    await using service = await openService(failure);

    expect(await service.client.menu.list.query()).toBe('soup');

    const [first, second] = service.received.map(({ at }) => at);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
  });
});
