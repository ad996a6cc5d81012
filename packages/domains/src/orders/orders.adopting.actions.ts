import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import type { CallContext } from '../context.ts';
import { Order } from './orders.entity.ts';

/** What somebody ordered as a guest is theirs once they sign in. */
export async function adoptGuestOrders(
  ctx: CallContext,
  { accountId, guestId }: { accountId: string; guestId: string },
): Promise<void> {
  await inTransaction(ctx, async ({ em }) => {
    const everywhere = acrossRestaurants(em);
    const orders = await everywhere.find(Order, { guestId, customerId: null });
    for (const order of orders) order.customerId = accountId;
    await everywhere.flush();
  });
}
