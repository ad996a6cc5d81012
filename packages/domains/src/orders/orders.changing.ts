import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { nextPlace } from '@comanda/storage/outbox';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import type { NewRow } from '@comanda/storage/writing';
import type { StaffContext } from '../context.ts';
import { Order, OrderItem, OrderStep } from './orders.entity.ts';
import { orderView, watcherOf } from './orders.reads.ts';
import type { OrderStepView, OrderView } from './orders.schema.ts';
import { sees } from './orders.sight.rules.ts';
import { ORDERS, Told } from './orders.told.schema.ts';

/** What is written in the history of an order. */
export interface Step {
  what: OrderStepView['what'];
  from?: Order['state'];
  to?: Order['state'];
  reason?: string | undefined;
}

/** A change that is told, and no line in the history. */
export const UNWRITTEN = 'unwritten';
/** Null: nothing had to be changed. */
export type Outcome = Step | typeof UNWRITTEN | null;

export interface Held {
  order: Order;
  items: OrderItem[];
}

interface Named {
  orderId: string;
  expectedVersion?: number | undefined;
}

/**
 * Changes an order that the caller may see, and tells whoever watches. History, audit and event are
 * written with the change or not at all. Refuses another version than the caller has seen.
 */
export function changing(
  ctx: StaffContext,
  named: Named,
  change: (held: Held, ctx: StaffContext) => Promise<Outcome> | Outcome,
): Promise<OrderView> {
  return inTransaction(ctx, async (ctx) => {
    const held = await heldOrder(ctx, named.orderId);
    const { order } = held;
    if (!sees(watcherOf(ctx), order)) throw kernelErrors.NOT_FOUND({ what: 'order' });
    const { expectedVersion = order.version } = named;
    if (expectedVersion !== order.version) throw kernelErrors.VERSION_CONFLICT();
    return changed(ctx, held, change);
  });
}

/** The same for an order that the caller need not see. */
export async function changed(
  ctx: StaffContext,
  held: Held,
  change: (held: Held, ctx: StaffContext) => Promise<Outcome> | Outcome,
): Promise<OrderView> {
  const { order } = held;
  const { state, assigneeId } = order;
  const outcome = await change(held, ctx);
  if (outcome === null) return orderView(ctx, order.id);
  if (outcome !== UNWRITTEN) stepped(ctx, order, outcome);
  order.changes += 1;
  return tellOf(ctx, order, { kind: 'changed', was: { state, assigneeId } });
}

/** Held until the transaction ends, whoever asks. */
export async function heldOrder({ em }: StaffContext, orderId: string): Promise<Held> {
  const order = await em.findOne(Order, orderId, {
    lockMode: LockMode.PESSIMISTIC_WRITE,
    refresh: true,
  });
  if (!order) throw kernelErrors.NOT_FOUND({ what: 'order' });
  const items = await em.find(OrderItem, { order: orderId }, { orderBy: { position: 'asc' } });
  return { order, items };
}

/** One line more in the history of an order; the caller flushes. */
function stepped(ctx: StaffContext, { id }: Order, step: Step): void {
  ctx.em.create(OrderStep, stepOf(ctx, id, step));
}

/** A line in the history of an order. */
export function stepOf(
  { actor, clock, restaurantId }: StaffContext,
  orderId: string,
  step: Step,
): NewRow<OrderStep> {
  return {
    restaurantId,
    orderId,
    at: clock.now(),
    byId: actor.id,
    byName: actor.name.slice(0, 200),
    what: step.what,
    from: step.from ?? null,
    to: step.to ?? null,
    reason: step.reason ?? null,
  };
}

/** Writes what was changed and, last of all, the event: its place is held until the transaction ends. */
async function tellOf(
  ctx: StaffContext,
  { id, guestId, restaurantId }: Order,
  { kind, was }: Pick<Told, 'kind' | 'was'>,
): Promise<OrderView> {
  await ctx.em.flush();
  const view = await orderView(ctx, id);
  const told = Told.parse({ kind, was, guestId, order: view });
  const place = await nextPlace(ctx.em, restaurantId, { events: 1, orders: 0 });
  await place.tell([{ topic: ORDERS, data: told }]);
  ctx.afterCommit(() => ctx.live.wake(restaurantId));
  return view;
}
