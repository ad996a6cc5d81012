import type { OrderState, OrderType, PaymentState } from '@comanda/client';
import type { Tone } from '../../parts/badge.tsx';

type Way = Exclude<OrderState, 'cancelled'>;

/** The way of an order from the guest and back to them. */
export const WAYS: Record<OrderType, readonly Way[]> = {
  dine_in: ['pending', 'confirmed', 'preparing', 'ready', 'served', 'completed'],
  pickup: ['pending', 'confirmed', 'preparing', 'ready', 'completed'],
  delivery: ['pending', 'confirmed', 'preparing', 'ready', 'out_for_delivery', 'completed'],
};

const STATES: Record<OrderState, string> = {
  pending: 'Placed',
  confirmed: 'Confirmed',
  preparing: 'Being prepared',
  ready: 'Ready',
  served: 'Served',
  out_for_delivery: 'On its way',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

export function stateInWords(state: OrderState, type: OrderType): string {
  if (state === 'ready' && type === 'pickup') return 'Ready to pick up';
  if (state === 'completed' && type === 'pickup') return 'Picked up';
  if (state === 'completed' && type === 'delivery') return 'Delivered';
  return STATES[state];
}

export const TONES: Record<OrderState, Tone> = {
  pending: 'warn',
  confirmed: 'busy',
  preparing: 'busy',
  ready: 'good',
  served: 'good',
  out_for_delivery: 'good',
  completed: 'plain',
  cancelled: 'bad',
};

export const TYPES: Record<OrderType, string> = {
  dine_in: 'At the table',
  pickup: 'Pickup',
  delivery: 'Delivery',
};

export const PAYMENTS: Record<PaymentState, string> = {
  unpaid: 'To be paid',
  authorized: 'Payment promised',
  paid: 'Paid',
  part_refunded: 'Paid, partly refunded',
  refunded: 'Refunded',
  failed: 'Payment failed',
};

/** A sentence about what happens now. */
export function nowInWords(state: OrderState, type: OrderType): string {
  switch (state) {
    case 'pending':
      return 'The restaurant has your order and will say yes in a moment.';
    case 'confirmed':
      return 'The restaurant said yes. The kitchen begins soon.';
    case 'preparing':
      return 'The kitchen is at it.';
    case 'ready':
      if (type === 'pickup') return 'It is ready. Come and get it!';
      return type === 'delivery'
        ? 'It is packed and waits for its rider.'
        : 'It is on its way to you.';
    case 'served':
      return 'Enjoy your meal.';
    case 'out_for_delivery':
      return 'It is on the road.';
    case 'completed':
      return 'All done. Thank you!';
    case 'cancelled':
      return 'This order was called off.';
  }
}
