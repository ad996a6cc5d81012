import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  csvField,
  daysOn,
  isOpenTo,
  metersBetween,
  misfitOf,
  mondayOf,
  overlaps,
  workedMs,
} from './shifts.rules.ts';

const NINE = new Date('2026-06-01T09:00:00Z');
const later = (ms: number, from = NINE) => new Date(from.getTime() + ms);
const span = (fromMs: number, toMs: number) => ({ startsAt: later(fromMs), endsAt: later(toMs) });

describe('a shift', () => {
  test.each([
    [15 * MINUTE, true],
    [16 * HOUR, true],
    [15 * MINUTE - 1, false],
    [16 * HOUR + 1, false],
    [0, false],
    [-HOUR, false],
  ])('D4 of %i ms is one: %s', (length, fits) => {
    expect(misfitOf(span(0, length)) === undefined).toBe(fits);
  });

  test('D4 may begin in the moment in which another ends', () => {
    expect(overlaps(span(0, HOUR), span(HOUR, 2 * HOUR))).toBe(false);
    expect(overlaps(span(0, HOUR + 1), span(HOUR, 2 * HOUR))).toBe(true);
  });

  test('D4 overlaps another if and only if some moment is in both', () => {
    const spans = fc
      .tuple(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 20 }))
      .map(([from, length]) => [from, from + length] as const);
    fc.assert(
      fc.property(spans, spans, (one, other) => {
        const isIn = (at: number, [from, to]: readonly [number, number]) => from <= at && at < to;
        const moments = Array.from({ length: 61 }, (_, at) => at);
        const shared = moments.some((at) => isIn(at, one) && isIn(at, other));

        expect(overlaps(span(...one), span(...other))).toBe(shared);
        expect(overlaps(span(...other), span(...one))).toBe(shared);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [-15 * MINUTE, true],
    [-15 * MINUTE - 1, false],
    [HOUR - 1, true],
    [HOUR, false],
  ])('S3-18 D4 can be begun %i ms after its start: %s', (at, isOpen) => {
    expect(isOpenTo(span(0, HOUR), later(at), 15 * MINUTE)).toBe(isOpen);
  });

  test('S3-18 with no window it can be begun from its start', () => {
    expect(isOpenTo(span(0, HOUR), later(-1), 0)).toBe(false);
    expect(isOpenTo(span(0, HOUR), later(0), 0)).toBe(true);
  });
});

describe('work', () => {
  const lunch = { paid: false, startedAt: later(3 * HOUR), endedAt: later(4 * HOUR) };

  test('D4 is from in to out, without breaks that are not paid', () => {
    const card = { inAt: NINE, outAt: later(8 * HOUR), breaks: [lunch] };

    expect(workedMs(card, later(DAY))).toBe(7 * HOUR);
    expect(workedMs({ ...card, breaks: [{ ...lunch, paid: true }] }, later(DAY))).toBe(8 * HOUR);
  });

  test('D4 goes on until now, and so does a break that is open', () => {
    const open = { ...lunch, endedAt: null };

    expect(workedMs({ inAt: NINE, outAt: null, breaks: [] }, later(2 * HOUR))).toBe(2 * HOUR);
    expect(workedMs({ inAt: NINE, outAt: null, breaks: [open] }, later(5 * HOUR))).toBe(3 * HOUR);
  });

  test('D4 is never less than nothing, whatever a correction made of a card', () => {
    const card = { inAt: later(3.5 * HOUR), outAt: later(3.6 * HOUR), breaks: [lunch] };

    expect(workedMs(card, later(DAY))).toBe(0);
  });
});

describe('a week', () => {
  test.each([
    ['2026-06-01', '2026-06-01'],
    ['2026-06-07', '2026-06-01'],
    ['2026-06-08', '2026-06-08'],
    ['2026-03-01', '2026-02-23'],
  ])('of %s begins on %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });

  test('is counted in days of a calendar, over any end of a month', () => {
    expect(daysOn('2026-12-28', 7)).toBe('2027-01-04');
  });
});

describe('the way between two places', () => {
  test('is none to itself, and a degree of latitude is 111 km', () => {
    const rome = { latitude: 41.9, longitude: 12.5 };

    expect(metersBetween(rome, rome)).toBe(0);
    expect(metersBetween(rome, { ...rome, latitude: 42.9 })).toBe(111_195);
  });
});

describe('a field of a file', () => {
  test.each([
    ['plain', 'plain'],
    [12, '12'],
    [-3, '-3'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['@cmd', "'@cmd"],
  ])('%j is written as %j', (value, written) => {
    expect(csvField(value)).toBe(written);
  });
});
