import { describe, expect, test } from 'vitest';
import type { Offer } from '../menu/menu.sale.schema.ts';
import { isReturned, newItemOf, promisedAt, unitsIn } from './orders.lines.rules.ts';
import { ItemState } from './orders.states.schema.ts';

const ITEM_ID = '01900000-0000-7000-8000-000000000001';
const wanted = { itemId: ITEM_ID, note: 'well done', quantity: 3 };
const chosen = {
  optionId: '01900000-0000-7000-8000-000000000002',
  group: 'Extras',
  name: 'Burrata',
  quantity: 2,
  priceDelta: 200,
};

function offer(item: Partial<NonNullable<Offer['item']>> = {}): Offer {
  return {
    item: {
      name: 'Pizza',
      photoId: null,
      price: 900,
      taxBps: 1_000,
      station: 'oven',
      prepMinutes: 12,
      skipsKitchen: false,
      counted: true,
      ...item,
    },
    options: [chosen],
    optionsDelta: 400,
    wrongOptions: [],
    left: 9,
    isMealtime: true,
  };
}

describe('a line of an order', () => {
  test('S2-13 is what the menu said, and how many', () => {
    expect(newItemOf(wanted, offer())).toEqual({
      itemId: ITEM_ID,
      name: 'Pizza',
      options: [chosen],
      note: 'well done',
      quantity: 3,
      unit: 900,
      optionsDelta: 400,
      taxBps: 1_000,
      station: 'oven',
      prepMinutes: 12,
      counted: true,
      skipsKitchen: false,
      state: 'queued',
    });
  });

  test('D10 is done from the start where nobody has to cook it', () => {
    expect(newItemOf(wanted, offer({ skipsKitchen: true })).state).toBe('done');
  });

  test('cannot be made of nothing', () => {
    expect(() => newItemOf(wanted, { ...offer(), item: null })).toThrow(/not for sale/);
  });

  test('counts its units', () => {
    expect([unitsIn([]), unitsIn([{ quantity: 3 }, { quantity: 99 }])]).toEqual([0, 102]);
  });
});

describe('what goes back to the stock', () => {
  const returned = (line: { counted: boolean; skipsKitchen: boolean }) =>
    ItemState.options.filter((state) => isReturned({ ...line, state }));

  test('D10 is what nobody has begun to cook', () => {
    expect(returned({ counted: true, skipsKitchen: false })).toEqual(['queued']);
  });

  test('D10 is a bottle that nobody has opened', () => {
    expect(returned({ counted: true, skipsKitchen: true })).toEqual(['queued', 'done']);
  });

  test('D10 is nothing that nobody counted', () => {
    expect(returned({ counted: false, skipsKitchen: false })).toEqual([]);
    expect(returned({ counted: false, skipsKitchen: true })).toEqual([]);
  });
});

describe('when an order is promised for', () => {
  const NOW = new Date('2026-06-01T12:00:00Z');
  const at = (time: string) => new Date(`2026-06-01T${time}:00Z`);

  test.each([
    [20, [], '12:20'],
    [20, [null], '12:20'],
    [20, [5, null, 19], '12:20'],
    [20, [5, 45, 21], '12:45'],
    [0, [null], '12:00'],
  ])('D3 of %i minutes at least, with items of %j: %s', (prepMinutes, items, time) => {
    const lines = items.map((minutes) => ({ prepMinutes: minutes }));

    expect(promisedAt(NOW, lines, { prepMinutes })).toEqual(at(time));
  });
});
