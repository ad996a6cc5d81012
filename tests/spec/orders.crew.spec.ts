import { newId } from '@comanda/kernel/id';
import type { OrderTraits } from '@comanda/testing/given-order';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { moved, placed, cooked } from '../orders/ordering.ts';

const NOT_FOUND = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'order' } };

/** A delivery that is ready and nobody’s yet, unless it is said. */
async function delivery(app: TestApp, traits: OrderTraits = {}): Promise<string> {
  const plain = { type: 'delivery', state: 'ready', items: ['done' as const] } as const;
  return (await app.given.order({ ...plain, ...traits, items: [...plain.items] })).orderId;
}

describe('assigning a delivery', () => {
  test.each(['manager', 'admin'] as const)(
    'S2-14 a %s gives it to one of the crew',
    async (role) => {
      await using app = await openApp();
      const orderId = await delivery(app);
      const crew = await app.given.person({ role: 'delivery_crew', firstName: 'Enzo' });
      const said = { orderId, expectedVersion: 1, assigneeId: crew.id };

      const order = await app.as(role).orders.assign.mutate(said);

      expect(order).toMatchObject({
        assigneeId: crew.id,
        assigneeName: 'Enzo Body',
        state: 'ready',
        version: 2,
        history: [{ what: 'assigned', reason: 'Enzo Body', by: 'Some Body' }],
      });
      expect((await app.as(crew).orders.list.query()).items).toMatchObject([{ id: orderId }]);
      expect((await app.as('delivery_crew').orders.list.query()).items).toEqual([]);
      const rows = await auditOf(app, 'orders.assign');
      expect(rows.find(({ target }) => target === 'Order')).toMatchObject({
        before: { assigneeId: null },
        after: { assigneeId: crew.id },
      });
    },
  );

  test.each(['customer', 'delivery_crew', 'waiter', 'chef', 'head_chef', 'master_chef'] as const)(
    'S2-14 a %s gives it to nobody',
    async (role) => {
      await using app = await openApp();
      const orderId = await delivery(app);
      const assigneeId = app.home.staff.delivery_crew.id;

      const refused = await refusalOf(
        app.as(role).orders.assign.mutate({ orderId, expectedVersion: 1, assigneeId }),
      );

      const details = { capability: 'order.assign' };
      expect(refused).toMatchObject({ reason: 'FORBIDDEN', httpStatus: 403, details });
    },
  );

  test('S2-14 a manager takes it back, and gives it to another, also underway', async () => {
    await using app = await openApp();
    const [first, second] = [
      await app.given.person({ role: 'delivery_crew' }),
      await app.given.person({ role: 'delivery_crew' }),
    ];
    const orderId = await delivery(app, { assigneeId: first.id });
    const { assign } = app.as('manager').orders;
    const back = await assign.mutate({ orderId, expectedVersion: 1, assigneeId: null });
    await assign.mutate({ orderId, expectedVersion: 2, assigneeId: first.id });
    await moved(app.as(first), orderId, { to: 'out_for_delivery' });

    const other = await assign.mutate({ orderId, expectedVersion: 4, assigneeId: second.id });
    const none = await refusalOf(assign.mutate({ orderId, expectedVersion: 5, assigneeId: null }));

    expect(back).toMatchObject({ assigneeId: null, assigneeName: null });
    expect(other).toMatchObject({ assigneeId: second.id, state: 'out_for_delivery' });
    expect(none).toMatchObject({ reason: 'ORDER_UNREADY', details: { needs: 'crew' } });
    const lost = await refusalOf(app.as(first).orders.show.query({ orderId }));
    expect(lost).toMatchObject(NOT_FOUND);
    expect((await moved(app.as(second), orderId, { to: 'completed' })).state).toBe('completed');
  });

  test('D3 to whoever is not of the crew here is refused', async () => {
    await using app = await openApp();
    const orderId = await delivery(app);
    const restaurantId = await app.given.restaurant();
    const elsewhere = await app.given.person({ role: 'delivery_crew', restaurantId });
    const gone = await app.given.person({ role: 'delivery_crew' });
    await app.as('manager').people.deactivate.mutate({ personId: gone.id });
    const closed = await app.given.person({ role: 'delivery_crew', active: false });
    const promoted = await app.given.person({ role: 'delivery_crew' });
    await app.as('manager').people.setRole.mutate({ personId: promoted.id, role: 'waiter' });
    const give = (assigneeId: string) =>
      refusalOf(
        app.as('manager').orders.assign.mutate({ orderId, expectedVersion: 1, assigneeId }),
      );

    const refusals = [
      await give(elsewhere.id),
      await give(gone.id),
      await give(closed.id),
      await give(promoted.id),
      await give(app.home.staff.waiter.id),
      await give(app.home.staff.customer.id),
      await give(newId()),
    ];

    const refused = { reason: 'ASSIGNEE_UNFIT', httpStatus: 409 };
    expect(refusals).toMatchObject(Array(7).fill(refused));
  });

  test.each<[string, OrderTraits]>([
    ['ASSIGNEE_UNFIT', { type: 'pickup' }],
    ['ASSIGNEE_UNFIT', { type: 'dine_in' }],
    ['ORDER_SETTLED', { state: 'completed' }],
    ['ORDER_SETTLED', { state: 'cancelled' }],
  ])('D3 %s where there is nothing to bring: %j', async (reason, traits) => {
    await using app = await openApp();
    const orderId = await delivery(app, traits);
    const assigneeId = app.home.staff.delivery_crew.id;

    const refused = await refusalOf(
      app.as('manager').orders.assign.mutate({ orderId, expectedVersion: 1, assigneeId }),
    );

    expect(refused).toMatchObject({ reason, httpStatus: 409 });
  });

  test('S3-11 of another restaurant is refused', async () => {
    await using app = await openApp();
    const orderId = await delivery(app, { restaurantId: await app.given.restaurant() });
    const assigneeId = app.home.staff.delivery_crew.id;

    const refused = await refusalOf(
      app.as('manager').orders.assign.mutate({ orderId, expectedVersion: 1, assigneeId }),
    );

    expect(refused).toMatchObject(NOT_FOUND);
  });
});

