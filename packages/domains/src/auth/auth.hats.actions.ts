import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { CallContext } from '../context.ts';
import { Membership } from './auth.entity.ts';
import { authErrors } from './auth.errors.ts';
import { newestWork } from './auth.login.reads.ts';
import { type Hat, voidCodes } from './auth.sessions.ts';

interface Named {
  accountId: string;
  restaurantId: string;
}

/** The hat of that restaurant, put on by its owner: whoever was only invited there has said yes by it. */
export async function hatAt(ctx: CallContext, { accountId, restaurantId }: Named) {
  const em = acrossRestaurants(ctx.em);
  const held = { account: accountId, restaurantId, deactivatedAt: null };
  const membership = await em.findOne(Membership, held);
  if (!membership) throw authErrors.STAFF_PROFILE_MISSING();
  if (membership.invitedAs === null) return membership;
  membership.invitedAs = null;
  await em.flush();
  // Whoever issued one may not be who could issue it now.
  await voidCodes(ctx, accountId);
  await ctx.em.flush();
  ctx.afterCommit(() => ctx.standings.forget({ accountId }));
  return membership;
}

/** The hat of their newest work. An invitation is none. */
export function newestHat(ctx: CallContext, accountId: string): Promise<Hat | null> {
  return newestWork({ em: acrossRestaurants(ctx.em) }, accountId);
}

/** Where they are invited to; null when that is nowhere, or more than one place. */
export async function onlyInvitation(ctx: CallContext, accountId: string): Promise<string | null> {
  const [one, another] = await acrossRestaurants(ctx.em).find(
    Membership,
    { account: accountId, deactivatedAt: null, invitedAs: { $ne: null } },
    { limit: 2 },
  );
  return one && !another ? one.restaurantId : null;
}
