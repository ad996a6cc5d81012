import type { StaffContext } from '../context.ts';
import { follow } from '../live/follow.ts';
import { heardBy } from './orders.hearing.rules.ts';
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
      accept: ({ topic, data, at }) => {
        const told = data as Told;
        if (topic !== ORDERS || (orderId !== undefined && told.order.id !== orderId)) {
          return undefined;
        }
        const heard = heardBy(watcher, told, at);
        return heard && 'order' in heard
          ? { ...heard, order: OrderCard.parse(heard.order) }
          : heard;
      },
    },
  );
}
