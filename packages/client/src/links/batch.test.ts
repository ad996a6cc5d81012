import { createTRPCUntypedClient } from '@trpc/client';
import { expect, test } from 'vitest';
import { batch } from './batch.ts';

test('calls of one guest travel together, those of another apart', async () => {
  const sent: unknown[] = [];
  const fetch = (url: unknown, { headers }: RequestInit = {}) => {
    sent.push([String(url), new Headers(headers).get('x-guest-token')]);
    return Promise.resolve(Response.json({ result: {} }));
  };
  const client = createTRPCUntypedClient({ links: [batch({ url: '/trpc', fetch })] });
  const of = (guest: string | undefined) =>
    client.mutation('cart.clear', undefined, { context: { guest } });

  await Promise.all([of('g1'), of('g2'), of('g1'), of(undefined)]);

  expect(sent).toEqual([
    ['/trpc/cart.clear,cart.clear?batch=1', 'g1'],
    ['/trpc/cart.clear', 'g2'],
    ['/trpc/cart.clear', null],
  ]);
});

test('a call that is aborted ends, whether or not its fetch heeds signals', async () => {
  const deaf = () => new Promise<never>(() => undefined);
  const client = createTRPCUntypedClient({ links: [batch({ url: '/trpc', fetch: deaf })] });
  const stop = new AbortController();

  const call = client.query('menu.list', undefined, { signal: stop.signal });
  stop.abort();

  await expect(call).rejects.toMatchObject({ reason: 'FAULT', details: { because: 'aborted' } });
});

test('a call that is aborted before it is sent is not sent', async () => {
  const sent: string[] = [];
  const fetch = (url: unknown) => {
    sent.push(String(url));
    return Promise.resolve(Response.json({ result: {} }));
  };
  const client = createTRPCUntypedClient({ links: [batch({ url: '/trpc', fetch })] });
  const stop = new AbortController();

  const aborted = client.mutation('orders.place', undefined, { signal: stop.signal });
  const other = client.mutation('orders.cancel');
  stop.abort();
  await Promise.allSettled([aborted, other]);

  expect(sent).toEqual(['/trpc/orders.cancel']);
});
