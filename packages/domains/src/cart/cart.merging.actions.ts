import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import type { CallContext } from '../context.ts';
import { Cart } from './cart.entity.ts';
import { isIdle } from './cart.reads.ts';
import { mergedCarts } from './cart.rules.ts';

/**
 * Puts what a guest chose into the carts of the person they turned out to be. What finds no room
 * there stays where it was.
 */
export async function mergeGuestCarts(
  ctx: CallContext,
  { accountId, guestId }: { accountId: string; guestId: string },
): Promise<void> {
  await inTransaction(ctx, async ({ em, clock }) => {
    const everywhere = acrossRestaurants(em);
    const carts = await everywhere.find(
      Cart,
      { ownerId: { $in: [guestId, accountId] } },
      { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
    );
    const now = clock.now();
    for (const guests of carts.filter(({ ownerId }) => ownerId === guestId)) {
      if (guests.lines.length === 0 || isIdle(guests.updatedAt, now)) continue;
      const { restaurantId } = guests;
      const own = carts.find(
        (cart) => cart.ownerId === accountId && cart.restaurantId === restaurantId,
      );
      const present = own && !isIdle(own.updatedAt, now) ? own.lines : [];
      const { lines, leftOut } = mergedCarts(present, guests.lines);
      if (own) Object.assign(own, { lines, updatedAt: now });
      else everywhere.create(Cart, { restaurantId, ownerId: accountId, guest: false, lines });
      guests.lines = leftOut.map(({ line, quantity }) => ({ ...line, quantity }));
    }
    await everywhere.flush();
  });
}
