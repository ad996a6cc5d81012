import { DAY, MINUTE } from '@comanda/kernel/time';
import type { OrderState, OrderType } from '../orders/orders.states.schema.ts';
import type { Dashboard } from './reports.schema.ts';

/** The clock and the calendar on a restaurant's wall. */
export interface Wall {
  timeAt: (instant: Date) => string;
  startOf: (date: string) => Date;
}

/** What is counted as one under a label, from its start to just before its end. */
export interface Stretch<Label extends string | number> {
  label: Label;
  start: Date;
  end: Date;
}

/** One behind the other, without a gap; there is one at least. */
export type Stretches<Label extends string | number> = [Stretch<Label>, ...Stretch<Label>[]];

/** So many days of a calendar, the last of them named; each as long as it is there. */
export function daysUntil(date: string, days: number, { startOf }: Wall): Stretches<string> {
  const dayBefore = (back: number): Stretch<string> => {
    const label = daysOn(date, -back);
    return { label, start: startOf(label), end: startOf(daysOn(label, 1)) };
  };
  const later = Array.from({ length: days - 1 }, (_, at) => dayBefore(days - 2 - at));
  return [dayBefore(days - 1), ...later];
}

/** No clock is put forth or back at another time. */
const QUARTER = 15 * MINUTE;

/** The hours of a day as the wall shows them: leapt over there is none, shown anew there is one more. */
export function hoursOf(
  { start, end }: Pick<Stretch<string>, 'start' | 'end'>,
  { timeAt }: Wall,
): Stretches<number> {
  const hourAt = (at: number) => Number(timeAt(new Date(at)).slice(0, 2));
  const hours: Stretches<number> = [{ label: hourAt(start.getTime()), start, end }];
  let last = hours[0];
  for (let at = start.getTime(); at < end.getTime(); at += QUARTER) {
    const label = hourAt(at);
    if (label === last.label) continue;
    last.end = new Date(at);
    last = { label, start: last.end, end };
    hours.push(last);
  }
  return hours;
}

/** Orders of one day that have all of this in common. */
export interface Heap {
  hour: number;
  state: OrderState;
  type: OrderType;
  currency: string;
  orders: number;
  total: number;
  tips: number;
}

const NO_STATES: Record<OrderState, number> = {
  pending: 0,
  confirmed: 0,
  preparing: 0,
  ready: 0,
  served: 0,
  out_for_delivery: 0,
  completed: 0,
  cancelled: 0,
};
const NO_TYPES: Record<OrderType, number> = { dine_in: 0, pickup: 0, delivery: 0 };

/** Where an order is not over. */
export const OPEN: readonly OrderState[] = [
  'pending',
  'confirmed',
  'preparing',
  'ready',
  'served',
  'out_for_delivery',
];

type Placed = Omit<Dashboard['today'], 'date' | 'open' | 'revenue'>;

/** What the orders of a day come to; money of another currency is left out. */
export function placedIn(heaps: readonly Heap[], currency: string): Placed {
  const byState = { ...NO_STATES };
  const byType = { ...NO_TYPES };
  for (const { state, type, orders } of heaps) {
    byState[state] += orders;
    byType[type] += orders;
  }
  const sold = heaps.filter((heap) => heap.state !== 'cancelled' && heap.currency === currency);
  const count = totalOf(sold, 'orders');
  return {
    orders: totalOf(heaps, 'orders'),
    byState,
    byType,
    cancelled: byState.cancelled,
    averageValue: count === 0 ? null : Math.round(totalOf(sold, 'total') / count),
    tips: totalOf(sold, 'tips'),
  };
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Every hour that a clock can show, with what was ordered in it. */
export function overHours(
  heaps: readonly Pick<Heap, 'hour' | 'orders'>[],
): { hour: number; orders: number }[] {
  return HOURS.map((hour) => ({
    hour,
    orders: totalOf(
      heaps.filter((heap) => heap.hour === hour),
      'orders',
    ),
  }));
}

function totalOf<Name extends string>(
  rows: readonly { [name in Name]: number }[],
  name: Name,
): number {
  return rows.reduce((sum, row) => sum + row[name], 0);
}

function daysOn(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
