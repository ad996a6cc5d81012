import type { OrderView, Portion } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { recompute } from '@comanda/domains/orders/orders.totals.rules';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { moved, offering, onMenu, paid, placed, taken } from '../orders/ordering.ts';

const SETTLED = { reason: 'ORDER_SETTLED', httpStatus: 409 };

/** A cart of 3 × 9.99 at 10 % and 1 × (4.50 + 2 × 0.75) at 22 %. */
async function inCart(app: TestApp): Promise<number> {
  const optionId = newId();
  const option = { id: optionId, name: 'Ice', priceDelta: 75, available: true, maxQuantity: 2 };
  const extras = { id: newId(), name: 'Extras', min: 0, max: 2, options: [option] };
  const food = await onMenu(app, { price: 999, taxBps: 1_000 });
  const drink = await onMenu(app, { price: 450, taxBps: 2_200, options: [extras] });
  const { cart } = app.as('customer');
  await cart.add.mutate({ itemId: food, quantity: 3 });
  const options = [{ optionId, quantity: 2 }];
  return (await cart.add.mutate({ itemId: drink, options })).version;
}

type Terms = Parameters<typeof offering>[1];
interface Case {
  terms: Terms;
  type: OrderView['type'];
  tip: Portion;
}

describe('what an order comes to', () => {
  // By hand: 2 997 + 600 = 3 597. Service of 10 %: 359.7. Tax within: 272.45 + 108.2.
  test.each<[string, Case, Partial<OrderView['totals']>]>([
    [
      'eaten here, tax included, service on top',
      {
        terms: { taxInclusive: true, serviceChargeBps: 1_000, deliveryFee: 300 },
        type: 'dine_in',
        tip: { fixed: 100 },
      },
      { subtotal: 3_597, serviceCharge: 360, tax: 419, deliveryFee: 0, tip: 100, total: 4_057 },
    ],
    [
      'eaten here, tax on top of food and service',
      {
        terms: { taxInclusive: false, serviceChargeBps: 1_000 },
        type: 'dine_in',
        tip: { bps: 1_000 },
      },
      { subtotal: 3_597, serviceCharge: 360, tax: 475, deliveryFee: 0, tip: 360, total: 4_792 },
    ],
    [
      'fetched, which is no service',
      {
        terms: { taxInclusive: false, serviceChargeBps: 1_000, deliveryFee: 300 },
        type: 'pickup',
        tip: { fixed: 0 },
      },
      { subtotal: 3_597, serviceCharge: 0, tax: 432, deliveryFee: 0, tip: 0, total: 4_029 },
    ],
    [
      'brought, for a fee',
      {
        terms: { taxInclusive: true, serviceChargeBps: 1_000, deliveryFee: 300 },
        type: 'delivery',
        tip: { bps: 10_000 },
      },
      { subtotal: 3_597, serviceCharge: 0, tax: 380, deliveryFee: 300, tip: 3_597, total: 7_494 },
    ],
  ])('D6 %s', async (_, { terms, type, tip }, expected) => {
    await using app = await openApp();
    await offering(app, terms);
    const cartVersion = await inCart(app);
    const said = { cartVersion, type, tip, address: type === 'delivery' ? '1 Via Appia' : null };

    const order = await app.as('customer').orders.place.mutate(said);

    const { totals } = order;
    expect(totals).toMatchObject(expected);
    expect(order.total).toBe(totals.total);
    expect(recompute(totals)).toEqual(totals);
    const { subtotal, discount, serviceCharge, tax, deliveryFee } = totals;
    const taxOnTop = terms.taxInclusive ? 0 : tax;
    expect(subtotal - discount + serviceCharge + taxOnTop + deliveryFee + totals.tip).toBe(
      totals.total,
    );
    const lines = totals.lines.reduce((sum, line) => sum + line.total, 0);
    expect(lines + deliveryFee + totals.tip).toBe(totals.total);
  });
});

