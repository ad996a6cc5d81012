import { DAY, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import type { Hours, Interval } from './restaurants.hours.schema.ts';

// Any hours that a restaurant may have, for tests.

export const ZONES = [
  'UTC',
  'Europe/Rome',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
];
export const START = Date.parse('2026-01-01T00:00:00Z');

const clock = (minutes: number) => new Date(minutes * MINUTE).toISOString().slice(11, 16);
const anyTime = fc.nat(1439).map(clock);
const anyInterval: fc.Arbitrary<Interval> = fc.record({
  from: anyTime,
  to: fc.oneof(anyTime, fc.constant('24:00')),
});
export const anyHours: fc.Arbitrary<Hours> = fc.record({
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
    fc.nat(365 * DAY).map((ms) => ({ until: new Date(START + ms), message: 'Back soon' })),
  ),
});
