import { describe, expect, test } from 'vitest';
import { newId } from './id.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function timeIn(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

/** Later than anything that another test has asked for: ids never go back. */
let later = Date.UTC(2100, 0, 1);
function freshTime(): number {
  return (later += 1_000_000);
}

describe('a new id', () => {
  test('is a UUID of version 7, in small letters', () => {
    const ids = Array.from({ length: 1_000 }, () => newId());

    expect(ids.filter((id) => !UUID_V7.test(id))).toEqual([]);
  });

  test('carries the millisecond in which it was made', () => {
    const now = freshTime();

    expect(timeIn(newId(now))).toBe(now);
  });

  test('sorts after every id before it, also within one millisecond', () => {
    const now = freshTime();
    const ids = Array.from({ length: 20_000 }, () => newId(now));

    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('sorts after every id before it, also when the clock steps back', () => {
    const now = freshTime();
    const before = newId(now);
    const ids = Array.from({ length: 5_000 }, (_, i) => newId(now - 60_000 + i));

    expect([before, ...ids]).toEqual([before, ...ids].toSorted());
  });

  test('is not guessed from the one before: 62 bits are random', () => {
    const now = freshTime();
    const tails = Array.from({ length: 1_000 }, () => newId(now).slice(19));

    expect(new Set(tails).size).toBe(tails.length);
  });
});
