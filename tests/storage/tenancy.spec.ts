import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import { Session } from '@comanda/domains/auth/auth.session.entity';
import { Restaurant } from '@comanda/domains/restaurants/restaurants.entity';
import { AuditEntry } from '@comanda/storage/audit.entity';
import { changeIf } from '@comanda/storage/audit';
import { acrossRestaurants, withoutRestaurant } from '@comanda/storage/tenancy';
import { describe, expect, test } from 'vitest';
import { blank, errorOf, openStore } from './store.ts';

describe('an entity manager that storage did not open', () => {
  test('reads no row of a restaurant', async () => {
    await using store = await openStore();
    const em = store.database.orm.em.fork();

    const reads = [
      em.find(Membership, {}),
      em.findOne(Membership, store.lemon.membershipId),
      em.count(Membership),
      em.findAll(AuditEntry),
      em.nativeUpdate(Membership, {}, { level: 1 }),
      em.nativeDelete(Membership, {}),
    ];

    const messages = (await Promise.all(reads.map(errorOf))).map(({ message }) => message);
    expect(messages).toEqual(reads.map(() => expect.stringContaining("filter 'tenant'")));
  });

  test('writes nothing at all', async () => {
    await using store = await openStore();
    const em = store.database.orm.em.fork();
    const account = await em.findOneOrFail(Account, store.lemon.accountId);
    account.firstName = 'Other';

    const error = await errorOf(em.flush());

    expect(error.message).toContain('not opened by storage');
    const stored = await store.everywhere().findOneOrFail(Account, account.id);
    expect(stored.firstName).toBe('Some');
  });

  test('nor does one that was forked from an opened one', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon).fork();
    const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
    membership.level = 1;

    const error = await errorOf(em.flush());

    expect(error.message).toContain('not opened by storage');
  });
});

describe('an entity manager of one restaurant', () => {
  test('finds its own rows and no others', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);

    const found = await em.find(Membership, {});

    expect(found.map(({ id }) => id)).toEqual([store.lemon.membershipId]);
  });

  test('does not find another’s row by its id', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);

    const found = await em.findOne(Membership, store.lime.membershipId);

    expect(found).toBeNull();
  });

  test('does not find another’s row by asking for that restaurant', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const { restaurantId } = store.lime;

    const found = await em.find(Membership, { $or: [{ restaurantId }, { id: { $ne: '' } }] });

    expect(found.map(({ id }) => id)).toEqual([store.lemon.membershipId]);
  });

  test('counts its own', async () => {
    await using store = await openStore();

    const count = await store.within(store.lemon).count(Membership);

    expect(count).toBe(1);
  });

  test('sees rows of no restaurant as they are', async () => {
    await using store = await openStore();

    const count = await store.within(store.lemon).count(Account);

    expect(count).toBe(2);
  });

  test.each(['joined', 'select-in'] as const)(
    'does not reach another’s row over a relation (%s)',
    async (strategy) => {
      await using store = await openStore();
      const em = store.within(store.lemon);

      const sessions = await em.find(
        Session,
        {},
        { populate: ['membership'], strategy, orderBy: { id: 'asc' } },
      );

      expect(sessions.map(({ membership }) => membership?.role)).toEqual(['waiter', undefined]);
    },
  );

  test('does not find rows by what another’s row holds', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);

    const sessions = await em.find(Session, { membership: { role: 'waiter' } });

    expect(sessions.map(({ id }) => id)).toEqual([store.lemon.sessionId]);
  });

  test('does not create a row in another', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const { restaurantId } = store.lime;
    const account = em.getReference(Account, store.lemon.accountId);
    const hiredAt = store.clock.now();
    const held = { account, restaurantId, role: 'chef', level: null, hiredAt } as const;
    em.create(Membership, { ...held, deactivatedAt: null });

    const error = await errorOf(em.flush());

    expect(error.message).toContain('of another restaurant');
    expect(await store.everywhere().count(Membership)).toBe(2);
    expect(await store.audited()).toEqual([]);
  });

  test('does not move an own row to another', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const own = await em.findOneOrFail(Membership, store.lemon.membershipId);
    own.restaurantId = store.lime.restaurantId;

    const error = await errorOf(em.flush());

    expect(error.message).toContain('of another restaurant');
    const stored = await store.everywhere().findOneOrFail(Membership, own.id);
    expect(stored.restaurantId).toBe(store.lemon.restaurantId);
  });

  test.each(['change', 'remove'] as const)('does not %s a row of another', async (what) => {
    await using store = await openStore();
    const foreign = await store.everywhere().findOneOrFail(Membership, store.lime.membershipId);
    const em = store.within(store.lemon);
    const merged = em.merge(foreign);
    const write = { change: () => (merged.level = 1), remove: () => em.remove(merged) }[what];
    write();

    const error = await errorOf(em.flush());

    expect(error.message).toContain('of another restaurant');
    const stored = await store.everywhere().findOneOrFail(Membership, foreign.id);
    expect(stored.level).toBeNull();
  });

  test('does not compare and set a row of another', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const where = { id: store.lime.membershipId };
    await em.begin();

    const changed = await changeIf(em, Membership, { where, set: { level: 1 } });

    await em.commit();

    expect(changed).toBe(false);
    const stored = await store.everywhere().findOneOrFail(Membership, store.lime.membershipId);
    expect(stored.level).toBeNull();
  });

  test('what is written together with a row of another is not stored either', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const foreign = await store.everywhere().findOneOrFail(Membership, store.lime.membershipId);
    em.create(Account, { ...blank, username: 'innocent' });
    em.merge(foreign).level = 1;

    await errorOf(em.flush());

    expect(await store.everywhere().count(Account, { username: 'innocent' })).toBe(0);
  });
});

