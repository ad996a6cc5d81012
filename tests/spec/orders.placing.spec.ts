import type { CreateItem, OptionGroup } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { DAY, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { counted, leftOf, offering, onMenu, ordersIn, placed } from '../orders/ordering.ts';

const BURRATA = newId();
const burrata = {
  id: BURRATA,
  name: 'Burrata',
  priceDelta: 200,
  available: true,
  maxQuantity: 3,
};
const extras: OptionGroup = { id: newId(), name: 'Extras', min: 0, max: 3, options: [burrata] };
const pizza: Partial<CreateItem> = {
  name: 'Margherita',
  price: 1_050,
  taxBps: 1_000,
  station: 'oven',
  prepMinutes: 12,
  options: [extras],
};

/** A Margherita with two burratas in the customer's cart. */
async function pizzaInCart(app: TestApp) {
  const itemId = await onMenu(app, pizza);
  const { version } = await app.as('customer').cart.add.mutate({
    itemId,
    options: [{ optionId: BURRATA, quantity: 2 }],
    note: 'well done',
    quantity: 3,
  });
  return { itemId, cartVersion: version };
}

describe('ordering what is in the cart', () => {
  test('S0-37 S2-12 S2-13 makes an order of it with all that was chosen and said', async () => {
    await using app = await openApp();
    const { itemId, cartVersion } = await pizzaInCart(app);
    const said = { phone: '+39 06 123', address: '1 Via Appia', instructions: 'Ring twice.' };

    const order = await app
      .as('customer')
      .orders.place.mutate({ ...said, cartVersion, type: 'delivery', tip: { fixed: 50 } });

    expect(order).toMatchObject({
      ...said,
      restaurantId: app.home.restaurantId,
      number: 1,
      type: 'delivery',
      state: 'pending',
      payment: 'unpaid',
      customerId: app.home.staff.customer.id,
      customerName: 'Some Body',
      tableId: null,
      assigneeId: null,
      currency: 'EUR',
      total: 4_400,
      units: 3,
      paid: 0,
      refunded: 0,
      placedAt: app.clock.now(),
      promisedAt: null,
      closedAt: null,
      version: 1,
      payments: [],
    });
    expect(order.items).toEqual([
      {
        id: expect.any(String),
        itemId,
        round: 1,
        name: 'Margherita',
        options: [
          { optionId: BURRATA, group: 'Extras', name: 'Burrata', quantity: 2, priceDelta: 200 },
        ],
        note: 'well done',
        quantity: 3,
        unit: 1_050,
        state: 'queued',
        station: 'oven',
        skipsKitchen: false,
        orderedAt: app.clock.now(),
        startedAt: null,
        doneAt: null,
      },
    ]);
    const at = app.clock.now();
    const step = { at, what: 'placed', from: null, to: 'pending', by: null, reason: null };
    expect(order.history).toEqual([step]);
    expect(await app.as('customer').orders.show.query({ orderId: order.id })).toEqual(order);
  });

  test('S2-11 empties the cart, so that nothing is ordered twice', async () => {
    await using app = await openApp();
    const { cartVersion } = await pizzaInCart(app);
    const { cart, orders } = app.as('customer');

    await orders.place.mutate({ cartVersion, type: 'pickup' });

    const after = await cart.show.query();
    expect(after).toMatchObject({ lines: [], itemCount: 0, subtotal: 0 });
    expect(after.version).toBeGreaterThan(cartVersion);
    const again = await refusalOf(orders.place.mutate({ cartVersion, type: 'pickup' }));
    expect(again).toMatchObject({ reason: 'CART_EMPTY', httpStatus: 409 });
  });

  test('S2-11 C2 the menu of tomorrow does not change the order of today', async () => {
    await using app = await openApp();
    const { itemId, cartVersion } = await pizzaInCart(app);
    const { orders } = app.as('customer');
    const tableId = await app.given.table({ name: 'T1' });
    const before = await orders.place.mutate({ cartVersion, type: 'dine_in', tableId });
    const { menu, tables, restaurants } = app.as('manager');

    const options = [{ ...extras, name: 'No more', options: [{ ...burrata, name: 'X' }] }];
    const changes = { name: 'Regina', price: 1, taxBps: 2_200, options, station: null };
    await menu.items.update.mutate({ itemId, ...changes, prepMinutes: 90 });
    await menu.items.remove.mutate({ itemId });
    await tables.update.mutate({ tableId, name: 'T2' });
    await restaurants.update.mutate({
      currency: 'USD',
      ordering: { taxInclusive: false, serviceChargeBps: 1_000 },
    });

    expect(await orders.show.query({ orderId: before.id })).toEqual(before);
    expect(before).toMatchObject({ tableId, tableName: 'T1' });
  });

  test('D3 orders are counted from one in every restaurant', async () => {
    await using app = await openApp();
    const there = await app.given.restaurant();
    const here = app.home.restaurantId;
    const [itemHere, itemThere] = [
      await app.given.item(),
      await app.given.item({ restaurantId: there }),
    ];
    const customer = app.as('customer');

    const orders = [
      await placed(customer, { restaurantId: here, itemId: itemHere }),
      await placed(customer, { restaurantId: there, itemId: itemThere }),
      await placed(customer, { restaurantId: here, itemId: itemHere }),
      await placed(customer, { restaurantId: here, itemId: itemHere }),
      await placed(customer, { restaurantId: there, itemId: itemThere }),
    ];

    expect(orders.map(({ number }) => number)).toEqual([1, 1, 2, 3, 2]);
  });

  test('S0-37 somebody else can be named than who orders', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();

    const order = await placed(app.as('customer'), { itemId, customerName: '  Grandma ' });

    expect(order.customerName).toBe('Grandma');
  });

  test('S0-37 whoever has given no name is called a guest: somebody has to be called', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { id } = await app.given.person({ firstName: '', lastName: '' });
    const nameless = { id, username: 'ada', role: 'customer', restaurantId: null } as const;

    const order = await placed(app.as(nameless), { itemId });

    expect(order.customerName).toBe('guest');
  });

  test('S0-38 staff order for themselves like everybody else', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();

    const order = await placed(app.as('prep_cook'), { itemId });

    expect(order).toMatchObject({ customerId: app.home.staff.prep_cook.id, state: 'pending' });
  });

  test('D3 it is confirmed and promised at once where the restaurant says so', async () => {
    await using app = await openApp();
    await offering(app, { autoConfirm: true, prepMinutes: 15 });
    const quick = await onMenu(app, { prepMinutes: 5 });
    const slow = await onMenu(app, { prepMinutes: 40 });
    const customer = app.as('customer');

    const fast = await placed(customer, { itemId: quick });
    await customer.cart.add.mutate({ itemId: quick });
    const both = await placed(customer, { itemId: slow });

    const inMinutes = (minutes: number) => new Date(app.clock.now().getTime() + minutes * MINUTE);
    expect([fast, both]).toMatchObject([
      { state: 'confirmed', promisedAt: inMinutes(15), history: [{ to: 'confirmed' }] },
      { state: 'confirmed', promisedAt: inMinutes(40) },
    ]);
  });

  test('D6 what costs nothing is paid from the start', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 0 });

    const order = await placed(app.as('customer'), { itemId });

    expect(order).toMatchObject({ total: 0, payment: 'paid', paid: 0, payments: [] });
  });

  test('S0-39 S0-45 it is written down by whom, with its total and how much there is of it', async () => {
    await using app = await openApp();
    const { cartVersion } = await pizzaInCart(app);

    const { id } = await app.as('customer').orders.place.mutate({ cartVersion, type: 'pickup' });

    const rows = await auditOf(app, 'orders.place');
    expect(rows.filter(({ target }) => target === 'Order')).toMatchObject([
      {
        actorId: app.home.staff.customer.id,
        change: 'created',
        targetId: id,
        restaurantId: app.home.restaurantId,
        after: { total: 4_350, units: 3, number: 1, state: 'pending' },
      },
    ]);
  });
});

