import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { LockMode } from '@comanda/storage/transaction';
import { Account, Membership } from '../auth/auth.entity.ts';
import type { CallContext, StaffContext } from '../context.ts';

/** Where somebody works: by a membership that they have accepted; an admin everywhere. */
export type Workplaces = (restaurantId: string) => boolean;

/**
 * Holds a person until the transaction ends: what is decided about their time is decided one by one,
 * in whatever restaurant. Answers where they work.
 */
export async function heldPerson(
  { em }: Pick<CallContext, 'em'>,
  personId: string,
): Promise<Workplaces> {
  const account = await em.findOne(Account, personId, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!account) throw kernelErrors.NOT_FOUND({ what: 'person' });
  const said = { account: personId, invitedAs: null };
  const held =
    account.deactivatedAt === null ? await acrossRestaurants(em).find(Membership, said) : [];
  const now = held.filter(({ deactivatedAt }) => deactivatedAt === null);
  const left = new Set(held.filter((one) => !now.includes(one)).map((one) => one.restaurantId));
  return (place) =>
    !left.has(place) &&
    now.some(({ role, restaurantId }) =>
      restaurantId === place ? role !== 'customer' : role === 'admin',
    );
}

/** The same; refuses whoever does not work here. */
export async function heldStaff(
  ctx: Pick<StaffContext, 'em' | 'restaurantId'>,
  personId: string,
): Promise<void> {
  const works = await heldPerson(ctx, personId);
  if (!works(ctx.restaurantId)) throw kernelErrors.NOT_FOUND({ what: 'person' });
}
