import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantsOf, wallTimeAt } from './restaurants.wall-clock.rules.ts';

const utc = (time: string): number => Date.parse(`${time}:00Z`);
const shown = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

const ROME = 'Europe/Rome';
const LORD_HOWE = 'Australia/Lord_Howe';
const ZONES = [ROME, 'America/St_Johns', LORD_HOWE, 'Asia/Kathmandu', 'UTC'];
const anyZone = fc.constantFrom(...ZONES);
const changes = ['2026-03-29T02:00', '2026-10-25T02:00', '2026-04-05T02:00', '2026-10-04T02:00'];
const between = (from: number, to: number): fc.Arbitrary<number> =>
  fc.integer({ min: from / MINUTE, max: to / MINUTE }).map((minute) => minute * MINUTE);
const anyMinute = fc.oneof(
  between(utc('2020-01-01T00:00'), utc('2030-01-01T00:00')),
  fc.constantFrom(...changes.map(utc)).chain((change) => between(change - DAY, change + DAY)),
);

describe('the wall clock', () => {
  test.each([
    ['Europe/Rome', '2026-01-15T12:00', '2026-01-15T13:00'],
    ['Europe/Rome', '2026-03-29T00:59', '2026-03-29T01:59'],
    ['Europe/Rome', '2026-03-29T01:00', '2026-03-29T03:00'],
    ['America/New_York', '2026-01-01T02:00', '2025-12-31T21:00'],
    ['America/St_Johns', '2026-07-01T12:00', '2026-07-01T09:30'],
    ['Asia/Kolkata', '2026-07-01T20:00', '2026-07-02T01:30'],
    ['UTC', '2026-07-01T20:00', '2026-07-01T20:00'],
  ])('D10 in %s shows at %s UTC %s', (zone, instant, wall) => {
    expect(shown(wallTimeAt(utc(instant), zone))).toBe(wall);
  });

  test.each([
    ['an ordinary time', ROME, '2026-07-01T12:00', ['10:00', '10:00']],
    ['a time leapt over', ROME, '2026-03-29T02:30', ['01:00', '01:00']],
    ['the hour leapt to', ROME, '2026-03-29T03:00', ['01:00', '01:00']],
    ['a time shown twice', ROME, '2026-10-25T02:30', ['00:30', '01:30']],
    ['the last minute shown once', ROME, '2026-10-25T01:59', ['23:59', '23:59']],
    ['the first minute shown once again', ROME, '2026-10-25T03:00', ['02:00', '02:00']],
    ['half an hour leapt over', LORD_HOWE, '2026-10-04T02:15', ['15:30', '15:30']],
    ['half an hour shown twice', LORD_HOWE, '2026-04-05T01:45', ['14:45', '15:15']],
    ['a midnight leapt over', 'Africa/Cairo', '2026-04-24T00:00', ['22:00', '22:00']],
  ])('D10 shows %s', (...[, zone, wall, instants]) => {
    const { first, last } = instantsOf(utc(wall), zone);

    expect([first, last].map((instant) => shown(instant).slice(11))).toEqual(instants);
  });

  test('D10 shows at every instant a time that is shown then', () => {
    fc.assert(
      fc.property(anyMinute, anyZone, (instant, zone) => {
        const { first, last } = instantsOf(wallTimeAt(instant, zone), zone);

        expect([first, last]).toContain(instant);
        expect(last - first).toBeLessThanOrEqual(HOUR);
      }),
      { numRuns: 2_000 },
    );
  });

  test('D10 never goes from a later time to an earlier instant', () => {
    fc.assert(
      fc.property(anyMinute, fc.nat(2 * HOUR), anyZone, (wall, more, zone) => {
        const [one, other] = [instantsOf(wall, zone), instantsOf(wall + more, zone)];

        expect(one.first).toBeLessThanOrEqual(other.first);
        expect(one.last).toBeLessThanOrEqual(other.last);
      }),
      { numRuns: 2_000 },
    );
  });
});
