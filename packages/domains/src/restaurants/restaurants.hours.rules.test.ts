import { DAY, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedAt, openMinutes, walk } from './restaurants.hours.oracle.ts';
import { momentAt, openAt } from './restaurants.hours.rules.ts';
import type { Hours, Interval, OpenState, Weekly } from './restaurants.hours.schema.ts';

const ROME = 'Europe/Rome';
const ALWAYS = [{ from: '00:00', to: '24:00' }];
const ALL_WEEK = { 1: ALWAYS, 2: ALWAYS, 3: ALWAYS, 4: ALWAYS, 5: ALWAYS, 6: ALWAYS, 7: ALWAYS };
const at = (instant: string): Date => new Date(instant);

function hours(some: Partial<Hours>): Hours {
  return { weekly: {}, exceptions: {}, lastOrderMinutes: 0, pause: null, ...some };
}

/** 1 October 2026 is a Thursday; Rome is two hours ahead until the 25th. */
function thursdays(...intervals: [from: string, to: string][]): Hours {
  return hours({ weekly: { '4': intervals.map(([from, to]) => ({ from, to })) } });
}

describe('opening hours', () => {
  test.each([
    ['2026-10-01T09:59:59.999Z', false],
    ['2026-10-01T10:00:00.000Z', true],
    ['2026-10-01T12:29:59.999Z', true],
    ['2026-10-01T12:30:00.000Z', false],
    ['2026-10-01T17:00:00.000Z', true],
    ['2026-10-02T10:00:00.000Z', false],
  ])('D10 of two intervals: at %s open is %j', (instant, open) => {
    const week = thursdays(['12:00', '14:30'], ['19:00', '23:00']);

    expect(openAt(week, ROME, at(instant)).open).toBe(open);
  });

  test('D10 tell when it closes, when the last order is taken and when it opens again', () => {
    const week = { ...thursdays(['12:00', '14:30'], ['19:00', '23:00']), lastOrderMinutes: 30 };

    expect(openAt(week, ROME, at('2026-10-01T11:00:00Z'))).toEqual({
      open: true,
      closesAt: at('2026-10-01T12:30:00Z'),
      lastOrderAt: at('2026-10-01T12:00:00Z'),
      opensAt: at('2026-10-01T17:00:00Z'),
    });
  });

  test('run past midnight into a day that has none', () => {
    const week = thursdays(['18:00', '02:00']);

    expect(openAt(week, ROME, at('2026-10-01T23:59:00Z'))).toMatchObject({
      open: true,
      closesAt: at('2026-10-02T00:00:00Z'),
    });
  });

  test.each(['00:00', '24:00'])('that end at %s end with the day', (to) => {
    const { closesAt } = openAt(thursdays(['18:00', to]), ROME, at('2026-10-01T20:00:00Z'));

    expect(closesAt).toEqual(at('2026-10-01T22:00:00Z'));
  });

  test.each([
    [ROME, '2026-10-02T19:59:00Z', '2026-10-02T20:00:00Z'],
    ['America/New_York', '2026-10-03T01:59:00Z', '2026-10-03T02:00:00Z'],
    ['Pacific/Auckland', '2026-10-02T08:59:00Z', '2026-10-02T09:00:00Z'],
  ])('that start where they end last a day in %s', (zone, instant, closes) => {
    const { closesAt } = openAt(thursdays(['22:00', '22:00']), zone, at(instant));

    expect(closesAt).toEqual(at(closes));
  });

  test('that touch at midnight are one', () => {
    const weekly = { '4': [{ from: '18:00', to: '24:00' }], '5': [{ from: '00:00', to: '03:00' }] };

    expect(openAt(hours({ weekly }), ROME, at('2026-10-01T17:00:00Z'))).toMatchObject({
      closesAt: at('2026-10-02T01:00:00Z'),
      opensAt: at('2026-10-08T16:00:00Z'),
    });
  });

  test('around the clock never close and never open', () => {
    expect(openAt(hours({ weekly: ALL_WEEK }), ROME, at('2026-10-01T17:00:00Z'))).toStrictEqual({
      open: true,
    });
  });

  test('with no interval at all are closed', () => {
    expect(openAt(hours({}), ROME, at('2026-10-01T17:00:00Z'))).toStrictEqual({ open: false });
  });

  test.each([
    ['2026-10-15', at('2026-10-15T10:00:00Z')],
    ['2026-10-16', undefined],
  ])('open next on %s: looked for 14 days ahead', (date, opensAt) => {
    const exceptions = { [date]: [{ from: '12:00', to: '14:00' }] };

    expect(openAt(hours({ exceptions }), ROME, at('2026-10-01T10:00:00Z')).opensAt).toEqual(
      opensAt,
    );
  });
});

