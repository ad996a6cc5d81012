import { inTransaction, LockMode } from '@comanda/storage/transaction';
import type { CallContext } from '../context.ts';
import { MenuItem } from './menu.entity.ts';

export interface Units {
  itemId: string;
  quantity: number;
}

/**
 * Holds what is counted of these items until the transaction ends, so that what is read of them from
 * here on stays true. All who sell lock in one order.
 */
export async function holdStock({ em }: CallContext, itemIds: readonly string[]): Promise<void> {
  if (!em.isInTransaction()) throw new Error('Stock is held in a transaction.');
  await em.find(
    MenuItem,
    { id: { $in: [...itemIds] }, stockMode: 'count' },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** Takes units out of a stock that is held and was seen to have them. */
export function takeStock(ctx: CallContext, sold: readonly Units[]): Promise<void> {
  return move(ctx, sold, -1);
}

/** Puts units back that were never cooked; what is not counted any more stays as it is. */
export async function returnStock(ctx: CallContext, units: readonly Units[]): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await holdStock(
      ctx,
      units.map(({ itemId }) => itemId),
    );
    await move(ctx, units, 1);
  });
}

async function move(
  { em }: CallContext,
  units: readonly Units[],
  direction: 1 | -1,
): Promise<void> {
  const moved = new Map<string, number>();
  for (const { itemId, quantity } of units) moved.set(itemId, (moved.get(itemId) ?? 0) + quantity);
  if (moved.size === 0) return;
  const counted = await em.find(MenuItem, { id: { $in: [...moved.keys()] }, stockMode: 'count' });
  for (const item of counted) {
    item.stockLeft += direction * (moved.get(item.id) ?? 0);
    if (item.stockLeft < 0) throw new Error(`More of ${item.id} was sold than there was.`);
  }
  await em.flush();
}
