import { describe, expect, test } from 'vitest';

import { GcraStore } from './gcra-store.ts';
import { policy } from './rates.ts';
import { storeConformance } from './store.conformance.ts';

storeConformance('the memory store', (now) => new GcraStore(now));

const perMinute = policy('minutely', '5/min');
const perDay = policy('daily', '5/day');

function visit(store: GcraStore, keys: number, prefix: string): void {
  Array.from({ length: keys }, (_, i) => store.consume(`${prefix}${i}`, perMinute));
}

test('T41 a clock that steps back takes nothing away', () => {
  let time = 3_600_000;
  const store = new GcraStore(() => time);
  store.consume('a', perMinute, 2);

  time = 0;

  expect(store.consume('a', perMinute, 0)).toMatchObject({ remaining: 3 });
});

test('a limit that was lowered locks nobody out for longer than the window', () => {
  const store = new GcraStore(() => 0);
  store.consume('a', policy('lowered', '50/min'), 50);

  expect(store.consume('a', policy('lowered', '5/min'))).toMatchObject({
    allowed: false,
    remaining: 0,
    retryAfterMs: 12_000,
  });
});

describe('the memory of the memory store', () => {
  test('a look and a refund at an unknown key keep nothing', () => {
    const store = new GcraStore();

    store.consume('a', perMinute, 0);
    store.refund('a', perMinute);

    expect(store.size).toBe(0);
  });

  test('keys that are full again are forgotten as calls go by', () => {
    let time = 0;
    const store = new GcraStore(() => time);
    visit(store, 1_000, 'early');
    time += 60_000;

    visit(store, 1_000, 'late');

    expect(store.size).toBe(1_000);
  });

  test('they are so by calls that are charged to another budget, too', () => {
    let time = 0;
    const store = new GcraStore(() => time);
    store.consume('a', perDay);
    visit(store, 1_000, 'early');
    time += 60_000;

    Array.from({ length: 1_100 }, () => store.consume('a', perDay, 0));

    expect(store.size).toBe(1);
  });

  test('keys that are not full yet are kept', () => {
    const store = new GcraStore(() => 0);
    visit(store, 1_000, 'a');
    visit(store, 1_000, 'b');

    expect(store.size).toBe(2_000);
    expect(store.consume('a0', perMinute)).toMatchObject({ remaining: 3 });
  });

  test('the cap is never passed', () => {
    const store = new GcraStore(() => 0, 100);

    visit(store, 10_000, 'a');

    expect(store.size).toBe(100);
  });
});

describe('past the cap', () => {
  function full(): GcraStore {
    const store = new GcraStore(() => 0, 1);
    store.consume('known', perDay);
    return store;
  }

  test('new keys share one budget per policy, and known keys keep theirs', () => {
    const store = full();

    const answers = Array.from({ length: 20 }, (_, i) => store.consume(`new${i}`, perDay));

    expect(answers.filter((answer) => answer.allowed)).toHaveLength(5);
    expect(store.consume('new', perMinute)).toMatchObject({ allowed: true, remaining: 4 });
    expect(store.consume('known', perDay)).toMatchObject({ allowed: true, remaining: 3 });
  });

  test('a refund goes to the shared budget', () => {
    const store = full();
    store.consume('new', perDay, 5);

    store.refund('new', perDay);

    expect(store.consume('newer', perDay, 0)).toMatchObject({ remaining: 1 });
  });

  test('a new key has its own budget again once there is room', () => {
    let time = 0;
    const store = new GcraStore(() => time, 1);
    store.consume('known', perMinute);
    store.consume('new', perDay, 5);
    time += 60_000;

    expect(store.consume('new', perDay)).toMatchObject({ remaining: 4 });
  });
});
