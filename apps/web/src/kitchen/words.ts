import { type OrderItemView, type OrderType, refusedWith, type Ticket } from '@comanda/client';
import { span } from '../house/figures.ts';

const MINUTE = 60_000;
const SOON_MS = 5 * MINUTE;

export type Urgency = 'in-time' | 'soon' | 'late' | 'unpromised';

interface Pace {
  urgency: Urgency;
  /** How the promise stands: `Late by 4 min`. */
  told: string;
  age: string;
}

/** How close the promised time of a ticket is, in words. */
export function paceOf(
  { orderedAt, promisedAt }: Pick<Ticket, 'orderedAt' | 'promisedAt'>,
  now: number,
): Pace {
  const age = `${span(Math.max(0, now - orderedAt.getTime()))} old`;
  if (promisedAt === null) return { urgency: 'unpromised', told: 'No time promised', age };
  const left = promisedAt.getTime() - now;
  if (left < 0) return { urgency: 'late', told: `Late by ${span(left)}`, age };
  if (left <= SOON_MS) return { urgency: 'soon', told: `Soon: ${span(left)} left`, age };
  return { urgency: 'in-time', told: `On time: ${span(left)} left`, age };
}

const TYPES: Record<OrderType, string> = {
  dine_in: 'Table',
  pickup: 'Pickup',
  delivery: 'Delivery',
};

/** Where it goes: `Table 4`, `Pickup, Giulia`. */
export function placeOf({ type, tableName, customerName }: Ticket): string {
  if (type === 'dine_in') return tableName === null ? 'Eaten here' : `${TYPES[type]} ${tableName}`;
  return customerName === '' ? TYPES[type] : `${TYPES[type]}, ${customerName}`;
}

export function dishName({ quantity, name }: OrderItemView): string {
  return `${quantity} × ${name}`;
}

/** What is said aloud when tickets come in; many are only counted. */
export function spokenTickets(tickets: readonly Ticket[]): string {
  if (tickets.length > 3) return `${tickets.length} new tickets.`;
  return tickets.map(spokenTicket).join(' ');
}

function spokenTicket(ticket: Ticket): string {
  const round = ticket.round > 1 ? `, round ${ticket.round}` : '';
  const dishes = ticket.items.map(dishName).join(', ');
  return `New order ${ticket.number}${round}, ${placeOf(ticket)}: ${dishes}.`;
}

const ALLERGY =
  /allerg|intoleran|anaphyla|epipen|coeliac|celiac|gluten|lactose|\bnuts?\b|peanut|sesame|shellfish|crustacean/i;

/** Whether a note is about what makes somebody ill. A help to the eye: every note is shown in full. */
export function isAllergy(note: string): boolean {
  return ALLERGY.test(note);
}

/** What is said when somebody was quicker, or the order has moved on; nothing for what is a fault. */
export function softly(error: unknown, { number }: Pick<Ticket, 'number'>): string | undefined {
  if (refusedWith(error, 'ITEM_STATE')) {
    return `Somebody was quicker: that is ${STATES[error.details.from]} already.`;
  }
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return `Order ${number} has just changed. Look at it, and tap again.`;
  }
  if (refusedWith(error, 'ILLEGAL_TRANSITION')) {
    const { from } = error.details;
    return from === 'cancelled'
      ? `Order ${number} was called off.`
      : `Somebody was quicker: order ${number} is ${from.replaceAll('_', ' ')}.`;
  }
  if (refusedWith(error, 'ORDER_UNREADY')) return `Something of order ${number} is not done yet.`;
  if (refusedWith(error, 'ORDER_SETTLED') || refusedWith(error, 'NOT_FOUND')) {
    return `Order ${number} is not in the kitchen any more.`;
  }
  return undefined;
}

const STATES = {
  queued: 'back to the start',
  cooking: 'being cooked',
  done: 'done',
  served: 'served',
  voided: 'called off',
} as const;
