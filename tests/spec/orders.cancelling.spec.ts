import { MINUTE } from '@comanda/kernel/time';
import type { OrderTraits } from '@comanda/testing/given-order';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import {
  cooked,
  counted,
  drinkOnMenu,
  leftOf,
  moved,
  offering,
  paid,
  placed,
  taken,
} from '../orders/ordering.ts';

const KEY = 'cancel-key-1';
const FORBIDDEN = {
  reason: 'FORBIDDEN',
  httpStatus: 403,
  details: { capability: 'order.cancel' },
};

describe('a guest who changes their mind', () => {
  test('D3 cancels what nobody has confirmed, however late', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { id: orderId, version } = await placed(app.as('customer'), { itemId });
    app.clock.advance(600 * MINUTE);

    const said = { orderId, expectedVersion: version };
    const cancelled = await app.as('customer').orders.cancel.mutate(said);

    expect(cancelled).toMatchObject({
      state: 'cancelled',
      closedAt: app.clock.now(),
      items: [{ state: 'voided' }],
      payment: 'unpaid',
      version: 2,
    });
    expect(cancelled.history.at(-1)).toMatchObject({ from: 'pending', to: 'cancelled', by: null });
  });

  test.each([
    [5 * MINUTE, 'cancelled'],
    [5 * MINUTE + 1, 'too late'],
  ])(
    'D3 cancels what was confirmed within five minutes of ordering: after %i ms',
    async (ms, is) => {
      await using app = await openApp();
      const customer = app.as('customer');
      const { id: orderId } = await placed(customer, { itemId: await app.given.item() });
      app.clock.advance(4 * MINUTE);
      const { version } = await moved(app.as('waiter'), orderId, { to: 'confirmed' });
      app.clock.advance(ms - 4 * MINUTE);

      const next = await customer.orders.nextStates.query({ orderId });
      const outcome = await customer.orders.cancel
        .mutate({ orderId, expectedVersion: version })
        .then(
          ({ state }) => state,
          () => 'too late',
        );

      expect(outcome).toBe(is);
      expect(next.items.map(({ to }) => to)).toEqual(is === 'cancelled' ? ['cancelled'] : []);
    },
  );

  test('D3 cancels no more once it is being cooked, and is told why', async () => {
    await using app = await openApp();
    const customer = app.as('customer');
    const { id: orderId } = await placed(customer, { itemId: await app.given.item() });
    const { version } = await moved(app.as('chef'), orderId, { to: 'preparing' });

    const refused = await refusalOf(
      customer.orders.cancel.mutate({ orderId, expectedVersion: version, reason: 'late' }),
    );

    expect(refused).toMatchObject(FORBIDDEN);
  });

  test('D1 staff have the same time for an order of their own', async () => {
    await using app = await openApp();
    await offering(app, { autoConfirm: true });
    const chef = app.as('chef');
    const itemId = await app.given.item();
    const first = await placed(chef, { itemId });
    const second = await placed(chef, { itemId });

    const inTime = await chef.orders.cancel.mutate({ orderId: first.id, expectedVersion: 1 });
    app.clock.advance(6 * MINUTE);
    const late = await refusalOf(
      chef.orders.cancel.mutate({ orderId: second.id, expectedVersion: 1 }),
    );

    expect(inTime.state).toBe('cancelled');
    expect(late).toMatchObject(FORBIDDEN);
  });
});