describe('ordering what is counted', () => {
  test('D10 takes it from the stock, and the last one switches it off', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 5 });
    const customer = app.as('customer');

    await placed(customer, { itemId, quantity: 2 });
    const between = await leftOf(app, itemId);
    await placed(customer, { itemId, quantity: 3 });

    expect([between, await leftOf(app, itemId)]).toEqual([3, 0]);
    const shown = await customer.menu.show.query({ itemId });
    expect(shown).toMatchObject({ stock: 'out', now: { because: 'SOLD_OUT' } });
    const refused = await refusalOf(placed(customer, { itemId }));
    expect(refused).toMatchObject({
      reason: 'SOLD_OUT',
      httpStatus: 409,
      details: { items: [{ itemId, left: 0 }] },
    });
  });

  test('P18 all lines of one item draw on the same stock', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ name: 'Tiramisù', stockMode: 'count', stockLeft: 5 });
    const { cart, orders } = app.as('customer');
    await cart.add.mutate({ itemId, quantity: 3 });
    const { version } = await cart.add.mutate({ itemId, quantity: 3, note: 'no cocoa' });

    const refused = await refusalOf(orders.place.mutate({ cartVersion: version, type: 'pickup' }));

    const items = [{ itemId, name: 'Tiramisù', left: 2 }];
    expect(refused).toMatchObject({ reason: 'SOLD_OUT', details: { items } });
  });

  test('P18 a refusal leaves cart, stock and numbers as they were', async () => {
    await using app = await openApp();
    const plenty = await app.given.item({ stockMode: 'count', stockLeft: 9 });
    const scarce = await app.given.item({ stockMode: 'count', stockLeft: 1 });
    const customer = app.as('customer');
    await customer.cart.add.mutate({ itemId: plenty, quantity: 4 });
    const cart = await customer.cart.add.mutate({ itemId: scarce, quantity: 2 });

    const refused = await refusalOf(
      customer.orders.place.mutate({ cartVersion: cart.version, type: 'pickup' }),
    );

    expect(refused.reason).toBe('SOLD_OUT');
    expect([await leftOf(app, plenty), await leftOf(app, scarce)]).toEqual([9, 1]);
    expect(await customer.cart.show.query()).toEqual(cart);
    expect(await ordersIn(app)).toEqual([]);
    await counted(app, scarce, 2);
    const { number } = await customer.orders.place.mutate({
      cartVersion: cart.version,
      type: 'pickup',
    });
    expect(number).toBe(1);
  });
});

