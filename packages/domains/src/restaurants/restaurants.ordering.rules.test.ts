import { describe, expect, test } from 'vitest';
import { termsOf, termsWith } from './restaurants.ordering.rules.ts';
import { OrderingTerms } from './restaurants.ordering.schema.ts';

describe('the terms of a restaurant that has set none', () => {
  test('let in every kind of order, with tax in the prices and no charges', () => {
    expect(termsOf(null)).toEqual({
      types: ['dine_in', 'pickup', 'delivery'],
      taxInclusive: true,
      serviceChargeBps: 0,
      deliveryFee: 0,
      minimum: 0,
      autoConfirm: false,
      prepMinutes: 20,
    });
  });

  test('can be sent back as they are', () => {
    expect(OrderingTerms.parse(termsOf(null))).toEqual(termsOf(null));
  });
});

describe('changing terms', () => {
  test('leaves alone what is not named', () => {
    const kept = termsWith(null, { minimum: 1_500 });

    const changed = termsWith(kept, { types: ['pickup'], minimum: undefined });

    expect(changed).toEqual({ ...termsOf(null), minimum: 1_500, types: ['pickup'] });
  });

  test('leaves alone what they were before', () => {
    const kept = termsOf(null);

    termsWith(kept, { autoConfirm: true });

    expect(kept).toEqual(termsOf(null));
  });

  test('can say no and nothing', () => {
    const kept = termsWith(null, { taxInclusive: true, prepMinutes: 5 });

    const changed = termsWith(kept, { taxInclusive: false, prepMinutes: 0 });

    expect(changed).toMatchObject({ taxInclusive: false, prepMinutes: 0 });
  });
});
