import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  breaksUntil,
  cardIssues,
  forgottenAt,
  isOnBreak,
  metersBetween,
  minutesOf,
  workedMs,
} from './timecards.rules.ts';

const NINE = new Date('2026-06-01T09:00:00Z');
const later = (ms: number, from = NINE) => new Date(from.getTime() + ms);
const pause = (from: number, to: number | null, paid = false) => ({
  paid,
  startedAt: NINE.getTime() + from,
  endedAt: to === null ? null : NINE.getTime() + to,
  cut: false,
});
const lunch = pause(3 * HOUR, 4 * HOUR);

describe('work', () => {
  test('D4 is from in to out, without breaks that are not paid', () => {
    const card = { inAt: NINE, outAt: later(8 * HOUR), breaks: [lunch] };

    expect(workedMs(card, later(DAY))).toBe(7 * HOUR);
    expect(workedMs({ ...card, breaks: [{ ...lunch, paid: true }] }, later(DAY))).toBe(8 * HOUR);
  });

  test('D4 goes on until now, and so does a break that is open', () => {
    const open = pause(3 * HOUR, null);

    expect(workedMs({ inAt: NINE, outAt: null, breaks: [] }, later(2 * HOUR))).toBe(2 * HOUR);
    expect(workedMs({ inAt: NINE, outAt: null, breaks: [open] }, later(5 * HOUR))).toBe(3 * HOUR);
  });

  test('D4 is never less than nothing, whatever a correction made of a card', () => {
    const card = { inAt: later(3.5 * HOUR), outAt: later(3.6 * HOUR), breaks: [lunch] };

    expect(workedMs(card, later(DAY))).toBe(0);
  });

  test('D4 and the breaks that are not paid make up the whole card', () => {
    const marks = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(marks, fc.boolean(), fc.boolean(), (at, first, second) => {
        const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = at.toSorted((x, y) => x - y);
        const breaks = [pause(b, c, first), pause(d, e, second)];
        const unpaid = (first ? 0 : c - b) + (second ? 0 : e - d);

        const worked = workedMs({ inAt: later(a), outAt: later(f), breaks }, later(DAY));

        expect(worked + unpaid).toBe(f - a);
      }),
      { numRuns: 2_000 },
    );
  });

  test('counts in whole minutes', () => {
    expect([minutesOf(59_999), minutesOf(60_000)]).toEqual([0, 1]);
  });
});

describe('clocking out', () => {
  test('D4 ends a break that is on, and marks it', () => {
    const ended = breaksUntil([lunch, pause(5 * HOUR, null)], later(6 * HOUR));

    expect(ended).toEqual([lunch, { ...pause(5 * HOUR, 6 * HOUR), cut: true }]);
    expect(isOnBreak({ breaks: ended })).toBe(false);
  });

  test('in the past drops what came after it', () => {
    expect(breaksUntil([lunch], later(HOUR))).toEqual([]);
  });
});

describe('a card that was forgotten', () => {
  const end = later(8 * HOUR);

  test.each([
    [12 * HOUR - 1, undefined],
    [12 * HOUR, end],
  ])('D4 %i ms after it began is closed at %s', (ms, at) => {
    expect(forgottenAt({ inAt: NINE }, { shifts: [{ endsAt: end }], now: later(ms) })).toEqual(at);
  });

  test('D4 without a shift is closed after sixteen hours, twenty hours on', () => {
    const noted = (ms: number) => forgottenAt({ inAt: NINE }, { shifts: [], now: later(ms) });

    expect([noted(20 * HOUR - 1), noted(20 * HOUR)]).toEqual([undefined, later(16 * HOUR)]);
  });

  test('never ends before it began', () => {
    const shifts = [{ endsAt: later(-HOUR) }];

    expect(forgottenAt({ inAt: NINE }, { shifts, now: later(4 * HOUR) })).toEqual(NINE);
  });

  test('goes on with the next shift that has begun', () => {
    const shifts = [{ endsAt: later(4 * HOUR) }, { endsAt: later(12 * HOUR) }];
    const noted = (ms: number) => forgottenAt({ inAt: NINE }, { shifts, now: later(ms) });

    expect([noted(15 * HOUR), noted(16 * HOUR)]).toEqual([undefined, later(12 * HOUR)]);
  });

  test('never covers more than a day', () => {
    const shifts = [{ endsAt: later(7 * DAY) }];

    expect(forgottenAt({ inAt: NINE }, { shifts, now: later(2 * DAY) })).toEqual(later(DAY));
  });
});

describe('a card as somebody wants it to be', () => {
  const now = later(DAY);
  const wanted = (outAt: Date | null, ...breaks: ReturnType<typeof pause>[]) =>
    cardIssues({ inAt: NINE, outAt, breaks }, now).map(({ message }) => message);

  test('may hold breaks one behind the other', () => {
    expect(wanted(later(8 * HOUR), pause(4 * HOUR, 5 * HOUR), lunch)).toEqual([]);
    expect(wanted(null, lunch, pause(5 * HOUR, null))).toEqual([]);
  });

  test.each([
    ['work begins before it ends, and not in the future', later(-1)],
    ['work that is still to come is not written down', later(DAY + 1)],
  ])('%s', (message, outAt) => {
    expect(wanted(outAt)).toContain(message);
  });

  test('covers a day at most', () => {
    const issues = cardIssues({ inAt: NINE, outAt: later(DAY + 1), breaks: [] }, later(2 * DAY));

    expect(issues).toEqual([{ path: 'outAt', message: 'a card covers 24 hours at most' }]);
  });

  test.each([
    ['a break ends before it starts', pause(2 * HOUR, HOUR)],
    ['a break lies outside the card', pause(-MINUTE, HOUR)],
    ['a break lies outside the card', pause(HOUR, 9 * HOUR)],
  ])('%s', (message, one) => {
    expect(wanted(later(8 * HOUR), one)).toContain(message);
  });

  test('has no two breaks at once', () => {
    expect(wanted(later(8 * HOUR), lunch, pause(3.5 * HOUR, 5 * HOUR))).toEqual([
      'two breaks overlap',
    ]);
  });
});

describe('the way between two places', () => {
  test('is none to itself, and a degree of latitude is 111 km', () => {
    const rome = { latitude: 41.9, longitude: 12.5 };

    expect(metersBetween(rome, rome)).toBe(0);
    expect(metersBetween(rome, { ...rome, latitude: 42.9 })).toBe(111_195);
  });
});
