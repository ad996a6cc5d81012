import { holds } from '@comanda/kernel/access';
import { onceByKey } from '@comanda/storage/keyed';
import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import { returnStock } from '../menu/menu.stock.actions.ts';
import { orderingFor } from '../restaurants/restaurants.reads.ts';
import { changing, type Held, type Step } from './orders.changing.ts';
import { judged, situationOf } from './orders.judging.ts';
import { isReturned, promisedAt } from './orders.lines.rules.ts';
import { refunded } from './orders.money.ts';
import { showOrder } from './orders.reads.ts';
import type {
  AdvanceOrder,
  CancelOrder,
  NameOrder,
  NextStates,
  OrderView,
} from './orders.schema.ts';
import { nextStates } from './orders.states.rules.ts';

/** Where the caller can take an order now. */
export async function nextStatesOf(ctx: StaffContext, { orderId }: NameOrder): Promise<NextStates> {
  const { items, ...order } = await showOrder(ctx, orderId);
  const situation = await situationOf(ctx, { order: { ...order, guestId: null }, items });
  return { version: order.version, items: nextStates(situation) };
}

/** Takes an order a step on; refuses what the table of transitions does not have. */
export function advanceOrder(ctx: StaffContext, input: AdvanceOrder): Promise<OrderView> {
  return changing(ctx, input, (held, ctx) => movedTo(ctx, held, input));
}

/** With what goes with it: the promise, the items, the crew. */
export async function movedTo(
  ctx: StaffContext,
  held: Held,
  { to, reason }: Pick<AdvanceOrder, 'to' | 'reason'>,
): Promise<Step> {
  const { order, items } = held;
  const from = order.state;
  await judged(ctx, held, { to, reason });
  order.state = to;
  if (order.promisedAt === null) {
    const { terms } = await orderingFor(ctx, order.restaurantId);
    order.promisedAt = promisedAt(ctx.clock.now(), items, terms);
  }
  if (to === 'served') {
    for (const item of items) if (item.state === 'done') item.state = 'served';
  }
  if (from === 'out_for_delivery' && to === 'ready') {
    order.assigneeId = null;
    order.assigneeName = null;
  }
  if (to === 'completed') order.closedAt = ctx.clock.now();
  return { what: 'moved', from, to, reason };
}

/** Calls an order off. What was never cooked goes back to the stock, and what was paid to the guest. */
export function cancelOrder(ctx: StaffContext, input: CancelOrder): Promise<OrderView> {
  const { actor, restaurantId } = ctx;
  const { idempotencyKey: key, reason, refund } = input;
  const called = {
    restaurantId,
    callerId: actor.id,
    procedure: 'orders.cancel',
    key,
    asked: input,
  };
  return onceByKey(ctx, called, (ctx) =>
    changing(ctx, input, async (held, ctx) => {
      const { order, items } = held;
      const from = order.state;
      await judged(ctx, held, { to: 'cancelled', reason, refund });
      const back = refund ? order.paid - order.refunded : 0;
      if (back > 0) refuseRefund(ctx);
      await returnStock(ctx, items.filter(isReturned));
      order.state = 'cancelled';
      order.closedAt = ctx.clock.now();
      for (const item of items) if (item.state !== 'served') item.state = 'voided';
      if (back > 0) refunded(ctx, order, { amount: back, reason: reason ?? null });
      return { what: 'moved', from, to: 'cancelled', reason };
    }),
  );
}

/** To call an order off is one thing, to write down that money went back another. */
function refuseRefund({ actor }: StaffContext): void {
  const capability = 'order.refund';
  if (!holds(actor.role, capability)) throw accessErrors.FORBIDDEN({ capability });
}
