import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import { Account, Membership } from '../auth/auth.entity.ts';
import type { StaffContext } from '../context.ts';
import { changed, changing, heldOrder } from './orders.changing.ts';
import type { Order } from './orders.entity.ts';
import { orderErrors } from './orders.errors.ts';
import type { AssignOrder, NameOrder, OrderView } from './orders.schema.ts';
import { CLOSED } from './orders.sight.rules.ts';

/** Gives a delivery to somebody of the crew, or takes it back. */
export function assignOrder(ctx: StaffContext, input: AssignOrder): Promise<OrderView> {
  const { assigneeId } = input;
  return changing(ctx, input, async ({ order }, ctx) => {
    refuseUndeliverable(order);
    if (assigneeId === null && order.state === 'out_for_delivery') {
      throw orderErrors.ORDER_UNREADY({ needs: 'crew' });
    }
    order.assigneeName = assigneeId === null ? null : await nameOfCrew(ctx, assigneeId);
    order.assigneeId = assigneeId;
    return { what: 'assigned', reason: order.assigneeName ?? undefined };
  });
}

/** Takes a delivery that nobody has yet. Of many who try at once one gets it. */
export function claimOrder(ctx: StaffContext, { orderId }: NameOrder): Promise<OrderView> {
  const { actor } = ctx;
  return inTransaction(ctx, async (ctx) => {
    const held = await heldOrder(ctx, orderId);
    if (held.order.type !== 'delivery') throw kernelErrors.NOT_FOUND({ what: 'order' });
    return changed(ctx, held, async ({ order }) => {
      if (order.assigneeId === actor.id) return null;
      if (order.assigneeId !== null) throw orderErrors.ALREADY_ASSIGNED();
      refuseUndeliverable(order);
      order.assigneeName = await nameOfCrew(ctx, actor.id);
      order.assigneeId = actor.id;
      return { what: 'assigned', reason: order.assigneeName };
    });
  });
}

function refuseUndeliverable({ type, state }: Order): void {
  if (type !== 'delivery') throw orderErrors.ASSIGNEE_UNFIT();
  if (CLOSED.includes(state)) throw orderErrors.ORDER_SETTLED();
}

async function nameOfCrew({ em }: StaffContext, accountId: string): Promise<string> {
  // Held, so that nobody's name is written down while they are erased.
  await em.findOne(Account, accountId, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  const membership = await em.findOne(
    Membership,
    { account: accountId, role: 'delivery_crew', deactivatedAt: null, invitedAs: null },
    { populate: ['account'] },
  );
  if (!membership || membership.account.deactivatedAt !== null) throw orderErrors.ASSIGNEE_UNFIT();
  const { firstName, lastName, username } = membership.account;
  return (`${firstName} ${lastName}`.trim() || username || 'crew').slice(0, 200);
}
