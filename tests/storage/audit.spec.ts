import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import { Session } from '@comanda/domains/auth/auth.session.entity';
import { changeIf, note } from '@comanda/storage/audit';
import { withoutRestaurant } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import { author, blank, errorOf, openStore, type Store } from './store.ts';

/** A call within Lemon. */
function calling(store: Store) {
  return { em: store.within(store.lemon), afterCommit: () => undefined };
}

/** Every row of the log as text: what must not be in it is searched here. */
async function logText(store: Store): Promise<string> {
  return JSON.stringify(await store.audited());
}

describe('a change through the unit of work', () => {
  test('P36 a created row is told with who, what, where from and all that was set', async () => {
    await using store = await openStore();
    const { restaurantId, accountId } = store.lime;

    const id = await inTransaction(calling(store), async ({ em }) => {
      const account = em.getReference(Account, accountId);
      const hiredAt = store.clock.now();
      const held = { account, restaurantId: store.lemon.restaurantId, hiredAt };
      const made = em.create(Membership, { ...held, role: 'chef', level: 1, deactivatedAt: null });
      await em.flush();
      return made.id;
    });

    expect(restaurantId).not.toBe(store.lemon.restaurantId);
    expect(await store.audited()).toMatchObject([
      {
        ...author,
        at: store.clock.now(),
        restaurantId: store.lemon.restaurantId,
        change: 'created',
        target: 'Membership',
        targetId: id,
        before: null,
        after: {
          account: accountId,
          restaurantId: store.lemon.restaurantId,
          role: 'chef',
          level: 1,
        },
      },
    ]);
  });

  test('P36 a changed row is told by what changed, before and after', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
    Object.assign(membership, { role: 'chef', level: 1 });

    await em.flush();

    const [told, ...others] = await store.audited();
    expect(others).toEqual([]);
    expect(told).toMatchObject({ ...author, change: 'updated', targetId: membership.id });
    expect(told?.before).toEqual({ role: 'waiter', level: null });
    expect(told?.after).toEqual({ role: 'chef', level: 1 });
  });

  test('P36 a point in time is told the same before and after, on every database', async () => {
    await using store = await openStore();
    const first = await store
      .within(store.lemon)
      .findOneOrFail(Membership, store.lemon.membershipId);
    expect(first.hiredAt).toEqual(store.clock.now());
    const em = store.within(store.lemon);
    const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
    membership.hiredAt = new Date('2026-06-02T08:00:00.000Z');

    await em.flush();

    const [told] = await store.audited();
    expect(told?.before).toEqual({ hiredAt: '2026-06-01T12:00:00.000Z' });
    expect(told?.after).toEqual({ hiredAt: '2026-06-02T08:00:00.000Z' });
  });

  test('P36 deleting and restoring are told as such', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
    membership.deletedAt = store.clock.now();
    await em.flush();
    membership.deletedAt = null;

    await em.flush();

    expect((await store.audited()).map(({ change }) => change)).toEqual(['deleted', 'restored']);
  });

  test('P36 a removed row is told with all that it held', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    em.remove(await em.findOneOrFail(Session, store.lemon.sessionId));

    await em.flush();

    const [told] = await store.audited();
    expect(told).toMatchObject({
      change: 'removed',
      target: 'Session',
      targetId: store.lemon.sessionId,
      before: { account: store.lemon.accountId, membership: store.lemon.membershipId },
      after: null,
    });
  });

  test('every row has an entry of its own', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const names = ['one', 'two', 'three'];
    names.forEach((username) => em.create(Account, { ...blank, username }));

    await em.flush();

    expect((await store.audited()).map(({ after }) => after?.['username'])).toEqual(names);
  });

  test('what changes nothing is not told', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    const membership = await em.findOneOrFail(Membership, store.lemon.membershipId);
    membership.role = 'waiter';

    await em.flush();

    expect(await store.audited()).toEqual([]);
  });

  test('rows of no restaurant are told under the one that was acted in, or none', async () => {
    await using store = await openStore();
    const inLemon = store.within(store.lemon);
    const nowhere = withoutRestaurant(store.database, store.behind);
    inLemon.create(Account, { ...blank, username: 'one' });
    nowhere.create(Account, { ...blank, username: 'two' });

    await inLemon.flush();
    await nowhere.flush();

    expect((await store.audited()).map(({ restaurantId }) => restaurantId)).toEqual([
      store.lemon.restaurantId,
      null,
    ]);
  });

  test('P36 a rollback leaves neither the change nor a word of it', async () => {
    await using store = await openStore();

    await errorOf(
      inTransaction(calling(store), async ({ em }) => {
        em.create(Account, { ...blank, username: 'ghost' });
        note(em, { target: 'Account', targetId: 'ghost' });
        await em.flush();
        await changeIf(em, Membership, {
          where: { id: store.lemon.membershipId },
          set: { level: 1 },
        });
        throw new Error('changed my mind');
      }),
    );

    expect(await store.audited()).toEqual([]);
    expect(await store.everywhere().count(Account, { username: 'ghost' })).toBe(0);
    expect(await store.everywhere().count(Membership, { level: 1 })).toBe(0);
  });

  test('P36 a row that the database refuses leaves no word either', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    em.create(Account, { ...blank, username: 'waiter.lime' });

    await errorOf(em.flush());

    expect(await store.audited()).toEqual([]);
  });
});

