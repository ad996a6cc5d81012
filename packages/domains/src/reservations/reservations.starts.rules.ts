import { DAY, MINUTE } from '@comanda/kernel/time';
import type { BookingTerms } from '../restaurants/restaurants.booking.schema.ts';
import type { OpenDays, Span } from '../restaurants/restaurants.hours.schema.ts';
import { reservationErrors } from './reservations.errors.ts';
import { type Holds, QUARTER, type Seating, tablesFor } from './reservations.tables.rules.ts';

/** A party that asks, and what it is held against. */
export interface Wish {
  party: number;
  terms: BookingTerms;
  /** The first and the last instant at which it may start. */
  earliest: number;
  latest: number;
}

/** All that decides when that party can come. */
export interface Book extends Wish {
  runs: readonly Span[];
  tables: readonly Seating[];
  holds: Holds;
}

interface Stay {
  startsAt: number;
  endsAt: number;
  /** The end, and the buffer behind it. */
  heldUntil: number;
}

const ALTERNATIVES = 3;

/** Who stands at the door is written down for the quarter that has just begun. */
export function boundsAt(
  now: number,
  { noticeMinutes, horizonDays }: BookingTerms,
  { byStaff }: { byStaff: boolean },
): Pick<Wish, 'earliest' | 'latest'> {
  return {
    earliest: byStaff ? Math.floor(now / QUARTER) * QUARTER : now + noticeMinutes * MINUTE,
    latest: now + horizonDays * DAY,
  };
}

export function stayFrom(startsAt: number, { party, terms }: Pick<Wish, 'party' | 'terms'>): Stay {
  const minutes = party <= terms.smallParty ? terms.smallMinutes : terms.largeMinutes;
  const endsAt = startsAt + minutes * MINUTE;
  return { startsAt, endsAt, heldUntil: endsAt + terms.bufferMinutes * MINUTE };
}

/** Refuses a party that is too large for the restaurant. */
export function refuseLargeParty(wish: Wish): void {
  if (wish.party > wish.terms.maxParty) throw unbookable('party', wish);
}

/** Refuses what is asked for too soon, or too long ahead. */
export function refuseOutOfBounds(startsAt: number, wish: Wish): void {
  refuseLargeParty(wish);
  if (startsAt < wish.earliest) throw unbookable('notice', wish);
  if (startsAt > wish.latest) throw unbookable('horizon', wish);
}

/** Refuses a stay during which the restaurant is closed. */
export function refuseClosed(startsAt: number, book: Book): void {
  const { endsAt } = stayFrom(startsAt, book);
  const isOpen = book.runs.some(({ from, to }) => from <= startsAt && endsAt <= to);
  if (!isOpen) throw unbookable('closed', book);
}

/** Every start in a span that the hours and the terms allow, whether or not a table is free. */
export function startsIn({ from, to }: Span, book: Book): Stay[] {
  const { runs, earliest, latest } = book;
  const stays: Stay[] = [];
  for (const run of runs) {
    const first = Math.ceil(Math.max(run.from, from, earliest) / QUARTER) * QUARTER;
    for (let startsAt = first; startsAt < to && startsAt <= latest; startsAt += QUARTER) {
      const stay = stayFrom(startsAt, book);
      if (stay.endsAt > run.to) break;
      stays.push(stay);
    }
  }
  return stays;
}

/** The tables that the party gets for a stay. */
export function tablesAt({ startsAt, heldUntil }: Stay, book: Book): Seating[] | undefined {
  return tablesFor(book.party, book, { from: startsAt, to: heldUntil });
}

/** The free starts in a span that are nearest to another start; of two as near, the earlier one first. */
export function nearestTo(startsAt: number, span: Span, book: Book): Stay[] {
  const distance = (stay: Stay) => Math.abs(stay.startsAt - startsAt);
  const others = startsIn(span, book)
    .filter((stay) => stay.startsAt !== startsAt)
    .toSorted((one, other) => distance(one) - distance(other) || one.startsAt - other.startsAt);
  const nearest: Stay[] = [];
  for (const stay of others) {
    if (nearest.length === ALTERNATIVES) break;
    if (tablesAt(stay, book)) nearest.push(stay);
  }
  return nearest;
}

/** The day of an instant, with the one before and the one after. */
export function daysAround(instant: number, { dateAt, dayOf }: OpenDays): Span {
  const day = dayOf(dateAt(instant));
  return { from: dayOf(dateAt(day.from - 1)).from, to: dayOf(dateAt(day.to)).to };
}

function unbookable(
  why: 'closed' | 'notice' | 'horizon' | 'party',
  { earliest, latest, terms }: Wish,
) {
  return reservationErrors.NOT_BOOKABLE({
    why,
    earliest: new Date(earliest),
    latest: new Date(latest),
    maxParty: terms.maxParty,
  });
}
