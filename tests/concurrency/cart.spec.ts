import type { Client } from '@comanda/client';
import { Cart } from '@comanda/domains/cart/cart.entity';
import { newId } from '@comanda/kernel/id';
import type { EntityManager } from '@comanda/storage/connect';
import { LockMode } from '@comanda/storage/transaction';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { inside } from '../auth/looking.ts';
import { withPatience } from '../auth/patience.ts';
import { onMariadb } from '../storage/store.ts';
import { guestWith, openGuest, unitsIn } from '../spec/cart.shopping.ts';

const unitsOf = async ({ cart }: Client) => (await cart.show.query()).itemCount;

/** What becomes of a call that is repeated as long as the database was too busy to do anything. */
async function insisting(call: () => Promise<unknown>): Promise<string> {
  const told = await outcomeOf(call());
  return told === 'DB_BUSY' ? insisting(call) : told;
}

describe('adding to one cart at once', () => {
  test('D5 forty of one item make one line of forty', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    await cart.open.mutate();

    const told = await parallel(40, () => insisting(() => cart.add.mutate({ itemId })));

    expect(tally(told)).toEqual({ ok: 40 });
    expect(unitsIn(await cart.show.query())).toEqual([[itemId, 40]]);
  });

  test('D5 forty different things make forty lines', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId });

    const told = await parallel(40, (at) =>
      insisting(() => cart.add.mutate({ itemId, note: `guest ${at}` })),
    );

    expect(tally(told)).toEqual({ ok: 40 });
    expect(await cart.show.query()).toMatchObject({ itemCount: 41, version: 41 });
  });

  test('D5 no more than a line holds, and nobody is told otherwise', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');

    const told = await parallel(30, () =>
      insisting(() => cart.add.mutate({ itemId, quantity: 5 })),
    );

    expect(tally(told)).toEqual({ ok: 19, CART_LINE_FULL: 11 });
    expect(unitsIn(await cart.show.query())).toEqual([[itemId, 95]]);
  });

  test('D5 no more lines than a cart holds', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    await inTurn(95, (at) => cart.add.mutate({ itemId, note: `guest ${at}` }));

    const told = await parallel(20, (at) =>
      insisting(() => cart.add.mutate({ itemId, note: `late ${at}` })),
    );

    expect(tally(told)).toEqual({ ok: 5, CART_FULL: 15 });
    expect((await cart.show.query()).lines).toHaveLength(100);
  });

  test('S2-10 while it is cleared: what was put in later stays', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId, quantity: 50 });

    const calls = [...Array(10).keys()].map(() => () => cart.add.mutate({ itemId }));
    const told = await Promise.all(calls.toSpliced(5, 0, () => cart.clear.mutate()).map(insisting));

    expect(tally(told)).toEqual({ ok: 11 });
    expect(await unitsOf(app.as('customer'))).toBeLessThanOrEqual(10);
  });
});

describe('the first things at once', () => {
  test.each<[string, (app: TestApp) => Promise<Client>]>([
    ['person', (app) => Promise.resolve(app.as('customer'))],
    ['guest', async (app) => (await openGuest(app)).client],
  ])('D5 a %s who puts in twenty has one cart, and none is lost', async (_, shopperOf) => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const client = await shopperOf(app);

    const told = await parallel(20, (at) =>
      insisting(() => client.cart.add.mutate({ itemId, note: at % 2 === 0 ? null : 'no salt' })),
    );

    expect(tally(told)).toEqual({ ok: 20 });
    expect(await inside(app).count(Cart)).toBe(1);
    const { lines } = await client.cart.show.query();
    expect(lines.map(({ quantity }) => quantity)).toEqual([10, 10]);
  });

  test('D5 of one person in two restaurants go into two carts', async () => {
    await using app = await openApp();
    const { restaurantId: here } = app.home;
    const there = await app.given.restaurant();
    const atHome = { restaurantId: here, itemId: await app.given.item() };
    const abroad = { restaurantId: there, itemId: await app.given.item({ restaurantId: there }) };
    const { cart } = app.as('customer');

    const told = await parallel(20, (at) =>
      insisting(() => cart.add.mutate(at % 2 === 0 ? atHome : abroad)),
    );

    expect(tally(told)).toEqual({ ok: 20 });
    expect(await cart.show.query({ restaurantId: here })).toMatchObject({ itemCount: 10 });
    expect(await cart.show.query({ restaurantId: there })).toMatchObject({ itemCount: 10 });
  });
});

