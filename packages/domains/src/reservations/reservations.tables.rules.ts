import { MINUTE } from '@comanda/kernel/time';
import type { Span } from '../restaurants/restaurants.hours.schema.ts';

export const QUARTER = 15 * MINUTE;

export interface Seating {
  id: string;
  name: string;
  seatsMin: number;
  seatsMax: number;
  joinGroup: string | null;
}

/** Which tables are taken when, by `holdOf`. */
export type Holds = ReadonlySet<string>;

interface Room<Table> {
  tables: readonly Table[];
  holds: Holds;
}

export function holdOf(tableId: string, quarter: number): string {
  return `${tableId}:${quarter}`;
}

/** Quarters of an hour since 1970, all that the span reaches into. */
export function quartersIn({ from, to }: Span): number[] {
  const first = Math.floor(from / QUARTER);
  return Array.from({ length: Math.ceil(to / QUARTER) - first }, (_, n) => first + n);
}

/**
 * The smallest free table that seats a party, or else the smallest two of one group; undefined: there
 * are none. Whoever asks what is free and whoever takes it asks here.
 */
export function tablesFor<Table extends Seating>(
  party: number,
  { tables, holds }: Room<Table>,
  span: Span,
): Table[] | undefined {
  const quarters = quartersIn(span);
  const free = tables
    .filter(({ seatsMin }) => seatsMin <= party)
    .filter(({ id }) => !quarters.some((quarter) => holds.has(holdOf(id, quarter))))
    .toSorted(bySize);
  const one = free.find(({ seatsMax }) => seatsMax >= party);
  return one ? [one] : smallestPair(party, free);
}

function smallestPair<Table extends Seating>(party: number, free: Table[]): Table[] | undefined {
  let smallest: { pair: Table[]; seats: number } | undefined;
  for (const [at, one] of free.entries()) {
    for (const other of free.slice(at + 1)) {
      const seats = one.seatsMax + other.seatsMax;
      const isJoined = one.joinGroup !== null && one.joinGroup === other.joinGroup;
      if (!isJoined || seats < party || (smallest && smallest.seats <= seats)) continue;
      smallest = { pair: [one, other], seats };
    }
  }
  return smallest?.pair;
}

function bySize(one: Seating, other: Seating): number {
  if (one.seatsMax !== other.seatsMax) return one.seatsMax - other.seatsMax;
  return one.name < other.name ? -1 : 1;
}
