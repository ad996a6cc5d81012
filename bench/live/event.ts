import type { OrderEvent } from '@comanda/domains/orders/orders.schema';
import type { Told } from '@comanda/domains/orders/orders.told.schema';

const ID = '01900000-0000-7000-8000-000000000001';
const AT = new Date('2026-11-22T12:00:00Z');

const CARD = {
  id: ID,
  restaurantId: ID,
  type: 'pickup',
  state: 'preparing',
  payment: 'unpaid',
  customerId: ID,
  customerName: 'Some Body',
  tableId: null,
  tableName: null,
  assigneeId: null,
  assigneeName: null,
  currency: 'EUR',
  total: 2_700,
  units: 3,
  placedAt: AT,
  promisedAt: null,
  closedAt: null,
  version: 2,
} as const;

const LINE = {
  id: ID,
  itemId: ID,
  round: 1,
  name: 'Lemon chicken',
  options: [],
  note: null,
  quantity: 3,
  unit: 900,
  state: 'cooking',
  station: null,
  skipsKitchen: false,
  orderedAt: AT,
  startedAt: AT,
  doneAt: null,
} satisfies Told['order']['items'][number];

/** What the watchers hear: by its number they know which event it is. */
export function heard(number: number): OrderEvent {
  return { kind: 'changed', at: AT, order: { ...CARD, number } };
}

/** The same as it is told by whoever changes an order. */
export function told(number: number): Told {
  const was = { state: 'confirmed', assigneeId: null } as const;
  const order = { ...CARD, number, instructions: '', items: [LINE] };
  return { kind: 'changed', was, guestId: null, order };
}

/** How that number stands in the text of an event. */
export function markOf(number: number): string {
  return `"number":${number}`;
}
