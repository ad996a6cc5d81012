import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { DAY } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { unitsIn } from './cart.shopping.ts';

const NOWHERE = '0'.repeat(32);

describe('whose a cart is', () => {
  test('nobody sees another’s, whoever they are', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const [one, other] = [await app.given.person(), await app.given.person()];
    const mine = await app.as(one).cart.add.mutate({ itemId, quantity: 2 });
    const key = mine.lines[0]?.key ?? '';
    const { cart } = app.as(other);

    const set = await refusalOf(cart.setQuantity.mutate({ key, quantity: 1 }));
    const seen = [
      await cart.show.query(),
      await cart.remove.mutate({ key }),
      await cart.clear.mutate(),
      await app.as('waiter').cart.show.query(),
      await app.as('admin').cart.show.query(),
    ];

    expect(set).toMatchObject({ reason: 'NOT_FOUND' });
    expect(seen.map(({ lines, version }) => [lines, version])).toEqual(Array(5).fill([[], 0]));
    expect(await app.as(one).cart.show.query()).toEqual(mine);
  });

  test('D5 a person has one cart, on whatever device', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const person = await app.given.person();
    const { token } = await app.as(person).auth.passes.issue.mutate({ label: 'Phone' });

    await app.as(person).cart.add.mutate({ itemId });
    await app.withToken(token).cart.add.mutate({ itemId });

    expect(unitsIn(await app.as(person).cart.show.query())).toEqual([[itemId, 2]]);
  });

  test('who is not signed in and shows no guest token has none', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('anonymous');

    const refusals = [
      await refusalOf(cart.show.query()),
      await refusalOf(cart.add.mutate({ itemId })),
      await refusalOf(cart.setQuantity.mutate({ key: NOWHERE, quantity: 1 })),
      await refusalOf(cart.remove.mutate({ key: NOWHERE })),
      await refusalOf(cart.clear.mutate()),
    ];

    expect(refusals).toEqual(
      Array(5).fill(expect.objectContaining({ reason: 'UNAUTHENTICATED', httpStatus: 401 })),
    );
  });
});

