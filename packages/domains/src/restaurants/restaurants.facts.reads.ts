import { EVERYWHERE } from '@comanda/storage/editions';
import type { Edition } from '@comanda/storage/editions.entity';
import type { Reader } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { BookingTerms } from './restaurants.booking.schema.ts';
import type { ClockTerms } from './restaurants.clock.schema.ts';
import type { Restaurant } from './restaurants.entity.ts';
import type { Hours, OpeningHours } from './restaurants.hours.schema.ts';
import { AROUND_THE_CLOCK, pauseOf } from './restaurants.hours.rules.ts';
import type { OrderingTerms } from './restaurants.ordering.schema.ts';

const FACTS = [
  'r.id',
  'r.timeZone',
  'r.currency',
  'r.hours',
  'r.ordering',
  'r.clock',
  'r.booking',
  'r.pausedAt',
  'r.pausedUntil',
  'r.pauseMessage',
  'e.name as edition',
] as const;

type Tables = typeof Restaurant | typeof Edition;

// Asked by nearly every call: built once.
const named = remembered<Tables>()((rows, { id }: Placeholders<{ id: string }>) =>
  rows
    .selectFrom('Restaurant as r')
    .leftJoin('Edition as e', 'e.restaurantId', 'r.id')
    .where('r.id', '=', id)
    .select(FACTS),
);
const first = remembered<Tables>()((rows, asked: Placeholders<{ all: string; limit: number }>) =>
  rows
    .selectFrom('Restaurant as r')
    .leftJoin('Edition as e', 'e.restaurantId', 'r.id')
    .leftJoin('Edition as all', (on) => on.on('all.restaurantId', '=', asked.all))
    .select([...FACTS, 'all.name as everywhere'])
    .limit(asked.limit),
);

/** What calls look at before anything else: a restaurant's clock, hours and terms, and what it has on show. */
export interface RestaurantFacts {
  id: string;
  timeZone: string;
  currency: string;
  hours: OpeningHours | null;
  ordering: OrderingTerms | null;
  clock: ClockTerms | null;
  booking: BookingTerms | null;
  pausedAt: Date | null;
  pausedUntil: Date | null;
  pauseMessage: string | null;
  /** Null where nothing was ever changed. */
  edition: string | null;
  /** Of all restaurants together, where it was taken for the only one. */
  everywhere?: string | null;
}

/** Who looks; a call about one restaurant brings along what it has read of it. */
export type FactsReader = Reader & { readonly restaurant?: RestaurantFacts | null };

export function thisOne({ em }: Reader, id: string): Promise<RestaurantFacts | undefined> {
  return named.first(em, { id });
}

/** As many as it takes to know whether there is one only, and the edition by which that stays so. */
export function theOnly({
  em,
}: Reader): Promise<(RestaurantFacts & { everywhere: string | null })[]> {
  return first.all(em, { all: EVERYWHERE, limit: 2 });
}

/** By transaction: none changes its restaurant and then looks at it this way. */
const inTransactions = new WeakMap<object, Map<string, Promise<RestaurantFacts>>>();

/**
 * What was read when the call began, if it was; in a transaction what that finds by itself, once. What
 * is changed there is judged by how things stand then.
 */
export function factsOf(ctx: FactsReader, restaurantId: string): Promise<RestaurantFacts> {
  const read = () => standing(ctx, restaurantId);
  if (!ctx.em.isInTransaction()) {
    return ctx.restaurant?.id === restaurantId ? Promise.resolve(ctx.restaurant) : read();
  }
  const known = inTransactions.get(ctx.em) ?? new Map<string, Promise<RestaurantFacts>>();
  inTransactions.set(ctx.em, known);
  const own = known.get(restaurantId) ?? read();
  known.set(restaurantId, own);
  return own;
}

async function standing(ctx: Reader, id: string): Promise<RestaurantFacts> {
  const found = await thisOne(ctx, id);
  if (!found) throw new Error('The restaurant of this call is not there.');
  return found;
}

const hoursOf = new WeakMap<RestaurantFacts, Hours>();

/** The same for the same facts, so that how they look is found by them. */
export function hoursIn(kept: RestaurantFacts): Hours {
  const before = hoursOf.get(kept);
  if (before) return before;
  const hours = { ...(kept.hours ?? AROUND_THE_CLOCK), pause: pauseOf(kept) };
  hoursOf.set(kept, hours);
  return hours;
}
