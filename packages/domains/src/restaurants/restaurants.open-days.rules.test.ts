import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMinutes, walk } from './restaurants.hours.oracle.ts';
import { type Calendar, openDays } from './restaurants.hours.rules.ts';
import type { Interval, Span } from './restaurants.hours.schema.ts';

const ROME = 'Europe/Rome';
const at = (instant: string): number => Date.parse(instant);
const span = (from: string, to: string): Span => ({ from: at(from), to: at(to) });

/** 1 October 2026 is a Thursday; Rome is two hours ahead until the 25th. */
function thursdays(...intervals: [from: string, to: string][]): Calendar {
  return { weekly: { '4': intervals.map(([from, to]) => ({ from, to })) }, exceptions: {} };
}

describe('the days of a restaurant', () => {
  test.each([
    [ROME, '2026-10-01', ['2026-09-30T22:00:00Z', '2026-10-01T22:00:00Z']],
    [ROME, '2026-10-25', ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z']],
    [ROME, '2026-03-29', ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z']],
    ['Africa/Cairo', '2026-04-24', ['2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z']],
    ['Asia/Kathmandu', '2026-10-01', ['2026-09-30T18:15:00Z', '2026-10-01T18:15:00Z']],
  ])('D12.8 in %s %s goes from midnight to midnight', (timeZone, date, [first = '', next = '']) => {
    const days = openDays(thursdays(), timeZone);
    const { from, to } = span(first, next);

    expect(days.dayOf(date)).toEqual({ from, to });
    expect([from, to - 1].map(days.dateAt)).toEqual([date, date]);
    expect([from - 1, to].map(days.dateAt)).not.toContain(date);
  });
});

describe('the runs of the hours', () => {
  test('D7 that reach into a span are told from opening to closing', () => {
    const { runsIn } = openDays(thursdays(['12:00', '14:30'], ['19:00', '02:00']), ROME);
    const lunch = span('2026-10-01T10:00:00Z', '2026-10-01T12:30:00Z');
    const dinner = span('2026-10-01T17:00:00Z', '2026-10-02T00:00:00Z');

    expect(runsIn(span('2026-10-01T12:00:00Z', '2026-10-01T18:00:00Z'))).toEqual([lunch, dinner]);
    expect(runsIn(span('2026-10-01T12:30:00Z', '2026-10-01T17:00:00Z'))).toEqual([]);
    expect(runsIn(span('2026-10-01T23:59:00Z', '2026-10-05T00:00:00Z'))).toEqual([dinner]);
  });

  test('D7 that touch are one, also at midnight', () => {
    const weekly = { '4': [{ from: '18:00', to: '24:00' }], '5': [{ from: '00:00', to: '03:00' }] };
    const { runsIn } = openDays({ weekly, exceptions: {} }, ROME);

    expect(runsIn(span('2026-10-01T21:00:00Z', '2026-10-01T21:01:00Z'))).toEqual([
      span('2026-10-01T16:00:00Z', '2026-10-02T01:00:00Z'),
    ]);
  });

  test('D7 a date with hours of its own has those', () => {
    const exceptions = { '2026-10-01': [{ from: '10:00', to: '11:00' }], '2026-10-08': [] };
    const { runsIn } = openDays({ ...thursdays(['12:00', '14:00']), exceptions }, ROME);

    expect(runsIn(span('2026-10-01T00:00:00Z', '2026-10-10T00:00:00Z'))).toEqual([
      span('2026-10-01T08:00:00Z', '2026-10-01T09:00:00Z'),
    ]);
  });

  const quarter = fc.nat(95).map((n) => n * 15);
  const clock = (minutes: number): string =>
    `${`${Math.floor(minutes / 60)}`.padStart(2, '0')}:${`${minutes % 60}`.padStart(2, '0')}`;
  const interval: fc.Arbitrary<Interval> = fc.record({
    from: quarter.map(clock),
    to: fc.oneof(quarter.map(clock), fc.constant('24:00')),
  });
  const weekly = fc.dictionary(
    fc.integer({ min: 1, max: 7 }).map(String),
    fc.array(interval, { maxLength: 3 }),
  );

  test.each([
    [ROME, '2026-03-29', '2026-10-25'],
    ['America/New_York', '2026-03-08', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-10-04', '2026-04-05'],
    ['Africa/Cairo', '2026-04-24', '2026-10-30'],
  ])(
    'D12.8 in %s: on the days around %s and %s they are as on the wall clock',
    (timeZone, ...dates) => {
      const walks = dates.map((date) => walk(timeZone, at(date) - 5 * DAY, at(date) + 5 * DAY));

      const property = fc.property(weekly, fc.constantFrom(...walks), (week, walked) => {
        const calendar = { weekly: week, exceptions: {} };
        const open = openMinutes(walked, { ...calendar, lastOrderMinutes: 0, pause: null });
        const [from, count] = [5 * DAY - 36 * HOUR, (72 * HOUR) / MINUTE];
        const start = walked.start * MINUTE + from;

        const runs = openDays(calendar, timeZone).runsIn({ from: start, to: start + 72 * HOUR });

        const told = Array.from({ length: count }, (_, n) => {
          const instant = start + n * MINUTE;
          return runs.some((run) => run.from <= instant && instant < run.to) ? 1 : 0;
        });
        const expected = open.subarray(from / MINUTE, from / MINUTE + count);
        expect(told.findIndex((one, n) => one !== expected[n])).toBe(-1);
      });

      fc.assert(property, { numRuns: 50 });
    },
  );
});