describe('where a cart is', () => {
  test('D5 a person has one in each restaurant, and they do not mix', async () => {
    await using app = await openApp();
    const { restaurantId: here } = app.home;
    const there = await app.given.restaurant({ currency: 'CHF' });
    const [pasta, rosti] = [
      await app.given.item({ price: 900 }),
      await app.given.item({ restaurantId: there, price: 2_000 }),
    ];
    const { cart } = app.as('customer');

    const atHome = await cart.add.mutate({ restaurantId: here, itemId: pasta });
    const abroad = await cart.add.mutate({ restaurantId: there, itemId: rosti, quantity: 2 });
    const [key = ''] = atHome.lines.map((line) => line.key);
    const wrongPlace = await refusalOf(
      cart.setQuantity.mutate({ restaurantId: there, key, quantity: 5 }),
    );

    expect(atHome).toMatchObject({ restaurantId: here, currency: 'EUR', subtotal: 900 });
    expect(abroad).toMatchObject({ restaurantId: there, currency: 'CHF', subtotal: 4_000 });
    expect(wrongPlace).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'line' } });
    expect(await cart.clear.mutate({ restaurantId: there })).toMatchObject({ lines: [] });
    expect(await cart.show.query({ restaurantId: here })).toEqual(atHome);
  });

  test('has to be said where there are two', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    await app.given.restaurant();
    const { cart } = app.as('customer');

    const refusals = [
      await refusalOf(app.as('anonymous').cart.open.mutate()),
      await refusalOf(cart.open.mutate()),
      await refusalOf(cart.show.query()),
      await refusalOf(cart.add.mutate({ itemId })),
      await refusalOf(cart.setQuantity.mutate({ key: NOWHERE, quantity: 1 })),
      await refusalOf(cart.remove.mutate({ key: NOWHERE })),
      await refusalOf(cart.clear.mutate()),
    ];

    expect(refusals.map(({ reason }) => reason)).toEqual(Array(7).fill('RESTAURANT_REQUIRED'));
  });

  test('is nowhere in a restaurant that does not exist', async () => {
    await using app = await openApp();
    const { cart } = app.as('customer');

    const refused = await refusalOf(cart.show.query({ restaurantId: newId() }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
  });

  test('S3-11 who works elsewhere shops as a customer, and sees no more than one', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const itemId = await app.given.item({ restaurantId, stockMode: 'count', stockLeft: 7 });
    const guest = app.as('customer');
    const { version } = await guest.cart.add.mutate({ restaurantId, itemId });
    const order = { cartVersion: version, type: 'pickup', idempotencyKey: newId() } as const;
    const { id: orderId } = await guest.orders.place.mutate({ restaurantId, ...order });
    const { cart, orders, menu, tables, kitchen, people } = app.as('manager');

    const told = await cart.add.mutate({ restaurantId, itemId, quantity: 2 });

    expect(told).toMatchObject({ restaurantId, lines: [{ quantity: 2 }], orderable: true });
    expect(unitsIn(await cart.show.query())).toEqual([]);
    expect((await menu.show.query({ restaurantId, itemId })).staff).toBeNull();
    expect((await orders.list.query({ restaurantId })).items).toEqual([]);
    const refusals = [
      await refusalOf(orders.show.query({ restaurantId, orderId })),
      await refusalOf(tables.list.query({ restaurantId })),
      await refusalOf(kitchen.queue.query({ restaurantId })),
      await refusalOf(people.list.query({ restaurantId })),
    ];
    expect(refusals.map(({ httpStatus }) => httpStatus)).toEqual([404, 404, 404, 404]);
  });

  test('who works here shops here when nothing else is said', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    await app.given.restaurant();

    const told = await app.as('waiter').cart.add.mutate({ itemId });

    expect(told).toMatchObject({ restaurantId: app.home.restaurantId, itemCount: 1 });
  });
});

describe('a cart that nobody touches', () => {
  test('D5 is empty after 14 days, and not a moment before', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const person = await app.given.person();
    const { lines } = await app.as(person).cart.add.mutate({ itemId, quantity: 2 });
    const [key = ''] = lines.map((line) => line.key);

    app.clock.advance(14 * DAY - 1);
    const before = await app.as(person).cart.show.query();
    app.clock.advance(1);
    const after = await app.as(person).cart.show.query();
    const set = await refusalOf(app.as(person).cart.setQuantity.mutate({ key, quantity: 1 }));

    expect(unitsIn(before)).toEqual([[itemId, 2]]);
    expect(after).toMatchObject({ lines: [], itemCount: 0, subtotal: 0, orderable: false });
    expect(set).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'line' } });
  });

  test('D5 is filled anew by whoever comes back, with the very same as well', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const person = await app.given.person();
    await app.as(person).cart.add.mutate({ itemId, quantity: 2 });
    app.clock.advance(14 * DAY);

    const told = await app.as(person).cart.add.mutate({ itemId, quantity: 2 });

    expect(unitsIn(told)).toEqual([[itemId, 2]]);
    expect(await app.as(person).cart.show.query()).toEqual(told);
  });

  test.each<[string, (cart: Client['cart'], key: string) => Promise<unknown>]>([
    ['taking more', (cart, key) => cart.setQuantity.mutate({ key, quantity: 3 })],
    ['saying the same again', (cart, key) => cart.setQuantity.mutate({ key, quantity: 2 })],
  ])('D5 is kept for 14 days more by %s', async (_, touch) => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const person = await app.given.person();
    const { lines } = await app.as(person).cart.add.mutate({ itemId, quantity: 2 });
    app.clock.advance(10 * DAY);

    await touch(app.as(person).cart, lines[0]?.key ?? '');
    app.clock.advance(14 * DAY - 1);

    expect((await app.as(person).cart.show.query()).lines).toHaveLength(1);
  });
});
