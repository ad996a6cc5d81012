import { newId } from '@comanda/kernel/id';
import { after, DAY, MINUTE } from '@comanda/kernel/time';
import type { House } from '@comanda/domains/context';
import { Reservation, TableHold } from '@comanda/domains/reservations/reservations.entity';
import { quartersIn } from '@comanda/domains/reservations/reservations.tables.rules';
import { OVER } from '@comanda/domains/reservations/reservations.transitions';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from './author.ts';

export interface ReservationTraits {
  restaurantId?: string;
  state?: Reservation['state'];
  customerId?: string | null;
  customerName?: string;
  takenBy?: string | null;
  party?: number;
  /** Left out: this time tomorrow, for an hour and a half. */
  startsAt?: Date;
  endsAt?: Date;
  tables?: Reservation['tables'];
}

const BLANK = { phone: null, note: '', reason: null };

/** A reservation as it stands in the database, and the tables that are held for it: none, unless it is said. */
export async function givenReservation(
  { database, clock }: House,
  { restaurantId, ...traits }: ReservationTraits & { restaurantId: string },
): Promise<string> {
  const em = acrossRestaurants(database, behind(clock));
  const { state = 'requested', tables = [], startsAt = after(clock.now(), DAY) } = traits;
  const { endsAt = after(startsAt, 90 * MINUTE) } = traits;
  const { id: reservationId } = em.create(Reservation, {
    ...BLANK,
    id: newId(),
    restaurantId,
    state,
    customerId: traits.customerId ?? null,
    customerName: traits.customerName ?? 'Somebody',
    takenBy: traits.takenBy ?? null,
    party: traits.party ?? 2,
    startsAt,
    endsAt,
    heldUntil: endsAt,
    tables,
  });
  const held = OVER.includes(state) ? [] : tables;
  for (const { id: tableId } of held) {
    for (const quarter of quartersIn({ from: startsAt.getTime(), to: endsAt.getTime() })) {
      em.create(TableHold, { tableId, quarter, restaurantId, reservationId });
    }
  }
  await em.flush();
  return reservationId;
}
