import { describe, expect, test } from 'vitest';
import type { Moment, OpenState } from '../restaurants/restaurants.hours.schema.ts';
import { type ItemOnSale, orderable, stockSign } from './menu.orderable.rules.ts';

const now = new Date('2026-10-01T12:00:00Z');
const later = new Date('2026-10-01T17:00:00Z');
const one = { quantity: 1 };
const LUNCH = { '4': [{ from: '12:00', to: '14:30' }] };

function item(some: Partial<ItemOnSale> = {}): ItemOnSale {
  const stock = { mode: 'none', left: 0, low: 5 } as const;
  const plain = { available: true, deletedAt: null, categoryActive: true, mealtimes: null };
  return { ...plain, stock, ...some };
}

function counted(left: number): Partial<ItemOnSale> {
  return { stock: { mode: 'count', left, low: 5 } };
}

function moment(restaurant: Partial<OpenState> = {}, mealtime?: OpenState): Moment {
  return {
    at: now,
    restaurant: { open: true, ...restaurant },
    during: (mealtimes) => (mealtimes === LUNCH && mealtime) || { open: true },
  };
}

describe('an item can be ordered', () => {
  test.each([
    ['that is not counted', {}],
    ['of which there is just enough', counted(1)],
    ['whose mealtime it is', { mealtimes: LUNCH }],
  ])('D10 %s', (_, some) => {
    expect(orderable(item(some), one, moment())).toEqual({ orderable: true });
  });

  test('D10 until just before the last order', () => {
    const lastOrderAt = new Date(now.getTime() + 1);

    expect(orderable(item(), one, moment({ lastOrderAt }))).toEqual({ orderable: true });
  });
});

describe('an item cannot be ordered', () => {
  test.each([
    ['when it was taken off', 'OFF_MENU', { deletedAt: now }],
    ['when its category is not active', 'OFF_MENU', { categoryActive: false }],
    ['S2-06 when it is 86', 'SOLD_OUT', { available: false }],
    ['when its stock is out', 'SOLD_OUT', { stock: { mode: 'out', left: 9, low: 5 } as const }],
    ['when the count has come to zero', 'SOLD_OUT', counted(0)],
  ])('D10 %s', (_, because, some) => {
    expect(orderable(item(some), one, moment())).toEqual({ orderable: false, because });
  });

  test.each([
    [3, true],
    [4, false],
  ])('D10 %i of three: %j', (quantity, fine) => {
    const answer = orderable(item(counted(3)), { ...one, quantity }, moment());

    expect(answer.orderable).toBe(fine);
  });

  test('D10 while the restaurant is closed, and it tells until when', () => {
    const closed = moment({ open: false, opensAt: later });

    expect(orderable(item(), one, closed)).toEqual({
      orderable: false,
      because: 'CLOSED',
      until: later,
    });
  });

  test('D10 when the restaurant is closed for longer than anybody looks ahead', () => {
    const answer = orderable(item(), one, moment({ open: false }));

    expect(answer).toStrictEqual({ orderable: false, because: 'CLOSED' });
  });

  test('D10 from the last order on, until the next opening', () => {
    const lastCall = moment({ closesAt: later, lastOrderAt: now, opensAt: later });

    expect(orderable(item(), one, lastCall)).toEqual({
      orderable: false,
      because: 'CLOSED',
      until: later,
    });
  });

  test.each([
    [later, { until: later }],
    [null, {}],
  ])('D10 during a pause until %j', (until, told) => {
    const paused = moment({ paused: { until, message: 'Oven is down.' } });

    expect(orderable(item(), one, paused)).toStrictEqual({
      orderable: false,
      because: 'PAUSED',
      ...told,
    });
  });

  test('D10 outside of its mealtimes, and it tells the next one', () => {
    const afterLunch = moment({}, { open: false, opensAt: later });

    expect(orderable(item({ mealtimes: LUNCH }), one, afterLunch)).toEqual({
      orderable: false,
      because: 'OFF_MENU_TIME',
      until: later,
    });
  });

  test('D10 and of several obstacles tells the one that lasts longest', () => {
    const pause = { until: null, message: '' };
    const [shut, fine] = [{ open: false }, { open: true }];
    const lunch = item({ mealtimes: LUNCH });
    const because = (some: ItemOnSale, at: Moment) => orderable(some, one, at);

    expect([
      because({ ...lunch, deletedAt: now, available: false }, moment(shut, shut)),
      because({ ...lunch, available: false }, moment({ ...shut, paused: pause }, shut)),
      because(lunch, moment({ ...shut, paused: pause }, shut)),
      because(lunch, moment({ ...fine, paused: pause }, shut)),
      because(lunch, moment(fine, shut)),
    ]).toMatchObject(
      ['OFF_MENU', 'SOLD_OUT', 'CLOSED', 'PAUSED', 'OFF_MENU_TIME'].map((code) => ({
        because: code,
      })),
    );
  });
});

describe('the sign at an item', () => {
  test.each([
    ['none', 0, 'plenty'],
    ['out', 9, 'out'],
    ['count', 6, 'plenty'],
    ['count', 5, 'low'],
    ['count', 1, 'low'],
    ['count', 0, 'out'],
    ['count', -1, 'out'],
  ] as const)('D10 of stock %s with %i left and a low mark of 5: %s', (mode, left, sign) => {
    expect(stockSign({ mode, left, low: 5 })).toBe(sign);
  });

  test('D10 is never low without a low mark', () => {
    expect(stockSign({ mode: 'count', left: 1, low: 0 })).toBe('plenty');
  });
});
