import { Membership, type Account } from '@comanda/domains/auth/auth.entity';
import type { EntityManager } from '@comanda/storage/connect';
import { reading, readingDeletedToo } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import { listenToStatements, type Statement } from '@comanda/storage/statements';
import { withoutRestaurant } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import { errorOf, openStore } from './store.ts';

type Tables = typeof Account | typeof Membership;
interface Asked {
  roles?: Membership['role'][];
  since?: Date;
  limit: number;
}

/** Memberships, and how often the query for them was built. */
function counted() {
  const built: string[] = [];
  const memberships = remembered<Tables>()((
    rows,
    { roles, since, limit }: Placeholders<Asked>,
    way: 'newest' | 'oldest',
  ) => {
    built.push(way);
    let query = rows
      .selectFrom('Membership as m')
      .innerJoin('Account as a', 'a.id', 'm.account')
      .select(['m.id', 'm.hiredAt', 'a.username'])
      .orderBy('m.id', way === 'newest' ? 'desc' : 'asc');
    if (roles) query = query.where('m.role', 'in', roles);
    if (since) query = query.where('m.hiredAt', '>=', since);
    return query.limit(limit);
  });
  return { built, memberships };
}

describe('a remembered query', () => {
  test('is built once for every shape of what is asked', async () => {
    await using store = await openStore();
    const { built, memberships } = counted();
    const em = store.within(store.lemon);
    const now = store.clock.now();
    const one = { id: store.lemon.membershipId, hiredAt: now, username: 'waiter.lemon' };

    const found = [
      await memberships.all(em, { limit: 5 }, 'oldest'),
      await memberships.all(em, { limit: 0 }, 'oldest'),
      await memberships.all(em, { limit: 5, roles: ['waiter', 'chef'] }, 'oldest'),
      await memberships.all(em, { limit: 5, roles: ['manager', 'chef'] }, 'oldest'),
      await memberships.all(em, { limit: 5, since: now }, 'oldest'),
      await memberships.all(em, { limit: 5, since: new Date(now.getTime() + 1) }, 'oldest'),
    ];
    const first = await memberships.first(em, { limit: 5 }, 'newest');

    expect(found).toEqual([[one], [], [one], [], [one], []]);
    expect(first).toEqual(one);
    expect(built).toEqual(['oldest', 'oldest', 'oldest', 'newest']);
  });

  test('shows each restaurant its own, and none to nobody', async () => {
    await using store = await openStore();
    const { memberships } = counted();
    const seenBy = async (em: EntityManager) =>
      (await memberships.all(em, { limit: 5 }, 'oldest')).map(({ id }) => id);
    const { lemon, lime } = store;

    const seen = [
      await seenBy(store.within(lemon)),
      await seenBy(store.within(lime)),
      await seenBy(withoutRestaurant(store.database, store.behind)),
      await seenBy(store.everywhere()),
    ];

    expect(seen).toEqual([
      [lemon.membershipId],
      [lime.membershipId],
      [],
      [lemon.membershipId, lime.membershipId],
    ]);
  });

  test('leaves out what is deleted, and sees what its transaction has written', async () => {
    await using store = await openStore();
    const { memberships } = counted();
    const ctx = { em: store.within(store.lemon), afterCommit: () => undefined };

    const found = await inTransaction(ctx, async ({ em }) => {
      const before = await memberships.all(em, { limit: 5 }, 'oldest');
      const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
      membership.deletedAt = store.clock.now();
      await em.flush();
      return [before.length, (await memberships.all(em, { limit: 5 }, 'oldest')).length];
    });

    expect(found).toEqual([1, 0]);
  });

  test('is refused past an open transaction', async () => {
    await using store = await openStore();
    const { memberships } = counted();
    const ctx = { em: store.within(store.lemon), afterCommit: () => undefined };

    const error = await errorOf(
      inTransaction(ctx, () => memberships.all(store.within(store.lemon), { limit: 1 }, 'oldest')),
    );

    expect(error.message).toMatch('past the open transaction');
  });
});

describe('a planned query', () => {
  test('is told once each time, with a placeholder for every value', async () => {
    await using store = await openStore();
    const told: Statement[] = [];
    listenToStatements(store.database, (statement) => told.push(statement));
    const em = store.within(store.lemon);
    const named = (id: string) =>
      reading<Tables>(em).selectFrom('Membership').where('id', '=', id).select('id').execute();

    await named('secret-one');
    await named('secret-two');
    listenToStatements(store.database, () => undefined);

    const [one, two] = told;
    expect(told).toHaveLength(2);
    expect(one).toMatchObject({ failed: false, tookMs: expect.any(Number) });
    expect(two?.text).toBe(one?.text);
    expect(one?.text).toMatch(/^select .*id. = \?.* and .*restaurant_id. = \?/);
  });

  test('takes in no query that sees other rows', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const hidden = reading<Tables>(em).selectFrom('Membership').select('id');

    const error = await errorOf(
      readingDeletedToo<Tables>(em).selectFrom('Membership').select('id').union(hidden).execute(),
    );

    expect(error.message).toMatch(/^reading\(\) is "one shown", and in it one is "one hidden"/);
  });
});
