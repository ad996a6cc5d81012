import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantsOf, wallTimeAt } from '../restaurants/restaurants.wall-clock.rules.ts';
import {
  daysUntil,
  type Heap,
  hoursOf,
  overHours,
  placedIn,
  type Stretch,
  type Wall,
} from './reports.rules.ts';

/** Whose clocks are put by an hour, by half of one and by two, and where it is another day. */
const ZONES = [
  'UTC',
  'Europe/Rome',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];
const anyZone = fc.constantFrom(...ZONES);
const CHANGES = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
];
const minutesBetween = (from: number, to: number): fc.Arbitrary<Date> =>
  fc.integer({ min: from / MINUTE, max: to / MINUTE }).map((minute) => new Date(minute * MINUTE));
const anyMinute = fc.oneof(
  minutesBetween(Date.parse('2025-01-01'), Date.parse('2028-01-01')),
  fc
    .constantFrom(...CHANGES.map((day) => Date.parse(day)))
    .chain((change) => minutesBetween(change - DAY, change + 2 * DAY)),
);

function wallIn(timeZone: string): Wall {
  return {
    timeAt: (instant) =>
      new Date(wallTimeAt(instant.getTime(), timeZone)).toISOString().slice(11, 16),
    startOf: (date) => new Date(instantsOf(Date.parse(`${date}T00:00:00Z`), timeZone).first),
  };
}

/** What the platform makes of an instant there. */
function shownIn(timeZone: string, instant: Date): { date: string; hour: number } {
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(instant);
  return { date: shown.slice(0, 10), hour: Number(shown.slice(11, 13)) };
}

function around<Label extends string | number>(
  stretches: readonly Stretch<Label>[],
  instant: Date,
): Label[] {
  return stretches.filter(({ start, end }) => start <= instant && instant < end).map(labelOf);
}

const labelOf = <Label extends string | number>({ label }: Stretch<Label>): Label => label;
const lengthOf = ({ start, end }: Stretch<string>): number => end.getTime() - start.getTime();
const isWithoutGaps = (stretches: readonly Stretch<string | number>[]): boolean =>
  stretches.every(({ end }, at) => (stretches[at + 1]?.start ?? end).getTime() === end.getTime());

describe('the days of a report', () => {
  test.each([
    ['Europe/Rome', '2026-03-30', [24, 23, 24]],
    ['Europe/Rome', '2026-10-26', [24, 25, 24]],
    ['Australia/Lord_Howe', '2026-04-06', [24, 24.5, 24]],
    ['UTC', '2026-03-01', [24, 24, 24]],
  ])('S2-24 in %s, until %s, are %j hours long', (zone, date, hours) => {
    const days = daysUntil(date, 3, wallIn(zone));

    expect(days.map(lengthOf)).toEqual(hours.map((each) => each * HOUR));
    expect(days.at(-1)?.label).toBe(date);
  });

  test('S2-24 hold every instant once, on the day that the wall shows', () => {
    fc.assert(
      fc.property(anyMinute, anyZone, fc.integer({ min: 1, max: 31 }), (now, zone, length) => {
        const days = daysUntil(shownIn(zone, now).date, length, wallIn(zone));
        const before = new Date(now.getTime() - (length - 1) * DAY);

        expect(days).toHaveLength(length);
        expect(isWithoutGaps(days)).toBe(true);
        expect(around(days, now)).toEqual([shownIn(zone, now).date]);
        const { date } = shownIn(zone, before);
        // On either side of a day with another length, it may be the day before the first.
        expect(around(days, before)).toEqual(date < days[0].label ? [] : [date]);
      }),
    );
  });
});

describe('the hours of a day', () => {
  test.each([
    ['Europe/Rome', '2026-03-29', 23, [0, 1, 3, 4]],
    ['Europe/Rome', '2026-10-25', 24, [0, 1, 2, 3]],
    ['Antarctica/Troll', '2026-10-25', 26, [0, 1, 2, 1, 2, 3]],
    ['Asia/Kathmandu', '2026-10-25', 24, [0, 1, 2, 3]],
    ['Africa/Cairo', '2026-04-24', 23, [1, 2, 3, 4]],
  ])('S2-24 in %s on %s are %i, from %j on', (...[zone, date, count, first]) => {
    const wall = wallIn(zone);
    const [day] = daysUntil(date, 1, wall);

    const hours = hoursOf(day, wall).map(labelOf);

    expect(hours).toHaveLength(count);
    expect(hours.slice(0, first.length)).toEqual(first);
    expect(hours.at(-1)).toBe(23);
  });

  test('S2-24 hold every instant once, in the hour that the wall shows', () => {
    fc.assert(
      fc.property(anyMinute, anyZone, (now, zone) => {
        const wall = wallIn(zone);
        const [day] = daysUntil(shownIn(zone, now).date, 1, wall);

        const hours = hoursOf(day, wall);

        expect(isWithoutGaps(hours)).toBe(true);
        expect([hours[0].start, hours.at(-1)?.end]).toEqual([day.start, day.end]);
        expect(around(hours, now)).toEqual([shownIn(zone, now).hour]);
      }),
    );
  });
});

const anyHeap: fc.Arbitrary<Heap> = fc.record({
  hour: fc.integer({ min: 0, max: 23 }),
  state: fc.constantFrom('pending', 'served', 'completed', 'cancelled'),
  type: fc.constantFrom('dine_in', 'pickup', 'delivery'),
  currency: fc.constantFrom('EUR', 'CHF'),
  orders: fc.integer({ min: 1, max: 50 }),
  total: fc.nat(1_000_000),
  tips: fc.nat(10_000),
});

const sum = (numbers: Iterable<number>): number =>
  [...numbers].reduce((all, each) => all + each, 0);

describe('what orders come to', () => {
  const heap: Heap = {
    hour: 12,
    state: 'served',
    type: 'dine_in',
    currency: 'EUR',
    orders: 2,
    total: 2_001,
    tips: 100,
  };

  test('S2-24 is nothing without any', () => {
    expect(placedIn([], 'EUR')).toMatchObject({ orders: 0, averageValue: null, tips: 0 });
    expect(overHours([])).toEqual(Array.from({ length: 24 }, (_, hour) => ({ hour, orders: 0 })));
  });

  test('S2-24 leaves the money of cancelled orders out, and of another currency, and counts them', () => {
    const heaps: Heap[] = [
      heap,
      { ...heap, state: 'cancelled', type: 'pickup', orders: 1 },
      { ...heap, currency: 'CHF', orders: 4 },
    ];

    const { byState, byType, ...placed } = placedIn(heaps, 'EUR');

    expect(placed).toEqual({ orders: 7, cancelled: 1, averageValue: 1_001, tips: 100 });
    expect(byState).toMatchObject({ served: 6, cancelled: 1, pending: 0 });
    expect(byType).toEqual({ dine_in: 6, pickup: 1, delivery: 0 });
  });

  test('S2-24 is the same by state, by type and by hour', () => {
    fc.assert(
      fc.property(fc.array(anyHeap, { maxLength: 20 }), (heaps) => {
        const { orders, byState, byType } = placedIn(heaps, 'EUR');
        const hours = overHours(heaps).map((each) => each.orders);

        expect(orders).toBe(sum(heaps.map((each) => each.orders)));
        expect([byState, byType, hours].map((each) => sum(Object.values(each)))).toEqual(
          Array(3).fill(orders),
        );
      }),
    );
  });
});
