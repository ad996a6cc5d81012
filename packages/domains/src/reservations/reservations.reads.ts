import { holds } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromMomentCursor, page, toMomentCursor } from '@comanda/kernel/page';
import { type Reader, reading } from '@comanda/storage/reading';
import type { CallContext, PlacedContext, StaffContext } from '../context.ts';
import type { BookingTerms } from '../restaurants/restaurants.booking.schema.ts';
import type { OpenDays, Span } from '../restaurants/restaurants.hours.schema.ts';
import { bookingFor } from '../restaurants/restaurants.reads.ts';
import type { DiningTable } from '../tables/tables.entity.ts';
import type { Reservation, TableHold } from './reservations.entity.ts';
import { cancelUntil } from './reservations.moves.rules.ts';
import type {
  AskAvailability,
  Availability,
  ListReservations,
  MyReservations,
  ReservationPage,
  ReservationView,
} from './reservations.schema.ts';
import {
  type Book,
  boundsAt,
  refuseLargeParty,
  startsIn,
  stayFrom,
  tablesAt,
  type Wish,
} from './reservations.starts.rules.ts';
import { holdOf, quartersIn } from './reservations.tables.rules.ts';
import { EXPECTED } from './reservations.transitions.ts';

type Tables = typeof Reservation | typeof TableHold | typeof DiningTable;
type Looker = Pick<StaffContext, 'em' | 'actor' | 'restaurantId'>;

const SHOWN = [
  'id',
  'restaurantId',
  'state',
  'party',
  'startsAt',
  'endsAt',
  'customerId',
  'customerName',
  'phone',
  'note',
  'tables',
  'takenBy',
  'reason',
  'version',
] as const;

const reservationsOf = ({ em }: Reader) =>
  reading<Tables>(em).selectFrom('Reservation').select(SHOWN);
type Row = Omit<ReservationView, 'cancelUntil'>;

/** Every start of a day that hours and terms allow, and whether there is a table. */
export async function availability(
  ctx: PlacedContext,
  { date, party }: AskAvailability,
): Promise<Availability> {
  const { timeZone, days, wish } = await wishFor(ctx, { party, byStaff: false });
  refuseLargeParty(wish);
  const day = days.dayOf(date);
  const book = await bookFor(ctx, { wish, days, span: day });
  const items = startsIn(day, book).map((stay) => ({
    startsAt: new Date(stay.startsAt),
    endsAt: new Date(stay.endsAt),
    free: tablesAt(stay, book) !== undefined,
  }));
  return { timeZone, items };
}

/** What a party that asks now is held against. */
export async function wishFor(
  ctx: Pick<CallContext, 'em' | 'clock'> & { restaurantId: string },
  { party, byStaff }: { party: number; byStaff: boolean },
): Promise<{ timeZone: string; days: OpenDays; wish: Wish }> {
  const { timeZone, terms, days } = await bookingFor(ctx, ctx.restaurantId);
  const bounds = boundsAt(ctx.clock.now().getTime(), terms, { byStaff });
  return { timeZone, days, wish: { party, terms, ...bounds } };
}

/** With the hours, the tables and what is held of them, for starts in the span. */
export async function bookFor(
  { em }: Reader,
  { wish, days, span }: { wish: Wish; days: OpenDays; span: Span },
): Promise<Book> {
  const quarters = quartersIn({ from: span.from, to: stayFrom(span.to, wish).heldUntil });
  const tables = await reading<Tables>(em)
    .selectFrom('DiningTable')
    .where('active', '=', true)
    .select(['id', 'name', 'seatsMin', 'seatsMax', 'joinGroup'])
    .execute();
  const held = await reading<Tables>(em)
    .selectFrom('TableHold')
    .where('quarter', '>=', quarters.at(0) ?? 0)
    .where('quarter', '<=', quarters.at(-1) ?? 0)
    .select(['tableId', 'quarter'])
    .execute();
  const holds = new Set(held.map(({ tableId, quarter }) => holdOf(tableId, quarter)));
  return { ...wish, runs: days.runsIn(span), tables, holds };
}