describe('claiming a delivery', () => {
  test('D3 one of the crew takes what nobody has, and is told the same when they ask again', async () => {
    await using app = await openApp();
    const orderId = await delivery(app);
    const { orders } = app.as('delivery_crew');

    const claimed = await orders.claim.mutate({ orderId });
    const again = await orders.claim.mutate({ orderId });

    expect(claimed).toMatchObject({
      assigneeId: app.home.staff.delivery_crew.id,
      assigneeName: 'Some Body',
      version: 2,
      history: [{ what: 'assigned' }],
    });
    expect(again).toEqual(claimed);
  });

  test('D3 is refused when somebody else has it', async () => {
    await using app = await openApp();
    const { id: assigneeId } = await app.given.person({ role: 'delivery_crew' });
    const orderId = await delivery(app, { assigneeId });

    const refused = await refusalOf(app.as('delivery_crew').orders.claim.mutate({ orderId }));

    expect(refused).toMatchObject({ reason: 'ALREADY_ASSIGNED', httpStatus: 409 });
    const { version } = await app.as('manager').orders.show.query({ orderId });
    expect(version).toBe(1);
  });

  test.each(['customer', 'waiter', 'chef', 'employee'] as const)(
    'D3 is nothing for a %s',
    async (role) => {
      await using app = await openApp();
      const orderId = await delivery(app);

      const refused = await refusalOf(app.as(role).orders.claim.mutate({ orderId }));

      const details = { capability: 'order.deliver' };
      expect(refused).toMatchObject({ reason: 'FORBIDDEN', httpStatus: 403, details });
    },
  );

  test('D3 a manager brings nothing themselves', async () => {
    await using app = await openApp();
    const orderId = await delivery(app);

    const refused = await refusalOf(app.as('manager').orders.claim.mutate({ orderId }));

    expect(refused).toMatchObject({ reason: 'ASSIGNEE_UNFIT', httpStatus: 409 });
  });

  test('P13 what is not brought, or not here, does not exist for the crew', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const claim = async (traits: OrderTraits) =>
      refusalOf(
        app.as('delivery_crew').orders.claim.mutate({ orderId: await delivery(app, traits) }),
      );

    const refusals = [
      await claim({ type: 'pickup' }),
      await claim({ restaurantId }),
      await refusalOf(app.as('delivery_crew').orders.claim.mutate({ orderId: newId() })),
    ];

    expect(refusals).toMatchObject([NOT_FOUND, NOT_FOUND, NOT_FOUND]);
  });

  test.each(['completed', 'cancelled'] as const)(
    'D3 comes too late when it is %s',
    async (state) => {
      await using app = await openApp();
      const orderId = await delivery(app, { state });

      const refused = await refusalOf(app.as('delivery_crew').orders.claim.mutate({ orderId }));

      expect(refused).toMatchObject({ reason: 'ORDER_SETTLED', httpStatus: 409 });
    },
  );

  test('D1 is for those who are on shift', async () => {
    await using app = await openApp({ settings: { shiftGate: 'enforced' } });
    const orderId = await delivery(app);

    const refused = await refusalOf(app.as('delivery_crew').orders.claim.mutate({ orderId }));

    expect(refused).toMatchObject({ reason: 'OFF_SHIFT', httpStatus: 403 });
  });
});

