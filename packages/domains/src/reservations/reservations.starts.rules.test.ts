import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDays } from '../restaurants/restaurants.hours.rules.ts';
import type { Interval } from '../restaurants/restaurants.hours.schema.ts';
import { bookingTerms } from '../restaurants/restaurants.terms.rules.ts';
import type { reservationErrors } from './reservations.errors.ts';
import {
  type Book,
  boundsAt,
  daysAround,
  nearestTo,
  refuseClosed,
  refuseOutOfBounds,
  startsIn,
  stayFrom,
  tablesAt,
} from './reservations.starts.rules.ts';
import { holdOf, QUARTER, quartersIn } from './reservations.tables.rules.ts';

const ROME = 'Europe/Rome';
const NOW = Date.UTC(2026, 9, 1, 12);
const TABLE = { id: 't', name: 'T', seatsMin: 1, seatsMax: 4, joinGroup: null };

function book(some: Partial<Book> = {}): Book {
  const terms = some.terms ?? bookingTerms(null);
  const bounds = boundsAt(NOW, terms, { byStaff: false });
  return { party: 2, terms, runs: [], tables: [TABLE], holds: new Set(), ...bounds, ...some };
}

/** `ok`, or why a start cannot be had. */
function whyNot(startsAt: number, some: Partial<Book> = {}): string {
  try {
    refuseOutOfBounds(startsAt, book(some));
    refuseClosed(startsAt, book(some));
    return 'ok';
  } catch (error) {
    const { details } = error as ReturnType<typeof reservationErrors.NOT_BOOKABLE>;
    return (details as { why: string }).why;
  }
}

describe('how long a party stays', () => {
  test.each([
    [1, 90],
    [4, 90],
    [5, 120],
    [20, 120],
  ])('D7 of %i: %i minutes', (party, minutes) => {
    const terms = bookingTerms({ bufferMinutes: 30 });

    expect(stayFrom(NOW, { party, terms })).toEqual({
      startsAt: NOW,
      endsAt: NOW + minutes * MINUTE,
      heldUntil: NOW + (minutes + 30) * MINUTE,
    });
  });
});

describe('when a party may start', () => {
  test('D7 is after the notice and within the horizon, both inclusive', () => {
    const runs = [{ from: 0, to: NOW + 100 * DAY }];
    const earliest = NOW + HOUR;
    const latest = NOW + 60 * DAY;

    const told = [earliest - 1, earliest, latest, latest + 1].map((at) => whyNot(at, { runs }));

    expect(told).toEqual(['notice', 'ok', 'ok', 'horizon']);
  });

  test('D7 is the quarter that has begun when staff write it down', () => {
    const terms = bookingTerms(null);

    const earliest = [0, 1, 14, 15].map(
      (minutes) => boundsAt(NOW + minutes * MINUTE, terms, { byStaff: true }).earliest,
    );

    expect(earliest.map((at) => (at - NOW) / MINUTE)).toEqual([0, 0, 0, 15]);
  });

  test('D7 leaves room for the whole stay in one run of the hours', () => {
    const opens = NOW + 2 * HOUR;
    const runs = [
      { from: opens, to: opens + 90 * MINUTE },
      { from: opens + 91 * MINUTE, to: opens + 300 * MINUTE },
    ];

    const told = [-15, 0, 15, 105, 210, 225].map((at) => whyNot(opens + at * MINUTE, { runs }));

    expect(told).toEqual(['closed', 'ok', 'closed', 'ok', 'ok', 'closed']);
  });

  test('D7 is told of a party that is too large before anything else', () => {
    expect(whyNot(0, { party: 21 })).toBe('party');
    expect(whyNot(NOW + HOUR, { party: 20, runs: [{ from: 0, to: NOW + DAY }] })).toBe('ok');
  });
});

const time = fc
  .nat(287)
  .map((n) => `${`${Math.floor(n / 12)}`.padStart(2, '0')}:${`${(n % 12) * 5}`.padStart(2, '0')}`);
