import { sumOf } from '@comanda/kernel/money';
import { MINUTE } from '@comanda/kernel/time';
import type { Offer } from '../menu/menu.sale.schema.ts';
import type { ItemState } from './orders.states.schema.ts';
import type { PricedLine } from './orders.totals.schema.ts';

/** A line of an order as it is written down: the menu as it was, and how many. */
export interface NewItem extends PricedLine {
  itemId: string;
  name: string;
  options: Offer['options'];
  note: string | null;
  station: string | null;
  prepMinutes: number | null;
  counted: boolean;
  skipsKitchen: boolean;
  state: ItemState;
}

export interface WantedLine {
  itemId: string;
  note: string | null;
  quantity: number;
}

/** What goes past the kitchen is done from the start. */
export function newItemOf(
  { itemId, note, quantity }: WantedLine,
  offer: Offer | undefined,
): NewItem {
  if (!offer?.item) throw new Error(`${itemId} is not for sale.`);
  const { item, options, optionsDelta } = offer;
  const { name, price, taxBps, station, prepMinutes, counted, skipsKitchen } = item;
  const state = skipsKitchen ? 'done' : 'queued';
  const line = { unit: price, optionsDelta, quantity, taxBps };
  return {
    ...line,
    itemId,
    name,
    options,
    note,
    station,
    prepMinutes,
    counted,
    skipsKitchen,
    state,
  };
}

/** Whether it goes back to the stock when its order is called off: nobody has touched it. */
export function isReturned({
  counted,
  skipsKitchen,
  state,
}: Pick<NewItem, 'counted' | 'skipsKitchen' | 'state'>): boolean {
  return counted && (state === 'queued' || (skipsKitchen && state === 'done'));
}

export function unitsIn(lines: readonly { quantity: number }[]): number {
  return sumOf(lines.map(({ quantity }) => quantity));
}

/** When an order is promised for: what takes longest decides, and the house's own minimum. */
export function promisedAt(
  now: Date,
  items: readonly { prepMinutes: number | null }[],
  { prepMinutes }: { prepMinutes: number },
): Date {
  const longest = Math.max(prepMinutes, ...items.map((item) => item.prepMinutes ?? 0));
  return new Date(now.getTime() + longest * MINUTE);
}
