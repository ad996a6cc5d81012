import type { OrderEvent } from './orders.schema.ts';
import { sees, type Watcher } from './orders.sight.rules.ts';
import type { Told } from './orders.told.schema.ts';

/** What somebody hears of an event: as much as they may see of the order now, and that it is gone. */
export function heardBy(
  watcher: Watcher,
  { kind, was, guestId, order }: Told,
  at: Date,
): OrderEvent | undefined {
  const now = { ...order, guestId };
  if (sees(watcher, now)) return { kind, at, order };
  if (was && sees(watcher, { ...now, ...was })) return { kind: 'gone', at, orderId: order.id };
  return undefined;
}