const interval: fc.Arbitrary<Interval> = fc.record({ from: time, to: time });
const weekly = fc.dictionary(
  fc.integer({ min: 1, max: 7 }).map(String),
  fc.array(interval, { maxLength: 3 }),
);
/** Days on which clocks are put forth, back, and left alone. */
const date = fc.constantFrom('2026-10-04', '2026-10-24', '2026-10-25', '2026-10-26', '2027-03-28');
const zone = fc.constantFrom(ROME, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');

const anyBook = fc
  .record({
    weekly,
    date,
    zone,
    party: fc.integer({ min: 1, max: 6 }),
    smallMinutes: fc.integer({ min: 1, max: 16 }).map((n) => n * 15),
    bufferMinutes: fc.constantFrom(0, 15),
    horizonDays: fc.constantFrom(1, 60),
    nowMinutes: fc.integer({ min: -2_880, max: 1_440 }),
    held: fc.array(fc.tuple(fc.nat(2), fc.nat(300)), { maxLength: 300 }),
  })
  .map(({ weekly, date, zone, nowMinutes, held, party, ...said }) => {
    const days = openDays({ weekly, exceptions: {} }, zone);
    const day = days.dayOf(date);
    const around = daysAround(day.from + 12 * HOUR, days);
    const terms = bookingTerms(said);
    const tables = [0, 1, 2].map((n) => ({
      id: `t${n}`,
      name: `T${n}`,
      seatsMin: 1,
      seatsMax: 2 + n,
      joinGroup: n > 0 ? 'row' : null,
    }));
    const first = Math.floor(around.from / QUARTER);
    const holds = new Set(held.map(([n, quarter]) => holdOf(`t${n}`, first + quarter)));
    const now = day.from + nowMinutes * MINUTE;
    const bounds = boundsAt(now, terms, { byStaff: false });
    const some: Book = { party, terms, runs: days.runsIn(around), tables, holds, ...bounds };
    return { book: some, days, day, around };
  });

describe('the starts of a day', () => {
  test('D7 D12.8 are exactly those that can be had, also where clocks are changed', () => {
    const property = fc.property(anyBook, ({ book: some, day }) => {
      const quarters = quartersIn(day).map((quarter) => quarter * QUARTER);

      const fit = quarters.filter((at) => at >= day.from && whyNot(at, some) === 'ok');

      expect(startsIn(day, some).map(({ startsAt }) => startsAt)).toEqual(fit);
    });

    fc.assert(property, { numRuns: 300 });
  });

  test('D12.8 are as many as the day has quarters where it never closes', () => {
    const runs = [{ from: 0, to: Date.UTC(2028, 0) }];
    const days = openDays({ weekly: {}, exceptions: {} }, ROME);
    const terms = bookingTerms({ horizonDays: 365 });
    const counts = ['2026-10-24', '2026-10-25', '2027-03-28'].map(
      (day) =>
        startsIn(days.dayOf(day), book({ runs, ...boundsAt(NOW, terms, { byStaff: false }) }))
          .length,
    );

    expect(counts).toEqual([96, 100, 92]);
  });
});

describe('the starts that are offered instead', () => {
  const asked = fc.tuple(anyBook, fc.nat(95));

  test('D7 can be had, are at most three, and none that is nearer is left out', () => {
    const property = fc.property(asked, ([{ book: some, day, around }, quarter]) => {
      const wanted = Math.ceil(day.from / QUARTER) * QUARTER + quarter * QUARTER;
      const distance = (at: number) => Math.abs(at - wanted);

      const offered = nearestTo(wanted, around, some).map(({ startsAt }) => startsAt);

      const all = quartersIn(around)
        .map((n) => n * QUARTER)
        .filter((at) => at >= around.from && at !== wanted && whyNot(at, some) === 'ok')
        .filter((at) => tablesAt(stayFrom(at, some), some) !== undefined);
      const nearest = all
        .toSorted((one, other) => distance(one) - distance(other) || one - other)
        .slice(0, 3);
      expect(offered).toEqual(nearest);
    });

    fc.assert(property, { numRuns: 100 });
  });

  test('D7 are of that day, the one before and the one after', () => {
    const days = openDays({ weekly: {}, exceptions: {} }, ROME);

    expect(daysAround(Date.UTC(2026, 9, 25, 12), days)).toEqual({
      from: Date.parse('2026-10-23T22:00:00Z'),
      to: Date.parse('2026-10-26T23:00:00Z'),
    });
  });
});
