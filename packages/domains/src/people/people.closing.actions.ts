import { acrossRestaurants } from '@comanda/storage/tenancy';
import { LockMode } from '@comanda/storage/transaction';
import { type Account, Membership } from '../auth/auth.entity.ts';
import { endAll } from '../auth/auth.sessions.ts';
import type { CallContext } from '../context.ts';
import { peopleErrors } from './people.errors.ts';
import { INDISPENSABLE } from './people.rules.ts';

/**
 * Closes an account in every restaurant, with all the work of its owner. Refuses to take the last one of a
 * role. Answers how many sessions and passes ended.
 */
export async function closeAccount(ctx: CallContext, account: Account): Promise<number> {
  const { em, clock } = ctx;
  const { id: accountId } = account;
  const held = { account: accountId, deactivatedAt: null };
  for (const membership of await acrossRestaurants(em).find(Membership, held)) {
    await refuseLast(ctx, membership, (other) => other.account.id === accountId);
  }
  account.deactivatedAt ??= clock.now();
  await em.flush();
  await leave(ctx, accountId);
  return endAll(ctx, { accountId }, 'deactivated');
}

export async function leave(ctx: CallContext, accountId: string): Promise<void> {
  for (const leaving of ctx.leavings) await leaving(ctx, { accountId });
}

/** Refuses to take away the last admin of the house or the last manager of the restaurant. */
export async function refuseLast(
  { em }: Pick<CallContext, 'em'>,
  { id, role, restaurantId }: Membership,
  goes = (held: Membership): boolean => held.id === id,
): Promise<void> {
  const where = INDISPENSABLE[role];
  if (!where) return;
  const active = await acrossRestaurants(em).find(
    Membership,
    { role, deactivatedAt: null, invitedAs: null, ...(where === 'here' && { restaurantId }) },
    { populate: ['account'], lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const holders = active.filter(({ account }) => account.deactivatedAt === null);
  if (holders.length > 0 && holders.every(goes)) throw peopleErrors.LAST_OF_ROLE({ role });
}
