import { HOUR, MINUTE } from '@comanda/kernel/time';
import type { BookingTerms } from '../restaurants/restaurants.booking.schema.ts';
import { reservationErrors } from './reservations.errors.ts';
import type { ReservationState } from './reservations.states.schema.ts';
import { MOVES } from './reservations.transitions.ts';

/** How long before they are expected parties can be seated. */
const SEATED_AHEAD = 2 * HOUR;

interface Party {
  state: ReservationState;
  startsAt: Date;
}

interface Now {
  now: Date;
  terms: Pick<BookingTerms, 'cancelMinutes' | 'noShowMinutes'>;
}

/** Refuses a step that the table of transitions does not have, or that comes too early. */
export function refuseMove(party: Party, to: ReservationState, { now, terms }: Now): void {
  const { state } = party;
  const allowed = MOVES[state];
  if (!allowed.includes(to)) {
    throw reservationErrors.RESERVATION_STATE({ state, allowed: [...allowed] });
  }
  const from = openFrom(party, to, terms);
  if (now < from) throw reservationErrors.RESERVATION_EARLY({ from });
}

function openFrom({ startsAt }: Party, to: ReservationState, terms: Now['terms']): Date {
  const start = startsAt.getTime();
  if (to === 'seated') return new Date(start - SEATED_AHEAD);
  if (to === 'no_show') return new Date(start + terms.noShowMinutes * MINUTE);
  return new Date(0);
}

/** Until when guests may cancel by themselves. */
export function cancelUntil(
  { startsAt }: Pick<Party, 'startsAt'>,
  { cancelMinutes }: Pick<BookingTerms, 'cancelMinutes'>,
): Date {
  return new Date(startsAt.getTime() - cancelMinutes * MINUTE);
}

/** What becomes of a party that nobody has seen to; undefined: its time has not come. */
export function settled(
  { state, startsAt, endsAt }: Party & { endsAt: Date },
  now: Date,
): { to: ReservationState; reason: string | null } | undefined {
  if (state === 'requested' && startsAt < now) {
    return { to: 'cancelled', reason: 'nobody confirmed it' };
  }
  return state === 'confirmed' && endsAt < now ? { to: 'no_show', reason: null } : undefined;
}