describe('an order is refused', () => {
  test('D5 when nothing was ever put into the cart, or all was taken out', async () => {
    await using app = await openApp();
    const { cart, orders } = app.as('customer');
    const never = await refusalOf(orders.place.mutate({ cartVersion: 0, type: 'pickup' }));
    await cart.add.mutate({ itemId: await app.given.item() });
    const { version } = await cart.clear.mutate();

    const cleared = await refusalOf(orders.place.mutate({ cartVersion: version, type: 'pickup' }));

    const refused = { reason: 'CART_EMPTY', httpStatus: 409 };
    expect([never, cleared]).toMatchObject([refused, refused]);
  });

  test('D5 when the cart was left alone for fourteen days', async () => {
    await using app = await openApp();
    const { cartVersion } = await pizzaInCart(app);
    app.clock.advance(14 * DAY);

    const refused = await refusalOf(
      app.as('customer').orders.place.mutate({ cartVersion, type: 'pickup' }),
    );

    expect(refused.reason).toBe('CART_EMPTY');
  });

  test.each([-1, 1])('D5 when the cart is another than was seen (%i)', async (off) => {
    await using app = await openApp();
    const { cartVersion } = await pizzaInCart(app);
    const { cart, orders } = app.as('customer');
    const before = await cart.show.query();

    const refused = await refusalOf(
      orders.place.mutate({ cartVersion: cartVersion + off, type: 'pickup' }),
    );

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    expect(await cart.show.query()).toEqual(before);
  });

  test('D3 when the restaurant takes no orders of that kind', async () => {
    await using app = await openApp();
    const { cartVersion } = await pizzaInCart(app);
    await offering(app, { types: ['pickup', 'delivery'] });

    const refused = await refusalOf(
      app.as('customer').orders.place.mutate({ cartVersion, type: 'dine_in' }),
    );

    const details = { offered: ['pickup', 'delivery'] };
    expect(refused).toMatchObject({ reason: 'TYPE_NOT_OFFERED', httpStatus: 409, details });
  });

  test('D3 when it is to be brought to nowhere', async () => {
    await using app = await openApp();
    const { cartVersion } = await pizzaInCart(app);

    const refused = await refusalOf(
      app.as('customer').orders.place.mutate({ cartVersion, type: 'delivery' }),
    );

    const details = { issues: [{ path: 'address' }] };
    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400, details });
  });

  test('D7 S3-11 when its table is not there, not in use, or of another restaurant', async () => {
    await using app = await openApp();
    const { cartVersion } = await pizzaInCart(app);
    const restaurantId = app.home.restaurantId;
    const elsewhere = await app.given.restaurant();
    const { orders } = app.as('customer');
    const at = (tableId: string) =>
      refusalOf(orders.place.mutate({ restaurantId, cartVersion, type: 'dine_in', tableId }));

    const refusals = [
      await at(newId()),
      await at(await app.given.table({ active: false })),
      await at(await app.given.table({ restaurantId: elsewhere })),
    ];

    const refused = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'table' } };
    expect(refusals).toMatchObject([refused, refused, refused]);
  });

  test('S0-14 when nobody knows who orders', async () => {
    await using app = await openApp();
    const stranger = app.as('anonymous').orders.place;

    const refused = await refusalOf(stranger.mutate({ cartVersion: 1, type: 'pickup' }));

    expect(refused).toMatchObject({ reason: 'UNAUTHENTICATED', httpStatus: 401 });
  });

  test('when it could be in any of several restaurants, or in none that there is', async () => {
    await using app = await openApp();
    await app.given.restaurant();
    const { orders } = app.as('customer');
    const said = { cartVersion: 1, type: 'pickup' } as const;

    const unnamed = await refusalOf(orders.place.mutate(said));
    const unknown = await refusalOf(orders.place.mutate({ ...said, restaurantId: newId() }));

    expect([unnamed.reason, unknown.reason]).toEqual(['RESTAURANT_REQUIRED', 'NOT_FOUND']);
  });

  test.each<[string, object]>([
    ['idempotencyKey', { idempotencyKey: 'short-1' }],
    ['idempotencyKey', { idempotencyKey: 'x'.repeat(129) }],
    ['idempotencyKey', { idempotencyKey: 'with blanks' }],
    ['idempotencyKey', { idempotencyKey: 'línea-nueva' }],
    ['cartVersion', { cartVersion: 1.5 }],
    ['cartVersion', { cartVersion: '1' }],
    ['type', { type: 'catering' }],
    ['phone', { phone: '1'.repeat(31) }],
    ['address', { address: ' ' }],
    ['address', { address: 'x'.repeat(301) }],
    ['instructions', { instructions: 'x'.repeat(501) }],
    ['customerName', { customerName: '' }],
    ['tip', { tip: { fixed: -1 } }],
    ['tip', { tip: { bps: 10_001 } }],
    ['tip', { tip: { fixed: 1, bps: 1 } }],
    ['tip', { tip: { fixed: 0.5 } }],
    ['tableId', { tableId: 'T1' }],
    ['expectedTotal', { expectedTotal: -1 }],
    ['', { total: 1 }],
    ['', { state: 'completed' }],
    ['', { customerId: newId() }],
  ])('A12-2 T39 when wrong is %s: %j', async (path, wrong) => {
    await using app = await openApp();
    const { cartVersion } = await pizzaInCart(app);
    const said = { cartVersion, type: 'pickup' } as const;

    const refused = await refusalOf(app.as('customer').orders.place.mutate({ ...said, ...wrong }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
    const { issues } = refused.details as { issues: { path: string }[] };
    expect(issues[0]?.path).toContain(path);
  });
});
