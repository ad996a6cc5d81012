import type {
  Client,
  RequestReservation,
  ReservationView,
  RestaurantDetail,
} from '@comanda/client';
import { Reservation, TableHold } from '@comanda/domains/reservations/reservations.entity';
import type { TestApp } from '@comanda/testing';
import { inside } from '../auth/looking.ts';

export const at = (instant: string): Date => new Date(instant);

/** Eight in the evening at Little Lemon, on the day after the tests begin. */
export const EVENING = at('2026-06-02T18:00:00Z');

/** On what terms Little Lemon reserves tables from now on. */
export async function booking(
  app: TestApp,
  terms: Partial<RestaurantDetail['booking']>,
): Promise<void> {
  await app.as('manager').restaurants.update.mutate({ booking: terms });
}

/** Asks for a table for two on that evening, unless it is said. */
export function requested(
  client: Client,
  said: Partial<RequestReservation> = {},
): Promise<ReservationView> {
  return client.reservations.request.mutate({ startsAt: EVENING, party: 2, ...said });
}

/** Staff write down a table for two for somebody. */
export function writtenDown(
  client: Client,
  said: Partial<RequestReservation> = {},
): Promise<ReservationView> {
  return requested(client, { forGuest: true, customerName: 'Mrs Rossi', ...said });
}

/** Every reservation there is, past every door. */
export function reservationsIn(app: TestApp): Promise<Reservation[]> {
  return inside(app).find(Reservation, {}, { orderBy: { id: 'asc' } });
}

/** Of every reservation for which a table is held: for how many quarters of an hour. */
export async function holdsIn(app: TestApp): Promise<Record<string, number>> {
  const holds = await inside(app).find(TableHold, {});
  const byReservation = Map.groupBy(holds, ({ reservationId }) => reservationId);
  return Object.fromEntries([...byReservation].map(([id, { length }]) => [id, length]));
}

/** The names of the tables that a party got. */
export const namesOf = ({ tables }: ReservationView): string[] => tables.map(({ name }) => name);
