import { CLOSED } from './orders.sight.rules.ts';
import type { OrderState, PaymentState } from './orders.states.schema.ts';

interface Billed {
  state: OrderState;
  payment: PaymentState;
  paid: number;
}

/** Whether what an order costs is fixed. What was free counts as paid, and may cost something yet. */
export function isSettled({ state, payment, paid }: Billed): boolean {
  const isFree = payment === 'paid' && paid === 0;
  return CLOSED.includes(state) || !(payment === 'unpaid' || isFree);
}

/** As long as nobody has paid: nothing is owed for what costs nothing. */
export function paymentDue(total: number): 'paid' | 'unpaid' {
  return total === 0 ? 'paid' : 'unpaid';
}
