import { DAY, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyHours, START, ZONES } from './restaurants.hours.any.ts';
import { AROUND_THE_CLOCK, openAt, sameUntil } from './restaurants.hours.rules.ts';
import type { Hours } from './restaurants.hours.schema.ts';

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
