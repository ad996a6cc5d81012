import type { AdvanceOrder } from '@comanda/client';
import { MINUTE } from '@comanda/kernel/time';
import type { OrderTraits } from '@comanda/testing/given-order';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { moved, offering, onMenu, paid, placed, taken } from '../orders/ordering.ts';

interface Wish {
  to: AdvanceOrder['to'];
  needs: string;
}

describe('something has to come before a step', () => {
  test.each<[string, OrderTraits, Wish]>([
    ['that a queued item is done', { state: 'preparing' }, { to: 'ready', needs: 'itemsDone' }],
    [
      'that an item in the oven is done',
      { state: 'preparing', items: ['done', 'cooking'] },
      { to: 'ready', needs: 'itemsDone' },
    ],
    [
      'a reason to recall it',
      { state: 'ready', items: ['done'] },
      { to: 'preparing', needs: 'reason' },
    ],
    [
      'payment at the counter',
      { state: 'ready', items: ['done'] },
      { to: 'completed', needs: 'paid' },
    ],
    [
      'payment at the table',
      { type: 'dine_in', state: 'served', items: ['served'] },
      { to: 'completed', needs: 'paid' },
    ],
    [
      'somebody to bring it',
      { type: 'delivery', state: 'ready', items: ['done'] },
      { to: 'out_for_delivery', needs: 'crew' },
    ],
    [
      'a reason for a failed drop',
      { type: 'delivery', state: 'out_for_delivery' },
      { to: 'ready', needs: 'reason' },
    ],
    [
      'another round',
      { type: 'dine_in', state: 'served', items: ['served'] },
      { to: 'preparing', needs: 'newItems' },
    ],
  ])('D3 %s', async (_, traits, { to, needs }) => {
    await using app = await openApp();
    const { orderId } = await app.given.order(traits);
    const { orders } = app.as('manager');
    const before = await orders.show.query({ orderId });

    const refused = await refusalOf(orders.advance.mutate({ orderId, expectedVersion: 1, to }));

    expect(refused).toMatchObject({ reason: 'ORDER_UNREADY', httpStatus: 409, details: { needs } });
    expect(await orders.show.query({ orderId })).toEqual(before);
  });

  test.each(['', '  ', 'x'.repeat(301)])('D3 %j is no reason', async (reason) => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ state: 'ready', items: ['done'] });
    const named = { orderId, expectedVersion: 1, to: 'preparing' } as const;

    const refused = await refusalOf(app.as('chef').orders.advance.mutate({ ...named, reason }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'reason' }] },
    });
  });

  test('D3 an order of which part went back is paid still', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ state: 'ready', items: ['done'], payment: 'paid' });
    const { orders } = app.as('manager');
    await orders.refund.mutate({ orderId, expectedVersion: 1, amount: 1, reason: 'cold' });

    const completed = await moved(app.as('waiter'), orderId, { to: 'completed' });

    expect(completed).toMatchObject({ state: 'completed', payment: 'part_refunded' });
  });
});

describe('what goes with a step', () => {
  test('D3 confirming promises a time, by what takes longest', async () => {
    await using app = await openApp();
    await offering(app, { prepMinutes: 20 });
    const itemId = await onMenu(app, { prepMinutes: 35 });
    const { id } = await placed(app.as('customer'), { itemId });
    app.clock.advance(3 * MINUTE);

    const confirmed = await moved(app.as('waiter'), id, { to: 'confirmed' });

    const promisedAt = new Date(app.clock.now().getTime() + 35 * MINUTE);
    expect(confirmed).toMatchObject({ state: 'confirmed', promisedAt, version: 2 });
    app.clock.advance(MINUTE);
    expect((await moved(app.as('chef'), id, { to: 'preparing' })).promisedAt).toEqual(promisedAt);
  });

  test('D3 beginning to cook promises it, too', async () => {
    await using app = await openApp();
    const { id } = await placed(app.as('customer'), { itemId: await app.given.item() });

    const preparing = await moved(app.as('chef'), id, { to: 'preparing' });

    const promisedAt = new Date(app.clock.now().getTime() + 20 * MINUTE);
    expect(preparing).toMatchObject({ state: 'preparing', promisedAt });
  });

  test('D3 what is served was done before, and what is over has an end', async () => {
    await using app = await openApp();
    const traits = { type: 'dine_in', state: 'ready', items: ['done', 'done'] } as const;
    const { orderId } = await app.given.order({ ...traits, items: [...traits.items] });

    const served = await moved(app.as('waiter'), orderId, { to: 'served' });
    await paid(app, orderId);
    app.clock.advance(5 * MINUTE);
    const completed = await moved(app.as('waiter'), orderId, { to: 'completed' });

    expect(served).toMatchObject({
      closedAt: null,
      items: [{ state: 'served' }, { state: 'served' }],
    });
    expect(completed).toMatchObject({ state: 'completed', closedAt: app.clock.now() });
  });

  test('D3 every step is in the history, and in the audit log with who took it', async () => {
    await using app = await openApp();
    const { id } = await taken(app.as('waiter'), { itemId: await app.given.item() });
    await moved(app.as('sous_chef'), id, { to: 'confirmed' });
    await moved(app.as('chef'), id, { to: 'preparing', reason: 'in a hurry' });

    const { history } = await app.as('waiter').orders.show.query({ orderId: id });

    expect(history).toMatchObject([
      { what: 'placed', from: null, to: 'pending', reason: null },
      { what: 'moved', from: 'pending', to: 'confirmed', by: 'Some Body', reason: null },
      { what: 'moved', from: 'confirmed', to: 'preparing', reason: 'in a hurry' },
    ]);
    const rows = (await auditOf(app, 'orders.advance')).filter(({ target }) => target === 'Order');
    const { sous_chef, chef } = app.home.staff;
    expect(rows).toMatchObject([
      { actorId: sous_chef.id, role: 'sous_chef', before: { state: 'pending' } },
      { actorId: chef.id, role: 'chef', after: { state: 'preparing' }, targetId: id },
    ]);
  });

  test('D3 a refusal is in neither', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ state: 'preparing' });
    const named = { orderId, expectedVersion: 1 };

    await refusalOf(app.as('chef').orders.advance.mutate({ ...named, to: 'ready' }));

    expect(await auditOf(app, 'orders.advance')).toEqual([]);
    const { history } = await app.as('chef').orders.show.query({ orderId });
    expect(history).toEqual([]);
  });
});