describe('paying for an order', () => {
  test.each(['waiter', 'manager', 'admin'] as const)(
    'D3 a %s writes down that it was paid in full',
    async (role) => {
      await using app = await openApp();
      const { id: orderId } = await taken(app.as('waiter'), { itemId: await app.given.item() });
      app.clock.advance(1_000);
      const { recordPayment } = app.as(role).orders;

      const order = await recordPayment.mutate({ orderId, expectedVersion: 1, method: 'card' });

      expect(order).toMatchObject({ payment: 'paid', paid: 900, refunded: 0, state: 'pending' });
      expect(order.payments).toEqual([
        {
          id: expect.any(String),
          kind: 'payment',
          amount: 900,
          method: 'card',
          reason: null,
          at: app.clock.now(),
        },
      ]);
      expect(order.history.at(-1)).toMatchObject({ what: 'payment', reason: 'card' });
      const rows = await auditOf(app, 'orders.recordPayment');
      expect(rows.map(({ target }) => target).toSorted()).toEqual([
        'Order',
        'OrderStep',
        'Payment',
      ]);
    },
  );

  test('P15 P16 is done once for a key, and not a second time with another', async () => {
    await using app = await openApp();
    const { id: orderId } = await taken(app.as('waiter'), { itemId: await app.given.item() });
    const { recordPayment } = app.as('waiter').orders;
    const said = {
      orderId,
      expectedVersion: 1,
      idempotencyKey: 'payment-1',
      method: 'cash' as const,
    };

    const first = await recordPayment.mutate(said);
    const again = await recordPayment.mutate(said);
    const other = await refusalOf(recordPayment.mutate({ ...said, method: 'card' }));
    const anew = await refusalOf(
      recordPayment.mutate({ orderId, expectedVersion: 2, method: 'cash' }),
    );

    expect(again).toEqual(first);
    expect(other).toMatchObject({ reason: 'IDEMPOTENCY_MISMATCH', httpStatus: 422 });
    expect(anew).toMatchObject(SETTLED);
    expect((await app.as('waiter').orders.show.query({ orderId })).payments).toHaveLength(1);
  });

  test('D3 can be done when a delivery is over, and never when it was cancelled', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ type: 'delivery', state: 'completed' });
    const { orderId: cancelled } = await app.given.order({ state: 'cancelled' });

    const refused = await refusalOf(paid(app, cancelled));

    expect((await paid(app, orderId)).payment).toBe('paid');
    expect(refused).toMatchObject(SETTLED);
  });

  test('T33 S3-11 is for those only who see the order', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { orderId: there } = await app.given.order({ restaurantId });
    const { orderId: over } = await app.given.order({ state: 'completed' });
    const pay = (orderId: string) =>
      refusalOf(
        app
          .as('waiter')
          .orders.recordPayment.mutate({ orderId, expectedVersion: 1, method: 'cash' }),
      );

    const refusals = [await pay(there), await pay(over), await pay(newId())];

    const refused = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'order' } };
    expect(refusals).toMatchObject([refused, refused, refused]);
  });
});

describe('giving money back', () => {
  test('D6 never gives back more than came in, in parts or at once', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ payment: 'paid' });
    const { refund } = app.as('manager').orders;
    const give = (amount: number, expectedVersion: number) =>
      refund.mutate({ orderId, expectedVersion, amount, reason: 'cold' });

    const tooMuch = await refusalOf(give(901, 1));
    const first = await give(300, 1);
    const stillTooMuch = await refusalOf(give(601, 2));
    const second = await give(600, 2);
    const nothingLeft = await refusalOf(give(1, 3));

    expect([tooMuch, stillTooMuch, nothingLeft]).toMatchObject([
      { reason: 'REFUND_TOO_LARGE', httpStatus: 409, details: { refundable: 900 } },
      { reason: 'REFUND_TOO_LARGE', details: { refundable: 600 } },
      { reason: 'REFUND_TOO_LARGE', details: { refundable: 0 } },
    ]);
    expect(first).toMatchObject({ payment: 'part_refunded', paid: 900, refunded: 300 });
    expect(second).toMatchObject({ payment: 'refunded', paid: 900, refunded: 900, total: 900 });
    expect(second.payments).toMatchObject([
      { kind: 'refund', amount: 300, reason: 'cold' },
      { kind: 'refund', amount: 600 },
    ]);
    expect(second.history.map(({ what }) => what)).toEqual(['refund', 'refund']);
  });

  test('D6 is nothing where nothing came in', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order();
    const said = { orderId, expectedVersion: 1, amount: 1, reason: 'kindness' };

    const refused = await refusalOf(app.as('manager').orders.refund.mutate(said));

    expect(refused).toMatchObject({ reason: 'REFUND_TOO_LARGE', details: { refundable: 0 } });
  });

  test('P15 is done once for a key', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ payment: 'paid' });
    const { refund } = app.as('manager').orders;
    const said = { orderId, expectedVersion: 1, amount: 200, reason: 'cold' };
    const keyed = { ...said, idempotencyKey: 'refund-1' };

    const first = await refund.mutate(keyed);
    const again = await refund.mutate(keyed);
    const other = await refusalOf(refund.mutate({ ...keyed, amount: 201 }));

    expect(again).toEqual(first);
    expect(first.refunded).toBe(200);
    expect(other.reason).toBe('IDEMPOTENCY_MISMATCH');
  });

  test.each<[string, object]>([
    ['amount', { amount: 0 }],
    ['amount', { amount: -900 }],
    ['amount', { amount: 0.5 }],
    ['amount', { amount: 10_000_000_000 }],
    ['reason', { reason: ' ' }],
    ['reason', { reason: undefined }],
  ])('T39 takes an amount and a reason, and not %s: %j', async (path, wrong) => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ payment: 'paid' });
    const said = { orderId, expectedVersion: 1, amount: 1, reason: 'cold' };

    const refused = await refusalOf(app.as('manager').orders.refund.mutate({ ...said, ...wrong }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
  });

  test('D6 is possible when the order is over', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ state: 'completed', payment: 'paid' });
    const said = { orderId, expectedVersion: 1, amount: 900, reason: 'cold' };

    const order = await app.as('manager').orders.refund.mutate(said);

    expect(order).toMatchObject({ state: 'completed', payment: 'refunded' });
  });
});