/** How many of this customer's are to come. */
export async function expectedOf(
  { em }: Reader,
  { customerId, now }: { customerId: string; now: Date },
): Promise<number> {
  const rows = await reading<Tables>(em)
    .selectFrom('Reservation')
    .where('customerId', '=', customerId)
    .where('startsAt', '>', now)
    .where('state', 'in', EXPECTED)
    .select('id')
    .execute();
  return rows.length;
}

/** The caller's own, the latest start first. */
export async function myReservations(
  ctx: Looker,
  { cursor, limit }: MyReservations,
): Promise<ReservationPage> {
  let query = reservationsOf(ctx).where('customerId', '=', ctx.actor.id);
  if (cursor !== undefined) {
    const { at, id } = fromMomentCursor(cursor);
    query = query.where(({ eb, or, and }) =>
      or([eb('startsAt', '<', at), and([eb('startsAt', '=', at), eb('id', '<', id)])]),
    );
  }
  const rows = await query
    .orderBy('startsAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return shownPage(ctx, rows, limit);
}

/** Those of the restaurant, by their start. */
export async function listReservations(
  ctx: Looker,
  { cursor, limit, date, from, to, state, tableId }: ListReservations,
): Promise<ReservationPage> {
  let query = reservationsOf(ctx);
  if (date !== undefined) {
    const { days } = await bookingFor(ctx, ctx.restaurantId);
    const day = days.dayOf(date);
    query = query.where('startsAt', '>=', new Date(day.from));
    query = query.where('startsAt', '<', new Date(day.to));
  }
  if (from !== undefined) query = query.where('startsAt', '>=', from);
  if (to !== undefined) query = query.where('startsAt', '<', to);
  if (state !== undefined && state.length > 0) query = query.where('state', 'in', state);
  if (tableId !== undefined) {
    query = query.where(({ eb, fn, val }) =>
      eb(fn<number>('instr', ['tables', val(tableId)]), '>', 0),
    );
  }
  if (cursor !== undefined) {
    const { at, id } = fromMomentCursor(cursor);
    query = query.where(({ eb, or, and }) =>
      or([eb('startsAt', '>', at), and([eb('startsAt', '=', at), eb('id', '>', id)])]),
    );
  }
  const rows = await query
    .orderBy('startsAt')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return shownPage(ctx, rows, limit);
}

/** Whoever asks may see it. */
export async function reservationView(ctx: Looker, id: string): Promise<ReservationView> {
  const row = await reservationsOf(ctx).where('id', '=', id).executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'reservation' });
  const { terms } = await bookingFor(ctx, ctx.restaurantId);
  return shown(ctx, row, terms);
}

/** What nobody has seen to in time, in all restaurants that the reader reaches. */
export function overdueReservations(
  { em }: Reader,
  { now, limit }: { now: Date; limit: number },
): Promise<{ id: string; restaurantId: string }[]> {
  return reading<Tables>(em)
    .selectFrom('Reservation')
    .where(({ eb, or, and }) =>
      or([
        and([eb('state', '=', 'requested'), eb('startsAt', '<', now)]),
        and([eb('state', '=', 'confirmed'), eb('endsAt', '<', now)]),
      ]),
    )
    .select(['id', 'restaurantId'])
    .orderBy('startsAt')
    .orderBy('id')
    .limit(limit)
    .execute();
}

async function shownPage(ctx: Looker, rows: Row[], limit: number): Promise<ReservationPage> {
  const { terms } = await bookingFor(ctx, ctx.restaurantId);
  const at = ({ startsAt, id }: Row) => toMomentCursor({ at: startsAt, id });
  const { items, nextCursor } = page(rows, { limit, at });
  return { items: items.map((row) => shown(ctx, row, terms)), nextCursor };
}

function shown({ actor }: Pick<Looker, 'actor'>, row: Row, terms: BookingTerms): ReservationView {
  const takenBy = holds(actor.role, 'reservation.read') ? row.takenBy : null;
  return { ...row, takenBy, cancelUntil: cancelUntil(row, terms) };
}
