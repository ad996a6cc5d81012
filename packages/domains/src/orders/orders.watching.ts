import type { StaffContext } from '../context.ts';
import { follow } from '../live/follow.ts';
import { Shared } from '../live/alike.ts';
import { hearingOf } from './orders.hearing.rules.ts';
import { showOrder, watcherOf } from './orders.reads.ts';
import { OrderCard, type OrderEvent, type WatchOrders } from './orders.schema.ts';
import { ORDERS, type Told } from './orders.told.schema.ts';

/** Tells what happens to the orders that the caller may see, or to one of them. */
export async function watchOrders(
  ctx: StaffContext,
  { orderId, lastEventId }: WatchOrders,
  signal: AbortSignal | undefined,
) {
  if (orderId !== undefined) await showOrder(ctx, orderId);
  const watcher = watcherOf(ctx);
  return follow<OrderEvent>(
    ctx,
    { lastEventId, signal },
    {
      first: { kind: 'ready' },
      accept: (event) => {
        const told = event.data as Told;
        if (event.topic !== ORDERS || (orderId !== undefined && told.order.id !== orderId)) {
          return undefined;
        }
        const hearing = hearingOf(watcher, told);
        return hearing && shared.once(event, hearing, () => toldAs(hearing, told, event.at));
      },
    },
  );
}

const shared = new Shared<OrderEvent>();

function toldAs(hearing: 'order' | 'gone', { kind, order }: Told, at: Date): OrderEvent {
  if (hearing === 'gone') return { kind: 'gone', at, orderId: order.id };
  return { kind, at, order: OrderCard.parse(order) };
}
