import { createTRPCUntypedClient } from '@trpc/client';
import { expect, test } from 'vitest';
import { batch } from './batch.ts';

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
