import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Pressure } from './pressure.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LOOK_MS = 250;

/** Under watch, with so much of its heap in use; `turn` is the next look, so late. */
function pressed(heap = 0) {
  let at = 0;
  const pressure = new Pressure({ heap: () => heap, collect: () => undefined, now: () => at });
  pressure.start();
  const wait = (ms: number) => {
    at += ms;
  };
  const turn = (lateMs = 0) => {
    wait(LOOK_MS + lateMs);
    vi.advanceTimersByTime(LOOK_MS);
  };
  return { pressure, wait, turn };
}

const shed = (pressure: Pressure) =>
  (['stream', 'sign-in', 'other'] as const).filter((call) => pressure.sheds(call));

describe('a heap', () => {
  test.each([
    [0.84, [], []],
    [0.85, ['stream', 'sign-in'], []],
    [0.89, ['stream', 'sign-in'], []],
    [0.9, ['stream', 'sign-in', 'other'], ['memory']],
  ])('of which %d is used turns away %j, and is told as %j', (used, turnedAway, reasons) => {
    const { pressure, turn } = pressed(used);

    turn();

    expect(shed(pressure)).toEqual(turnedAway);
    expect(pressure.reasons()).toEqual(reasons);
  });
});

describe('a heap that is full of garbage', () => {
  test('is cleared, at most every ten seconds, and nobody is turned away', () => {
    let at = 0;
    let heap = 0.95;
    let cleared = 0;
    const collect = () => {
      cleared += 1;
      heap = 0.5;
    };
    const pressure = new Pressure({ heap: () => heap, collect, now: () => at });
    pressure.start();
    const turn = () => {
      at += LOOK_MS;
      vi.advanceTimersByTime(LOOK_MS);
      return shed(pressure).length;
    };

    const first = turn();
    heap = 0.95;
    const turns = Array.from({ length: 40 }, turn);

    expect(first).toBe(0);
    expect(turns.filter((turnedAway) => turnedAway > 0)).toHaveLength(39);
    expect(turns.at(-1)).toBe(0);
    expect(cleared).toBe(2);
  });
});

describe('an event loop', () => {
  test('that has stood still is told so at once, and for three seconds; nothing is turned away', () => {
    const { pressure, wait, turn } = pressed();
    turn();

    wait(5_000);
    const atOnce = pressure.reasons();
    turn();
    const told = Array.from({ length: 13 }, () => {
      const reasons = [pressure.reasons(), shed(pressure)].flat();
      turn();
      return reasons;
    });

    expect(atOnce).toEqual(['event_loop']);
    expect(told.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => ['event_loop']));
    expect(told[12]).toEqual([]);
  });

  test.each([
    [999, [], []],
    [1_000, ['stream', 'sign-in'], []],
    [1_999, ['stream', 'sign-in'], ['event_loop']],
    [2_000, ['stream', 'sign-in', 'other'], ['event_loop']],
  ])('that is %d ms late three times in a row turns away %j: %j', (late, turnedAway, reasons) => {
    const { pressure, turn } = pressed();

    turn(late);
    turn(late);
    const before = shed(pressure);
    turn(late);

    expect(before).toEqual([]);
    expect(shed(pressure)).toEqual(turnedAway);
    expect(pressure.reasons()).toEqual(reasons);
  });

  test('that is in time once takes everything again', () => {
    const { pressure, turn } = pressed();
    for (const late of [3_000, 3_000, 3_000]) turn(late);

    turn();

    expect(shed(pressure)).toEqual([]);
  });
});

describe('a process that is not under watch', () => {
  test('has never too much to do', () => {
    const pressure = new Pressure({ heap: () => 1, now: () => 1e9 });

    expect([shed(pressure), pressure.reasons(), pressure.lagMs]).toEqual([[], [], 0]);
  });
});
