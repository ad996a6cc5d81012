import type { OrderView, PlaceOrder } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { HOUR } from '@comanda/kernel/time';
import { forgetAnswers } from '@comanda/storage/keyed';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { leftOf, moved, ordersIn, placed } from '../orders/ordering.ts';

const KEY = 'order-key-1';

/** One counted item in the customer's cart, and what is said to order it. */
async function aboutToOrder(app: TestApp): Promise<{ itemId: string; said: PlaceOrder }> {
  const itemId = await app.given.item({ stockMode: 'count', stockLeft: 9 });
  const { version } = await app.as('customer').cart.add.mutate({ itemId, quantity: 2 });
  return { itemId, said: { idempotencyKey: KEY, cartVersion: version, type: 'pickup' } };
}

/** Sends a body as it stands, and answers status and body to the letter. */
async function sent(app: TestApp, body: string, path = 'orders.place') {
  const { accessToken } = await app.session('customer');
  const answer = await app.fetch(`http://localhost/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body,
  });
  return { status: answer.status, body: await answer.text() };
}

describe('ordering twice with one key', () => {
  test('P15 makes one order and gives one answer, byte for byte', async () => {
    await using app = await openApp();
    const { itemId, said } = await aboutToOrder(app);
    const body = JSON.stringify({ json: said });

    const first = await sent(app, body);
    const second = await sent(app, body);

    expect(first.status).toBe(200);
    expect(second).toEqual(first);
    expect(await ordersIn(app)).toHaveLength(1);
    expect(await leftOf(app, itemId)).toBe(7);
  });

  test('P15 gives the first answer also when the order has gone on since, and the menu', async () => {
    await using app = await openApp();
    const { itemId, said } = await aboutToOrder(app);
    const body = JSON.stringify({ json: said });
    const first = await sent(app, body);
    const [order] = await ordersIn(app);
    await moved(app.as('chef'), order?.id ?? '', { to: 'preparing' });
    await app.as('manager').menu.items.update.mutate({ itemId, price: 1, name: 'Other' });
    app.clock.advance(71 * HOUR);

    const again = await sent(app, body);

    expect(again).toEqual(first);
    expect(JSON.parse(again.body)).toMatchObject({
      result: { data: { json: { state: 'pending' } } },
    });
  });

  test('P15 leaves alone what was put into the cart since', async () => {
    await using app = await openApp();
    const { itemId, said } = await aboutToOrder(app);
    const { cart, orders } = app.as('customer');
    const first = await orders.place.mutate(said);
    const filled = await cart.add.mutate({ itemId });

    const again = await orders.place.mutate(said);

    expect(again).toEqual(first);
    expect(await cart.show.query()).toEqual(filled);
  });

  test('P16 is the same call however it is written', async () => {
    await using app = await openApp();
    const { said } = await aboutToOrder(app);
    const { cartVersion } = said;
    const first = await sent(app, JSON.stringify({ json: said }));

    const others = [
      await sent(app, JSON.stringify({ json: said }, null, 4)),
      await sent(
        app,
        `{"json":{"type":"pickup","cartVersion":${cartVersion}.0e0,"idempotencyKey":"${KEY}"}}`,
      ),
      await sent(app, JSON.stringify({ json: { ...said, phone: null, tip: { fixed: 0 } } })),
    ];

    expect(others).toEqual([first, first, first]);
  });

  test.each<[string, Partial<PlaceOrder>]>([
    ['another way', { type: 'dine_in' }],
    ['another cart', { cartVersion: 7 }],
    ['another name', { customerName: 'Grandma' }],
    ['another tip', { tip: { fixed: 1 } }],
    ['other words', { instructions: 'Ring.' }],
    ['another total', { expectedTotal: 1_800 }],
    ['a table', { tableId: newId() }],
  ])('P16 is refused when it asks for something else: %s', async (_, other) => {
    await using app = await openApp();
    const { itemId, said } = await aboutToOrder(app);
    const { orders } = app.as('customer');
    const first = await orders.place.mutate(said);

    const refused = await refusalOf(orders.place.mutate({ ...said, ...other }));

    expect(refused).toMatchObject({ reason: 'IDEMPOTENCY_MISMATCH', httpStatus: 422 });
    expect(await ordersIn(app)).toHaveLength(1);
    expect(await leftOf(app, itemId)).toBe(7);
    expect(await orders.place.mutate(said)).toEqual(first);
  });

  test('P16 T37 is refused when the key was used for another procedure', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { orders } = app.as('waiter');
    const order = await orders.take.mutate({ idempotencyKey: KEY, lines: [{ itemId }] });
    const named = { orderId: order.id, expectedVersion: order.version, idempotencyKey: KEY };

    const refusals = [
      await refusalOf(orders.place.mutate({ idempotencyKey: KEY, cartVersion: 1, type: 'pickup' })),
      await refusalOf(orders.cancel.mutate(named)),
      await refusalOf(orders.recordPayment.mutate({ ...named, method: 'cash' })),
    ];

    const refused = { reason: 'IDEMPOTENCY_MISMATCH', httpStatus: 422 };
    expect(refusals).toMatchObject([refused, refused, refused]);
    expect(await orders.show.query({ orderId: order.id })).toEqual(order);
  });

  test('T37 is no matter of anybody else who takes the same key, or of another restaurant', async () => {
    await using app = await openApp();
    const [here, there] = [app.home.restaurantId, await app.given.restaurant()];
    const itemId = await app.given.item();
    const elsewhere = await app.given.item({ restaurantId: there });
    const other = app.as(await app.given.person());
    const key = { idempotencyKey: KEY };

    const orders = [
      await placed(app.as('customer'), { ...key, itemId, restaurantId: here }),
      await placed(other, { ...key, itemId, restaurantId: here }),
      await placed(other, { ...key, itemId: elsewhere, restaurantId: there }),
    ];

    expect(orders.map(({ number, restaurantId }) => [restaurantId, number])).toEqual([
      [here, 1],
      [here, 2],
      [there, 1],
    ]);
  });

  test('P16 is the first time still when the first was refused', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const customer = app.as('customer');
    const early = { idempotencyKey: KEY, cartVersion: 0, type: 'pickup' } as const;
    const refused = await refusalOf(customer.orders.place.mutate(early));

    const order = await placed(customer, { itemId, idempotencyKey: KEY });

    expect([refused.reason, order.number]).toEqual(['CART_EMPTY', 1]);
  });

  test('T38 is refused to whoever may not order any more, whatever was answered before', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const waiter = await app.given.person({ role: 'waiter' });
    const said = { idempotencyKey: KEY, lines: [{ itemId }] };
    await app.as(waiter).orders.take.mutate(said);
    await app.as('manager').people.setRole.mutate({ personId: waiter.id, role: 'employee' });

    const refused = await refusalOf(app.as(waiter).orders.take.mutate(said));

    const details = { capability: 'order.take' };
    expect(refused).toMatchObject({ reason: 'FORBIDDEN', httpStatus: 403, details });
  });
});

describe('ordering with a key of last week', () => {
  /** Turns the clock, and forgets what is forgotten by then. */
  async function daysLater(app: TestApp): Promise<void> {
    app.clock.advance(80 * HOUR);
    await forgetAnswers(app.house.database, new Date(app.clock.now().getTime() - 72 * HOUR));
  }

  test('P15 answers the order of then, and makes no second', async () => {
    await using app = await openApp();
    const { itemId, said } = await aboutToOrder(app);
    const { id } = await app.as('customer').orders.place.mutate(said);
    await moved(app.as('chef'), id, { to: 'preparing' });
    await daysLater(app);
    const { cart, orders } = app.as('customer');
    const filled = await cart.add.mutate({ itemId });

    const again = await orders.place.mutate(said);

    expect(again).toMatchObject({ id, number: 1, state: 'preparing' });
    expect(await cart.show.query()).toEqual(filled);
    expect(await ordersIn(app)).toHaveLength(1);
    expect(await leftOf(app, itemId)).toBe(7);
  });

  test('P15 makes no second order of what a waiter took', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const said = { idempotencyKey: KEY, lines: [{ itemId }] };
    const { id } = await app.as('waiter').orders.take.mutate(said);
    await daysLater(app);

    const again: OrderView = await app.as('waiter').orders.take.mutate(said);

    expect(again.id).toBe(id);
    expect(await ordersIn(app)).toHaveLength(1);
  });
});
