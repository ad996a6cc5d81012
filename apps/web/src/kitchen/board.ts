import type { ItemState, KitchenEvent, OrderState, OrderView, Ticket } from '@comanda/client';

/** An order in the kitchen, as the service last told it; without tickets it is off the board. */
export interface Hung {
  version: number;
  state: OrderState;
  tickets: readonly Ticket[];
}

/** What somebody has tapped, and the service has not answered yet. */
export interface Hope {
  job: number;
  orderId: string;
  /** What the order will be. */
  state?: OrderState;
  /** What its items will be. */
  items?: ReadonlyMap<string, ItemState>;
}

export interface Board {
  isRead: boolean;
  orders: ReadonlyMap<string, Hung>;
  hopes: readonly Hope[];
}

export const EMPTY: Board = { isRead: false, orders: new Map(), hopes: [] };
export const TO_COOK: readonly OrderState[] = ['pending', 'confirmed', 'preparing'];

/** What the stream tells: it knows better than what is on the board. */
export function withEvent(board: Board, event: KitchenEvent): Board {
  if (event.kind === 'tickets') return withTickets(board, event.orderId, event.items);
  const hung = board.orders.get(event.kind === 'gone' ? event.orderId : '');
  if (!hung || event.kind !== 'gone') return board;
  return hangUp(board, event.orderId, { ...hung, tickets: [] });
}

/** An answer and the event that tells the same come in any order; the older of two changes nothing. */
export function withTickets(board: Board, orderId: string, tickets: readonly Ticket[]): Board {
  const hung = hungFrom(tickets);
  const known = board.orders.get(orderId);
  if (!hung || (known && known.version >= hung.version)) return board;
  return hangUp(board, orderId, hung);
}

type Moved = Pick<OrderView, 'id' | 'state' | 'version' | 'promisedAt'>;

/** An order that went a step on, with the same items as before. */
export function withOrder(board: Board, order: Moved): Board {
  const { id, state, version, promisedAt } = order;
  const known = board.orders.get(id);
  if (!known || known.version >= version) return board;
  const tickets = known.tickets.map((ticket) => ({ ...ticket, state, version, promisedAt }));
  return hangUp(board, id, { state, version, tickets });
}

/**
 * Everything that was read. What is on the board and was not read is off it, unless the stream told
 * of it since the reading began, from `since` on.
 */
export function withReading(board: Board, read: readonly Ticket[], since: Board): Board {
  const orders = new Map<string, Hung>();
  for (const [orderId, known] of board.orders) {
    if (since.orders.get(orderId) !== known) orders.set(orderId, known);
  }
  for (const [orderId, tickets] of Map.groupBy(read, (ticket) => ticket.orderId)) {
    const hung = hungFrom(tickets);
    const known = board.orders.get(orderId);
    if (known && hung && known.version >= hung.version) orders.set(orderId, known);
    else if (hung) orders.set(orderId, hung);
  }
  return { ...board, isRead: true, orders };
}

export function withHope(board: Board, hope: Hope): Board {
  return { ...board, hopes: [...board.hopes, hope] };
}

export function withoutHope(board: Board, job: number): Board {
  return { ...board, hopes: board.hopes.filter((hope) => hope.job !== job) };
}

function hangUp(board: Board, orderId: string, hung: Hung): Board {
  return { ...board, orders: new Map(board.orders).set(orderId, hung) };
}

function hungFrom(tickets: readonly Ticket[]): Hung | undefined {
  const [first] = tickets;
  return first && { version: first.version, state: first.state, tickets };
}

interface News {
  /** Nobody has seen them yet. */
  fresh: Ticket[];
  /** What was being cooked, and is not wanted any more. */
  calledOff: Ticket[];
}

/** What a cook has to be told of a change. The first reading is no news. */
export function newsOf(was: Board, now: Board): News {
  const news: News = { fresh: [], calledOff: [] };
  if (!was.isRead || was.orders === now.orders) return news;
  for (const [orderId, hung] of now.orders) {
    const before = was.orders.get(orderId);
    if (before === hung) continue;
    const [first] = before?.tickets ?? [];
    // From there an order leaves the kitchen at once in one way only.
    const isOff = before && hung.tickets.length === 0 && TO_COOK.includes(before.state);
    if (isOff && first) news.calledOff.push(first);
    const rounds = new Set(before?.tickets.map(({ round }) => round));
    const isToCook = TO_COOK.includes(hung.state);
    const added = hung.tickets.filter(({ round, items }) => {
      return !rounds.has(round) && items.some(({ state }) => state === 'queued');
    });
    if (isToCook) news.fresh.push(...added);
  }
  return news;
}
