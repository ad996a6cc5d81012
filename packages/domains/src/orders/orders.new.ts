import type { RowOf } from '@comanda/storage/writing';
import type { StaffContext } from '../context.ts';
import type { Order, OrderItem, OrderStep } from './orders.entity.ts';
import { OrderView } from './orders.schema.ts';

interface Belonging {
  items: readonly RowOf<OrderItem>[];
  history: readonly RowOf<OrderStep>[];
}

/** An order that was written just now, as `orderView` would read it: it is all there, and need not be read again. */
export function viewOfNew(
  { actor }: StaffContext,
  order: RowOf<Order>,
  { items, history }: Belonging,
): OrderView {
  const isStaff = actor.membership !== null;
  return OrderView.parse({
    ...order,
    placedAt: apart(order.placedAt),
    promisedAt: order.promisedAt && apart(order.promisedAt),
    items: items.map((item) => ({ ...item, orderedAt: apart(item.createdAt) })),
    payments: [],
    history: history.map((step) => ({
      ...step,
      at: apart(step.at),
      by: isStaff ? step.byName : null,
    })),
  });
}

/** The wire tells which values are one and the same. */
function apart(date: Date): Date {
  return new Date(date);
}
