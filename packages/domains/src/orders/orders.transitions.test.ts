import { describe, expect, test } from 'vitest';
import {
  type ItemState,
  OrderState,
  OrderType,
  type PaymentState,
} from './orders.states.schema.ts';
import { edgesFrom, ITEM_MOVES, PAYMENT_MOVES } from './orders.transitions.ts';

// By hand, from the rules of the house: where an order of each type goes from each state.
const LEADS: Record<OrderType, Record<OrderState, OrderState[]>> = {
  dine_in: {
    pending: ['confirmed', 'preparing', 'cancelled'],
    confirmed: ['preparing', 'cancelled'],
    preparing: ['ready', 'cancelled'],
    ready: ['preparing', 'served', 'cancelled'],
    served: ['preparing', 'completed', 'cancelled'],
    out_for_delivery: ['cancelled'],
    completed: [],
    cancelled: [],
  },
  pickup: {
    pending: ['confirmed', 'preparing', 'cancelled'],
    confirmed: ['preparing', 'cancelled'],
    preparing: ['ready', 'cancelled'],
    ready: ['preparing', 'completed', 'cancelled'],
    served: ['cancelled'],
    out_for_delivery: ['cancelled'],
    completed: [],
    cancelled: [],
  },
  delivery: {
    pending: ['confirmed', 'preparing', 'cancelled'],
    confirmed: ['preparing', 'cancelled'],
    preparing: ['ready', 'cancelled'],
    ready: ['preparing', 'out_for_delivery', 'cancelled'],
    served: ['cancelled'],
    out_for_delivery: ['completed', 'ready', 'cancelled'],
    completed: [],
    cancelled: [],
  },
};

const WAYS = OrderType.options.flatMap((type) =>
  OrderState.options.map((from) => ({ type, from, to: LEADS[type][from] })),
);

describe('the ways of an order', () => {
  test.each(WAYS)('D3 $type: from $from to $to', ({ type, from, to }) => {
    expect(edgesFrom(from, type).map((edge) => edge.to)).toEqual(to);
  });

  test('D3 take this, and nothing elsewhere', () => {
    const taken = WAYS.flatMap(({ type, from }) => edgesFrom(from, type))
      .filter(({ needs }) => needs.length > 0)
      .map(({ from, to, needs }) => `${from} to ${to}: ${needs.join(', ')}`);

    expect(new Set(taken)).toEqual(
      new Set([
        'preparing to ready: itemsDone',
        'ready to preparing: reason',
        'served to preparing: newItems',
        'served to completed: paid',
        'ready to completed: paid',
        'ready to out_for_delivery: crew',
        'out_for_delivery to ready: reason',
        'preparing to cancelled: reason',
        'ready to cancelled: reason, refundChoice',
        'served to cancelled: reason, refundChoice',
        'out_for_delivery to cancelled: reason, refundChoice',
      ]),
    );
  });

  test('S0-37 S2-12 have the words of the older lists, and what was a bool', () => {
    const words = ['pending', 'preparing', 'ready', 'completed', 'cancelled'];

    expect(OrderState.options).toEqual(expect.arrayContaining(words));
  });
});

describe('the ways of an item', () => {
  test('D3 are these', () => {
    expect(ITEM_MOVES).toEqual({
      queued: ['cooking', 'done', 'voided'],
      cooking: ['done', 'voided'],
      done: ['cooking', 'served', 'voided'],
      served: [],
      voided: [],
    } satisfies Record<ItemState, ItemState[]>);
  });
});

describe('the ways of a payment', () => {
  test('D3 are these', () => {
    expect(PAYMENT_MOVES).toEqual({
      unpaid: ['authorized', 'paid', 'failed'],
      authorized: ['paid', 'unpaid', 'failed'],
      failed: ['authorized', 'paid'],
      paid: ['part_refunded', 'refunded'],
      part_refunded: ['part_refunded', 'refunded'],
      refunded: [],
    } satisfies Record<PaymentState, PaymentState[]>);
  });
});
