import type { StaffContext } from '../context.ts';
import * as orders from '../orders/orders.items.actions.ts';
import type { OrderView } from '../orders/orders.schema.ts';
import type { NameOrderItem, RecallItem, Tickets } from './kitchen.schema.ts';
import { ticketsOf } from './kitchen.tickets.rules.ts';

/** Each answers the tickets of the whole order, as they hang now. */
export async function startItem(ctx: StaffContext, input: NameOrderItem): Promise<Tickets> {
  return hung(await orders.startItem(ctx, input));
}

export async function finishItem(ctx: StaffContext, input: NameOrderItem): Promise<Tickets> {
  return hung(await orders.finishItem(ctx, input));
}

export async function recallItem(ctx: StaffContext, input: RecallItem): Promise<Tickets> {
  return hung(await orders.recallItem(ctx, input));
}

function hung(order: OrderView): Tickets {
  return { items: ticketsOf(order) };
}
