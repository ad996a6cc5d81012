import type { OrderView, PlaceOrder } from '@comanda/client';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { auditOf } from '../auth/looking.ts';
import { asGuest, leftOf, ordersIn, placed } from '../orders/ordering.ts';
import { openPatiently, untilAnswered } from '../orders/patience.ts';

type Client = ReturnType<TestApp['as']>;

/** So many people, each with one of an item in their cart, and what they say to order it. */
async function shoppers(app: TestApp, { count, itemId }: { count: number; itemId: string }) {
  return inTurn(count, async (at) => {
    const client = app.as(await app.given.person());
    const { version: cartVersion } = await client.cart.add.mutate({ itemId });
    const said: PlaceOrder = { idempotencyKey: `order-key-${at}`, cartVersion, type: 'pickup' };
    return { client, said };
  });
}

/** The same order, however often it was answered. */
const different = (answers: OrderView[]) => new Set(answers.map((one) => JSON.stringify(one))).size;

describe('ordering at once', () => {
  test('P15 D12-3 fifty identical calls for each of four keys: four orders, and one answer for each', async () => {
    await using app = await openPatiently();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 10 });
    const people = await shoppers(app, { count: 4, itemId });

    const answers = await Promise.all(
      people.map(({ client, said }) =>
        parallel(50, () => untilAnswered(() => client.orders.place.mutate(said))),
      ),
    );

    expect(answers.map(different)).toEqual([1, 1, 1, 1]);
    const orders = await ordersIn(app);
    expect(orders.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(await leftOf(app, itemId)).toBe(6);
    const rows = await auditOf(app, 'orders.place');
    expect(rows.filter(({ target }) => target === 'Order')).toHaveLength(4);
  });

  test('P15 fifty calls of one cart with keys of their own: one order', async () => {
    await using app = await openPatiently();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 90 });
    const { cart, orders } = app.as('customer');
    const { version: cartVersion } = await cart.add.mutate({ itemId });

    const told = await parallel(50, () =>
      outcomeOf(untilAnswered(() => orders.place.mutate({ cartVersion, type: 'pickup' }))),
    );

    expect(tally(told)).toEqual({ ok: 1, CART_EMPTY: 49 });
    expect(await leftOf(app, itemId)).toBe(89);
  });

  test('P15 P16 one key for two carts’ worth: one of them is ordered, the other is told', async () => {
    await using app = await openPatiently();
    const itemId = await app.given.item();
    const { cart, orders } = app.as('customer');
    const { version: cartVersion } = await cart.add.mutate({ itemId });
    const said = { idempotencyKey: 'order-key-1', cartVersion, type: 'pickup' } as const;

    const told = await parallel(20, (at) => {
      const instructions = at % 2 === 0 ? 'even' : 'odd';
      return outcomeOf(untilAnswered(() => orders.place.mutate({ ...said, instructions })));
    });

    expect(tally(told)).toEqual({ ok: 10, IDEMPOTENCY_MISMATCH: 10 });
    expect(await ordersIn(app)).toHaveLength(1);
  });

  test('D3 people and guests of two restaurants are counted without a gap and none twice', async () => {
    await using app = await openPatiently();
    const [here, there] = [app.home.restaurantId, await app.given.restaurant()];
    const dishes = [
      { restaurantId: here, itemId: await app.given.item() },
      { restaurantId: there, itemId: await app.given.item({ restaurantId: there }) },
    ] as const;
    const clients = await inTurn(30, async () => app.as(await app.given.person()));

    const orders = await Promise.all(
      clients.map((client, at) => placedPatiently(client, dishes[at % 2 === 0 ? 0 : 1])),
    );

    const numbersAt = (place: string) =>
      orders
        .filter(({ restaurantId }) => restaurantId === place)
        .map(({ number }) => number)
        .toSorted((one, other) => one - other);
    const fifteen = Array.from({ length: 15 }, (_, at) => at + 1);
    expect([numbersAt(here), numbersAt(there)]).toEqual([fifteen, fifteen]);
  });

  test('C35 what a guest orders while they sign in is ordered once, or still in their cart', async () => {
    await using app = await openPatiently();
    const guest = await asGuest(app);
    const itemId = await app.given.item();
    const { version: cartVersion } = await guest.cart.add.mutate({ itemId });
    const place = () => guest.orders.place.mutate({ cartVersion, type: 'pickup' });
    const password = 'correct horse battery';

    const told = await Promise.all([
      outcomeOf(untilAnswered(place)),
      outcomeOf(untilAnswered(() => guest.auth.register.mutate({ username: 'ada', password }))),
    ]);

    expect(['ok', 'CART_EMPTY']).toContain(told[0]);
    expect(told[1]).toBe('ok');
    const cart = await guest.cart.show.query();
    const orders = await ordersIn(app);
    expect(orders.length + cart.lines.length).toBe(1);
  });
});

