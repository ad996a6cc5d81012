import type { NextStates, OrderState, OrderType } from '@comanda/client';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import {
  isSeenBy,
  type Mover,
  MOVERS,
  type Movers,
  moversOf,
  reviewed,
  STANDINGS,
  STATES,
  wished,
} from '../orders/reviewed-moves.ts';

type Standing = [OrderType, OrderState];

interface Stage {
  movers: Movers;
  /** Another order that stands there: cooked, paid, and with its carrier where it is brought. */
  order(): Promise<string>;
}

async function staged(app: TestApp, [type, state]: Standing): Promise<Stage> {
  const { movers, ownerId: customerId, carrierId } = await moversOf(app);
  const assigneeId = type === 'delivery' ? carrierId : null;
  const traits = { type, state, customerId, assigneeId, items: ['done' as const] };
  const order = async () => (await app.given.order({ ...traits, payment: 'paid' })).orderId;
  return { movers, order };
}

interface Outcome {
  mover: Mover;
  to: OrderState;
  is: string;
}

/** What became of every wish of everybody: those that ought to be refused of one order, all at once. */
async function outcomesOf({ movers, order }: Stage, standing: Standing): Promise<Outcome[]> {
  const one = await order();
  const isOpen = (mover: Mover, to: OrderState) => reviewed(mover, standing, to) === 'ok';
  const outcomes = await inTurn(MOVERS.length, async (at) => {
    const mover = MOVERS[at] ?? 'admin';
    const orderIds = await Promise.all(
      STATES.map(async (to) => (isOpen(mover, to) ? order() : one)),
    );
    return Promise.all(
      STATES.map(async (to, at) => {
        const wish = { orderId: orderIds[at] ?? '', to, expectedVersion: 1 };
        return { mover, to, is: await wished(movers[mover], wish) };
      }),
    );
  });
  return outcomes.flat();
}

/** Where everybody is told that they can take an order; null: they do not see it. */
function toldNext({ movers }: Stage, orderId: string) {
  return Promise.all(
    MOVERS.map(async (mover) => {
      const told: NextStates | null = await movers[mover].orders.nextStates
        .query({ orderId })
        .catch(() => null);
      return { mover, next: told && told.items.map(({ to }) => to).toSorted() };
    }),
  );
}

