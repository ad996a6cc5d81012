import { DAY } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyHours, START, ZONES } from './restaurants.hours.any.ts';
import { openAt, sameUntil } from './restaurants.hours.rules.ts';
import {
  knownMomentAt,
  knownOpenAt,
  knownSameUntil,
  servedAt,
} from './restaurants.moments.rules.ts';

/** Moments as calls come: some close together, some far apart, and a clock that is put back. */
const anyMoments = fc
  .tuple(fc.nat(365 * DAY), fc.array(fc.integer({ min: -2 * DAY, max: 2 * DAY }), { minLength: 4 }))
  .map(([first, steps]) => {
    let at = START + first;
    return [at, ...steps.map((step) => (at += step % 7 === 0 ? step : Math.trunc(step / 40)))];
  });

describe('hours that were looked at before', () => {
  test('say what they say when they are reckoned anew', () => {
    const property = fc.property(
      anyHours,
      fc.constantFrom(...ZONES),
      anyMoments,
      (hours, zone, moments) => {
        for (const at of moments.map((ms) => new Date(ms))) {
          expect(knownOpenAt(hours, zone, at)).toEqual(openAt(hours, zone, at));
          expect(knownSameUntil(hours, zone, at)).toEqual(sameUntil(hours, zone, at));
        }
      },
    );

    fc.assert(property, { numRuns: 300 });
  });

  test('turn at the very instant at which they do', () => {
    const property = fc.property(
      anyHours,
      fc.constantFrom(...ZONES),
      fc.nat(365 * DAY).map((ms) => START + ms),
      (hours, zone, first) => {
        const until = knownSameUntil(hours, zone, new Date(first)).getTime();
        for (const at of [first, until - 1, until, until + 1].map((ms) => new Date(ms))) {
          expect(knownOpenAt(hours, zone, at)).toEqual(openAt(hours, zone, at));
        }
      },
    );

    fc.assert(property, { numRuns: 300 });
  });

  test('are told apart by zone, pause and everything else', () => {
    const at = new Date('2026-10-01T10:30:00Z');
    const hours = servedAt({ '4': [{ from: '12:00', to: '13:00' }] });
    const pause = { until: null, message: 'Back soon' };

    const open = ['UTC', 'Europe/Rome'].map((zone) => knownOpenAt(hours, zone, at).open);
    const paused = [hours, { ...hours, pause }].map((one) => knownOpenAt(one, 'UTC', at).paused);

    expect(open).toEqual([false, true]);
    expect(paused).toEqual([undefined, pause]);
    expect(knownMomentAt(hours, 'Asia/Dubai', at).during({}).open).toBe(false);
  });
});
