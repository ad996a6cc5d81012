import { Membership } from '@comanda/domains/auth/auth.entity';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import type { EntityManager } from '@comanda/storage/connect';
import { databaseRefusal } from '@comanda/storage/failures';
import { reading } from '@comanda/storage/reading';
import { inTransaction } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import { errorOf, openStore, type Place, type Store } from './store.ts';

function calling(store: Store, effects: string[] = []) {
  return {
    em: store.within(store.lemon),
    afterCommit: (effect: () => void) => void effect,
    effects,
  };
}

function waiter(em: EntityManager, { membershipId }: Place): Promise<Membership> {
  return em.findOneOrFail(Membership, membershipId);
}

async function levelOf(store: Store): Promise<number | null> {
  return (await waiter(store.everywhere(), store.lemon)).level;
}

describe('a transaction', () => {
  test('is committed as a whole', async () => {
    await using store = await openStore();

    const answer = await inTransaction(calling(store), async ({ em }) => {
      (await waiter(em, store.lemon)).level = 1;
      await em.flush();
      return 'done';
    });

    expect(answer).toBe('done');
    expect(await levelOf(store)).toBe(1);
  });

  test('writes what was changed even without a flush', async () => {
    await using store = await openStore();

    await inTransaction(calling(store), async ({ em }) => {
      (await waiter(em, store.lemon)).level = 1;
    });

    expect(await levelOf(store)).toBe(1);
  });

  test('leaves nothing when its work throws', async () => {
    await using store = await openStore();

    const error = await errorOf(
      inTransaction(calling(store), async ({ em }) => {
        (await waiter(em, store.lemon)).level = 1;
        await em.flush();
        throw new Error('no');
      }),
    );

    expect(error.message).toBe('no');
    expect(await levelOf(store)).toBeNull();
  });

  test('inside another one joins it', async () => {
    await using store = await openStore();

    await errorOf(
      inTransaction(calling(store), async (outer) => {
        await inTransaction(outer, async ({ em }) => {
          expect(em).toBe(outer.em);
          (await waiter(em, store.lemon)).level = 1;
          await em.flush();
        });
        throw new Error('no');
      }),
    );

    expect(await levelOf(store)).toBeNull();
  });

  test('starts with a fresh look: what was loaded before is not what it works on', async () => {
    await using store = await openStore();
    const ctx = calling(store);
    const before = await waiter(ctx.em, store.lemon);

    const within = await inTransaction(ctx, ({ em }) => waiter(em, store.lemon));

    expect(within).not.toBe(before);
  });
});

/** Every way to get past the transaction that is open. */
const PAST: [string, (outer: EntityManager, store: Store) => Promise<unknown>][] = [
  [
    'a typed read of the outer unit of work',
    (em) => reading<typeof Membership>(em).selectFrom('Membership').select('id').execute(),
  ],
  [
    'a transaction of the outer unit of work',
    (em) => inTransaction({ em, afterCommit: () => undefined }, ({ em }) => em.count(Membership)),
  ],
];

describe('a query past the open transaction', () => {
  test.each(PAST)('throws instead of waiting for ever: %s', async (_, query) => {
    await using store = await openStore();
    const ctx = calling(store);

    const error = await errorOf(inTransaction(ctx, async () => query(ctx.em, store)));

    expect(error.message).toContain('went past the open transaction');
  });

  test('is allowed again once it is over, also after a rollback', async () => {
    await using store = await openStore();
    const ctx = calling(store);
    await errorOf(inTransaction(ctx, () => Promise.reject(new Error('no'))));

    const rows = await reading<typeof Membership>(ctx.em)
      .selectFrom('Membership')
      .select('id')
      .execute();

    expect(rows).toHaveLength(1);
  });

  test('is allowed for others meanwhile: they wait their turn', async () => {
    await using store = await openStore();
    const other = store.within(store.lime);
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    const first = inTransaction(calling(store), async ({ em }) => {
      (await waiter(em, store.lemon)).level = 1;
      open();
    });
    await opened;

    const found = await other.find(Membership, {});

    await first;
    expect(found).toHaveLength(1);
  });
});

