import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { LockMode } from '@comanda/storage/transaction';
import { Account, Membership } from '../auth/auth.entity.ts';
import type { CallContext } from '../context.ts';

/**
 * Holds a person until the transaction ends: what is decided about their time is decided one by one,
 * in whatever restaurant. Refuses whoever does not work here; an admin works everywhere.
 */
export async function heldStaff(
  { em }: Pick<CallContext, 'em'>,
  personId: string,
  { whoeverLeft = false } = {},
): Promise<Account> {
  const account = await em.findOne(Account, personId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const working = { account: personId, deactivatedAt: null, invitedAs: null };
  const worksHere =
    whoeverLeft ||
    (await em.count(Membership, working)) > 0 ||
    (await acrossRestaurants(em).count(Membership, { ...working, role: 'admin' })) > 0;
  if (!account || !worksHere || (account.deactivatedAt !== null && !whoeverLeft)) {
    throw kernelErrors.NOT_FOUND({ what: 'person' });
  }
  return account;
}
