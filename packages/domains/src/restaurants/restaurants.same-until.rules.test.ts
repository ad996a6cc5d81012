import { DAY, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AROUND_THE_CLOCK, openAt, sameUntil } from './restaurants.hours.rules.ts';
import type { Hours, Interval } from './restaurants.hours.schema.ts';

const ZONES = ['UTC', 'Europe/Rome', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const START = Date.parse('2026-01-01T00:00:00Z');

const clock = (minutes: number) => new Date(minutes * MINUTE).toISOString().slice(11, 16);
const anyTime = fc.nat(1439).map(clock);
const anyInterval: fc.Arbitrary<Interval> = fc.record({
  from: anyTime,
  to: fc.oneof(anyTime, fc.constant('24:00')),
});
const anyHours: fc.Arbitrary<Hours> = fc.record({
  weekly: fc.dictionary(
    fc.nat(6).map((day) => `${day + 1}`),
    fc.array(anyInterval, { maxLength: 2 }),
  ),
  exceptions: fc.dictionary(
    fc.nat(400).map((day) => new Date(START + day * DAY).toISOString().slice(0, 10)),
    fc.array(anyInterval, { maxLength: 2 }),
    { maxKeys: 20 },
  ),
  lastOrderMinutes: fc.oneof(fc.constant(0), fc.nat(720)),
  pause: fc.oneof(
    fc.constant(null),
    fc.nat(365 * 1440).map((minute) => ({ until: new Date(START + minute * MINUTE), message: '' })),
  ),
});
const anyMoment = fc.nat(365 * 1440).map((minute) => START + minute * MINUTE + 1);

/** All that can be seen of hours at a moment. */
function look(hours: Hours, timeZone: string, at: number): string {
  const state = openAt(hours, timeZone, new Date(at));
  const isLate = state.lastOrderAt !== undefined && at >= state.lastOrderAt.getTime();
  return JSON.stringify({ ...state, isLate });
}

describe('until when hours look the same', () => {
  test('D10 nothing is to be seen before then that was not there', () => {
    const property = fc.property(
      anyHours,
      fc.constantFrom(...ZONES),
      anyMoment,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
      (...[hours, timeZone, at, parts]) => {
        const until = sameUntil(hours, timeZone, new Date(at)).getTime();
        const seen = [...parts.map((part) => at + Math.floor(part * (until - 1 - at))), until - 1];

        expect(until).toBeGreaterThan(at);
        expect(until - at).toBeLessThanOrEqual(DAY);
        expect(seen.map((moment) => look(hours, timeZone, moment))).toEqual(
          seen.map(() => look(hours, timeZone, at)),
        );
      },
    );

    fc.assert(property, { numRuns: 300 });
  });

  test.each([
    ['it opens', '2026-10-01T08:00:00Z', '2026-10-01T10:00:00.000Z'],
    ['the last order is taken', '2026-10-01T11:00:00Z', '2026-10-01T12:00:00.000Z'],
    ['it closes', '2026-10-01T12:10:00Z', '2026-10-01T12:30:00.000Z'],
    ['the day is over', '2026-10-01T13:00:00Z', '2026-10-02T00:00:00.000Z'],
  ])('D10 it is until %s', (_, at, until) => {
    const week = { '4': [{ from: '12:00', to: '14:30' }] };
    const hours = { weekly: week, exceptions: {}, lastOrderMinutes: 30, pause: null };

    expect(sameUntil(hours, 'Europe/Rome', new Date(at)).toISOString()).toBe(until);
  });

  test('D10 it is until an opening comes into sight, 14 days ahead', () => {
    const exceptions = { '2026-10-15': [{ from: '12:00', to: '14:30' }] };
    const hours = { weekly: {}, exceptions, lastOrderMinutes: 0, pause: null };

    const until = sameUntil(hours, 'Europe/Rome', new Date('2026-10-01T08:00:00Z'));

    expect(until.toISOString()).toBe('2026-10-01T10:00:00.000Z');
  });

  test('D10 it is for the whole day where nothing closes', () => {
    const always = { ...AROUND_THE_CLOCK, pause: null };

    const until = sameUntil(always, 'Europe/Rome', new Date('2026-10-01T13:00:00Z'));

    expect(until.toISOString()).toBe('2026-10-02T00:00:00.000Z');
  });
});
