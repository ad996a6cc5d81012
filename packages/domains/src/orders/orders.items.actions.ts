import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { inTransaction } from '@comanda/storage/transaction';
import type { StaffContext } from '../context.ts';
import { changing, type Held, UNWRITTEN, type Outcome } from './orders.changing.ts';
import { OrderItem } from './orders.entity.ts';
import { orderErrors } from './orders.errors.ts';
import { movedTo } from './orders.moving.actions.ts';
import type { OrderView } from './orders.schema.ts';
import { CLOSED } from './orders.sight.rules.ts';
import { ITEM_MOVES } from './orders.transitions.ts';

interface NamedItem {
  orderItemId: string;
}

/** Begins to cook; with the first item the whole order is in preparation. */
export function startItem(ctx: StaffContext, named: NamedItem): Promise<OrderView> {
  return changingItem(ctx, named, async (item, held, ctx) => {
    moveItem(item, ['queued'], 'cooking');
    item.startedAt = ctx.clock.now();
    const isFirst = ['pending', 'confirmed'].includes(held.order.state);
    return isFirst ? movedTo(ctx, held, { to: 'preparing' }) : UNWRITTEN;
  });
}

/** Says that it is done; what was never begun is begun by it. */
export function finishItem(ctx: StaffContext, named: NamedItem): Promise<OrderView> {
  return changingItem(ctx, named, async (item, held, ctx) => {
    const now = ctx.clock.now();
    moveItem(item, ['queued', 'cooking'], 'done');
    item.startedAt ??= now;
    item.doneAt = now;
    const isFirst = ['pending', 'confirmed'].includes(held.order.state);
    return isFirst ? movedTo(ctx, held, { to: 'preparing' }) : UNWRITTEN;
  });
}

/** Takes up again what was done, as long as it is in the house; its order is in preparation again. */
export function recallItem(
  ctx: StaffContext,
  { reason, ...named }: NamedItem & { reason: string },
): Promise<OrderView> {
  return changingItem(ctx, named, async (item, held, ctx) => {
    moveItem(item, ['done'], 'cooking');
    item.doneAt = null;
    if (held.order.state !== 'preparing') return movedTo(ctx, held, { to: 'preparing', reason });
    return { what: 'recalled', reason: `${item.name}: ${reason}`.slice(0, 300) };
  });
}

function changingItem(
  ctx: StaffContext,
  { orderItemId }: NamedItem,
  change: (item: OrderItem, held: Held, ctx: StaffContext) => Promise<Outcome>,
): Promise<OrderView> {
  return inTransaction(ctx, async (ctx) => {
    const named = await ctx.em.findOne(OrderItem, orderItemId);
    if (!named) throw kernelErrors.NOT_FOUND({ what: 'item' });
    return changing(ctx, { orderId: named.order.id }, async (held, ctx) => {
      if (CLOSED.includes(held.order.state)) throw orderErrors.ORDER_SETTLED();
      const item = held.items.find(({ id }) => id === orderItemId);
      if (!item) throw kernelErrors.NOT_FOUND({ what: 'item' });
      return change(item, held, ctx);
    });
  });
}

type State = OrderItem['state'];

/** Every verb has its own beginnings: what was done is not begun again, but recalled. */
function moveItem(item: OrderItem, from: readonly State[], to: State): void {
  const allowed = ITEM_MOVES[item.state].filter((to) => to !== 'cooking' || !item.skipsKitchen);
  if (!from.includes(item.state) || !allowed.includes(to)) {
    throw orderErrors.ITEM_STATE({ from: item.state, to, allowed });
  }
  item.state = to;
}
