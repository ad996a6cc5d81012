import { onceByKey } from '@comanda/storage/keyed';
import type { StaffContext } from '../context.ts';
import { changing, type Held } from './orders.changing.ts';
import { orderErrors } from './orders.errors.ts';
import { paid, refunded } from './orders.money.ts';
import { isSettled, paymentDue } from './orders.payment.rules.ts';
import type { DiscountOrder, OrderView, RecordPayment, RefundOrder } from './orders.schema.ts';
import { totalsOf } from './orders.totals.rules.ts';

/** Writes down that an order was paid in full, at the counter or the door. */
export function recordPayment(ctx: StaffContext, input: RecordPayment): Promise<OrderView> {
  return keyed(ctx, { procedure: 'orders.recordPayment', input }, ({ order }, ctx) => {
    const due = order.payment === 'unpaid' || order.payment === 'failed';
    if (!due || order.state === 'cancelled') throw orderErrors.ORDER_SETTLED();
    paid(ctx, order, { amount: order.total, method: input.method });
    return { what: 'payment', reason: input.method };
  });
}

/** Writes down that money went back, never more than came in. */
export function refundOrder(ctx: StaffContext, input: RefundOrder): Promise<OrderView> {
  return keyed(ctx, { procedure: 'orders.refund', input }, ({ order }, ctx) => {
    const { amount, reason } = input;
    const refundable = order.paid - order.refunded;
    if (amount > refundable) throw orderErrors.REFUND_TOO_LARGE({ refundable });
    refunded(ctx, order, { amount, reason });
    return { what: 'refund', reason };
  });
}

/** Takes something off what an order costs, in place of any discount before. */
export function discountOrder(ctx: StaffContext, input: DiscountOrder): Promise<OrderView> {
  return changing(ctx, input, ({ order, items }) => {
    if (isSettled(order)) throw orderErrors.ORDER_SETTLED();
    const live = items.filter(({ state }) => state !== 'voided');
    order.totals = totalsOf(live, { ...order.totals.terms, discount: input.discount });
    order.total = order.totals.total;
    order.payment = paymentDue(order.total);
    return { what: 'discount', reason: input.reason };
  });
}

interface Keyed {
  procedure: string;
  input: RecordPayment | RefundOrder;
}

function keyed(
  ctx: StaffContext,
  { procedure, input }: Keyed,
  change: (held: Held, ctx: StaffContext) => ReturnType<Parameters<typeof changing>[2]>,
): Promise<OrderView> {
  const { actor, restaurantId } = ctx;
  const { idempotencyKey: key } = input;
  const called = { restaurantId, callerId: actor.id, procedure, key, asked: input };
  return onceByKey(ctx, called, (ctx) => changing(ctx, input, change));
}
