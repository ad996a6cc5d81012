import type { OrderCard, OrderItemView } from '../orders/orders.schema.ts';
import type { OrderState } from '../orders/orders.states.schema.ts';
import type { Told } from '../orders/orders.told.schema.ts';
import type { KitchenEvent, Ticket } from './kitchen.schema.ts';

/** An order that nobody has confirmed hangs in the kitchen like all others. */
export const TO_COOK: readonly OrderState[] = ['pending', 'confirmed', 'preparing'];
export const IN_KITCHEN: readonly OrderState[] = [...TO_COOK, 'ready'];

type Ticketed = Pick<
  OrderCard,
  | 'id'
  | 'number'
  | 'type'
  | 'state'
  | 'tableName'
  | 'customerName'
  | 'placedAt'
  | 'promisedAt'
  | 'version'
> & { instructions: string; items: readonly OrderItemView[] };

/** One ticket a round, with what has to be cooked, at this station or at all. */
export function ticketsOf(order: Ticketed, station?: string): Ticket[] {
  const cooked = order.items.filter(
    (item) =>
      !item.skipsKitchen &&
      item.state !== 'voided' &&
      item.state !== 'served' &&
      (station === undefined || item.station === station),
  );
  const rounds = Map.groupBy(cooked, ({ round }) => round);
  return [...rounds].map(([round, items]) => ({
    orderId: order.id,
    number: order.number,
    round,
    type: order.type,
    state: order.state,
    tableName: order.tableName,
    customerName: order.customerName,
    instructions: order.instructions,
    orderedAt: items[0]?.orderedAt ?? order.placedAt,
    promisedAt: order.promisedAt,
    items,
    version: order.version,
  }));
}

/** What the kitchen hears of an order: its tickets as they hang now, or that it is off the board. */
export function ticketEvent(
  { order, was }: Told,
  { at, station }: { at: Date; station: string | undefined },
): KitchenEvent | undefined {
  const items = IN_KITCHEN.includes(order.state) ? ticketsOf(order, station) : [];
  if (items.length > 0) return { kind: 'tickets', at, orderId: order.id, items };
  const hung = was !== null && IN_KITCHEN.includes(was.state);
  return hung ? { kind: 'gone', at, orderId: order.id } : undefined;
}