describe('an entity manager of no restaurant', () => {
  test('sees no row of any restaurant', async () => {
    await using store = await openStore();
    const em = withoutRestaurant(store.database, store.behind);

    expect(await em.find(Membership, {})).toEqual([]);
    expect(await em.count(Membership)).toBe(0);
    expect(await em.findOne(Membership, store.lemon.membershipId)).toBeNull();
  });

  test('writes no row of any restaurant', async () => {
    await using store = await openStore();
    const em = withoutRestaurant(store.database, store.behind);
    const foreign = await store.everywhere().findOneOrFail(Membership, store.lime.membershipId);
    em.merge(foreign).level = 1;

    const error = await errorOf(em.flush());

    expect(error.message).toContain('of another restaurant');
  });

  test('writes rows that are of none', async () => {
    await using store = await openStore();
    const em = withoutRestaurant(store.database, store.behind);
    em.create(Account, { ...blank, username: 'somebody' });

    await em.flush();

    expect(await store.everywhere().count(Account, { username: 'somebody' })).toBe(1);
  });
});

describe('the one door across restaurants', () => {
  test('sees them all', async () => {
    await using store = await openStore();

    const count = await acrossRestaurants(store.database, store.behind).count(Membership);

    expect(count).toBe(2);
  });

  test('opened from an entity manager it stays in its transaction', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    await em.begin();
    const own = await em.findOneOrFail(Membership, store.lemon.membershipId);
    own.level = 1;
    await em.flush();

    const seen = await acrossRestaurants(em).find(Membership, {}, { orderBy: { id: 'asc' } });

    await em.rollback();
    expect(seen.map(({ level }) => level)).toEqual([1, null]);
  });

  test('is opened in these files and nowhere else', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const sources = ['packages', 'apps'].flatMap((folder) =>
      readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
        .map((path) => `${folder}/${path}`),
    );

    const opening = sources.filter((path) =>
      readFileSync(`${root}/${path}`, 'utf8').includes('acrossRestaurants('),
    );

    expect(opening.toSorted()).toEqual(REVIEWED);
  });
});

