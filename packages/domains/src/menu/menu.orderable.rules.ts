import type { Moment, Weekly } from '../restaurants/restaurants.hours.schema.ts';

export interface Stock {
  /** `none` is not counted; `out` is sold out until somebody says otherwise. */
  mode: 'none' | 'count' | 'out';
  left: number;
  /** As few as this, and the sign says low. */
  low: number;
}

export interface ItemOnSale {
  available: boolean;
  deletedAt: Date | null;
  categoryActive: boolean;
  stock: Stock;
  /** Null: whenever the restaurant is open. */
  mealtimes: Weekly | null;
}

export type Obstacle = 'OFF_MENU' | 'SOLD_OUT' | 'CLOSED' | 'PAUSED' | 'OFF_MENU_TIME';
export type Orderable =
  | { orderable: true }
  | {
      orderable: false;
      because: Obstacle;
      /** When this obstacle passes, as far as that is known; another may be behind it. */
      until?: Date;
    };

/** Whether so many of an item can be ordered now. What does not pass by waiting is told first. */
export function orderable(
  item: ItemOnSale,
  { quantity }: { quantity: number },
  moment: Moment,
): Orderable {
  if (!onMenu(item)) return not('OFF_MENU');
  if (!item.available || !inStock(item.stock, quantity)) return not('SOLD_OUT');
  const { at, restaurant } = moment;
  const lastCall = restaurant.lastOrderAt !== undefined && at >= restaurant.lastOrderAt;
  if (!restaurant.open || lastCall) return not('CLOSED', restaurant.opensAt);
  if (restaurant.paused) return not('PAUSED', restaurant.paused.until);
  const served = item.mealtimes && moment.during(item.mealtimes);
  if (served && !served.open) return not('OFF_MENU_TIME', served.opensAt);
  return { orderable: true };
}

/** A count that has come down to zero is out by itself. */
export function stockSign({ mode, left, low }: Stock): 'plenty' | 'low' | 'out' {
  if (mode === 'none') return 'plenty';
  if (mode === 'out' || left <= 0) return 'out';
  return left <= low ? 'low' : 'plenty';
}

function onMenu({ deletedAt, categoryActive }: ItemOnSale): boolean {
  return deletedAt === null && categoryActive;
}

function inStock(stock: Stock, quantity: number): boolean {
  return stockSign(stock) !== 'out' && (stock.mode === 'none' || quantity <= stock.left);
}

function not(because: Obstacle, until?: Date | null): Orderable {
  return { orderable: false, because, ...(until && { until }) };
}