describe('taking something off', () => {
  test('D6 reckons everything anew, in place of any discount before', async () => {
    await using app = await openApp();
    await offering(app, { taxInclusive: false, serviceChargeBps: 1_000 });
    const itemId = await onMenu(app, { price: 1_000, taxBps: 1_000 });
    const said = { itemId, quantity: 2, tip: { bps: 1_000 } };
    const { id: orderId, total } = await taken(app.as('waiter'), said);
    const { discount } = app.as('manager').orders;
    const off = { orderId, reason: 'a long wait' };

    const half = await discount.mutate({ ...off, expectedVersion: 1, discount: { bps: 5_000 } });
    const fixed = await discount.mutate({ ...off, expectedVersion: 2, discount: { fixed: 500 } });

    expect(total).toBe(2_000 + 200 + 220 + 200);
    expect(half).toMatchObject({ total: 1_000 + 100 + 110 + 100, totals: { discount: 1_000 } });
    expect(fixed).toMatchObject({ total: 1_500 + 150 + 165 + 150, totals: { discount: 500 } });
    expect(recompute(fixed.totals)).toEqual(fixed.totals);
    expect(fixed.history.at(-1)).toMatchObject({ what: 'discount', reason: 'a long wait' });
    const more = await taken(app.as('waiter'), { orderId, itemId });
    expect(more.totals).toMatchObject({ subtotal: 3_000, discount: 500 });
  });

  test('D6 never takes off more than there is, and what costs nothing is paid', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order();
    const { discount } = app.as('manager').orders;
    const off = { orderId, reason: 'on the house' };

    const free = await discount.mutate({ ...off, expectedVersion: 1, discount: { fixed: 5_000 } });
    const dear = await discount.mutate({ ...off, expectedVersion: 2, discount: { bps: 0 } });

    expect(free).toMatchObject({ total: 0, payment: 'paid', paid: 0, totals: { discount: 900 } });
    expect(dear).toMatchObject({ total: 900, payment: 'unpaid' });
  });

  test('D6 is refused when the order was paid, or is over', async () => {
    await using app = await openApp();
    const off = { expectedVersion: 1, discount: { fixed: 1 }, reason: 'cold' };
    const take = async (traits: Parameters<typeof app.given.order>[0]) => {
      const { orderId } = await app.given.order(traits);
      return refusalOf(app.as('manager').orders.discount.mutate({ ...off, orderId }));
    };

    const refusals = [
      await take({ payment: 'paid' }),
      await take({ state: 'completed' }),
      await take({ state: 'cancelled' }),
    ];

    expect(refusals).toMatchObject([SETTLED, SETTLED, SETTLED]);
  });

  test.each(['waiter', 'head_chef', 'customer'] as const)(
    'D1 a %s gives nothing back and takes nothing off',
    async (role) => {
      await using app = await openApp();
      const customerId = app.home.staff.customer.id;
      const { orderId } = await app.given.order({ payment: 'paid', customerId });
      const { refund, discount } = app.as(role).orders;
      const named = { orderId, expectedVersion: 1, reason: 'cold' };

      const refusals = [
        await refusalOf(refund.mutate({ ...named, amount: 1 })),
        await refusalOf(discount.mutate({ ...named, discount: { fixed: 1 } })),
      ];

      expect(refusals).toMatchObject([
        { reason: 'FORBIDDEN', details: { capability: 'order.refund' } },
        { reason: 'FORBIDDEN', details: { capability: 'order.discount' } },
      ]);
    },
  );

  test('D6 a guest who is served and pays is square with the house', async () => {
    await using app = await openApp();
    await offering(app, { serviceChargeBps: 1_250 });
    const itemId = await app.given.item({ price: 1_111 });
    const { id } = await placed(app.as('customer'), { itemId, type: 'dine_in', quantity: 3 });
    await moved(app.as('chef'), id, { to: 'preparing' });
    const off = { orderId: id, expectedVersion: 2, discount: { bps: 333 }, reason: 'regular' };
    const { total } = await app.as('manager').orders.discount.mutate(off);

    const order = await paid(app, id);

    expect(order).toMatchObject({ total, paid: total, payments: [{ amount: total }] });
  });
});
