import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { NewHours, NewPause } from './restaurants.hours.schema.ts';

function accepted(some: object): boolean {
  return NewHours.safeParse({ weekly: {}, ...some }).success;
}

describe('hours as they are sent', () => {
  test.each([
    ['00:00', '24:00', true],
    ['23:59', '00:00', true],
    ['24:00', '02:00', false],
    ['9:00', '10:00', false],
    ['09:60', '10:00', false],
    ['09:00', '24:01', false],
    ['09:00', '25:00', false],
    [' 09:00', '10:00', false],
    ['09:00', ' 10:00', false],
    ['09:00', '10:00\n', false],
  ])('D10 from %j to %j: %j', (from, to, fine) => {
    expect(accepted({ weekly: { '1': [{ from, to }] } })).toBe(fine);
  });

  test.each([
    ['1', true],
    ['7', true],
    ['0', false],
    ['8', false],
    ['monday', false],
  ])('D10 on weekday %j: %j', (weekday, fine) => {
    expect(accepted({ weekly: { [weekday]: [] } })).toBe(fine);
  });

  test('D10 with an exception for every day of a year, and not of two', () => {
    const days = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, n) => [
          new Date(n * 86_400_000).toISOString().slice(0, 10),
          [],
        ]),
      );

    expect(accepted({ exceptions: days(366) })).toBe(true);
    expect(accepted({ exceptions: days(401) })).toBe(false);
  });

  test.each([
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-2-1', false],
    ['2026-02-01T00:00:00Z', false],
  ])('D10 on the date %j: %j', (date, fine) => {
    expect(accepted({ exceptions: { [date]: [] } })).toBe(fine);
  });

  test.each([
    [{ until: null, message: 'Back soon.' }, true],
    [{ until: new Date(0), message: '' }, true],
    [{ message: 'Back soon.' }, true],
    [{ until: null }, true],
    [{ until: null, message: 'x'.repeat(201) }, false],
  ])('D10 with the pause %j: %j', (pause, fine) => {
    expect(z.strictObject(NewPause).safeParse(pause).success).toBe(fine);
  });
});
