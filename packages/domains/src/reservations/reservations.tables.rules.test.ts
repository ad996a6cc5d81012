import { MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdOf, quartersIn, type Seating, tablesFor } from './reservations.tables.rules.ts';

const EVENING = { from: Date.UTC(2026, 9, 1, 18), to: Date.UTC(2026, 9, 1, 19, 30) };

function table(id: string, [seatsMin, seatsMax]: [number, number], joinGroup?: string): Seating {
  return { id, name: id, seatsMin, seatsMax, joinGroup: joinGroup ?? null };
}

/** The names of what a party gets while these are taken for the whole evening. */
function seated(party: number, tables: Seating[], taken: string[] = []): string[] | undefined {
  const quarters = quartersIn(EVENING);
  const holds = new Set(taken.flatMap((id) => quarters.map((quarter) => holdOf(id, quarter))));
  return tablesFor(party, { tables, holds }, EVENING)?.map(({ name }) => name);
}

describe('the table of a party', () => {
  const tables = [table('six', [1, 6]), table('two', [1, 2]), table('four', [1, 4])];

  test.each([
    [1, 'two'],
    [2, 'two'],
    [3, 'four'],
    [5, 'six'],
  ])('D7 of %i is the smallest that seats it: %s', (party, name) => {
    expect(seated(party, tables)).toEqual([name]);
  });

  test('D7 is the next larger one when the smallest is taken', () => {
    expect(seated(2, tables, ['two'])).toEqual(['four']);
  });

  test('D7 is none that asks for more guests', () => {
    expect(seated(2, [table('large', [3, 8])])).toBeUndefined();
  });

  test('D7 of two as large is the one that comes first by its name', () => {
    expect(seated(2, [table('b', [1, 2]), table('a', [1, 2])])).toEqual(['a']);
  });

  test('D7 is none where all are taken, or there are none', () => {
    expect(seated(2, tables, ['two', 'four', 'six'])).toBeUndefined();
    expect(seated(2, [])).toBeUndefined();
  });
});

describe('two tables that are put together', () => {
  const row = [
    table('a4', [1, 4], 'row'),
    table('b4', [1, 4], 'row'),
    table('c6', [1, 6], 'row'),
    table('d6', [1, 6]),
    table('e6', [1, 6], 'other'),
  ];

  test.each<[number, string[] | undefined]>([
    [6, ['c6']],
    [7, ['a4', 'b4']],
    [9, ['a4', 'c6']],
    [11, undefined],
  ])('D7 seat %i as %j: as few as it takes, of one group, when no table does', (party, names) => {
    expect(seated(party, row)).toEqual(names);
  });

  test('D7 are both free', () => {
    expect(seated(7, row, ['a4'])).toEqual(['b4', 'c6']);
    expect(seated(7, row, ['a4', 'b4'])).toBeUndefined();
  });

  test('D7 are none for a party that is too small for each of them', () => {
    expect(seated(2, [table('a', [3, 4], 'row'), table('b', [3, 4], 'row')])).toBeUndefined();
  });

  test('D7 are of a group that is named: tables of none belong to none', () => {
    expect(seated(6, [table('a', [1, 4]), table('b', [1, 4])])).toBeUndefined();
  });
});

describe('the quarters of an hour that a stay takes', () => {
  const at = (minutes: number) => EVENING.from + minutes * MINUTE;
  const first = EVENING.from / (15 * MINUTE);

  test.each([
    [0, 15, [0]],
    [0, 45, [0, 1, 2]],
    [15, 30, [1]],
    [5, 20, [0, 1]],
    [0, 0, []],
  ])('D7 from minute %i to %i, which is not in it, are %j', (from, to, quarters) => {
    expect(quartersIn({ from: at(from), to: at(to) })).toEqual(quarters.map((n) => first + n));
  });

  test('D7 back to back, one party leaves as the other comes', () => {
    const tables = [table('only', [1, 4])];
    const holds = new Set(quartersIn(EVENING).map((quarter) => holdOf('only', quarter)));
    const long = EVENING.to - EVENING.from;
    const before = { from: EVENING.from - long, to: EVENING.from };
    const behind = { from: EVENING.to, to: EVENING.to + long };
    const nearly = { from: EVENING.to - 15 * MINUTE, to: EVENING.to + long };

    const found = [before, behind, nearly].map((span) => tablesFor(2, { tables, holds }, span));

    expect(found).toEqual([tables, tables, undefined]);
  });
});

