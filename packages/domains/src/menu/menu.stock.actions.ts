import { held, type Holding, holding } from '@comanda/storage/executing';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import { inTransaction } from '@comanda/storage/transaction';
import { type RowOf, writing } from '@comanda/storage/writing';
import type { CallContext } from '../context.ts';
import { MenuItem } from './menu.entity.ts';

export interface Units {
  itemId: string;
  quantity: number;
}

/** What is counted of an item; nobody else changes it until the transaction ends. */
export type HeldStock = Pick<
  RowOf<MenuItem>,
  'id' | 'restaurantId' | 'version' | 'stockMode' | 'stockLeft' | 'stockLow'
>;

const counted = remembered<typeof MenuItem>()(
  (rows, { ids }: Placeholders<{ ids: string[] }>, how: Holding) =>
    held(
      how,
      rows
        .selectFrom('MenuItem')
        .where('id', 'in', ids)
        .where('stockMode', '=', 'count')
        .orderBy('id')
        .select(['id', 'restaurantId', 'version', 'stockMode', 'stockLeft', 'stockLow']),
    ),
);

/**
 * Holds what is counted of these items until the transaction ends, so that what is read of them from
 * here on stays true. All who sell lock in one order.
 */
export async function holdStock(
  { em }: CallContext,
  itemIds: readonly string[],
): Promise<HeldStock[]> {
  const ids = [...new Set(itemIds)];
  if (ids.length === 0) return [];
  return counted.all(em, { ids }, holding(em));
}

/**
 * Takes units out of a stock that is held and was seen to have them. What began to be counted after the rest
 * was held is held now.
 */
export async function takeStock(
  ctx: CallContext,
  stock: readonly HeldStock[],
  sold: readonly Units[],
): Promise<void> {
  const known = new Set(stock.map(({ id }) => id));
  const others = sold.map(({ itemId }) => itemId).filter((id) => !known.has(id));
  const late = await holdStock(ctx, others);
  await move(ctx, [...stock, ...late], { units: sold, direction: -1 });
}

/** Puts units back that were never cooked; what is not counted any more stays as it is. */
export async function returnStock(ctx: CallContext, units: readonly Units[]): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const stock = await holdStock(
      ctx,
      units.map(({ itemId }) => itemId),
    );
    await move(ctx, stock, { units, direction: 1 });
  });
}

async function move(
  { em }: CallContext,
  stock: readonly HeldStock[],
  { units, direction }: { units: readonly Units[]; direction: 1 | -1 },
): Promise<void> {
  const moved = new Map<string, number>();
  for (const { itemId, quantity } of units) moved.set(itemId, (moved.get(itemId) ?? 0) + quantity);
  if (moved.size === 0) return;
  const writes = writing(em);
  for (const item of stock) {
    const stockLeft = item.stockLeft + direction * (moved.get(item.id) ?? 0);
    if (stockLeft < 0) throw new Error(`More of ${item.id} was sold than there was.`);
    writes.change(MenuItem, item, { stockLeft });
  }
  await writes.write();
}
