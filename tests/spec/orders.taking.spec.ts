import type { TakeOrder } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import {
  cooked,
  counted,
  drinkOnMenu,
  leftOf,
  moved,
  offering,
  onMenu,
  ordersIn,
  paid,
  placed,
  taken,
} from '../orders/ordering.ts';

describe('taking an order down', () => {
  test.each(['waiter', 'manager', 'admin'] as const)(
    'S2-03 a %s does, for guests at a table',
    async (role) => {
      await using app = await openApp();
      const itemId = await onMenu(app, { station: 'oven', price: 900 });
      const tableId = await app.given.table({ name: 'T1' });

      const order = await taken(app.as(role), { itemId, quantity: 2, tableId });

      expect(order).toMatchObject({
        number: 1,
        type: 'dine_in',
        state: 'pending',
        customerId: null,
        customerName: 'Guest',
        tableId,
        tableName: 'T1',
        total: 1_800,
        units: 2,
        items: [{ itemId, quantity: 2, round: 1, state: 'queued', station: 'oven' }],
        history: [{ what: 'placed', to: 'pending', by: 'Some Body' }],
      });
    },
  );

  test.each([
    'customer',
    'employee',
    'delivery_crew',
    'prep_cook',
    'chef',
    'sous_chef',
    'head_chef',
    'master_chef',
  ] as const)('S3-25 a %s does not', async (role) => {
    await using app = await openApp();

    const refused = await refusalOf(taken(app.as(role), { itemId: await app.given.item() }));

    const details = { capability: 'order.take' };
    expect(refused).toMatchObject({ reason: 'FORBIDDEN', httpStatus: 403, details });
  });

  test('D3 on the phone, for a name and to an address', async () => {
    await using app = await openApp();
    await offering(app, { deliveryFee: 250 });
    const said = {
      type: 'delivery',
      customerName: 'Ada',
      phone: '06 1',
      address: '1 Via Appia',
      instructions: 'Second floor',
      tip: { bps: 1_000 },
    } as const;

    const order = await taken(app.as('waiter'), { itemId: await app.given.item(), ...said });

    const { tip: _, ...shown } = said;
    expect(order).toMatchObject({ ...shown, total: 900 + 250 + 90, tableId: null });
  });

  test('D10 takes from the stock, and refuses what is not there', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 5 });
    const waiter = app.as('waiter');

    await taken(waiter, { itemId, quantity: 3 });
    const refused = await refusalOf(taken(waiter, { itemId, quantity: 3 }));

    const details = { items: [{ itemId, left: 2 }] };
    expect(refused).toMatchObject({ reason: 'SOLD_OUT', httpStatus: 409, details });
    expect(await leftOf(app, itemId)).toBe(2);
    expect(await ordersIn(app)).toHaveLength(1);
  });

  test('D10 whoever takes it knows when the kitchen closes, and how little is too little', async () => {
    await using app = await openApp();
    await offering(app, { minimum: 5_000 });
    await app.as('manager').restaurants.pause.mutate({});

    const order = await taken(app.as('waiter'), { itemId: await app.given.item() });

    expect(order.total).toBe(900);
  });

  test.each<[string, string, (app: TestApp) => Promise<Partial<TakeOrder>> | Partial<TakeOrder>]>([
    ['to nowhere', 'VALIDATION', () => ({ type: 'delivery' })],
    ['at a table that is not there', 'NOT_FOUND', () => ({ tableId: newId() })],
    ['of no lines', 'VALIDATION', () => ({ lines: [] })],
    ['of none of something', 'VALIDATION', () => ({ lines: [{ itemId: newId(), quantity: 0 }] })],
    [
      'of a hundred of something',
      'VALIDATION',
      () => ({ lines: [{ itemId: newId(), quantity: 100 }] }),
    ],
    [
      'of a hundred and one lines',
      'VALIDATION',
      () => ({ lines: Array(101).fill({ itemId: newId() }) }),
    ],
    ['of what is not on the menu', 'NOT_FOUND', () => ({ lines: [{ itemId: newId() }] })],
    [
      'of another restaurant’s dish',
      'NOT_FOUND',
      async (app) => {
        const restaurantId = await app.given.restaurant();
        return { lines: [{ itemId: await app.given.item({ restaurantId }) }] };
      },
    ],
    [
      'with an option that there is not',
      'CART_ISSUES',
      async (app) => {
        const options = [{ optionId: newId(), quantity: 1 }];
        return { lines: [{ itemId: await app.given.item(), options }] };
      },
    ],
    ['for an order that is not there', 'NOT_FOUND', () => ({ orderId: newId() })],
  ])('S3-11 is refused %s: %s', async (_, reason, wrong) => {
    await using app = await openApp();
    const itemId = await app.given.item();

    const refused = await refusalOf(taken(app.as('waiter'), { itemId, ...(await wrong(app)) }));

    expect(refused.reason).toBe(reason);
    expect(await ordersIn(app)).toEqual([]);
  });

  test('D3 is refused where the restaurant takes no such orders', async () => {
    await using app = await openApp();
    await offering(app, { types: ['delivery'] });

    const refused = await refusalOf(taken(app.as('waiter'), { itemId: await app.given.item() }));

    const details = { offered: ['delivery'] };
    expect(refused).toMatchObject({ reason: 'TYPE_NOT_OFFERED', httpStatus: 409, details });
  });
});