/** Somebody who signs in while they put things in, as a guest on one device and as themselves on another. */
async function signingInWhileAdding(app: TestApp, { hasCart }: { hasCart: boolean }) {
  const itemId = await app.given.item();
  const person = await app.given.person();
  const own = app.as(person);
  await own.auth.session.query();
  if (hasCart) await own.cart.add.mutate({ itemId });
  const { token, client } = await openGuest(app);
  await client.cart.add.mutate({ itemId, quantity: 10 });
  const asGuest = guestWith(app, token);
  const login = guestWith(app, token).auth.login;
  const calls = [
    ...Array(4).fill(() => own.cart.add.mutate({ itemId })),
    () => login.mutate({ identifier: person.username, password: PASSWORD }),
    ...Array(4).fill(() => asGuest.cart.add.mutate({ itemId })),
    ...Array(4).fill(() => own.cart.add.mutate({ itemId })),
  ] as (() => Promise<unknown>)[];
  const told = await Promise.all(calls.map(insisting));
  return {
    told: tally(told),
    units: (await unitsOf(own)) + (await unitsOf(asGuest)),
    carts: await inside(app).count(Cart, { ownerId: person.id }),
  };
}

describe('signing in while things are put in', () => {
  test.each([
    ['has a cart', true, 23],
    ['has none yet', false, 22],
  ])('D5 loses nothing of who %s', async (_, hasCart, units) => {
    await using app = await openApp();
    withPatience(app);

    const rounds = await inTurn(8, () => signingInWhileAdding(app, { hasCart }));

    expect(rounds).toEqual(Array(8).fill({ told: { ok: 13 }, units, carts: 1 }));
  });

  test('D5 on five devices with one guest token brings along what was in its cart once', async () => {
    await using app = await openApp();
    withPatience(app);
    const itemId = await app.given.item();
    const { token, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId, quantity: 7 });
    const login = () =>
      guestWith(app, token).auth.login.mutate({ identifier: 'customer', password: PASSWORD });

    const told = await parallel(5, () => insisting(login));

    expect(tally(told)).toEqual({ ok: 5 });
    expect(await unitsOf(app.as('customer'))).toBe(7);
    expect(await unitsOf(client)).toBe(0);
  });

  test('D5 two people with one guest token: one of them has what was in its cart', async () => {
    await using app = await openApp();
    withPatience(app);
    const itemId = await app.given.item();
    const people = [await app.given.person(), await app.given.person()];
    const { token, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId, quantity: 7 });
    const login = (identifier: string) =>
      guestWith(app, token).auth.login.mutate({ identifier, password: PASSWORD });

    const told = await Promise.all(people.map(({ username }) => insisting(() => login(username))));
    const units = await Promise.all(people.map((person) => unitsOf(app.as(person))));

    expect(tally(told)).toEqual({ ok: 2 });
    expect(units.toSorted((one, other) => one - other)).toEqual([0, 7]);
    expect(await unitsOf(client)).toBe(0);
  });
});

/** So many carts of others that the database goes by the index of their owners. */
async function openMore(em: EntityManager, restaurantId: string): Promise<void> {
  for (let n = 0; n < 300; n++) {
    em.create(Cart, { restaurantId, ownerId: newId(), guest: false, lines: [] });
  }
  await em.flush();
  await em.getConnection().execute('analyze table cart');
}

/** Until the call is over, or so many transactions wait for what another one holds. */
async function waitingOrOver(
  call: Promise<unknown>,
  { em, waiting }: { em: EntityManager; waiting: number },
): Promise<void> {
  let over = false;
  void call.then(() => (over = true));
  const gauge = `show global status like 'Innodb_row_lock_current_waits'`;
  const counted = async () => {
    const [row] = await em.getConnection().execute<{ Value: string }[]>(gauge);
    return Number(row?.Value);
  };
  while ((await counted()) < waiting && !over);
}

describe.each(onMariadb)('on MariaDB', () => {
  test('D5 the first thing that is put in while its owner signs in waits for their cart', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const person = await app.given.person();
    const own = app.as(person);
    await own.auth.session.query();
    const { token, client } = await openGuest(app);
    await client.cart.add.mutate({ itemId, quantity: 10 });
    const em = inside(app);
    await openMore(em, app.home.restaurantId);
    await em.begin();
    await em.findOneOrFail(Cart, { guest: true }, { lockMode: LockMode.PESSIMISTIC_WRITE });

    const credentials = { identifier: person.username, password: PASSWORD };
    const { auth } = guestWith(app, token);
    const signingIn = insisting(() => auth.login.mutate(credentials));
    await waitingOrOver(signingIn, { em, waiting: 1 });
    const adding = insisting(() => own.cart.add.mutate({ itemId }));
    await waitingOrOver(adding, { em, waiting: 2 });
    await em.commit();

    expect(await Promise.all([signingIn, adding])).toEqual(['ok', 'ok']);
    expect(await unitsOf(own)).toBe(11);
    expect(await unitsOf(client)).toBe(0);
  });
});
