import { keyedErrors } from '@comanda/kernel/keyed.errors';
import { allow, allowAt, anyoneAt } from '../trpc.ts';
import { requestReservation } from './reservations.booking.actions.ts';
import { reservationErrors } from './reservations.errors.ts';
import { cancelReservation, moveReservation } from './reservations.moving.actions.ts';
import { availability, listReservations, myReservations } from './reservations.reads.ts';
import {
  AskAvailability,
  Availability,
  CancelReservation,
  ListReservations,
  MyReservations,
  NameReservation,
  RequestReservation,
  ReservationPage,
  ReservationView,
} from './reservations.schema.ts';

const { IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_MISMATCH } = keyedErrors;
const { NO_TABLE, NOT_BOOKABLE, RESERVATION_LIMIT } = reservationErrors;
const { RESERVATION_EARLY, RESERVATION_LATE, RESERVATION_STATE } = reservationErrors;

const keyed = [IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_MISMATCH] as const;

export const reservationsProcedures = {
  availability: anyoneAt(NOT_BOOKABLE)
    .meta({ summary: 'Tells when a party can come on a day, and where a table is free.' })
    .input(AskAvailability)
    .output(Availability)
    .query(({ ctx, input }) => availability(ctx, input)),
  request: allowAt('reservation.request', ...keyed, NO_TABLE, NOT_BOOKABLE, RESERVATION_LIMIT)
    .meta({ summary: 'Reserves the smallest table that is free, once for a key.' })
    .input(RequestReservation)
    .output(ReservationView)
    .mutation(({ ctx, input }) => requestReservation(ctx, input)),
  mine: allowAt('reservation.request')
    .meta({ summary: 'Lists the caller’s own reservations, the latest start first.' })
    .input(MyReservations)
    .output(ReservationPage)
    .query(({ ctx, input }) => myReservations(ctx, input)),
  cancel: allowAt('reservation.request', ...keyed, RESERVATION_LATE, RESERVATION_STATE)
    .meta({ summary: 'Calls a reservation off; its tables are free again.' })
    .input(CancelReservation)
    .output(ReservationView)
    .mutation(({ ctx, input }) => cancelReservation(ctx, input)),
  list: allow('reservation.read')
    .meta({ summary: 'Lists the reservations of the restaurant, by their start.' })
    .input(ListReservations)
    .output(ReservationPage)
    .query(({ ctx, input }) => listReservations(ctx, input)),
  confirm: allow('reservation.manage', RESERVATION_STATE)
    .meta({ summary: 'Says yes to a request.' })
    .input(NameReservation)
    .output(ReservationView)
    .mutation(({ ctx, input }) => moveReservation(ctx, input, 'confirmed')),
  seat: allow('reservation.manage', RESERVATION_EARLY, RESERVATION_STATE)
    .meta({ summary: 'Writes down that the party has come.' })
    .input(NameReservation)
    .output(ReservationView)
    .mutation(({ ctx, input }) => moveReservation(ctx, input, 'seated')),
  complete: allow('reservation.manage', RESERVATION_STATE)
    .meta({ summary: 'Writes down that the party has left; its tables are free again.' })
    .input(NameReservation)
    .output(ReservationView)
    .mutation(({ ctx, input }) => moveReservation(ctx, input, 'completed')),
  noShow: allow('reservation.manage', RESERVATION_EARLY, RESERVATION_STATE)
    .meta({ summary: 'Writes down that the party never came; its tables are free again.' })
    .input(NameReservation)
    .output(ReservationView)
    .mutation(({ ctx, input }) => moveReservation(ctx, input, 'no_show')),
};
