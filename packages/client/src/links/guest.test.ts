import { createTRPCUntypedClient } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GuestStore } from '../session/guest-store.ts';
import { guestsIn } from '../session/guests.ts';
import { held } from '../session/held.ts';
import { refusal, unreachable } from '../session/scripted.ts';
import { guest } from './guest.ts';
import { retry } from './retry.ts';
import { step } from './step.ts';

type Answer = () => unknown;

/** A client of a service that gives these answers in turn, and the guest it sees in each call. */
function visiting({
  store = held(),
  answers = [],
}: { store?: GuestStore; answers?: Answer[] } = {}) {
  const shown: (string | undefined)[] = [];
  const link = step(async ({ context }) => {
    shown.push(context.guest);
    return answers.shift()?.();
  });
  const client = createTRPCUntypedClient({ links: [guest(guestsIn(store)), retry(), link] });
  return { client, shown, store, answers };
}

/** One that has a token already. */
async function known(...answers: Answer[]) {
  const visit = visiting({ answers });
  await visit.store.write('g1');
  return visit;
}

const opened = (token: string | null) => () => ({ token, cart: {} });
const refused = (reason: string) => () => {
  throw refusal(reason);
};
const unanswered = () => new Promise(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a guest', () => {
  test('is shown from the first answer of cart.open on, at sign-in as well', async () => {
    const { client, shown } = visiting({
      answers: [undefined, opened('g1')].map((a) => a ?? Date),
    });

    await client.query('menu.list');
    await client.mutation('cart.open');
    await client.query('menu.list');
    await client.mutation('auth.login');

    expect(shown).toEqual([undefined, undefined, 'g1', 'g1']);
  });

  test('goes on by a later token', async () => {
    const { client, store } = await known(opened('g2'));

    await client.mutation('cart.open');

    expect(await store.read()).toBe('g2');
  });

  test.each([
    ['tells no token', opened(null)],
    ['is none', () => null],
  ])('stays who it is where the answer of cart.open %s', async (_, answer) => {
    const { client, store } = await known(answer);

    await client.mutation('cart.open');

    expect(await store.read()).toBe('g1');
  });

  test('learns no token from any other call', async () => {
    const { client, store } = await known(opened('g2'));

    await client.mutation('auth.passes.issue');

    expect(await store.read()).toBe('g1');
  });

  test.each(['auth.login', 'auth.register'])('is forgotten after %s', async (path) => {
    const { client, store } = await known();

    await client.mutation(path);

    expect(await store.read()).toBeUndefined();
  });

  test.each(['auth.login', 'auth.register'])('is kept where %s is refused', async (path) => {
    const { client, store } = await known(refused('INVALID_CREDENTIALS'));

    await expect(client.mutation(path)).rejects.toMatchObject({ reason: 'INVALID_CREDENTIALS' });

    expect(await store.read()).toBe('g1');
  });

  test.each(['auth.logout', 'auth.refresh', 'orders.place'])('is kept after %s', async (path) => {
    const { client, store } = await known();

    await client.mutation(path);

    expect(await store.read()).toBe('g1');
  });

  test('who is refused is forgotten, and the call ends with that', async () => {
    const { client, store } = await known(refused('GUEST_TOKEN_INVALID'));

    await expect(client.query('cart.show')).rejects.toMatchObject({
      reason: 'GUEST_TOKEN_INVALID',
    });

    expect(await store.read()).toBeUndefined();
  });

  test.each(['UNAUTHENTICATED', 'TOKEN_INVALID', 'CART_EMPTY'])(
    'is kept where a call is refused with %s',
    async (reason) => {
      const { client, store } = await known(refused(reason));

      await expect(client.query('cart.show')).rejects.toMatchObject({ reason });

      expect(await store.read()).toBe('g1');
    },
  );
});

describe('a call that is under way', () => {
  test('stays that of one guest, however often it is sent again', async () => {
    const { client, shown, store } = await known(() => {
      void store.write('g2');
      throw unreachable();
    });

    const call = client.query('cart.show');
    await vi.runAllTimersAsync();
    await call;

    expect(shown).toEqual(['g1', 'g1']);
  });

  test.each([
    ['is refused', 'cart.show', refused('GUEST_TOKEN_INVALID')],
    ['is answered with a token', 'cart.open', opened('g3')],
    ['signs in', 'auth.login', () => 'signed in'],
  ])('and %s changes nothing for a later guest', async (_, path, answer) => {
    const { client, store } = await known(() => {
      void store.write('g2');
      return answer();
    });

    await client.mutation(path).catch(() => undefined);

    expect(await store.read()).toBe('g2');
  });

  test('and is answered with a token after a sign-in does not bring the guest back', async () => {
    const late = Promise.withResolvers<unknown>();
    const { client, store } = await known(
      () => late.promise,
      () => ({}),
    );

    const opening = client.mutation('cart.open');
    await client.mutation('auth.login');
    late.resolve(opened('g2')());
    await opening;

    expect(await store.read()).toBeUndefined();
  });
});

describe('a store that', () => {
  const breaks = () => Promise.reject(new Error('the disk is gone'));
  const throws = () => {
    throw new Error('the disk is gone');
  };

  test.each<[string, Partial<GuestStore>]>([
    ['throws when it is read', { read: throws }],
    ['breaks when it is read', { read: breaks }],
    ['hangs when it is read', { read: unanswered as GuestStore['read'] }],
    ['answers nothing else than null', { read: (() => null) as never }],
    ['throws when it is written', { write: throws }],
    ['breaks when it is written', { write: breaks }],
    ['hangs when it is written', { write: unanswered as GuestStore['write'] }],
  ])('%s does without guests, and with all else', async (_, broken) => {
    const { client, shown } = visiting({
      store: { ...held<string>(), ...broken },
      answers: [opened('g1'), () => 'signed in', () => 'a menu'],
    });

    const calls = (async () => [
      await client.mutation('cart.open'),
      await client.mutation('auth.login'),
      await client.query('menu.list'),
    ])();
    await vi.advanceTimersByTimeAsync(10_000);

    expect(await calls).toEqual([{ token: 'g1', cart: {} }, 'signed in', 'a menu']);
    expect(shown).toEqual([undefined, undefined, undefined]);
  });

  test('hangs delays a call by a second at most', async () => {
    const { client, shown } = visiting({
      store: { ...held<string>(), read: unanswered as GuestStore['read'] },
    });

    const call = client.query('menu.list');
    await vi.advanceTimersByTimeAsync(999);
    const early = [...shown];
    await vi.advanceTimersByTimeAsync(1);
    await call;

    expect([early, shown]).toEqual([[], [undefined]]);
  });

  test('answers in time leaves no timer behind', async () => {
    const { client } = await known();

    await client.query('menu.list');

    expect(vi.getTimerCount()).toBe(0);
  });

  test('is slow is asked for one change after the other', async () => {
    const kept = held<string>();
    const log: string[] = [];
    const slow: GuestStore = {
      read: async () => kept.read(),
      write: async (token) => {
        log.push(`begins ${token}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
        kept.write(token);
        log.push(`ends ${token}`);
      },
    };
    const { client } = visiting({ store: slow, answers: [opened('g1'), opened('g2')] });

    const calls = Promise.all([client.mutation('cart.open'), client.mutation('cart.open')]);
    await vi.advanceTimersByTimeAsync(1_000);
    await calls;

    expect(log).toEqual(['begins g1', 'ends g1']);
    expect(kept.read()).toBe('g1');
  });
});
