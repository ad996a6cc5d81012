import type { StaffContext } from '../context.ts';
import { anew, follow } from '../live/follow.ts';
import { Shared } from '../live/alike.ts';
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
      accept: (event) => {
        const { topic, data, at } = event;
        if (topic !== ORDERS) return undefined;
        return shared.once(event, station ?? ALL, () => ticketEvent(data as Told, { at, station }));
      },
      // Whoever clocks out hears no more of it.
      still: () => onDuty(anew(ctx)),
    },
  );
}

const shared = new Shared<KitchenEvent | undefined>();
/** Of all stations; none has a name as short. */
const ALL = '';