describe('a round more', () => {
  /** An order of a soup at a table, served. */
  async function servedOrder(app: TestApp): Promise<string> {
    const { id } = await taken(app.as('waiter'), { itemId: await app.given.item() });
    await cooked(app, id);
    await moved(app.as('waiter'), id, { to: 'served' });
    return id;
  }

  test('D3 brings a served order back to the kitchen, which gets only what is new', async () => {
    await using app = await openApp();
    const orderId = await servedOrder(app);
    const itemId = await onMenu(app, { name: 'Tiramisù', price: 600 });
    app.clock.advance(60_000);

    const order = await taken(app.as('waiter'), { orderId, itemId, quantity: 2 });

    expect(order).toMatchObject({ id: orderId, state: 'preparing', units: 3, total: 2_100 });
    expect(order.items).toMatchObject([
      { round: 1, state: 'served' },
      { round: 2, state: 'queued', name: 'Tiramisù', quantity: 2, orderedAt: app.clock.now() },
    ]);
    expect(order.history.at(-1)).toMatchObject({ what: 'round', from: 'served', to: 'preparing' });
    const { items: tickets } = await app.as('chef').kitchen.queue.query();
    expect(tickets).toMatchObject([{ orderId, round: 2, items: [{ name: 'Tiramisù' }] }]);
    expect(tickets[0]?.items).toHaveLength(1);
  });

  test.each(['pending', 'confirmed', 'preparing'] as const)(
    'D3 joins an order that is %s, and leaves it there',
    async (state) => {
      await using app = await openApp();
      const { orderId } = await app.given.order({ type: 'dine_in', state });
      const itemId = await app.given.item({ price: 100, stockMode: 'count', stockLeft: 3 });

      const order = await taken(app.as('waiter'), { orderId, itemId });

      expect(order).toMatchObject({
        state,
        total: 1_000,
        units: 2,
        items: [{ round: 1 }, { round: 2, itemId }],
        version: 2,
      });
      expect(order.history.at(-1)).toMatchObject({ what: 'round', from: null, to: null });
      expect(await leftOf(app, itemId)).toBe(2);
    },
  );

  test('D6 comes at the prices of its own moment, on the terms of the order', async () => {
    await using app = await openApp();
    await offering(app, { serviceChargeBps: 1_000 });
    const itemId = await app.given.item({ price: 1_000 });
    const { id: orderId } = await taken(app.as('waiter'), { itemId, tip: { bps: 500 } });
    await offering(app, { serviceChargeBps: 5_000 });
    await app.as('manager').menu.items.update.mutate({ itemId, price: 2_000 });

    const order = await taken(app.as('waiter'), { orderId, itemId, tip: { bps: 0 } });

    expect(order.items.map(({ unit }) => unit)).toEqual([1_000, 2_000]);
    expect(order).toMatchObject({ total: 3_000 + 300 + 150, totals: { subtotal: 3_000 } });
  });

  test('D10 of drinks only leaves a served order served: nobody has to cook them', async () => {
    await using app = await openApp();
    const orderId = await servedOrder(app);
    const itemId = await drinkOnMenu(app, { price: 500 });

    const order = await taken(app.as('waiter'), { orderId, itemId });

    expect(order).toMatchObject({ state: 'served', total: 1_400, units: 2 });
    expect(order.history.at(-1)).toMatchObject({ what: 'round', from: null, to: null });
    expect((await app.as('chef').kitchen.queue.query()).items).toEqual([]);
    await paid(app, orderId);
    expect((await moved(app.as('waiter'), orderId, { to: 'completed' })).state).toBe('completed');
  });

  test('D6 follows on what was free', async () => {
    await using app = await openApp();
    const water = await app.given.item({ price: 0 });
    const free = await taken(app.as('waiter'), { itemId: water });

    const order = await taken(app.as('waiter'), {
      orderId: free.id,
      itemId: await app.given.item(),
    });

    expect(free).toMatchObject({ total: 0, payment: 'paid' });
    expect(order).toMatchObject({ total: 900, payment: 'unpaid', paid: 0 });
    expect((await paid(app, order.id)).paid).toBe(900);
  });

  test('D6 is refused when the order was paid', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { id: orderId } = await taken(app.as('waiter'), { itemId });
    const before = await paid(app, orderId);

    const refused = await refusalOf(taken(app.as('waiter'), { orderId, itemId }));

    expect(refused).toMatchObject({ reason: 'ORDER_SETTLED', httpStatus: 409 });
    expect(await app.as('manager').orders.show.query({ orderId })).toEqual(before);
  });

  test.each(['completed', 'cancelled'] as const)('D3 is refused when it is %s', async (state) => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ type: 'dine_in', state });
    const itemId = await app.given.item();

    const refusals = [
      await refusalOf(taken(app.as('manager'), { orderId, itemId })),
      await refusalOf(taken(app.as('waiter'), { orderId, itemId })),
    ];

    expect(refusals.map(({ reason }) => reason)).toEqual(['ORDER_SETTLED', 'NOT_FOUND']);
  });

  test.each([
    ['waiter', { type: 'dine_in', state: 'ready' }, 'FORBIDDEN'],
    ['manager', { type: 'dine_in', state: 'ready' }, 'ORDER_UNREADY'],
    ['manager', { type: 'delivery', state: 'out_for_delivery' }, 'ILLEGAL_TRANSITION'],
  ] as const)('D3 a %s adds none to an order that is %j', async (role, traits, reason) => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ ...traits, items: ['done'] });
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 3 });

    const refused = await refusalOf(taken(app.as(role), { orderId, itemId }));

    expect(refused.reason).toBe(reason);
    expect(await leftOf(app, itemId)).toBe(3);
    const shown = await app.as('manager').orders.show.query({ orderId });
    expect(shown).toMatchObject({ ...traits, units: 1, version: 1 });
  });

  test('P18 is refused when there is not enough left, and changes nothing', async () => {
    await using app = await openApp();
    const orderId = await servedOrder(app);
    const itemId = await app.given.item();
    await counted(app, itemId, 1);
    const before = await app.as('waiter').orders.show.query({ orderId });

    const refused = await refusalOf(taken(app.as('waiter'), { orderId, itemId, quantity: 2 }));

    expect(refused).toMatchObject({ reason: 'SOLD_OUT', details: { items: [{ left: 1 }] } });
    expect(await app.as('waiter').orders.show.query({ orderId })).toEqual(before);
  });

  test('P15 comes once for a key', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 9 });
    const { id: orderId } = await taken(app.as('waiter'), { itemId });
    const said = { orderId, itemId, idempotencyKey: 'round-key-2' };

    const first = await taken(app.as('waiter'), said);
    const again = await taken(app.as('waiter'), said);
    const other = await refusalOf(taken(app.as('waiter'), { ...said, quantity: 2 }));

    expect(again).toEqual(first);
    expect(first).toMatchObject({ units: 2, items: [{ round: 1 }, { round: 2 }] });
    expect(other.reason).toBe('IDEMPOTENCY_MISMATCH');
    expect(await leftOf(app, itemId)).toBe(7);
  });

  test('S3-11 is not for an order of another restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { orderId } = await app.given.order({ restaurantId, type: 'dine_in' });

    const itemId = await app.given.item();
    const refused = await refusalOf(taken(app.as('manager'), { orderId, itemId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'order' } });
  });

  test('S2-14 of what a guest ordered themselves is told to the guest', async () => {
    await using app = await openApp();
    const customer = app.as('customer');
    const itemId = await app.given.item();
    const { id: orderId } = await placed(customer, { itemId, type: 'dine_in' });

    await taken(app.as('waiter'), { orderId, itemId });

    const shown = await customer.orders.show.query({ orderId });
    expect(shown).toMatchObject({ units: 2, total: 1_800, customerName: 'Some Body' });
    expect(shown.history.map(({ what, by }) => [what, by])).toEqual([
      ['placed', null],
      ['round', null],
    ]);
  });
});
