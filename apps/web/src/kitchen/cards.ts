import type { OrderItemView, Ticket } from '@comanda/client';
import { type Board, type Hope, type Hung, TO_COOK } from './board.ts';

/** Of which station: all of it, or what no station was named for. */
export type Station = string | null;
export const ALL = null;
export const NO_STATION = '';

/** A ticket as a station sees it. The same object as long as nothing of its order changes. */
export interface Card {
  key: string;
  ticket: Ticket;
  /** What is to be cooked at this station. */
  items: readonly OrderItemView[];
  /** Items of the same order that are not done yet, here and elsewhere. */
  left: number;
  /** All of the order is done, and nobody has said so: on the card of its last round. */
  isAllDone: boolean;
  /** Something waits for an answer. */
  isHoped: boolean;
}

export interface Cards {
  /** Oldest first. */
  open: readonly Card[];
  /** What may be recalled, the last first. */
  finished: readonly Card[];
}

const SHOWN_FINISHED = 8;
const kept = new WeakMap<Hung, Map<Station, Card[]>>();

export function cardsOf({ orders, hopes }: Board, station: Station): Cards {
  const open: Card[] = [];
  const finished: Card[] = [];
  for (const [orderId, hung] of orders) {
    const own = hopes.filter((hope) => hope.orderId === orderId);
    for (const card of own.length === 0 ? keptCards(hung, station) : hopedCards(hung, station, own))
      (isOpen(card) ? open : finished).push(card);
  }
  open.sort(
    ({ ticket: one }, { ticket: other }) =>
      one.orderedAt.getTime() - other.orderedAt.getTime() ||
      one.number - other.number ||
      one.round - other.round,
  );
  finished.sort((one, other) => doneAt(other) - doneAt(one));
  return { open, finished: finished.slice(0, SHOWN_FINISHED) };
}

/** What is done stays until the order is said to be ready: nobody would fetch it. */
function isOpen({ ticket, items, isAllDone }: Card): boolean {
  return TO_COOK.includes(ticket.state) && (isAllDone || items.some(isLeft));
}

export function isLeft({ state }: OrderItemView): boolean {
  return state === 'queued' || state === 'cooking';
}

function doneAt({ items }: Card): number {
  return Math.max(0, ...items.map((item) => item.doneAt?.getTime() ?? 0));
}

function keptCards(hung: Hung, station: Station): Card[] {
  const stations = kept.get(hung) ?? new Map<Station, Card[]>();
  kept.set(hung, stations);
  const cards = stations.get(station) ?? cardsAt(hung.tickets, station);
  stations.set(station, cards);
  return cards;
}

function hopedCards(hung: Hung, station: Station, hopes: readonly Hope[]): Card[] {
  const items = new Map(hopes.flatMap((hope) => [...(hope.items ?? [])]));
  const state = hopes.findLast((hope) => hope.state !== undefined)?.state ?? hung.state;
  const tickets = hung.tickets.map((ticket) => ({
    ...ticket,
    state,
    items: ticket.items.map((item) => ({ ...item, state: items.get(item.id) ?? item.state })),
  }));
  return cardsAt(tickets, station).map((card) => ({ ...card, isHoped: true }));
}

function cardsAt(tickets: readonly Ticket[], station: Station): Card[] {
  const left = tickets.flatMap(({ items }) => items).filter(isLeft).length;
  const cards = tickets
    .map((ticket) => ({ ticket, items: ticket.items.filter((item) => isAt(item, station)) }))
    .filter(({ items }) => items.length > 0);
  return cards.map(({ ticket, items }, at) => ({
    key: keyOf(ticket),
    ticket,
    items,
    left,
    isAllDone: left === 0 && at === cards.length - 1,
    isHoped: false,
  }));
}

export function keyOf({ orderId, round }: Ticket): string {
  return `${orderId}-${round}`;
}

export function isAt(item: OrderItemView, station: Station): boolean {
  return station === ALL || (item.station ?? NO_STATION) === station;
}

/** How many tickets every station has to cook, by name; without it the whole kitchen. */
export function workOf({ orders }: Board): ReadonlyMap<Station, number> {
  const work = new Map<Station, number>([[ALL, 0]]);
  for (const { state, tickets } of orders.values()) {
    if (!TO_COOK.includes(state)) continue;
    for (const { items } of tickets) {
      const stations = new Set<Station>(items.filter(isLeft).map((item) => item.station ?? ''));
      if (stations.size > 0) stations.add(ALL);
      for (const station of stations) work.set(station, (work.get(station) ?? 0) + 1);
    }
  }
  return work;
}