describe('bringing an order', () => {
  test('S2-12 from the cart to the door, as everybody on the way sees it', async () => {
    await using app = await openApp();
    const [customer, crew] = [app.as('customer'), app.as('delivery_crew')];
    const said = { type: 'delivery', address: '1 Via Appia', phone: '06 1' } as const;
    const { id: orderId } = await placed(customer, { itemId: await app.given.item(), ...said });
    const unseen = await refusalOf(crew.orders.show.query({ orderId }));
    await cooked(app, orderId);

    await crew.orders.claim.mutate({ orderId });
    const out = await moved(crew, orderId, { to: 'out_for_delivery' });
    const home = await moved(crew, orderId, { to: 'completed' });

    expect(unseen).toMatchObject(NOT_FOUND);
    expect(out).toMatchObject({ address: '1 Via Appia', phone: '06 1', state: 'out_for_delivery' });
    expect(home).toMatchObject({ state: 'completed', closedAt: app.clock.now() });
    const shown = await customer.orders.show.query({ orderId });
    expect(shown.history.map(({ what, to }) => to ?? what)).toEqual([
      'pending',
      'preparing',
      'ready',
      'assigned',
      'out_for_delivery',
      'completed',
    ]);
  });

  test('D3 a failed drop makes room for the next who takes it', async () => {
    await using app = await openApp();
    const [first, second] = [
      await app.given.person({ role: 'delivery_crew' }),
      await app.given.person({ role: 'delivery_crew' }),
    ];
    const orderId = await delivery(app, { state: 'out_for_delivery', assigneeId: first.id });

    const failed = await moved(app.as(first), orderId, { to: 'ready', reason: 'nobody home' });
    const claimed = await app.as(second).orders.claim.mutate({ orderId });

    expect(failed).toMatchObject({ state: 'ready', assigneeId: null, assigneeName: null });
    expect(failed.history.at(-1)).toMatchObject({ reason: 'nobody home' });
    expect(claimed.assigneeId).toBe(second.id);
  });

  test('D3 recalled to the kitchen, it stays whose it was', async () => {
    await using app = await openApp();
    const assigneeId = app.home.staff.delivery_crew.id;
    const orderId = await delivery(app, { assigneeId });

    const recalled = await moved(app.as('chef'), orderId, { to: 'preparing', reason: 'cold' });

    expect(recalled).toMatchObject({ state: 'preparing', assigneeId });
    expect((await app.as('delivery_crew').orders.list.query()).items).toHaveLength(1);
  });
});