const anyTables = fc
  .array(
    fc.record({
      seatsMin: fc.integer({ min: 1, max: 4 }),
      extra: fc.nat(6),
      joinGroup: fc.constantFrom(null, 'a', 'b'),
    }),
    { maxLength: 8 },
  )
  .map((rows) =>
    rows.map(({ seatsMin, extra, joinGroup }, at) => ({
      id: `t${at}`,
      name: `T${at}`,
      seatsMin,
      seatsMax: seatsMin + extra,
      joinGroup,
    })),
  );

const anyWish = fc.record({
  party: fc.integer({ min: 1, max: 14 }),
  from: fc.nat(40),
  long: fc.integer({ min: 1, max: 8 }),
});

interface Booked {
  party: number;
  span: { from: number; to: number };
  tables: Seating[];
  /** The holds as they were before. */
  before: Set<string>;
}

/** Books one wish after the other, as far as there are tables. */
function booked(tables: Seating[], wishes: { party: number; from: number; long: number }[]) {
  const holds = new Set<string>();
  const stays: Booked[] = [];
  const refused: Omit<Booked, 'tables'>[] = [];
  for (const { party, from, long } of wishes) {
    const span = { from: from * 15 * MINUTE, to: (from + long) * 15 * MINUTE };
    const before = new Set(holds);
    const found = tablesFor(party, { tables, holds }, span);
    if (found) stays.push({ party, span, tables: found, before });
    else refused.push({ party, span, before });
    for (const { id } of found ?? []) {
      for (const quarter of quartersIn(span)) holds.add(holdOf(id, quarter));
    }
  }
  return { stays, refused };
}

const overlap = (one: Booked, other: Booked) =>
  one.span.from < other.span.to && other.span.from < one.span.to;

describe('one booking after the other', () => {
  const bookings = fc.tuple(anyTables, fc.array(anyWish, { maxLength: 40 }));

  test('D7 D12 never seats two parties at one table at a time', () => {
    const property = fc.property(bookings, ([tables, wishes]) => {
      const { stays } = booked(tables, wishes);

      const doubled = stays.flatMap((one, at) =>
        stays
          .slice(at + 1)
          .filter((other) => overlap(one, other))
          .filter((other) => one.tables.some(({ id }) => other.tables.some((t) => t.id === id))),
      );

      expect(doubled).toEqual([]);
    });

    fc.assert(property, { numRuns: 300 });
  });

  test('D7 takes what fits, and leaves no smaller table free that fits as well', () => {
    const isFree = ({ before, span }: Omit<Booked, 'tables'>, { id }: Seating) =>
      quartersIn(span).every((quarter) => !before.has(holdOf(id, quarter)));
    const fits = (party: number, { seatsMin, seatsMax }: Seating) =>
      seatsMin <= party && party <= seatsMax;
    const seats = (all: Seating[]) => all.reduce((sum, { seatsMax }) => sum + seatsMax, 0);
    const pairsOf = (tables: Seating[]) =>
      tables.flatMap((one, at) => tables.slice(at + 1).map((other) => [one, other]));
    const joined = (party: number, pair: Seating[]) =>
      pair.every(({ seatsMin, joinGroup }) => joinGroup !== null && seatsMin <= party) &&
      pair[0]?.joinGroup === pair[1]?.joinGroup &&
      seats(pair) >= party;

    const property = fc.property(bookings, ([tables, wishes]) => {
      const { stays, refused } = booked(tables, wishes);
      const options = (at: Omit<Booked, 'tables'>) => {
        const free = tables.filter((one) => isFree(at, one));
        const single = free.filter((one) => fits(at.party, one)).map((one) => [one]);
        return single.length > 0 ? single : pairsOf(free).filter((pair) => joined(at.party, pair));
      };

      const least = stays.map((stay) => Math.min(...options(stay).map(seats)));

      expect(stays.map((stay) => seats(stay.tables))).toEqual(least);
      expect(refused.flatMap(options)).toEqual([]);
    });

    fc.assert(property, { numRuns: 300 });
  });
});
