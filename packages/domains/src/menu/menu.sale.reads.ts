import type { Reader } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { Clock } from '@comanda/kernel/time';
import type { Moment } from '../restaurants/restaurants.hours.schema.ts';
import type { OrderingTerms } from '../restaurants/restaurants.ordering.schema.ts';
import { momentFor, orderingFor } from '../restaurants/restaurants.reads.ts';
import type { Category, MenuItem } from './menu.entity.ts';
import { type ItemOnSale, orderable } from './menu.orderable.rules.ts';
import { judgeOptions } from './menu.options.rules.ts';
import type { Offer, OfferedOption, Wanted } from './menu.sale.schema.ts';
import type { OptionGroup } from './menu.schema.ts';

type Tables = typeof Category | typeof MenuItem;
type Asker = Reader & { clock: Clock; restaurantId: string };

const SOLD = [
  'i.id',
  'i.name',
  'i.photoId',
  'i.price',
  'i.taxBps',
  'i.station',
  'i.prepMinutes',
  'i.available',
  'i.options',
  'i.mealtimes',
  'i.stockMode',
  'i.stockLeft',
  'i.stockLow',
  'c.skipsKitchen',
] as const;

// Asked whenever somebody looks into a cart: built once for each number of items.
const itemsNamed = remembered<Tables>()((rows, { ids }: Placeholders<{ ids: string[] }>) =>
  rows
    .selectFrom('MenuItem as i')
    .innerJoin('Category as c', 'c.id', 'i.category')
    .where('i.id', 'in', ids)
    .select(SOLD),
);
type Row = Awaited<ReturnType<typeof itemsNamed.all>>[number];

/** What the menu and its restaurant say at one moment. */
export interface Sale {
  /** To somebody who wants this; of items that were looked at only. */
  offerOf: (wanted: Wanted) => Offer;
  /** Null while the restaurant takes orders; else until when it does not, as far as that is known. */
  closed: { until: Date | null } | null;
  currency: string;
  terms: OrderingTerms;
}

/** Looks at these items once, whatever is asked of them then. */
export async function saleOf(ctx: Asker, itemIds: readonly string[]): Promise<Sale> {
  const ids = [...new Set(itemIds)];
  const rows = ids.length > 0 ? await itemsNamed.all(ctx.em, { ids }) : [];
  const items = new Map(rows.map((row) => [row.id, row]));
  const moment = await momentFor(ctx, ctx.restaurantId);
  const { currency, terms } = await orderingFor(ctx, ctx.restaurantId);
  return {
    offerOf: (wanted) => {
      if (!ids.includes(wanted.itemId)) throw new Error(`${wanted.itemId} was not looked at.`);
      return offerOf(items.get(wanted.itemId), { wanted, moment });
    },
    closed: closedAt(moment),
    currency,
    terms,
  };
}

const NOTHING: Offer = {
  item: null,
  options: [],
  optionsDelta: 0,
  wrongOptions: [],
  left: 0,
  isMealtime: true,
};

function offerOf(
  row: Row | undefined,
  { wanted, moment }: { wanted: Wanted; moment: Moment },
): Offer {
  if (!row) return NOTHING;
  const { name, photoId, price, taxBps, station, prepMinutes, skipsKitchen } = row;
  const { issues, price: optionsDelta } = judgeOptions(row.options, wanted.options);
  const wrong = issues.map((issue) => ('optionId' in issue ? issue.optionId : issue.groupId));
  const now = orderable(onSale(row), { quantity: 1 }, moment);
  const isSoldOut = !now.orderable && ['SOLD_OUT', 'OFF_MENU'].includes(now.because);
  const counted = row.stockMode === 'count';
  return {
    item: { name, photoId, price, taxBps, station, prepMinutes, skipsKitchen, counted },
    options: chosenFrom(row.options, wanted),
    optionsDelta,
    wrongOptions: [...new Set(wrong)],
    left: isSoldOut ? 0 : counted ? row.stockLeft : null,
    isMealtime: now.orderable || now.because !== 'OFF_MENU_TIME',
  };
}

function onSale({ available, stockMode, stockLeft, stockLow, mealtimes }: Row): ItemOnSale {
  const stock = { mode: stockMode, left: stockLeft, low: stockLow };
  return { available, deletedAt: null, categoryActive: true, stock, mealtimes };
}

function chosenFrom(groups: readonly OptionGroup[], { options }: Wanted): OfferedOption[] {
  const known = new Map(
    groups.flatMap((group) => group.options.map((one) => [one.id, { ...one, group: group.name }])),
  );
  return options.flatMap(({ optionId, quantity }) => {
    const option = known.get(optionId);
    if (!option) return [];
    const { group, name, priceDelta } = option;
    return [{ optionId, group, name, quantity, priceDelta }];
  });
}

const ALWAYS: ItemOnSale = {
  available: true,
  deletedAt: null,
  categoryActive: true,
  stock: { mode: 'none', left: 0, low: 0 },
  mealtimes: null,
};

function closedAt(moment: Moment): Sale['closed'] {
  const now = orderable(ALWAYS, { quantity: 1 }, moment);
  return now.orderable ? null : { until: now.until ?? null };
}
