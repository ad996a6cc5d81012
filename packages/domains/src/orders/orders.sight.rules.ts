import { type Caller, cellOf } from '@comanda/kernel/access';
import type { OrderState, OrderType } from './orders.states.schema.ts';

/** Which orders somebody may see, beside their own. */
export type Sight = 'all' | 'open' | 'assigned' | 'own';

/** Of an order, what decides who sees it. */
export interface Seen {
  state: OrderState;
  type: OrderType;
  customerId: string | null;
  guestId: string | null;
  assigneeId: string | null;
}

export interface Watcher {
  role: Caller;
  id: string;
  isGuest: boolean;
}

export const CLOSED: readonly OrderState[] = ['completed', 'cancelled'];

export function sightOf(role: Caller): Sight {
  const cell = cellOf(role, 'order.read');
  if (!cell.allowed || cell.rows === 'own') return 'own';
  return cell.extent === 'open' || cell.extent === 'assigned' ? cell.extent : 'all';
}

/** Whether somebody may see an order. The crew also sees what waits for one of them to take it. */
export function sees({ role, id, isGuest }: Watcher, order: Seen): boolean {
  if (isOwn({ id, isGuest }, order)) return true;
  switch (sightOf(role)) {
    case 'all':
      return true;
    case 'open':
      return !CLOSED.includes(order.state);
    case 'assigned':
      return order.assigneeId === id || isClaimable(order);
    case 'own':
      return false;
  }
}

export function isOwn(
  { id, isGuest }: Pick<Watcher, 'id' | 'isGuest'>,
  { customerId, guestId }: Pick<Seen, 'customerId' | 'guestId'>,
): boolean {
  return isGuest ? guestId === id : customerId === id;
}

function isClaimable({ state, type, assigneeId }: Seen): boolean {
  return state === 'ready' && type === 'delivery' && assigneeId === null;
}