describe('a date with hours of its own', () => {
  const week = thursdays(['18:00', '02:00']);

  test('D10 stands in the place of the weekday', () => {
    const exceptions = { '2026-10-01': [{ from: '10:00', to: '12:00' }] };

    expect(openAt({ ...week, exceptions }, ROME, at('2026-10-01T08:00:00Z'))).toMatchObject({
      open: true,
      opensAt: at('2026-10-08T16:00:00Z'),
    });
  });

  test('D10 with no interval is closed', () => {
    const exceptions = { '2026-10-01': [] };

    expect(openAt({ ...week, exceptions }, ROME, at('2026-10-01T17:00:00Z')).open).toBe(false);
  });

  test('leaves alone what still runs from the night before', () => {
    const exceptions = { '2026-10-02': [] };

    expect(openAt({ ...week, exceptions }, ROME, at('2026-10-01T23:00:00Z')).open).toBe(true);
  });

  test('is a date of the restaurant, not of UTC', () => {
    const exceptions = { '2026-10-02': ALWAYS };

    expect(openAt(hours({ exceptions }), ROME, at('2026-10-01T22:00:00Z')).open).toBe(true);
    expect(openAt(hours({ exceptions }), ROME, at('2026-10-02T22:00:00Z')).open).toBe(false);
  });
});

describe('a pause', () => {
  const until = at('2026-10-01T17:00:00Z');
  const paused = { ...thursdays(['12:00', '23:00']), pause: { until, message: 'Oven is down.' } };

  test('D10 is told with its message and its end, and closes nothing', () => {
    expect(openAt(paused, ROME, at('2026-10-01T16:59:59Z'))).toMatchObject({
      open: true,
      paused: { until, message: 'Oven is down.' },
    });
  });

  test('is over at its end', () => {
    expect(openAt(paused, ROME, until).paused).toBeUndefined();
  });

  test('without an end lasts', () => {
    const pause = { until: null, message: '' };

    expect(openAt({ ...paused, pause }, ROME, at('2030-01-01T00:00:00Z')).paused).toEqual(pause);
  });
});

describe('mealtimes', () => {
  test('D10 are judged at the same moment in the same zone, without pause or exceptions', () => {
    const pause = { until: null, message: '' };
    const closed = hours({ exceptions: { '2026-10-01': [] }, pause, lastOrderMinutes: 30 });
    const lunch = thursdays(['12:00', '14:30']).weekly;

    const moment = momentAt(closed, ROME, at('2026-10-01T11:00:00Z'));

    expect(moment.restaurant).toEqual({ open: false, paused: pause });
    expect(moment.during(lunch)).toEqual({
      open: true,
      closesAt: at('2026-10-01T12:30:00Z'),
      lastOrderAt: at('2026-10-01T12:30:00Z'),
      opensAt: at('2026-10-08T10:00:00Z'),
    });
  });
});