describe('a lost race', () => {
  test('is run again from the start', async () => {
    await using store = await openStore();
    let tries = 0;

    await inTransaction(calling(store), async ({ em }) => {
      const membership = await waiter(em, store.lemon);
      tries++;
      await meddleOnce(em, { store, tries });
      membership.level = (membership.level ?? 0) + 1;
      await em.flush();
    });

    expect(tries).toBe(2);
    expect(await levelOf(store)).toBe(1);
  });

  test('is given up at last, and told as a conflict', async () => {
    await using store = await openStore();
    let tries = 0;

    const error = await errorOf(
      inTransaction(calling(store), async ({ em }) => {
        const membership = await waiter(em, store.lemon);
        tries++;
        await bumpVersion(em, store);
        membership.level = 1;
        await em.flush();
      }),
    );

    expect(tries).toBe(6);
    expect(databaseRefusal(error)?.code).toBe('VERSION_CONFLICT');
    expect(await levelOf(store)).toBeNull();
  });

  test('what is no race is not repeated', async () => {
    await using store = await openStore();
    let tries = 0;

    await errorOf(
      inTransaction(calling(store), () => {
        tries++;
        return Promise.reject(new Error('no'));
      }),
    );

    expect(tries).toBe(1);
  });

  test('P19 of thirty additions at once none is lost', async () => {
    await using store = await openStore();
    const add = () =>
      inTransaction(calling(store), async ({ em }) => {
        const membership = await waiter(em, store.lemon);
        membership.level = (membership.level ?? 0) + 1;
        await em.flush();
      });

    const settled = await Promise.allSettled(Array.from({ length: 30 }, add));

    const added = settled.filter(({ status }) => status === 'fulfilled').length;
    const failures = settled.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    expect(await levelOf(store)).toBe(added);
    expect(new Set(failures.map((error) => databaseRefusal(error)?.code))).not.toContain(undefined);
  });
});

async function bumpVersion(em: EntityManager, { lemon }: Store): Promise<void> {
  const bump = `update membership set version = version + 1 where id = '${lemon.membershipId}'`;
  await em.execute(bump);
}

/** At the first try somebody else changes the row in between. */
async function meddleOnce(
  em: EntityManager,
  { store, tries }: { store: Store; tries: number },
): Promise<void> {
  if (tries === 1) await bumpVersion(em, store);
}

describe('what is done after a commit', () => {
  test('is done once the change can be seen', async () => {
    await using store = await openStore();
    const seen: (number | null)[] = [];

    await inTransaction(calling(store), async ({ em, afterCommit }) => {
      (await waiter(em, store.lemon)).level = 1;
      afterCommit(() => seen.push(1));
      expect(seen).toEqual([]);
    });

    expect(seen).toEqual([1]);
  });

  test('is never done after a rollback', async () => {
    await using store = await openStore();
    const done: string[] = [];

    await errorOf(
      inTransaction(calling(store), ({ afterCommit }) => {
        afterCommit(() => done.push('done'));
        return Promise.reject(new Error('no'));
      }),
    );

    expect(done).toEqual([]);
  });

  test('is never done when the commit itself fails', async () => {
    await using store = await openStore();
    const done: string[] = [];

    await errorOf(
      inTransaction(calling(store), async ({ em, afterCommit }) => {
        const restaurant = await em.findOneOrFail(Restaurant, store.lemon.restaurantId);
        restaurant.slug = 'lime';
        afterCommit(() => done.push('done'));
      }),
    );

    expect(done).toEqual([]);
  });

  test('is done once, not once for every try', async () => {
    await using store = await openStore();
    const done: string[] = [];
    let tries = 0;

    await inTransaction(calling(store), async ({ em, afterCommit }) => {
      const membership = await waiter(em, store.lemon);
      tries++;
      afterCommit(() => done.push(`try ${tries}`));
      await meddleOnce(em, { store, tries });
      membership.level = 1;
      await em.flush();
    });

    expect(done).toEqual(['try 2']);
  });

  test('inside a joined transaction waits for the outer one', async () => {
    await using store = await openStore();
    const done: string[] = [];

    await inTransaction(calling(store), async (outer) => {
      await inTransaction(outer, ({ afterCommit }) => {
        afterCommit(() => done.push('inner'));
        return Promise.resolve();
      });
      expect(done).toEqual([]);
    });

    expect(done).toEqual(['inner']);
  });
});
