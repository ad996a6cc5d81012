import { violatedUnique } from '@comanda/storage/failures';
import { reindex } from '@comanda/storage/indexing';
import { onceByKey } from '@comanda/storage/keyed';
import { LockMode } from '@comanda/storage/transaction';
import type { StaffContext } from '../context.ts';
import { Restaurant } from '../restaurants/restaurants.entity.ts';
import { insistOn } from '../timecards/timecards.duty.actions.ts';
import { Reservation, TableHold } from './reservations.entity.ts';
import { reservationErrors } from './reservations.errors.ts';
import { bookFor, expectedOf, reservationView, wishFor } from './reservations.reads.ts';
import type { RequestReservation, ReservationView } from './reservations.schema.ts';
import {
  daysAround,
  nearestTo,
  refuseClosed,
  refuseOutOfBounds,
  stayFrom,
  tablesAt,
} from './reservations.starts.rules.ts';
import { quartersIn } from './reservations.tables.rules.ts';

/** How many a customer may have ahead of them in one restaurant. */
const MAX_EXPECTED = 5;

/** Reserves the table that fits best: once for a key, and for nobody else at that time. */
export async function requestReservation(
  ctx: StaffContext,
  input: RequestReservation,
): Promise<ReservationView> {
  const { actor, restaurantId } = ctx;
  if (input.forGuest) await insistOn(ctx, 'reservation.manage');
  const called = {
    restaurantId,
    callerId: actor.id,
    procedure: 'reservations.request',
    key: input.idempotencyKey,
    asked: input,
  };
  return onceByKey(ctx, called, (ctx) => requestedOnce(ctx, input));
}

async function requestedOnce(
  ctx: StaffContext,
  input: RequestReservation,
): Promise<ReservationView> {
  const { em, actor, restaurantId } = ctx;
  const { party, forGuest, note, phone } = input;
  await inTurn(ctx);
  if (!forGuest) await refuseMany(ctx);
  const { stay, tables, terms } = await seatsFor(ctx, input);
  const reservation = em.create(Reservation, {
    restaurantId,
    customerId: forGuest ? null : actor.id,
    customerName: input.customerName ?? (actor.name.slice(0, 200) || 'guest'),
    phone,
    party,
    startsAt: new Date(stay.startsAt),
    endsAt: new Date(stay.endsAt),
    state: forGuest || terms.autoConfirm ? 'confirmed' : 'requested',
    note,
    tables: tables.map(({ id, name }) => ({ id, name })),
    heldUntil: new Date(stay.heldUntil),
    takenBy: forGuest ? actor.id : null,
    reason: null,
  });
  await em.flush();
  await hold(ctx, reservation);
  return reservationView(ctx, reservation.id);
}

/** Bookings of one restaurant come one after another, so that each sees what the ones before it took. */
async function inTurn({ em, restaurantId }: StaffContext): Promise<void> {
  await em.findOneOrFail(Restaurant, restaurantId, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Refuses what the restaurant does not take, and what it has no table for. */
async function seatsFor(
  ctx: StaffContext,
  { startsAt, party, forGuest }: Pick<RequestReservation, 'startsAt' | 'party' | 'forGuest'>,
) {
  const start = startsAt.getTime();
  const { wish, days } = await wishFor(ctx, { party, byStaff: forGuest });
  refuseOutOfBounds(start, wish);
  const around = daysAround(start, days);
  const book = await bookFor(ctx, { wish, days, span: around });
  refuseClosed(start, book);
  const stay = stayFrom(start, book);
  const tables = tablesAt(stay, book);
  if (!tables) {
    const alternatives = nearestTo(start, around, book).map((other) => ({
      startsAt: new Date(other.startsAt),
      endsAt: new Date(other.endsAt),
    }));
    throw reservationErrors.NO_TABLE({ alternatives });
  }
  return { stay, tables, terms: book.terms };
}

async function refuseMany({ em, actor, clock }: StaffContext): Promise<void> {
  const expected = await expectedOf({ em }, { customerId: actor.id, now: clock.now() });
  if (expected >= MAX_EXPECTED) throw reservationErrors.RESERVATION_LIMIT({ max: MAX_EXPECTED });
}

/** Each row can be there once, whoever else has read that it was free. */
async function hold({ em, restaurantId }: StaffContext, reservation: Reservation): Promise<void> {
  const { id: reservationId, tables, startsAt, heldUntil } = reservation;
  const quarters = quartersIn({ from: startsAt.getTime(), to: heldUntil.getTime() });
  const rows = tables.flatMap(({ id: tableId }) =>
    quarters.map((quarter) => ({ tableId, quarter, restaurantId, reservationId })),
  );
  try {
    await reindex(em, TableHold, { where: { reservationId }, rows });
  } catch (error) {
    if (violatedUnique(error)) throw reservationErrors.NO_TABLE({ alternatives: [] });
    throw error;
  }
}
