import { holds } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { reindex } from '@comanda/storage/indexing';
import { onceByKey } from '@comanda/storage/keyed';
import { inTransaction, LockMode, type Work } from '@comanda/storage/transaction';
import type { StaffContext } from '../context.ts';
import type { BookingTerms } from '../restaurants/restaurants.booking.schema.ts';
import { bookingFor } from '../restaurants/restaurants.reads.ts';
import { insistOn } from '../timecards/timecards.duty.actions.ts';
import { Reservation, TableHold } from './reservations.entity.ts';
import { reservationErrors } from './reservations.errors.ts';
import { cancelUntil, refuseMove } from './reservations.moves.rules.ts';
import { reservationView } from './reservations.reads.ts';
import type { CancelReservation, NameReservation, ReservationView } from './reservations.schema.ts';
import type { ReservationState } from './reservations.states.schema.ts';
import { OVER } from './reservations.transitions.ts';

/** Takes a reservation a step on; refuses what its state or the time does not allow. */
export function moveReservation(
  ctx: StaffContext,
  named: NameReservation,
  to: ReservationState,
): Promise<ReservationView> {
  return inTransaction(ctx, async (ctx) => {
    const reservation = await heldReservation(ctx, named.reservationId);
    await judged(ctx, reservation, { named, to });
    await moved(ctx, reservation, { to });
    return reservationView(ctx, reservation.id);
  });
}

/** Calls a reservation off: guests their own in good time, and whoever manages them any. */
export function cancelReservation(
  ctx: StaffContext,
  input: CancelReservation,
): Promise<ReservationView> {
  const { actor, restaurantId } = ctx;
  const { idempotencyKey: key, reason = null } = input;
  const called = {
    restaurantId,
    callerId: actor.id,
    procedure: 'reservations.cancel',
    key,
    asked: input,
  };
  return onceByKey(ctx, called, async (ctx) => {
    const reservation = await heldReservation(ctx, input.reservationId);
    refuseHidden(ctx, reservation);
    const terms = await judged(ctx, reservation, { named: input, to: 'cancelled' });
    await refuseCancelling(ctx, reservation, terms);
    await moved(ctx, reservation, { to: 'cancelled', reason });
    return reservationView(ctx, reservation.id);
  });
}

/** Held until the transaction ends, whoever asks. */
export async function heldReservation({ em }: Pick<Work, 'em'>, id: string): Promise<Reservation> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const reservation = await em.findOne(Reservation, id, { lockMode });
  if (!reservation) throw kernelErrors.NOT_FOUND({ what: 'reservation' });
  return reservation;
}

interface Step {
  to: ReservationState;
  reason?: string | null;
}

/** With its tables, which are free again once it is over. */
export async function moved(
  { em }: Pick<Work, 'em'>,
  reservation: Reservation,
  { to, reason = null }: Step,
): Promise<void> {
  reservation.state = to;
  reservation.reason = reason;
  await em.flush();
  if (!OVER.includes(to)) return;
  await reindex(em, TableHold, { where: { reservationId: reservation.id }, rows: [] });
}

/** Refuses another version than the caller has seen, and a step that is none or comes too early. */
async function judged(
  ctx: StaffContext,
  reservation: Reservation,
  { named, to }: { named: NameReservation; to: ReservationState },
): Promise<BookingTerms> {
  const { expectedVersion = reservation.version } = named;
  if (expectedVersion !== reservation.version) throw kernelErrors.VERSION_CONFLICT();
  const { terms } = await bookingFor(ctx, ctx.restaurantId);
  refuseMove(reservation, to, { now: ctx.clock.now(), terms });
  return terms;
}

const isOwn = ({ actor }: StaffContext, { customerId }: Reservation) => customerId === actor.id;

function refuseHidden(ctx: StaffContext, reservation: Reservation): void {
  const isSeen = isOwn(ctx, reservation) || holds(ctx.actor.role, 'reservation.read');
  if (!isSeen) throw kernelErrors.NOT_FOUND({ what: 'reservation' });
}

async function refuseCancelling(
  ctx: StaffContext,
  reservation: Reservation,
  terms: BookingTerms,
): Promise<void> {
  const until = cancelUntil(reservation, terms);
  if (isOwn(ctx, reservation)) {
    if (ctx.clock.now() <= until) return;
    const isGuest = !holds(ctx.actor.role, 'reservation.manage');
    if (isGuest) throw reservationErrors.RESERVATION_LATE({ until });
  }
  await insistOn(ctx, 'reservation.manage');
}
