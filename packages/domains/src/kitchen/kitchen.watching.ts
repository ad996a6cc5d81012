import type { StaffContext } from '../context.ts';
import { follow } from '../live/follow.ts';
import { ORDERS, type Told } from '../orders/orders.told.schema.ts';
import { onDuty } from '../timecards/timecards.duty.actions.ts';
import type { KitchenEvent, WatchKitchen } from './kitchen.schema.ts';
import { ticketEvent } from './kitchen.tickets.rules.ts';

/** Tells how the tickets hang, of one station or all. */
export function watchKitchen(
  ctx: StaffContext,
  { station, lastEventId }: WatchKitchen,
  signal: AbortSignal | undefined,
) {
  return follow<KitchenEvent>(
    ctx,
    { lastEventId, signal },
    {
      first: { kind: 'ready' },
      accept: ({ topic, data, at }) =>
        topic === ORDERS ? ticketEvent(data as Told, { at, station }) : undefined,
      // Whoever clocks out hears no more of it.
      still: onDuty,
    },
  );
}
