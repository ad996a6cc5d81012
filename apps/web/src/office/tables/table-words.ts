import type { OrderCard, ReservationView } from '@comanda/client';

/** Who sits at a table, and who is to come to it today. */
export interface Taken {
  orders: OrderCard[];
  reservations: ReservationView[];
}

/** By the id of the table. */
export function takenBy(orders: OrderCard[], reservations: ReservationView[]): Map<string, Taken> {
  const taken = new Map<string, Taken>();
  const at = (tableId: string) => {
    const known = taken.get(tableId) ?? { orders: [], reservations: [] };
    taken.set(tableId, known);
    return known;
  };
  for (const order of orders) if (order.tableId !== null) at(order.tableId).orders.push(order);
  for (const reservation of reservations) {
    for (const { id } of reservation.tables) at(id).reservations.push(reservation);
  }
  return taken;
}