describe('what is needed to cancel', () => {
  const done: OrderTraits['items'] = ['done'];

  test.each<[OrderTraits]>([
    [{ state: 'preparing' }],
    [{ state: 'ready', items: done }],
    [{ type: 'dine_in', state: 'served', items: ['served'] }],
    [{ type: 'delivery', state: 'out_for_delivery', items: done }],
  ])('D3 is a reason, once it was cooked: %j', async (traits) => {
    await using app = await openApp();
    const { orderId } = await app.given.order(traits);
    const { cancel } = app.as('manager').orders;
    const named = { orderId, expectedVersion: 1 };

    const refused = await refusalOf(cancel.mutate({ ...named, refund: true }));
    const cancelled = await cancel.mutate({ ...named, reason: 'the oven is broken' });

    expect(refused).toMatchObject({ reason: 'ORDER_UNREADY', details: { needs: 'reason' } });
    expect(cancelled.history.at(-1)).toMatchObject({
      from: traits.state,
      to: 'cancelled',
      by: 'Some Body',
      reason: 'the oven is broken',
    });
  });

  test.each<[OrderTraits]>([
    [{ state: 'ready', items: done }],
    [{ type: 'dine_in', state: 'served', items: ['served'] }],
    [{ type: 'delivery', state: 'out_for_delivery', items: done }],
  ])('D3 is a word on what was paid, once it was ready: %j', async (traits) => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ ...traits, payment: 'paid' });
    const { cancel, nextStates } = app.as('manager').orders;
    const named = { orderId, expectedVersion: 1, reason: 'cold' };

    const next = await nextStates.query({ orderId });
    const refused = await refusalOf(cancel.mutate(named));
    const kept = await cancel.mutate({ ...named, refund: false });

    const told = { to: 'cancelled', needsReason: true, needsRefundChoice: true };
    expect(next.items).toContainEqual(told);
    expect(refused).toMatchObject({ reason: 'ORDER_UNREADY', details: { needs: 'refundChoice' } });
    expect(kept).toMatchObject({ state: 'cancelled', payment: 'paid', refunded: 0, payments: [] });
  });

  test('D3 D6 what was paid goes back where that is said, less what went back before', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ state: 'ready', items: done });
    await paid(app, orderId);
    const { orders } = app.as('manager');
    const amount = 200;
    await orders.refund.mutate({ orderId, expectedVersion: 2, amount, reason: 'slow' });

    const cancelled = await orders.cancel.mutate({
      orderId,
      expectedVersion: 3,
      reason: 'cold',
      refund: true,
    });

    expect(cancelled).toMatchObject({
      state: 'cancelled',
      payment: 'refunded',
      paid: 900,
      refunded: 900,
      payments: [
        { kind: 'payment', amount: 900 },
        { kind: 'refund', amount: 200, reason: 'slow' },
        { kind: 'refund', amount: 700, reason: 'cold' },
      ],
    });
  });

  test('D3 to give nothing back where nothing was paid is no refund', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ state: 'pending' });

    const said = { orderId, expectedVersion: 1, refund: true };
    const cancelled = await app.as('manager').orders.cancel.mutate(said);

    expect(cancelled).toMatchObject({ payment: 'unpaid', refunded: 0, payments: [] });
  });

  test.each(['customer', 'waiter', 'head_chef'] as const)(
    'D1 D6 a %s cancels what was paid, but gives no money back',
    async (role) => {
      await using app = await openApp();
      const customerId = app.home.staff.customer.id;
      const { orderId } = await app.given.order({ customerId, payment: 'paid' });
      const { cancel } = app.as(role).orders;
      const named = { orderId, expectedVersion: 1 };

      const refused = await refusalOf(cancel.mutate({ ...named, refund: true }));
      const cancelled = await cancel.mutate(named);

      expect(refused).toMatchObject({
        reason: 'FORBIDDEN',
        httpStatus: 403,
        details: { capability: 'order.refund' },
      });
      expect(cancelled).toMatchObject({ state: 'cancelled', payment: 'paid', refunded: 0 });
    },
  );
});

