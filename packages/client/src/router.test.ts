import { getUntypedClient } from '@trpc/client';
import { expect, test } from 'vitest';
import { createClient } from './create-client.ts';
import { trpcClient } from './router.ts';

/** Answers every call with its input. */
const echo: typeof fetch = async (input, init) => {
  const asked = new URL(new Request(input, init).url).searchParams.get('input');
  return Response.json({ result: { data: JSON.parse(asked ?? '{"json":null}') as unknown } });
};
const comanda = createClient({ url: 'http://localhost', fetch: echo });

test('an infinite query sends its cursor, and nothing that only its tool knows', async () => {
  const asked = { search: 'a', cursor: 'next', direction: 'forward' };

  const sent = await getUntypedClient(trpcClient(comanda)).query('people.list', asked);

  expect(sent).toEqual({ search: 'a', cursor: 'next' });
});

test('every other call goes as it is', async () => {
  const client = trpcClient(comanda);

  const sent = await client.people.list.query({ search: 'direction' });

  expect([sent, await getUntypedClient(client).query('auth.session')]).toEqual([
    { search: 'direction' },
    null,
  ]);
});
