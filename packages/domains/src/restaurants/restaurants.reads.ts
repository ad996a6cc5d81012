import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page } from '@comanda/kernel/page';
import type { Clock } from '@comanda/kernel/time';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Restaurant } from './restaurants.entity.ts';
import type { Moment, OpenDays, Weekly } from './restaurants.hours.schema.ts';
import { restaurantErrors } from './restaurants.errors.ts';
import { type FactsReader, factsOf, hoursIn } from './restaurants.facts.reads.ts';
import { AROUND_THE_CLOCK, openAt, openDays, pauseOf } from './restaurants.hours.rules.ts';
import { knownMomentAt, knownSameUntil, servedAt } from './restaurants.moments.rules.ts';
import { bookingTerms, clockTerms, orderingTerms } from './restaurants.terms.rules.ts';
import type { BookingTerms } from './restaurants.booking.schema.ts';
import type { ClockTerms } from './restaurants.clock.schema.ts';
import type { OrderingTerms } from './restaurants.ordering.schema.ts';
import { instantsOf, wallTimeAt } from './restaurants.wall-clock.rules.ts';
import type { ListRestaurants, RestaurantDetail, RestaurantPage } from './restaurants.schema.ts';

type Tables = typeof Restaurant;

const SHOWN = [
  'id',
  'name',
  'slug',
  'address',
  'phone',
  'timeZone',
  'currency',
  'version',
] as const;

const OF_HOURS = ['hours', 'pausedAt', 'pausedUntil', 'pauseMessage'] as const;

export async function listRestaurants(
  { em }: Reader,
  { cursor, limit, search }: ListRestaurants,
): Promise<RestaurantPage> {
  let query = reading<Tables>(em).selectFrom('Restaurant').select(SHOWN);
  if (search) {
    const part = search.toLowerCase();
    query = query.where(({ eb, fn, val }) =>
      eb(fn<number>('instr', [fn('lower', ['name']), val(part)]), '>', 0),
    );
  }
  if (cursor) query = query.where('id', '>', fromCursor(cursor)[0]);
  const rows = await query
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return page(rows, { limit, at: ({ id }) => [id] });
}

/** What this moment is to a restaurant, and to the mealtimes of what it serves. */
export async function momentFor(
  ctx: FactsReader & { clock: Clock },
  restaurantId: string,
): Promise<Moment> {
  const facts = await factsOf(ctx, restaurantId);
  return knownMomentAt(hoursIn(facts), facts.timeZone, ctx.clock.now());
}

/** Until when a restaurant, and what it serves at these mealtimes, looks the same as at that moment. */
export async function lookingSameUntil(
  ctx: FactsReader,
  { restaurantId, at, mealtimes }: { restaurantId: string; at: Date; mealtimes: Weekly[] },
): Promise<Date> {
  const facts = await factsOf(ctx, restaurantId);
  const { timeZone } = facts;
  const turns = [hoursIn(facts), ...mealtimes.map(servedAt)].map((hours) =>
    knownSameUntil(hours, timeZone, at).getTime(),
  );
  return new Date(Math.min(...turns));
}

/** In what money and by which clock a restaurant takes orders, and on what terms. */
export async function orderingFor(
  ctx: FactsReader,
  restaurantId: string,
): Promise<{ currency: string; timeZone: string; terms: OrderingTerms }> {
  const { currency, timeZone, ordering } = await factsOf(ctx, restaurantId);
  return { currency, timeZone, terms: orderingTerms(ordering) };
}

/** A restaurant's calendar: what day and what time it is there at an instant, and when a day begins. */
export interface LocalCalendar {
  timeZone: string;
  dateAt: (instant: Date) => string;
  timeAt: (instant: Date) => string;
  startOf: (date: string) => Date;
}

/** By which clock staff work in a restaurant, and on what terms. */
export async function clockFor(
  ctx: FactsReader,
  restaurantId: string,
): Promise<{ calendar: LocalCalendar; terms: ClockTerms }> {
  const { timeZone, clock } = await factsOf(ctx, restaurantId);
  return { calendar: calendarIn(timeZone), terms: clockTerms(clock) };
}

function calendarIn(timeZone: string): LocalCalendar {
  const wall = (instant: Date) => new Date(wallTimeAt(instant.getTime(), timeZone)).toISOString();
  return {
    timeZone,
    dateAt: (instant) => wall(instant).slice(0, 10),
    timeAt: (instant) => wall(instant).slice(11, 16),
    startOf: (date) => new Date(instantsOf(Date.parse(`${date}T00:00:00Z`), timeZone).first),
  };
}

/** By which clock and calendar tables are reserved, and on what terms. */
export async function bookingFor(
  ctx: FactsReader,
  restaurantId: string,
): Promise<{ timeZone: string; terms: BookingTerms; days: OpenDays }> {
  const { timeZone, booking, hours } = await factsOf(ctx, restaurantId);
  const days = openDays(hours ?? AROUND_THE_CLOCK, timeZone);
  return { timeZone, terms: bookingTerms(booking), days };
}

/** The named restaurant, or the only one there is. Refuses to guess. */
export async function showRestaurant(
  { em, clock }: Reader & { clock: Clock },
  { restaurantId }: { restaurantId?: string | undefined },
): Promise<RestaurantDetail> {
  let query = reading<Tables>(em)
    .selectFrom('Restaurant')
    .select([...SHOWN, ...OF_HOURS, 'ordering', 'clock', 'booking']);
  if (restaurantId) query = query.where('id', '=', restaurantId);
  const [found, another] = await query.limit(2).execute();
  if (!found) throw kernelErrors.NOT_FOUND({ what: 'restaurant' });
  if (another) throw restaurantErrors.RESTAURANT_REQUIRED();
  const {
    pausedAt,
    pausedUntil,
    pauseMessage,
    ordering,
    clock: atWork,
    booking,
    ...restaurant
  } = found;
  const pause = pauseOf({ pausedAt, pausedUntil, pauseMessage });
  const hours = { ...(restaurant.hours ?? AROUND_THE_CLOCK), pause };
  return {
    ...restaurant,
    ordering: orderingTerms(ordering),
    clock: clockTerms(atWork),
    booking: bookingTerms(booking),
    standing: openAt(hours, restaurant.timeZone, clock.now()),
  };
}
