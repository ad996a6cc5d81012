import { createTRPCUntypedClient } from '@trpc/client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fault } from '../errors.ts';
import { keys } from './keys.ts';
import { retry } from './retry.ts';
import { step } from './step.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Fails as often as it is told, and keeps what it was sent. */
function listening(failures = 0) {
  const inputs: { idempotencyKey?: string }[] = [];
  const service = step(({ input }) => {
    inputs.push(input as object);
    return inputs.length > failures
      ? Promise.resolve('placed')
      : Promise.reject(fault('Gone.', { because: 'unreachable' }));
  });
  const links = [keys(['orders.place']), retry({ baseMs: 1 }), service];
  return { client: createTRPCUntypedClient({ links }), inputs };
}

describe('an idempotency key', () => {
  test('is given to a mutation that takes one', async () => {
    const { client, inputs } = listening();

    await client.mutation('orders.place', { cartId: 'c' });
    await client.mutation('orders.place');

    expect(inputs).toEqual([
      { cartId: 'c', idempotencyKey: expect.stringMatching(UUID) },
      { idempotencyKey: expect.stringMatching(UUID) },
    ]);
  });

  test('is another for every call', async () => {
    const { client, inputs } = listening();

    await client.mutation('orders.place', { cartId: 'c' });
    await client.mutation('orders.place', { cartId: 'c' });

    expect(inputs[0]?.idempotencyKey).not.toBe(inputs[1]?.idempotencyKey);
  });

  test('stays the same over the repeats of a call', async () => {
    const { client, inputs } = listening(3);

    await client.mutation('orders.place', { cartId: 'c' });

    expect(inputs).toHaveLength(4);
    expect(new Set(inputs.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  test('is left to the caller who brings one', async () => {
    const { client, inputs } = listening();

    await client.mutation('orders.place', { idempotencyKey: 'mine' });
    await client.mutation('orders.place', { idempotencyKey: undefined });

    expect(inputs).toEqual([
      { idempotencyKey: 'mine' },
      { idempotencyKey: expect.stringMatching(UUID) },
    ]);
  });

  test('is given to nothing else, and no input is changed in place', async () => {
    const { client, inputs } = listening();
    const mine = Object.freeze({ cartId: 'c' });

    await client.mutation('orders.place', mine);
    await client.mutation('menu.items.create', mine);
    await client.query('orders.place', mine);

    expect(inputs.slice(1)).toEqual([{ cartId: 'c' }, { cartId: 'c' }]);
  });

  test('is made without randomUUID, which pages without https lack', async () => {
    const { client, inputs } = listening();
    const getRandomValues = crypto.getRandomValues.bind(crypto);
    vi.stubGlobal('crypto', { getRandomValues });

    await client.mutation('orders.place');
    await client.mutation('orders.place');

    expect(inputs[0]?.idempotencyKey).toMatch(UUID);
    expect(inputs[0]?.idempotencyKey).not.toBe(inputs[1]?.idempotencyKey);
  });
});
