import { describe, expect, test } from 'vitest';
import { csvField, csvOf, daysOn, mondayOf } from './timecards.week.rules.ts';

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

describe('a file', () => {
  test('is lines of fields, each with its end', () => {
    expect(
      csvOf([
        ['a', 'b,c'],
        [1, 'd'],
      ]),
    ).toBe('a,"b,c"\r\n1,d\r\n');
  });
});
