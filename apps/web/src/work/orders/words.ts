import type { OrderState, OrderType } from '@comanda/client';
import { refusedWith } from '@comanda/client';
import { inWords } from '../../house/wording.ts';
import type { Tone } from '../../parts/badge.tsx';

export const STATES: Record<OrderState, string> = {
  pending: 'New',
  confirmed: 'Confirmed',
  preparing: 'In the kitchen',
  ready: 'Ready',
  served: 'Served',
  out_for_delivery: 'On the road',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

export const TONES: Record<OrderState, Tone> = {
  pending: 'warn',
  confirmed: 'busy',
  preparing: 'busy',
  ready: 'good',
  served: 'good',
  out_for_delivery: 'busy',
  completed: 'plain',
  cancelled: 'bad',
};

/** What a button says that takes an order there. */
export function moveInWords(from: OrderState, to: OrderState, type: OrderType): string {
  switch (to) {
    case 'pending':
    case 'confirmed':
      return 'Confirm';
    case 'preparing':
      return from === 'ready' || from === 'served' ? 'Back to the kitchen' : 'Start cooking';
    case 'ready':
      return from === 'out_for_delivery' ? 'Bring it back' : 'It is ready';
    case 'served':
      return 'Served';
    case 'out_for_delivery':
      return 'Out for delivery';
    case 'completed':
      if (type === 'delivery') return 'Delivered';
      return type === 'pickup' ? 'Handed over' : 'Completed';
    case 'cancelled':
      return 'Cancel';
  }
}

const NEEDS = {
  reason: 'Please say why.',
  refundChoice: 'Say whether the money goes back.',
  crew: 'Somebody of the crew has to have it first.',
  paid: 'It has to be paid first.',
  itemsDone: 'Not everything is cooked yet.',
  newItems: 'There is nothing new to cook.',
};

/** What a change of an order was refused with. */
export function orderRefusal(error: unknown): string {
  if (refusedWith(error, 'ORDER_UNREADY')) return NEEDS[error.details.needs];
  if (refusedWith(error, 'ILLEGAL_TRANSITION')) {
    return `It is ${STATES[error.details.from].toLowerCase()} by now: somebody was quicker.`;
  }
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return 'Somebody else changed this order just now. Look at it, and press again if you still want to.';
  }
  if (refusedWith(error, 'ORDER_SETTLED')) return 'It is paid or over already.';
  if (refusedWith(error, 'ALREADY_ASSIGNED')) return 'Somebody else brings this one.';
  if (refusedWith(error, 'ASSIGNEE_UNFIT')) return 'Only the delivery crew takes deliveries.';
  if (refusedWith(error, 'NOT_FOUND')) return 'This order is not yours to change any more.';
  return inWords(error);
}
