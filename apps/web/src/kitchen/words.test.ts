import { describe, expect, test } from 'vitest';
import { isAllergy, paceOf } from './words.ts';

const MINUTE = 60_000;
const now = Date.parse('2026-06-01T12:00:00Z');
const inMinutes = (minutes: number) => new Date(now + minutes * MINUTE);

describe('a promise', () => {
  test.each([
    [12, 'in-time', 'On time: 12 min left'],
    [5, 'soon', 'Soon: 5 min left'],
    [-4, 'late', 'Late by 4 min'],
    [-80, 'late', 'Late by 1 h 20'],
  ])('in %i minutes is %s', (minutes, urgency, told) => {
    const ticket = { orderedAt: inMinutes(-9), promisedAt: inMinutes(minutes) };

    expect(paceOf(ticket, now)).toEqual({ urgency, told, age: '9 min old' });
  });

  test('that nobody has given is none', () => {
    const ticket = { orderedAt: inMinutes(1), promisedAt: null };

    expect(paceOf(ticket, now)).toMatchObject({ urgency: 'unpromised', age: '0 min old' });
  });
});

describe('a note', () => {
  test.each(['No nuts.', 'severe ALLERGY to fish', 'coeliac', 'Gluten-free, please'])(
    'about what makes ill is seen: %s',
    (note) => expect(isAllergy(note)).toBe(true),
  );

  test.each(['No onions', 'Extra crispy doughnut', 'Birthday candle'])('is a wish: %s', (note) =>
    expect(isAllergy(note)).toBe(false),
  );
});
