import { sees, type Watcher } from './orders.sight.rules.ts';
import type { Told } from './orders.told.schema.ts';

/** What somebody hears of an event: the order, as much as they may see of it now, or that it is gone. */
export function hearingOf(
  watcher: Watcher,
  { was, guestId, order: { state, type, customerId, assigneeId } }: Told,
): 'order' | 'gone' | undefined {
  const now = { state, type, customerId, guestId, assigneeId };
  if (sees(watcher, now)) return 'order';
  return was && sees(watcher, { ...now, ...was }) ? 'gone' : undefined;
}