describe('clocks that are changed', () => {
  /** When it opens and closes by UTC, on a date with these hours only. */
  function runOf(date: string, [from = '', to = '']: string[]): (string | undefined)[] {
    const thatDay = hours({ exceptions: { [date]: [{ from, to }] } });
    const { opensAt = new Date(0) } = openAt(thatDay, ROME, at(`${date}T00:00:00+14:00`));
    const { closesAt } = openAt(thatDay, ROME, opensAt);
    return [opensAt, closesAt].map((instant) => instant?.toISOString().slice(11, 16));
  }

  test.each([
    ['opens at a time that is leapt over', ['02:30', '05:00'], ['01:00', '03:00']],
    ['closes at a time that is leapt over', ['01:00', '02:30'], ['00:00', '01:00']],
  ])('D10 in spring: %s', (_, shown, utc) => {
    expect(runOf('2026-03-29', shown)).toEqual(utc);
  });

  test('D10 in spring: hours that are leapt over as a whole are none', () => {
    const sunday = hours({ exceptions: { '2026-03-29': [{ from: '02:15', to: '02:45' }] } });

    expect(openAt(sunday, ROME, at('2026-03-28T12:00:00Z'))).toEqual({ open: false });
  });

  test.each([
    ['opens at the first of two', ['02:30', '05:00'], ['00:30', '04:00']],
    ['closes at the last of two', ['01:00', '02:30'], ['23:00', '01:30']],
  ])('D10 in autumn: %s', (_, shown, utc) => {
    expect(runOf('2026-10-25', shown)).toEqual(utc);
  });

  const START = Date.UTC(2025, 11, 25);
  const FIRST = Date.UTC(2026, 0, 1);
  const END = Date.UTC(2028, 0, 1);

  const days = Array.from({ length: 730 }, (_, n) => (FIRST - START) / MINUTE + n * 1440);
  const quarters = Array.from({ length: 97 }, (_, n) => (n - 48) * 15);

  const quarter = fc.oneof(fc.nat(16), fc.nat(95)).map((n) => n * 15);
  const clock = (minutes: number): string =>
    `${Math.floor(minutes / 60)}`.padStart(2, '0') + ':' + `${minutes % 60}`.padStart(2, '0');
  const interval: fc.Arbitrary<Interval> = fc.record({
    from: quarter.map(clock),
    to: fc.oneof(quarter.map(clock), fc.constant('24:00')),
  });
  const intervals = fc.array(interval, { maxLength: 3 });
  const weekly: fc.Arbitrary<Weekly> = fc.dictionary(
    fc.nat(6).map((n) => `${n + 1}`),
    intervals,
  );
  const date = fc.nat(729).map((n) => new Date(FIRST + n * DAY).toISOString().slice(0, 10));
  const anyHours: fc.Arbitrary<Hours> = fc.record({
    weekly,
    exceptions: fc.dictionary(date, intervals, { maxKeys: 30 }),
    lastOrderMinutes: fc.constant(0),
    pause: fc.constant(null),
  });

  test.each([
    ROME,
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Africa/Casablanca',
    'Africa/Cairo',
  ])('D10 in %s: every day of 2026 and 2027 is as on the wall clock', (timeZone) => {
    const walked = walk(timeZone, START, END + 20 * DAY);
    const aroundLeaps = walked.leaps.flatMap((leap) => quarters.map((minutes) => leap + minutes));

    const property = fc.property(anyHours, fc.nat(1439), (some, minute) => {
      const open = openMinutes(walked, some);
      const daily = days.map((midnight, n) => midnight + ((minute + n * 617) % 1440));
      const wrong = [...daily, ...aroundLeaps]
        .map((probe) => {
          const instant = new Date((walked.start + probe) * MINUTE);
          const told = line(openAt(some, timeZone, instant));
          return { instant, told, expected: line(expectedAt(probe, open, walked)) };
        })
        .find(({ told, expected }) => told !== expected);

      expect(wrong).toBeUndefined();
    });

    fc.assert(property, { numRuns: 10 });
  });
});

function line({ open, closesAt, opensAt }: OpenState): string {
  return JSON.stringify({ open, closesAt, opensAt });
}
