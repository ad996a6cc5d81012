import type { StaffContext } from '../context.ts';
import { type Order, Payment } from './orders.entity.ts';

/** Writes down that money went back; the caller flushes. */
export function refunded(
  ctx: StaffContext,
  order: Order,
  { amount, reason }: { amount: number; reason: string | null },
): void {
  order.refunded += amount;
  order.payment = order.refunded === order.paid ? 'refunded' : 'part_refunded';
  written(ctx, order, { kind: 'refund', amount, method: 'as paid', reason });
}

/** Writes down that money came in; the caller flushes. */
export function paid(
  ctx: StaffContext,
  order: Order,
  { amount, method }: { amount: number; method: string },
): void {
  order.paid += amount;
  order.payment = 'paid';
  written(ctx, order, { kind: 'payment', amount, method, reason: null });
}

function written(
  { em, actor }: StaffContext,
  { id: orderId, restaurantId }: Order,
  said: Pick<Payment, 'kind' | 'amount' | 'method' | 'reason'>,
): void {
  const by = { byId: actor.id, byName: actor.name.slice(0, 200) };
  em.create(Payment, { ...said, ...by, orderId, restaurantId });
}
