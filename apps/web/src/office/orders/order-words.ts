import type { OrderState, OrderType, OrderView, PaymentState } from '@comanda/client';
import { refusedWith } from '@comanda/client';
import type { Tone } from '../../parts/badge.tsx';
import { inWords } from '../../house/wording.ts';

interface Told {
  word: string;
  tone: Tone;
}

export const STATES: Record<OrderState, Told> = {
  pending: { word: 'Waiting', tone: 'warn' },
  confirmed: { word: 'Confirmed', tone: 'busy' },
  preparing: { word: 'In the kitchen', tone: 'busy' },
  ready: { word: 'Ready', tone: 'good' },
  served: { word: 'Served', tone: 'good' },
  out_for_delivery: { word: 'On its way', tone: 'busy' },
  completed: { word: 'Completed', tone: 'plain' },
  cancelled: { word: 'Cancelled', tone: 'bad' },
};

/** What is neither over nor called off. */
export const OPEN: OrderState[] = [
  'pending',
  'confirmed',
  'preparing',
  'ready',
  'served',
  'out_for_delivery',
];

export const PAYMENTS: Record<PaymentState, Told> = {
  unpaid: { word: 'Unpaid', tone: 'warn' },
  authorized: { word: 'Authorized', tone: 'busy' },
  paid: { word: 'Paid', tone: 'good' },
  part_refunded: { word: 'Partly refunded', tone: 'plain' },
  refunded: { word: 'Refunded', tone: 'plain' },
  failed: { word: 'Payment failed', tone: 'bad' },
};

export const TYPES: Record<OrderType, string> = {
  dine_in: 'At a table',
  pickup: 'Pick-up',
  delivery: 'Delivery',
};

const STEPS: Record<OrderState, string> = {
  pending: 'Back to waiting',
  confirmed: 'Confirm',
  preparing: 'To the kitchen',
  ready: 'Ready',
  served: 'Served',
  out_for_delivery: 'Send out',
  completed: 'Complete',
  cancelled: 'Cancel the order',
};

/** What a button says that takes an order there; what has to be explained goes back. */
export function stepName({ to, needsReason }: { to: OrderState; needsReason: boolean }): string {
  if (needsReason && to === 'preparing') return 'Back to the kitchen';
  if (needsReason && to === 'ready') return 'Brought back';
  return STEPS[to];
}

const NEEDS = {
  reason: 'Say why first.',
  refundChoice: 'Say first whether what was paid goes back.',
  crew: 'Give it to somebody of the delivery crew first.',
  paid: 'It has to be paid first.',
  itemsDone: 'Not every dish of it is done yet.',
  newItems: 'That happens by itself when another round is ordered.',
};

/** Why an order cannot be changed like that, for whoever wanted to. */
export function whyNot(error: unknown): string {
  if (refusedWith(error, 'ORDER_UNREADY')) return NEEDS[error.details.needs];
  if (refusedWith(error, 'ILLEGAL_TRANSITION')) {
    return `It is ${STATES[error.details.from].word.toLowerCase()} now: it does not go there.`;
  }
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return 'Somebody else changed this order just now. Look at it, then try again.';
  }
  if (refusedWith(error, 'ORDER_SETTLED')) return 'It is paid or closed: that stays as it is.';
  if (refusedWith(error, 'ASSIGNEE_UNFIT')) return 'They are not of the delivery crew any more.';
  return inWords(error);
}

export type Step = OrderView['history'][number];

export function stepInWords({ what, to, reason }: Step): string {
  const why = reason === null ? '' : `: ${reason}`;
  if (what === 'moved' && to !== null) return STATES[to].word + why;
  const words: Record<Step['what'], string> = {
    placed: 'Placed',
    moved: 'Moved',
    round: 'Another round',
    assigned: 'Given to',
    payment: 'Paid',
    refund: 'Refunded',
    discount: 'Discount',
    recalled: 'A dish taken up again',
  };
  if (what === 'assigned') return reason === null ? 'Taken back' : `Given to ${reason}`;
  return words[what] + why;
}
