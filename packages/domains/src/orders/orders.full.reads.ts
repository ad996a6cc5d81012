import { fromCursor, page } from '@comanda/kernel/page';
import type { Reader } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { Order, OrderItem } from './orders.entity.ts';
import { areFew } from './orders.listing.reads.ts';
import { ITEM, itemView } from './orders.reads.ts';
import type { OrderState } from './orders.states.schema.ts';

interface Wanted {
  states: readonly OrderState[];
  cursor?: string | undefined;
  limit: number;
}

interface Asked {
  states: readonly OrderState[];
  after: string | undefined;
  limit: number;
}

/** What has to be known of an order to cook it. */
const COOKED = [
  'o.id',
  'o.number',
  'o.type',
  'o.state',
  'o.tableName',
  'o.customerName',
  'o.instructions',
  'o.placedAt',
  'o.promisedAt',
  'o.version',
] as const;

// The kitchen asks for these all day long: built once.
const orders = remembered<typeof Order>()((
  rows,
  { states, after, limit }: Placeholders<Asked>,
  way: 'few' | 'many',
) => {
  const open = rows.selectFrom('Order as o').where('o.state', 'in', states);
  const here = after ? open.where('o.id', '>', after) : open;
  const sorted =
    way === 'few'
      ? here.orderBy(({ fn, val }) => fn.coalesce('o.id', val('')))
      : here.orderBy('o.id');
  return sorted.select(COOKED).limit(limit);
});
const itemsOf = remembered<typeof OrderItem>()((rows, { ids }: Placeholders<{ ids: string[] }>) =>
  rows
    .selectFrom('OrderItem')
    .where('order', 'in', ids)
    .select(['order', ...ITEM])
    // As the index of both has them: nothing is sorted.
    .orderBy('order')
    .orderBy('position'),
);

/** Orders with their items, as far as the kitchen has to know, oldest first, whoever asks. */
export async function fullOrders({ em }: Reader, { states, cursor, limit }: Wanted) {
  const after = cursor === undefined ? undefined : fromCursor(cursor)[0];
  const asked = { states, after, limit: limit + 1 };
  const rows = await orders.all(em, asked, areFew(states) ? 'few' : 'many');
  const { items: shown, nextCursor } = page(rows, { limit, at: ({ id }) => [id] });
  const ids = inTens(shown.map(({ id }) => id));
  const items = ids.length > 0 ? await itemsOf.all(em, { ids }) : [];
  const byOrder = Map.groupBy(items, ({ order }) => order);
  return {
    items: shown.map((order) => ({
      ...order,
      items: (byOrder.get(order.id) ?? []).map(itemView),
    })),
    nextCursor,
  };
}

/** Filled up by the last: one statement for pages of nearly the same length. */
function inTens(ids: string[]): string[] {
  const last = ids.at(-1);
  if (last === undefined) return ids;
  return [...ids, ...Array.from({ length: (10 - (ids.length % 10)) % 10 }, () => last)];
}