describe('compare and set', () => {
  test('P36 that changed the row tells it once', async () => {
    await using store = await openStore();
    const id = store.lemon.membershipId;

    const changed = await inTransaction(calling(store), ({ em }) =>
      changeIf(em, Membership, { where: { id, level: null }, set: { level: 1 } }),
    );

    expect(changed).toBe(true);
    const [told, ...others] = await store.audited();
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      ...author,
      at: store.clock.now(),
      restaurantId: store.lemon.restaurantId,
      change: 'updated',
      target: 'Membership',
      targetId: id,
    });
    expect(told?.before).toEqual({ id, level: null });
    expect(told?.after).toEqual({ level: 1 });
  });

  test('that found another value changes and tells nothing', async () => {
    await using store = await openStore();
    const id = store.lemon.membershipId;

    const changed = await inTransaction(calling(store), ({ em }) =>
      changeIf(em, Membership, { where: { id, level: 2 }, set: { level: 1 } }),
    );

    expect(changed).toBe(false);
    expect(await store.audited()).toEqual([]);
    expect(await store.everywhere().count(Membership, { level: 1 })).toBe(0);
  });

  test('is seen by whoever holds the row: their version is old', async () => {
    await using store = await openStore();
    const id = store.lemon.membershipId;
    const em = store.within(store.lemon);
    const held = await em.findOneOrFail(Membership, id);
    await inTransaction(calling(store), ({ em }) =>
      changeIf(em, Membership, { where: { id }, set: { level: 1 } }),
    );
    held.level = 2;

    const error = await errorOf(em.flush());

    expect(error.name).toBe('OptimisticLockError');
    expect(await store.everywhere().findOneOrFail(Membership, id)).toMatchObject({
      level: 1,
      version: 2,
    });
  });

  test('turns the time of the last change', async () => {
    await using store = await openStore();
    store.clock.advance(5_000);

    await inTransaction(calling(store), ({ em }) =>
      changeIf(em, Membership, { where: { id: store.lemon.membershipId }, set: { level: 1 } }),
    );

    const stored = await store.everywhere().findOneOrFail(Membership, store.lemon.membershipId);
    expect(stored.updatedAt).toEqual(store.clock.now());
  });

  test('belongs in a transaction, with its word in the log', async () => {
    await using store = await openStore();
    const where = { id: store.lemon.membershipId };

    const error = await errorOf(
      changeIf(store.within(store.lemon), Membership, { where, set: { level: 1 } }),
    );

    expect(error.message).toContain('one transaction');
    expect(await store.everywhere().count(Membership, { level: 1 })).toBe(0);
  });
});

describe('a note', () => {
  test('tells what changes no row', async () => {
    await using store = await openStore();
    const em = store.within(store.lemon);
    note(em, {
      action: 'vault.opened',
      target: 'Recipe',
      targetId: 'all',
      after: { recipes: 3 },
    });

    await em.flush();

    expect(await store.audited()).toMatchObject([
      {
        ...author,
        action: 'vault.opened',
        restaurantId: store.lemon.restaurantId,
        change: 'noted',
        target: 'Recipe',
        targetId: 'all',
        before: null,
        after: { recipes: 3 },
      },
    ]);
  });
});

describe('hidden columns', () => {
  test('P34 never come into the log, whichever way they are written', async () => {
    await using store = await openStore();
    const id = store.lemon.accountId;

    await inTransaction(calling(store), async ({ em }) => {
      em.create(Account, { ...blank, username: 'new', passwordHash: 'canary-created' });
      const account = await em.findOneOrFail(Account, id);
      account.passwordHash = 'canary-updated';
      await em.flush();
      const where = { id, passwordHash: 'canary-updated' };
      await changeIf(em, Account, { where, set: { passwordHash: 'canary-set' } });
      em.remove(await em.findOneOrFail(Session, store.lemon.sessionId));
      await em.flush();
    });

    const text = await logText(store);
    expect(text).not.toMatch(/canary|secret|passwordHash|tokenHash|familyKey/);
    expect((await store.audited()).map(({ change }) => change)).toEqual([
      'created',
      'updated',
      'updated',
      'removed',
    ]);
  });
});

describe('a row that was written', () => {
  const sql = (store: Store, statement: string) =>
    store.database.orm.em.getConnection().execute(statement);

  async function written(): Promise<Store> {
    const store = await openStore();
    await inTransaction(calling(store), async ({ em }) => {
      note(em, { target: 'Vault', targetId: 'v', after: { count: 1 } });
      await em.flush();
    });
    return store;
  }

  test('P36 is never removed', async () => {
    await using store = await written();

    const error = await errorOf(sql(store, 'delete from audit_entry'));

    expect(error.message).toContain('audit rows stay');
    expect(await store.audited()).toHaveLength(1);
  });

  test.each([
    ['who did it', `actor_name = 'nobody'`],
    ['who it was', 'actor_id = null'],
    ['what it was', `action = 'other'`],
    ['when it was', `at = '2020-01-01 00:00:00'`],
    ['what was there after it', `after = '{"count":2}'`],
    ['the request', `request_id = 'other'`],
  ])('P36 never tells otherwise %s', async (_, change) => {
    await using store = await written();
    const before = await store.audited();

    const error = await errorOf(sql(store, `update audit_entry set ${quoted(change)}`));

    expect(error.message).toContain('audit rows stay');
    expect(await store.audited()).toEqual(before);
  });

  test('may lose what tells of a person, and nothing else', async () => {
    await using store = await written();

    await sql(store, 'update audit_entry set actor_name = null, address = null, `after` = null');

    expect(await store.audited()).toMatchObject([
      { actorName: null, address: null, after: null, target: 'Vault', targetId: 'v' },
    ]);
  });
});

function quoted(change: string): string {
  return change.replace(/^(\w+)/, '`$1`');
}