describe('signing in at once with the kitchen', () => {
  test('C35 a guest whose order is being cooked has it, and it goes on being cooked', async () => {
    await using app = await openPatiently();
    const guest = await asGuest(app);
    const { id: orderId } = await placed(guest, { itemId: await app.given.item() });
    const password = 'correct horse battery';
    const { orders } = app.as('chef');
    const cook = async () => {
      const { version: expectedVersion } = await orders.show.query({ orderId });
      return orders.advance.mutate({ orderId, expectedVersion, to: 'preparing' });
    };

    const [registered, cooked] = await Promise.all([
      outcomeOf(guest.auth.register.mutate({ username: 'ada', password })),
      parallel(8, () => outcomeOf(cook())),
    ]);

    expect(registered).toBe('ok');
    expect(cooked.filter((one) => !STALE.includes(one)).length).toBeLessThanOrEqual(1);
    const { items } = await guest.orders.list.query();
    expect(items).toMatchObject([{ id: orderId, customerName: 'guest' }]);
  });
});

/** What becomes of a step that somebody else took first. */
const STALE = ['VERSION_CONFLICT', 'ILLEGAL_TRANSITION'];

async function placedPatiently(
  client: Client,
  dish: { restaurantId: string; itemId: string },
): Promise<OrderView> {
  const { restaurantId } = dish;
  const { version } = await untilAnswered(() => client.cart.add.mutate(dish));
  const said = { restaurantId, cartVersion: version, type: 'pickup' } as const;
  const idempotencyKey = 'order-key-1';
  return untilAnswered(() => client.orders.place.mutate({ ...said, idempotencyKey }));
}

describe('moving one order at once', () => {
  test('P19 twenty advances of what all have read: one is made and nineteen are told', async () => {
    await using app = await openPatiently();
    const { orderId } = await app.given.order();
    const cooks = [app.as('chef'), app.as('sous_chef'), app.as('manager'), app.as('waiter')];
    const said = { orderId, expectedVersion: 1, to: 'confirmed' } as const;

    const told = await parallel(20, (at) => {
      const { orders } = cooks[at % cooks.length] ?? app.as('chef');
      return outcomeOf(orders.advance.mutate(said));
    });

    expect(tally(told)).toEqual({ ok: 1, VERSION_CONFLICT: 19 });
    const order = await app.as('manager').orders.show.query({ orderId });
    expect(order).toMatchObject({ state: 'confirmed', version: 2, history: [{ what: 'moved' }] });
  });

  test('D3 twenty who cancel and cook it at once: one way is gone, and the stock is right', async () => {
    await using app = await openPatiently();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 9 });
    const { id: orderId } = await placed(app.as('customer'), { itemId, quantity: 4 });
    const named = { orderId, expectedVersion: 1 };
    const wishes = [
      () => app.as('manager').orders.cancel.mutate(named),
      () => app.as('customer').orders.cancel.mutate(named),
      () => app.as('chef').orders.advance.mutate({ ...named, to: 'preparing' }),
      () => app.as('waiter').orders.advance.mutate({ ...named, to: 'confirmed' }),
    ];

    const told = await parallel(20, (at) => outcomeOf((wishes[at % 4] ?? wishes[0])?.() ?? lost()));

    // Who comes last may not see it any more.
    const after = told.filter((one) => one !== 'VERSION_CONFLICT' && one !== 'NOT_FOUND');
    expect(after).toEqual(['ok']);
    const { state } = await app.as('manager').orders.show.query({ orderId });
    expect(await leftOf(app, itemId)).toBe(state === 'cancelled' ? 9 : 5);
  });

  test('D6 thirty who write down that it was paid: it was paid once', async () => {
    await using app = await openPatiently();
    const { orderId } = await app.given.order();
    const said = { orderId, expectedVersion: 1, method: 'cash' } as const;
    const { orders } = app.as('waiter');

    const told = await parallel(30, () => outcomeOf(orders.recordPayment.mutate(said)));

    expect(tally(told)).toEqual({ ok: 1, VERSION_CONFLICT: 29 });
    const order = await app.as('manager').orders.show.query({ orderId });
    expect(order).toMatchObject({ paid: 900, payments: [{ amount: 900 }] });
    expect(order.payments).toHaveLength(1);
  });
});

