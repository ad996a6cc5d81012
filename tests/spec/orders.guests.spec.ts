import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { asGuest, guestToken, moved, placed, withGuestToken } from '../orders/ordering.ts';

const NOT_FOUND = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'order' } };

describe('ordering as a guest', () => {
  test('C35 needs no account, and the order belongs to nobody who has one', async () => {
    await using app = await openApp();
    const guest = await asGuest(app);

    const order = await placed(guest, { itemId: await app.given.item(), customerName: 'Ada' });

    expect(order).toMatchObject({ number: 1, customerId: null, customerName: 'Ada' });
    expect(await guest.orders.show.query({ orderId: order.id })).toEqual(order);
    expect((await guest.cart.show.query()).lines).toEqual([]);
  });

  test('C35 a guest who gives no name is called one', async () => {
    await using app = await openApp();

    const order = await placed(await asGuest(app), { itemId: await app.given.item() });

    expect(order.customerName).toBe('guest');
  });

  test('S3-22 staff see it and move it, and its guest sees how, but not by whom', async () => {
    await using app = await openApp();
    const guest = await asGuest(app);
    const { id: orderId } = await placed(guest, { itemId: await app.given.item() });

    const chefs = await moved(app.as('chef'), orderId, { to: 'preparing' });

    const shown = await guest.orders.show.query({ orderId });
    expect(shown.state).toBe('preparing');
    expect(shown.history.map(({ what, by }) => [what, by])).toEqual([
      ['placed', null],
      ['moved', null],
    ]);
    expect(chefs.history.map(({ by }) => by)).toEqual(['guest', 'Some Body']);
  });

  test('T33 shows them their own order, and nobody else’s', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const [guest, other] = [await asGuest(app), await asGuest(app)];
    const theirs = await placed(guest, { itemId });
    const persons = await placed(app.as('customer'), { itemId });

    const refusals = [
      await refusalOf(other.orders.show.query({ orderId: theirs.id })),
      await refusalOf(other.orders.show.query({ orderId: persons.id })),
      await refusalOf(app.as('customer').orders.show.query({ orderId: theirs.id })),
    ];

    expect(refusals).toMatchObject([NOT_FOUND, NOT_FOUND, NOT_FOUND]);
  });

  test('T37 the key of one guest is another’s own', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const key = { idempotencyKey: 'guest-key-1' };

    const orders = [
      await placed(await asGuest(app), { itemId, ...key }),
      await placed(await asGuest(app), { itemId, ...key }),
    ];

    expect(orders.map(({ number }) => number)).toEqual([1, 2]);
  });

  test('is as far as it goes: whatever else there is to do, they sign in for', async () => {
    await using app = await openApp();
    const { orders } = await asGuest(app);
    const order = { orderId: app.home.restaurantId, expectedVersion: 1 };

    const refusals = [
      await refusalOf(orders.list.query()),
      await refusalOf(orders.nextStates.query(order)),
      await refusalOf(orders.advance.mutate({ ...order, to: 'confirmed' })),
      await refusalOf(orders.cancel.mutate(order)),
      await refusalOf(orders.take.mutate({ lines: [{ itemId: order.orderId }] })),
    ];

    const refused = { reason: 'UNAUTHENTICATED', httpStatus: 401 };
    expect(refusals).toMatchObject(Array(5).fill(refused));
  });

  test('T14 a token that is none is refused', async () => {
    await using app = await openApp();
    const { orders } = withGuestToken(app, 'eyJhbGciOiJub25lIn0.e30.');

    const refused = await refusalOf(orders.place.mutate({ cartVersion: 1, type: 'pickup' }));

    expect(refused).toMatchObject({ reason: 'GUEST_TOKEN_INVALID', httpStatus: 401 });
  });
});

describe('a guest who signs in', () => {
  test('C35 has their orders from then on, and the guest token still shows them', async () => {
    await using app = await openApp();
    const token = await guestToken(app);
    const guest = withGuestToken(app, token);
    const order = await placed(guest, { itemId: await app.given.item(), customerName: 'Ada' });
    const { id, username } = await app.given.person();

    await guest.auth.login.mutate({ identifier: username, password: PASSWORD });

    const person = app.as({ id, username, role: 'customer', restaurantId: null });
    const { items } = await person.orders.list.query();
    expect(items).toMatchObject([{ id: order.id, customerId: id, customerName: 'Ada' }]);
    const before = withGuestToken(app, token);
    expect((await before.orders.show.query({ orderId: order.id })).id).toBe(order.id);
  });

  test('C35 for the first time has them, too, and can call them off', async () => {
    await using app = await openApp();
    const guest = await asGuest(app);
    const order = await placed(guest, { itemId: await app.given.item() });

    await guest.auth.register.mutate({ username: 'ada', password: 'correct horse battery' });
    const { version } = await guest.orders.show.query({ orderId: order.id });
    const said = { orderId: order.id, expectedVersion: version };
    const cancelled = await guest.orders.cancel.mutate(said);

    expect(cancelled.state).toBe('cancelled');
  });

  test('T33 leaves nothing for the next who signs in with the same token', async () => {
    await using app = await openApp();
    const token = await guestToken(app);
    const order = await placed(withGuestToken(app, token), { itemId: await app.given.item() });
    const [first, second] = [await app.given.person(), await app.given.person()];
    const signIn = (identifier: string) =>
      withGuestToken(app, token).auth.login.mutate({ identifier, password: PASSWORD });

    await signIn(first.username);
    await signIn(second.username);

    expect((await app.as(first).orders.list.query()).items).toMatchObject([{ id: order.id }]);
    expect((await app.as(second).orders.list.query()).items).toEqual([]);
    const refused = await refusalOf(app.as(second).orders.show.query({ orderId: order.id }));
    expect(refused).toMatchObject(NOT_FOUND);
  });

  test('C35 has those of every restaurant, closed ones included', async () => {
    await using app = await openApp();
    const [here, there] = [app.home.restaurantId, await app.given.restaurant()];
    const items = [
      { restaurantId: here, itemId: await app.given.item() },
      { restaurantId: there, itemId: await app.given.item({ restaurantId: there }) },
    ] as const;
    const { token } = await app.as('anonymous').cart.open.mutate({ restaurantId: here });
    const guest = withGuestToken(app, token ?? '');
    const first = await placed(guest, items[0]);
    await placed(guest, items[1]);
    const { orders } = app.as('manager');
    await orders.cancel.mutate({ orderId: first.id, expectedVersion: first.version });

    const person = await app.given.person();
    await guest.auth.login.mutate({ identifier: person.username, password: PASSWORD });

    const { list } = app.as(person).orders;
    const seen = [
      await list.query({ restaurantId: here }),
      await list.query({ restaurantId: there }),
    ];
    expect(seen.map(({ items }) => items.map(({ state }) => state))).toEqual([
      ['cancelled'],
      ['pending'],
    ]);
  });
});