// Each of these looks beyond one restaurant on purpose. Before adding a file, ask whether `within` will do.
const REVIEWED = [
  // Sets up a house and its first admin, before anybody is anywhere.
  'apps/server/src/opening.ts',
  // An admin reads what was done in no restaurant, and in all others.
  'packages/domains/src/audit/audit.actions.ts',
  // Sign-in, refresh and switching choose among all memberships of one account.
  'packages/domains/src/auth/auth.hats.actions.ts',
  'packages/domains/src/auth/auth.sessions.actions.ts',
  'packages/domains/src/auth/auth.sessions.ts',
  'packages/domains/src/auth/auth.standing.ts',
  'packages/domains/src/auth/auth.views.ts',
  // A guest who signs in takes along what they have, wherever that is.
  'packages/domains/src/cart/cart.merging.actions.ts',
  // Pictures are of no restaurant; the house clears away whosever they are.
  'packages/domains/src/files/files.clearing.actions.ts',
  'packages/domains/src/orders/orders.adopting.actions.ts',
  // The last admin of the house, a person’s work elsewhere, closing an account.
  'packages/domains/src/people/people.actions.ts',
  'packages/domains/src/people/people.closing.actions.ts',
  // An admin works everywhere.
  'packages/domains/src/people/people.holding.actions.ts',
  // Who is erased is so in every restaurant.
  'packages/domains/src/profile/profile.erasing.actions.ts',
  // A person sees their own card, wherever they work.
  'packages/domains/src/profile/profile.views.ts',
  // Numbers of roles hold everywhere; a person sees their own calls in every restaurant.
  'packages/domains/src/quotas/quotas.budgets.ts',
  'packages/domains/src/quotas/quotas.views.ts',
  // What nobody has seen to in time is closed in all restaurants.
  'packages/domains/src/reservations/reservations.settling.actions.ts',
  // A person is in one place at a time: plans and cards of theirs in other restaurants count.
  'packages/domains/src/shifts/shifts.actions.ts',
  'packages/domains/src/timecards/timecards.clock.actions.ts',
  'packages/domains/src/timecards/timecards.correcting.actions.ts',
  'packages/domains/src/timecards/timecards.leaving.actions.ts',
  // Statistics are added up, and what is kept for a while is forgotten, in all restaurants together.
  'packages/storage/src/forgetting.ts',
  'packages/storage/src/tenancy.ts',
  // The kit that fills test databases.
  'packages/testing/src/given-order.ts',
  'packages/testing/src/given-recipe.ts',
  'packages/testing/src/given-reservation.ts',
  'packages/testing/src/given-work.ts',
  'packages/testing/src/given.ts',
  'packages/testing/src/open-app.ts',
];

describe('a deleted row', () => {
  test('is left out by find, findOne and count', async () => {
    await using store = await openStore();
    await softDelete(store.everywhere(), store.lemon.membershipId);
    const em = store.within(store.lemon);

    expect(await em.find(Membership, {})).toEqual([]);
    expect(await em.findOne(Membership, store.lemon.membershipId)).toBeNull();
    expect(await em.count(Membership)).toBe(0);
  });

  test('is still there, and comes back when it is restored', async () => {
    await using store = await openStore();
    await softDelete(store.everywhere(), store.lemon.membershipId);
    const em = store.within(store.lemon);
    const filters = { notDeleted: false };
    const deleted = await em.findOneOrFail(Membership, store.lemon.membershipId, { filters });
    deleted.deletedAt = null;

    await em.flush();

    expect(await store.within(store.lemon).count(Membership)).toBe(1);
  });

  test('seen again stays out of reach of other restaurants', async () => {
    await using store = await openStore();
    await softDelete(store.everywhere(), store.lemon.membershipId);
    const em = store.within(store.lime);

    const found = await em.find(Membership, {}, { filters: { notDeleted: false } });

    expect(found.map(({ id }) => id)).toEqual([store.lime.membershipId]);
  });

  test('of no restaurant is left out as well', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    const restaurant = await em.findOneOrFail(Restaurant, store.lime.restaurantId);
    restaurant.deletedAt = store.clock.now();

    await em.flush();

    const left = await store.everywhere().find(Restaurant, {});
    expect(left.map(({ name }) => name)).toEqual(['Lemon']);
  });
});

async function softDelete(em: ReturnType<typeof acrossRestaurants>, id: string): Promise<void> {
  const membership = await em.findOneOrFail(Membership, id);
  membership.deletedAt = new Date('2026-06-02');
  await em.flush();
}