describe('what is cancelled', () => {
  test('D10 goes back to the stock, once, as far as nobody has begun to cook it', async () => {
    await using app = await openApp();
    const stock = { stockMode: 'count', stockLeft: 10 } as const;
    const [raw, begun, done] = [
      await app.given.item(stock),
      await app.given.item(stock),
      await app.given.item(stock),
    ];
    const { orders } = app.as('waiter');
    const lines = [raw, begun, done].map((itemId) => ({ itemId, quantity: 3 }));
    const { id: orderId, items } = await orders.take.mutate({ lines });
    const { kitchen } = app.as('chef');
    await kitchen.startItem.mutate({ orderItemId: items[1]?.id ?? '' });
    await kitchen.finishItem.mutate({ orderItemId: items[2]?.id ?? '' });
    const { version } = await orders.show.query({ orderId });
    const { cancel } = app.as('head_chef').orders;
    const said = { orderId, expectedVersion: version, reason: 'gone', idempotencyKey: KEY };

    const cancelled = await cancel.mutate(said);
    const again = await cancel.mutate(said);
    const anew = await refusalOf(cancel.mutate({ ...said, idempotencyKey: 'cancel-key-2' }));
    const after = await refusalOf(cancel.mutate({ orderId, expectedVersion: version + 1 }));

    expect(again).toEqual(cancelled);
    expect([anew.reason, after.reason]).toEqual(['VERSION_CONFLICT', 'ILLEGAL_TRANSITION']);
    expect([await leftOf(app, raw), await leftOf(app, begun), await leftOf(app, done)]).toEqual([
      10, 7, 7,
    ]);
  });

  test('D10 goes back also where nobody cooks it, as long as it was not served', async () => {
    await using app = await openApp();
    const wine = await drinkOnMenu(app);
    await counted(app, wine, 6);
    const { cancel } = app.as('manager').orders;
    const early = await taken(app.as('waiter'), { itemId: wine, quantity: 2 });
    await cancel.mutate({ orderId: early.id, expectedVersion: 1 });
    const back = await leftOf(app, wine);
    const late = await taken(app.as('waiter'), { itemId: wine, quantity: 2 });
    await moved(app.as('chef'), late.id, { to: 'preparing' });
    await cooked(app, late.id);
    const { version } = await moved(app.as('waiter'), late.id, { to: 'served' });

    const said = { orderId: late.id, expectedVersion: version, reason: 'corked' };
    const cancelled = await cancel.mutate(said);

    expect([back, await leftOf(app, wine)]).toEqual([6, 4]);
    expect(cancelled.items).toMatchObject([{ state: 'served' }]);
  });

  test('D10 goes back only to what is counted still', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 5 });
    const uncounted = await app.given.item();
    const { id: orderId } = await app.as('waiter').orders.take.mutate({
      lines: [{ itemId, quantity: 2 }, { itemId: uncounted }],
    });
    await app.as('manager').menu.items.setStock.mutate({ itemId, mode: 'none' });
    await counted(app, uncounted, 3);

    await app.as('waiter').orders.cancel.mutate({ orderId, expectedVersion: 1 });

    const { staff } = await app.as('manager').menu.show.query({ itemId });
    expect(staff).toMatchObject({ stockMode: 'none' });
    expect(await leftOf(app, uncounted)).toBe(3);
  });

  test('D10 can be had again by the next guest, when it was the last', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 1 });
    const { id: orderId } = await placed(app.as('customer'), { itemId });
    const next = app.as(await app.given.person());
    const refused = await refusalOf(placed(next, { itemId }));

    await app.as('customer').orders.cancel.mutate({ orderId, expectedVersion: 1 });
    const { version } = await next.cart.show.query();
    const order = await next.orders.place.mutate({ type: 'pickup', cartVersion: version });

    expect([refused.reason, order.number]).toEqual(['SOLD_OUT', 2]);
  });

  test('P15 P16 is cancelled once for a key, which answers the same and nothing else', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order();
    const { orderId: other } = await app.given.order();
    const { cancel } = app.as('manager').orders;
    const said = { orderId, expectedVersion: 1, idempotencyKey: KEY };

    const first = await cancel.mutate(said);
    const again = await cancel.mutate(said);
    const refused = await refusalOf(cancel.mutate({ ...said, orderId: other }));

    expect(again).toEqual(first);
    expect(refused).toMatchObject({ reason: 'IDEMPOTENCY_MISMATCH', httpStatus: 422 });
    const shown = await app.as('manager').orders.show.query({ orderId: other });
    expect(shown.state).toBe('pending');
  });
});
