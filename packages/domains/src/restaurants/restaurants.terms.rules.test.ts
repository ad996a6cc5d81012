import { describe, expect, test } from 'vitest';
import { bookingTerms, clockTerms, orderingTerms, termsWith } from './restaurants.terms.rules.ts';
import { BookingTerms } from './restaurants.booking.schema.ts';
import { ClockTerms } from './restaurants.clock.schema.ts';
import { OrderingTerms } from './restaurants.ordering.schema.ts';

describe('the terms of a restaurant that has set none', () => {
  test('let in every kind of order, with tax in the prices and no charges', () => {
    expect(orderingTerms(null)).toEqual({
      types: ['dine_in', 'pickup', 'delivery'],
      taxInclusive: true,
      serviceChargeBps: 0,
      deliveryFee: 0,
      minimum: 0,
      autoConfirm: false,
      prepMinutes: 20,
    });
  });

  test('D4 let staff clock in a quarter of an hour early, from anywhere', () => {
    expect(clockTerms(null)).toEqual({ gate: null, windowMinutes: 15, site: null });
  });

  test('D7 keep tables for 90 minutes for four, and for two hours for up to twenty', () => {
    expect(bookingTerms(null)).toEqual({
      maxParty: 20,
      smallParty: 4,
      smallMinutes: 90,
      largeMinutes: 120,
      bufferMinutes: 0,
      noticeMinutes: 60,
      horizonDays: 60,
      cancelMinutes: 120,
      noShowMinutes: 15,
      autoConfirm: false,
    });
  });

  test('can be sent back as they are', () => {
    expect(OrderingTerms.parse(orderingTerms(null))).toEqual(orderingTerms(null));
    expect(ClockTerms.parse(clockTerms(null))).toEqual(clockTerms(null));
    expect(BookingTerms.parse(bookingTerms(null))).toEqual(bookingTerms(null));
  });
});

describe('changing terms', () => {
  test('leaves alone what is not named', () => {
    const kept = termsWith(orderingTerms(null), { minimum: 1_500 });

    const changed = termsWith(kept, { types: ['pickup'], minimum: undefined });

    expect(changed).toEqual({ ...orderingTerms(null), minimum: 1_500, types: ['pickup'] });
  });

  test('leaves alone what they were before', () => {
    const kept = orderingTerms(null);

    termsWith(kept, { autoConfirm: true });

    expect(kept).toEqual(orderingTerms(null));
  });

  test('can say no and nothing', () => {
    const kept = termsWith(orderingTerms(null), { taxInclusive: true, prepMinutes: 5 });

    const changed = termsWith(kept, { taxInclusive: false, prepMinutes: 0 });

    expect(changed).toMatchObject({ taxInclusive: false, prepMinutes: 0 });
  });
});
