import { Account, Membership } from '@comanda/domains/auth/auth.entity';
import { Session } from '@comanda/domains/auth/auth.session.entity';
import { Timecard } from '@comanda/domains/timecards/timecards.entity';
import type { EntityManager } from '@comanda/storage/connect';
import { blank, forgetActor, forgetValues, madeBy } from '@comanda/storage/erasing';
import { inTransaction } from '@comanda/storage/transaction';
import { describe, expect, test } from 'vitest';
import { author, errorOf, openStore, type Store } from './store.ts';

/** In one transaction that reaches everywhere. */
function erasing<Answer>(store: Store, work: (em: EntityManager) => Promise<Answer>) {
  const ctx = { em: store.everywhere(), afterCommit: () => undefined };
  return inTransaction(ctx, ({ em }) => work(em));
}

const NOBODY = { username: null, firstName: '' };

describe('blanking rows', () => {
  test('puts this in the place of what was there, in those rows and no others', async () => {
    await using store = await openStore();
    const { accountId: id } = store.lemon;

    await erasing(store, (em) => blank(em, Account, { where: { id }, set: NOBODY }));

    const [erased, other] = await store.everywhere().find(Account, {}, { orderBy: { id: 'asc' } });
    expect(erased).toMatchObject({ ...NOBODY, lastName: 'Body', version: 2 });
    expect(other).toMatchObject({ username: 'waiter.lime', firstName: 'Some', version: 1 });
  });

  test('takes rows of all restaurants, and deleted ones', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    for (const membership of await em.find(Membership, {})) {
      membership.invitedAs = 'Somebody';
      membership.deletedAt = store.clock.now();
    }
    await em.flush();

    await erasing(store, (em) => blank(em, Membership, { where: {}, set: { invitedAs: null } }));

    const found = await store.everywhere().find(Membership, {}, { filters: false });
    expect(found.map(({ invitedAs }) => invitedAs)).toEqual([null, null]);
  });

  test('empties columns of JSON as well', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    const { restaurantId, accountId: personId } = store.lemon;
    const inPlace = { latitude: 1, longitude: 2, accuracyMeters: null, meters: null };
    em.create(Timecard, { restaurantId, personId, ...CARD, inAt: store.clock.now(), inPlace });
    await em.flush();

    await erasing(store, (em) => blank(em, Timecard, { where: {}, set: { inPlace: null } }));

    expect(await store.everywhere().find(Timecard, { inPlace: null })).toHaveLength(1);
    expect(await store.everywhere().find(Timecard, {})).toMatchObject([{ inPlace: null }]);
  });

  test('tells of each row that it was erased, where it is, and nothing of what it held', async () => {
    await using store = await openStore();
    const { membershipId: id, restaurantId } = store.lemon;
    const em = store.everywhere();
    (await em.findOneOrFail(Membership, id)).invitedAs = 'Somebody';
    await em.flush();

    await erasing(store, (em) =>
      blank(em, Membership, { where: { id }, set: { invitedAs: null } }),
    );

    const told = await store.audited();
    const values = { before: null, after: null };
    expect(told).toMatchObject([
      { change: 'updated', targetId: id, ...values },
      { change: 'erased', target: 'Membership', targetId: id, restaurantId, ...values },
    ]);
    expect(told.map(({ actorId }) => actorId)).toEqual([author.actorId, author.actorId]);
  });

  test('a second time changes no row and tells nothing', async () => {
    await using store = await openStore();
    const twice = () => erasing(store, (em) => blank(em, Account, { where: {}, set: NOBODY }));
    await twice();
    const told = await store.audited();

    await twice();

    expect(await store.audited()).toEqual(told);
    const accounts = await store.everywhere().find(Account, {});
    expect(accounts.map(({ version }) => version)).toEqual([2, 2]);
  });

  test('forgets in the log what stood in a row before it was emptied', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    const { accountId: id } = store.lemon;
    const account = await em.findOneOrFail(Account, id);
    for (const name of ['Canary', '']) {
      account.firstName = name;
      await em.flush();
    }

    await erasing(store, (em) => blank(em, Account, { where: { id }, set: { firstName: '' } }));

    expect(JSON.stringify(await store.audited())).not.toContain('Canary');
    expect(await store.audited()).toHaveLength(2);
  });

  test('takes more rows than one statement does', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    const {
      id: _,
      version: __,
      createdAt,
      updatedAt,
      ...row
    } = await em.findOneOrFail(Session, {
      id: store.lemon.sessionId,
    });
    for (let at = 0; at < 1_100; at++) em.create(Session, { ...row, userAgent: 'canary' } as never);
    await em.flush();

    await erasing(store, (em) => blank(em, Session, { where: {}, set: { userAgent: null } }));

    expect(await store.everywhere().count(Session, { userAgent: { $ne: null } })).toBe(0);
    expect(createdAt).toEqual(updatedAt);
  });

  test('is refused outside of a transaction, and within one restaurant', async () => {
    await using store = await openStore();
    const what = { where: {}, set: NOBODY };
    const within = { em: store.within(store.lemon), afterCommit: () => undefined };

    const refusals = [
      await errorOf(blank(store.everywhere(), Account, what)),
      await errorOf(inTransaction(within, ({ em }) => blank(em, Account, what))),
      await errorOf(inTransaction(within, ({ em }) => forgetValues(em, Account, []))),
      await errorOf(inTransaction(within, ({ em }) => forgetActor(em, author.actorId))),
    ];

    expect(refusals.map(({ message }) => message)).toEqual([
      'A person is erased in one transaction.',
      ...Array(3).fill('A person is erased in all restaurants.'),
    ]);
    expect(await store.everywhere().count(Account, { username: null })).toBe(0);
  });
});

describe('forgetting who it was', () => {
  test('takes name and address out of all that they did; what was done and by whom stays', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    (await em.findOneOrFail(Account, store.lemon.accountId)).firstName = 'Other';
    await em.flush();
    const [before] = await store.audited();

    await erasing(store, (em) => forgetActor(em, author.actorId));

    const [now] = await store.audited();
    expect(before).toMatchObject({ actorName: 'Ann Author', address: '192.0.2.7' });
    const { at, action, change, target, targetId, after } = before ?? {};
    const kept = { at, action, change, target, targetId, after };
    expect(now).toMatchObject({ ...kept, actorId: author.actorId, actorName: null, address: null });
  });

  test('leaves what others did', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    (await em.findOneOrFail(Account, store.lemon.accountId)).firstName = 'Other';
    await em.flush();

    await erasing(store, (em) => forgetActor(em, store.lime.accountId));

    expect(await store.audited()).toMatchObject([{ actorName: 'Ann Author' }]);
  });

  test('knows the rows that somebody made, and not those that they changed', async () => {
    await using store = await openStore();
    const em = store.everywhere();
    for (const membership of await em.find(Membership, {})) membership.level = 1;
    await em.flush();

    const [made, strangers] = await erasing(store, async (em) => [
      await madeBy(em, Membership, author.actorId),
      await madeBy(em, Membership, store.lime.accountId),
    ]);

    const ids = [store.lemon.membershipId, store.lime.membershipId];
    expect(made?.map((some) => some.toSorted())).toEqual([ids.toSorted()]);
    expect(strangers).toEqual([]);
  });
});

const CARD = {
  shiftId: null,
  outAt: null,
  openFor: null,
  breaks: [],
  reason: null,
  openedBy: null,
  flag: null,
  outPlace: null,
};
