import { acrossRestaurants, within } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import type { House } from '../context.ts';
import { heldReservation, moved } from './reservations.moving.actions.ts';
import { settled } from './reservations.moves.rules.ts';
import { overdueReservations } from './reservations.reads.ts';

/** What one round sees to; the others have their turn with the next. */
const LIMIT = 500;

/** Closes what nobody has seen to in time, in all restaurants: unconfirmed requests, and guests who never came. */
export async function settleReservations({
  database,
  clock,
}: Pick<House, 'database' | 'clock'>): Promise<void> {
  const now = clock.now();
  const behind = { clock, author: AUTHOR };
  const everywhere = { em: acrossRestaurants(database, behind) };
  const overdue = await overdueReservations(everywhere, { now, limit: LIMIT });
  for (const { id, restaurantId } of overdue) {
    const em = within(database, restaurantId, behind);
    await inTransaction({ em, afterCommit: () => undefined }, async (ctx) => {
      const reservation = await heldReservation(ctx, id);
      const step = settled(reservation, now);
      if (step) await moved(ctx, reservation, step);
    });
  }
}

const AUTHOR = {
  actorId: null,
  actorName: null,
  role: 'system',
  action: 'reservations.settle',
  requestId: 'reservations.settle',
  address: null,
};
