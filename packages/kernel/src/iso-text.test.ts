import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoText } from './iso-text.ts';

test('a date is written as it writes itself', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), fc.nat(200_000_000), (first, later) => {
      const second = new Date(Math.min(first.getTime() + later, 8.64e15));
      for (const one of [first, second, first]) expect(isoText(one)).toBe(one.toISOString());
    }),
    { numRuns: 2_000 },
  );
});

test('a date that is none is refused', () => {
  expect(() => isoText(new Date(Number.NaN))).toThrow(RangeError);
});
