import { expect, test } from 'vitest';
import type { Mutation, Query, Subscription } from '../calls.ts';
import { connect } from '../create-client.ts';
import { createClient as minimal } from '../minimal.ts';
import type { ClientOptions } from '../options.ts';
import { held } from '../session/held.ts';
import { CONNECTED, event, RETURN } from './scripted-service.ts';

interface Shop {
  auth: { login: Mutation<{ identifier: string }, unknown, never> };
  cart: {
    open: Mutation<void, { token: string | null }, never>;
    show: Query<void, unknown, never>;
    clear: Mutation<void, unknown, never>;
  };
  orders: { watch: Subscription<void, unknown, never> };
}

const INVALID = {
  message: 'Not a guest.',
  data: { code: 'UNAUTHORIZED', httpStatus: 401, reason: 'GUEST_TOKEN_INVALID', details: {} },
};
const ANSWERS: Record<string, unknown> = {
  'cart.open': { result: { data: { json: { token: 'g1' } } } },
  'auth.login': {
    result: {
      data: {
        json: { accessToken: 'a1', refreshToken: 'r1', expiresAt: '2026-06-01T12:00:00Z' },
        meta: { values: { expiresAt: ['Date'] } },
      },
    },
  },
  'cart.clear': { error: { json: INVALID } },
};

/** A shop, and which guest was shown to it with each request. */
function visited(options: Partial<ClientOptions> = {}) {
  const seen: [path: string, guest: string | null][] = [];
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    const path = new URL(String(url)).pathname.slice('/trpc/'.length);
    seen.push([path, new Headers(init.headers).get('x-guest-token')]);
    if (path === 'orders.watch') {
      const headers = { 'content-type': 'text/event-stream' };
      return new Response(CONNECTED + event(1) + RETURN, { headers });
    }
    return Response.json(ANSWERS[path] ?? { result: { data: { json: 'seen' } } });
  };
  const given = { url: 'http://shop', fetch, ...options };
  return { seen, given, shop: connect<Shop>(given, []) };
}

test('a guest is shown with reads, changes, streams and at sign-in, and then no more', async () => {
  const { shop, seen } = visited();

  await shop.cart.open.mutate();
  await shop.cart.show.query();
  for await (const _ of shop.orders.watch.subscribe());
  await shop.auth.login.mutate({ identifier: 'guest' });
  await shop.cart.show.query();

  expect(seen).toEqual([
    ['cart.open', null],
    ['cart.show', 'g1'],
    ['orders.watch', 'g1'],
    ['auth.login', 'g1'],
    ['cart.show', null],
  ]);
});

test('a guest who is refused is told so once', async () => {
  const { shop, seen } = visited();

  await shop.cart.open.mutate();
  await expect(shop.cart.clear.mutate()).rejects.toMatchObject({
    data: { reason: 'GUEST_TOKEN_INVALID' },
  });
  await shop.cart.show.query();

  expect(seen).toEqual([
    ['cart.open', null],
    ['cart.clear', 'g1'],
    ['cart.show', null],
  ]);
});

test('a guest is known to every client that shares the store, with a token of their own too', async () => {
  const guest = held<string>();
  const [one, other] = [visited({ guest }), visited({ guest, token: 'a pass' })];

  await one.shop.cart.open.mutate();
  await other.shop.cart.show.query();

  expect(other.seen).toEqual([['cart.show', 'g1']]);
});

test('the minimal client does without guests', async () => {
  const guest = held<string>();
  guest.write('g1');
  const { given, seen } = visited({ guest });

  await minimal(given).menu.list.query();

  expect(seen).toEqual([['menu.list', null]]);
});