describe('moving an order', () => {
  test.each(STANDINGS)(
    'D3 T40 %s, %s: everybody goes the ways that are theirs, is told them beforehand, and no other',
    async (...standing) => {
      await using app = await openApp();
      const stage = await staged(app, standing);

      const told = await toldNext(stage, await stage.order());
      const outcomes = await outcomesOf(stage, standing);

      const wrong = outcomes
        .map((one) => ({ ...one, reviewed: reviewed(one.mover, standing, one.to) }))
        .filter(({ is, reviewed }) => is !== reviewed);
      expect(wrong).toEqual([]);
      const open = (mover: Mover) => STATES.filter((to) => reviewed(mover, standing, to) === 'ok');
      const isSeen = (mover: Mover) => isSeenBy(mover, standing);
      expect(told).toEqual(
        MOVERS.map((mover) => ({ mover, next: isSeen(mover) ? open(mover).toSorted() : null })),
      );
    },
  );

  test('D3 a refusal says where the order could go at all', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ type: 'dine_in', state: 'ready' });

    const refused = await refusalOf(
      app
        .as('manager')
        .orders.advance.mutate({ orderId, expectedVersion: 1, to: 'out_for_delivery' }),
    );

    expect(refused).toMatchObject({ reason: 'ILLEGAL_TRANSITION', httpStatus: 409 });
    expect(refused.details).toEqual({
      from: 'ready',
      to: 'out_for_delivery',
      allowed: ['preparing', 'served', 'cancelled'],
    });
  });

  test('D1 a refusal says which capability there is none of', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ state: 'pending' });
    const { orders } = app.as('prep_cook');
    const named = { orderId, expectedVersion: 1 };

    const refusals = [
      await refusalOf(orders.advance.mutate({ ...named, to: 'confirmed' })),
      await refusalOf(orders.advance.mutate({ ...named, to: 'preparing' })),
      await refusalOf(orders.cancel.mutate(named)),
    ];

    expect(refusals).toMatchObject([
      { reason: 'FORBIDDEN', httpStatus: 403, details: { capability: 'order.serve' } },
      { details: { capability: 'order.cook' } },
      { details: { capability: 'order.cancel' } },
    ]);
  });

  test('P19 what was read before another change moves nothing', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ type: 'delivery', state: 'ready' });
    const { orders } = app.as('manager');
    const assigneeId = app.home.staff.delivery_crew.id;
    const now = await orders.assign.mutate({ orderId, expectedVersion: 1, assigneeId });
    const named = { orderId, expectedVersion: 1 };

    const refusals = [
      await refusalOf(orders.advance.mutate({ ...named, to: 'out_for_delivery' })),
      await refusalOf(orders.cancel.mutate({ ...named, reason: 'late' })),
      await refusalOf(orders.assign.mutate({ ...named, assigneeId: null })),
      await refusalOf(orders.recordPayment.mutate({ ...named, method: 'cash' })),
      await refusalOf(orders.refund.mutate({ ...named, amount: 1, reason: 'cold' })),
      await refusalOf(orders.discount.mutate({ ...named, discount: { fixed: 1 }, reason: 'cold' })),
      await refusalOf(orders.advance.mutate({ ...named, expectedVersion: 3, to: 'preparing' })),
    ];

    const refused = { reason: 'VERSION_CONFLICT', httpStatus: 409 };
    expect(refusals).toMatchObject(Array(7).fill(refused));
    expect(await orders.show.query({ orderId })).toEqual(now);
    expect(now.version).toBe(2);
  });

  test('P13 T33 whoever does not see an order is not told that it has moved on', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order({ state: 'pending' });
    const { orders } = app.as('customer');
    const named = { orderId, expectedVersion: 99 };

    const refusals = [
      await refusalOf(orders.advance.mutate({ ...named, to: 'confirmed' })),
      await refusalOf(orders.cancel.mutate(named)),
      await refusalOf(orders.cancel.mutate({ ...named, expectedVersion: 1 })),
    ];

    const refused = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'order' } };
    expect(refusals).toMatchObject([refused, refused, refused]);
  });

  test('D3 nobody advances to cancelled: that asks for a key', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order();
    const to = 'cancelled' as 'completed';

    const refused = await refusalOf(
      app.as('manager').orders.advance.mutate({ orderId, expectedVersion: 1, to }),
    );

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path: 'to' }] } });
  });
});

describe('moving orders while off shift', () => {
  const enforced = { settings: { shiftGate: 'enforced' as const } };

  test.each([
    ['chef', 'preparing', 'OFF_SHIFT'],
    ['waiter', 'confirmed', 'OFF_SHIFT'],
    ['manager', 'preparing', 'ok'],
    ['admin', 'confirmed', 'ok'],
    ['employee', 'confirmed', 'FORBIDDEN'],
  ] as const)('D1 S3-12 a %s takes an order to %s: %s', async (role, to, outcome) => {
    await using app = await openApp(enforced);
    const { orderId } = await app.given.order({ state: 'pending' });

    const is = await wished(app.as(role), { orderId, expectedVersion: 1, to });

    expect(is).toBe(outcome);
  });

  test('D1 a waiter who is off cancels a dinner of their own, and nobody else’s', async () => {
    await using app = await openApp(enforced);
    const customerId = app.home.staff.waiter.id;
    const { orderId: own } = await app.given.order({ customerId });
    const { orderId: guests } = await app.given.order();
    const cancelled = { expectedVersion: 1, to: 'cancelled' } as const;

    const told = [
      await wished(app.as('waiter'), { orderId: own, ...cancelled }),
      await wished(app.as('waiter'), { orderId: guests, ...cancelled }),
    ];

    expect(told).toEqual(['ok', 'OFF_SHIFT']);
  });
});