function lost(): Promise<never> {
  return Promise.reject(new Error('no such wish'));
}

describe('claiming one delivery at once', () => {
  test('D3 P18 thirty of the crew: one gets it, and twenty-nine are told that it is gone', async () => {
    await using app = await openPatiently();
    const { orderId } = await app.given.order({ type: 'delivery', state: 'ready' });
    const crew = await inTurn(30, async () =>
      app.as(await app.given.person({ role: 'delivery_crew' })),
    );
    await Promise.all(crew.map(({ orders }) => orders.list.query()));

    const told = await Promise.all(
      crew.map(({ orders }) => outcomeOf(orders.claim.mutate({ orderId }))),
    );

    expect(tally(told)).toEqual({ ok: 1, ALREADY_ASSIGNED: 29 });
    const order = await app.as('manager').orders.show.query({ orderId });
    expect(order).toMatchObject({ version: 2, assigneeName: 'Some Body' });
    const seen = await Promise.all(crew.map(({ orders }) => orders.list.query()));
    expect(seen.flatMap(({ items }) => items)).toHaveLength(1);
  });
});

describe('cooking one order at once', () => {
  test('D10 forty items that are finished at once: none is lost', async () => {
    await using app = await openPatiently();
    const items = Array.from({ length: 40 }, () => 'queued' as const);
    const { orderId, orderItemIds } = await app.given.order({ items });
    const cooks = [app.as('chef'), app.as('sous_chef'), app.as('head_chef'), app.as('manager')];

    const told = await parallel(40, (at) => {
      const { kitchen } = cooks[at % cooks.length] ?? app.as('chef');
      const orderItemId = orderItemIds[at] ?? '';
      return outcomeOf(kitchen.finishItem.mutate({ orderItemId }));
    });

    expect(tally(told)).toEqual({ ok: 40 });
    const order = await app.as('manager').orders.show.query({ orderId });
    expect(tally(order.items.map(({ state }) => state))).toEqual({ done: 40 });
    expect(order).toMatchObject({ state: 'preparing', version: 41 });
    expect(order.history.map(({ to }) => to)).toEqual(['preparing']);
  });

  test('D10 twenty items, each begun and finished at once by two: all are done in the end', async () => {
    await using app = await openPatiently();
    const items = Array.from({ length: 20 }, () => 'queued' as const);
    const { orderId, orderItemIds } = await app.given.order({ items });
    const [one, other] = [app.as('chef'), app.as('sous_chef')];

    const told = await parallel(40, (at) => {
      const orderItemId = orderItemIds[at >> 1] ?? '';
      const call =
        at % 2 === 0
          ? one.kitchen.startItem.mutate({ orderItemId })
          : other.kitchen.finishItem.mutate({ orderItemId });
      return outcomeOf(call);
    });

    const { ok = 0, ITEM_STATE = 0, ...others } = tally(told);
    expect(others).toEqual({});
    expect([ok >= 20, ok + ITEM_STATE]).toEqual([true, 40]);
    const order = await one.orders.show.query({ orderId });
    expect(tally(order.items.map(({ state }) => state))).toEqual({ done: 20 });
    expect(order.version).toBe(1 + ok);
  });

  test('D10 one item that ten begin: one does, and nine are told', async () => {
    await using app = await openPatiently();
    const { orderItemIds } = await app.given.order();
    const [orderItemId = ''] = orderItemIds;
    const { kitchen } = app.as('chef');

    const told = await parallel(10, () => outcomeOf(kitchen.startItem.mutate({ orderItemId })));

    expect(tally(told)).toEqual({ ok: 1, ITEM_STATE: 9 });
  });
});
