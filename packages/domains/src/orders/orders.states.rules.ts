import {
  type Caller,
  type Capability,
  cellOf,
  type Extent,
  type Grant,
} from '@comanda/kernel/access';
import type { ItemState, OrderState, OrderType, PaymentState } from './orders.states.schema.ts';
import { type Edge, edgesFrom, type Need } from './orders.transitions.ts';

interface Order {
  state: OrderState;
  type: OrderType;
  placedAt: Date;
  payment: PaymentState;
  assigneeId: string | null;
  items: readonly { state: ItemState }[];
}

export interface Situation {
  order: Order;
  /** `onShift` is also true where nobody has to be. */
  caller: { role: Caller; id: string | null; ownOrder: boolean; onShift: boolean };
  now: Date;
  settings: { cancelWindowMs: number };
}

/** What is said with the wish to move an order. */
interface Told {
  reason?: string | undefined;
  /** Whether what was paid goes back. */
  refund?: boolean | undefined;
}

export interface Move extends Told {
  to: OrderState;
}

export interface NextState {
  to: OrderState;
  needsReason: boolean;
  needsRefundChoice: boolean;
}

type Unmet =
  | 'REASON_REQUIRED'
  | 'REFUND_CHOICE_REQUIRED'
  | 'CREW_REQUIRED'
  | 'NOT_PAID'
  | 'ITEMS_NOT_DONE'
  | 'NO_NEW_ITEMS';

export type MoveNo =
  | { no: 'ILLEGAL_TRANSITION'; from: OrderState; to: OrderState; allowed: OrderState[] }
  | { no: 'FORBIDDEN'; capability: Capability }
  | { no: 'OFF_SHIFT' }
  | { no: Unmet };

/** Where this caller can take the order now, once a reason and a choice are given where they are needed. */
export function nextStates(situation: Situation): NextState[] {
  const { order } = situation;
  const wellTold = { reason: 'any', refund: false };
  return edgesFrom(order.state, order.type)
    .filter((edge) => !(noAccess(edge, situation) ?? noYet(edge, order, wellTold)))
    .map(({ to, needs }) => ({
      to,
      needsReason: needs.includes('reason'),
      needsRefundChoice: needs.includes('refundChoice') && holdsMoney(order),
    }));
}

/** `allowed` is where such an order can go at all, whoever asks. */
export function judgeMove(situation: Situation, move: Move): 'ok' | MoveNo {
  const { order } = situation;
  const edges = edgesFrom(order.state, order.type);
  const edge = edges.find(({ to }) => to === move.to);
  if (!edge) {
    const allowed = edges.map(({ to }) => to);
    return { no: 'ILLEGAL_TRANSITION', from: order.state, to: move.to, allowed };
  }
  return noAccess(edge, situation) ?? noYet(edge, order, move) ?? 'ok';
}

function noAccess({ who }: Edge, situation: Situation): MoveNo | undefined {
  const grants = who
    .flatMap((capability) => grantsOf(situation.caller, capability))
    .filter((grant) => reaches(grant, situation));
  if (grants.some(({ onShift }) => !onShift || situation.caller.onShift)) return undefined;
  return grants.length > 0 ? { no: 'OFF_SHIFT' } : { no: 'FORBIDDEN', capability: who[0] };
}

/** The cell of the role, and beside it the customer's, for orders of their own. */
function grantsOf({ role }: Situation['caller'], capability: Capability): Grant[] {
  const cell = cellOf(role, capability);
  const cells = cell.allowed && cell.ownToo ? [cell, cellOf('customer', capability)] : [cell];
  return cells.filter((one) => one.allowed);
}

function reaches({ rows, extent }: Grant, situation: Situation): boolean {
  const isTheirs = rows !== 'own' || situation.caller.ownOrder;
  return isTheirs && (REACH[extent]?.(situation) ?? false);
}

/** An extent that is not here opens no move. */
const REACH: Partial<Record<Extent, (situation: Situation) => boolean>> = {
  all: () => true,
  assigned: ({ order, caller }) => order.assigneeId !== null && order.assigneeId === caller.id,
  window: ({ order, now, settings }) =>
    order.state === 'pending' ||
    (order.state === 'confirmed' &&
      now.getTime() - order.placedAt.getTime() <= settings.cancelWindowMs),
  before_cooking: ({ order }) => ['pending', 'confirmed'].includes(order.state),
  cooking: ({ order }) => ['pending', 'confirmed', 'preparing'].includes(order.state),
};

function noYet({ needs }: Edge, order: Order, told: Told): MoveNo | undefined {
  const unmet = needs.map((need) => NEEDS[need]).find(({ met }) => !met(order, told));
  return unmet && { no: unmet.no };
}

const NEEDS: Record<Need, { no: Unmet; met: (order: Order, told: Told) => boolean }> = {
  reason: { no: 'REASON_REQUIRED', met: (_, { reason }) => Boolean(reason?.trim()) },
  refundChoice: {
    no: 'REFUND_CHOICE_REQUIRED',
    met: (order, { refund }) => refund !== undefined || !holdsMoney(order),
  },
  crew: { no: 'CREW_REQUIRED', met: ({ assigneeId }) => assigneeId !== null },
  paid: { no: 'NOT_PAID', met: ({ payment }) => ['paid', 'part_refunded'].includes(payment) },
  itemsDone: {
    no: 'ITEMS_NOT_DONE',
    met: ({ items }) => items.every(({ state }) => ['done', 'served', 'voided'].includes(state)),
  },
  newItems: {
    no: 'NO_NEW_ITEMS',
    met: ({ items }) => items.some(({ state }) => state === 'queued'),
  },
};

function holdsMoney({ payment }: Order): boolean {
  return ['authorized', 'paid', 'part_refunded'].includes(payment);
}
