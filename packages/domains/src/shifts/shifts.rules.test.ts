import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpenTo, misfitOf, overlaps } from './shifts.rules.ts';

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
    expect(misfitOf(span(0, length), NINE) === undefined).toBe(fits);
  });

  test.each([
    [-31 * DAY, true],
    [-31 * DAY - 1, false],
    [366 * DAY, true],
    [366 * DAY + 1, false],
  ])('that begins in %i ms can be written down: %s', (ahead, fits) => {
    expect(misfitOf(span(ahead, ahead + HOUR), NINE) === undefined).toBe(fits);
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
    expect(isOpenTo(span(0, HOUR), later(at), 15)).toBe(isOpen);
  });

  test('S3-18 with no window it can be begun from its start', () => {
    expect(isOpenTo(span(0, HOUR), later(-1), 0)).toBe(false);
    expect(isOpenTo(span(0, HOUR), later(0), 0)).toBe(true);
  });
});
