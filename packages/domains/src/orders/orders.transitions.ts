import type { Capability } from '@comanda/kernel/access';
import type { ItemState, OrderState, OrderType, PaymentState } from './orders.states.schema.ts';

/** What has to be so before an order goes a way, or has to be said with the wish to. */
export type Need = 'reason' | 'refundChoice' | 'crew' | 'paid' | 'itemsDone' | 'newItems';

export interface Edge {
  from: OrderState;
  to: OrderState;
  types: 'all' | OrderType;
  /** One of them is enough; how far each reaches for whom is in the table of access. */
  who: readonly [Capability, ...Capability[]];
  needs: readonly Need[];
}

type Row = readonly [
  from: OrderState,
  to: OrderState,
  types: Edge['types'],
  who: Edge['who'],
  needs: Edge['needs'],
];

/** What is not here does not happen. Nothing leaves completed or cancelled. */
// prettier-ignore
const ROWS: readonly Row[] = [
  // from              to                  types       who                            needs
  ['pending',          'confirmed',        'all',      ['order.serve', 'order.cook'], []],
  ['pending',          'preparing',        'all',      ['order.cook'],                []],
  ['confirmed',        'preparing',        'all',      ['order.cook'],                []],
  ['preparing',        'ready',            'all',      ['order.cook'],                ['itemsDone']],
  ['ready',            'preparing',        'all',      ['order.cook'],                ['reason']],

  ['ready',            'served',           'dine_in',  ['order.serve'],               []],
  ['served',           'preparing',        'dine_in',  ['order.take'],                ['newItems']],
  ['served',           'completed',        'dine_in',  ['order.serve'],               ['paid']],
  ['ready',            'completed',        'pickup',   ['order.serve'],               ['paid']],
  ['ready',            'out_for_delivery', 'delivery', ['order.deliver'],             ['crew']],
  ['out_for_delivery', 'completed',        'delivery', ['order.deliver'],             []],
  ['out_for_delivery', 'ready',            'delivery', ['order.deliver'],             ['reason']],

  ['pending',          'cancelled',        'all',      ['order.cancel'],              []],
  ['confirmed',        'cancelled',        'all',      ['order.cancel'],              []],
  ['preparing',        'cancelled',        'all',      ['order.cancel'],              ['reason']],
  ['ready',            'cancelled',        'all',      ['order.cancel'],              ['reason', 'refundChoice']],
  ['served',           'cancelled',        'all',      ['order.cancel'],              ['reason', 'refundChoice']],
  ['out_for_delivery', 'cancelled',        'all',      ['order.cancel'],              ['reason', 'refundChoice']],
];

const EDGES: readonly Edge[] = ROWS.map(([from, to, types, who, needs]) => ({
  from,
  to,
  types,
  who,
  needs,
}));

/** Every way out of a state, whoever may go it. */
export function edgesFrom(state: OrderState, type: OrderType): Edge[] {
  return EDGES.filter(({ from, types }) => from === state && (types === 'all' || types === type));
}

/** Done is taken up again by a recall, and reached at once where nothing has to be cooked. */
export const ITEM_MOVES: Readonly<Record<ItemState, readonly ItemState[]>> = {
  queued: ['cooking', 'done', 'voided'],
  cooking: ['done', 'voided'],
  done: ['cooking', 'served', 'voided'],
  served: [],
  voided: [],
};

/** An authorization that is given back leaves the order unpaid; a refund may come in several parts. */
export const PAYMENT_MOVES: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  unpaid: ['authorized', 'paid', 'failed'],
  authorized: ['paid', 'unpaid', 'failed'],
  failed: ['authorized', 'paid'],
  paid: ['part_refunded', 'refunded'],
  part_refunded: ['part_refunded', 'refunded'],
  refunded: [],
};
