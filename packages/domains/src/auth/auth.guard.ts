import { accessErrors } from '../access.errors.ts';
import type { Context } from '../context.ts';
import type { Actor } from './auth.actor.ts';

/**
 * Who is asking. A token that is shown has to be good, on open procedures too: whoever believes to be
 * signed in must not be answered as a stranger.
 */
export async function actorOf(ctx: Context): Promise<Actor | null> {
  if (ctx.shown.kind === 'nothing') return null;
  if (ctx.shown.kind === 'unreadable') throw accessErrors.TOKEN_INVALID();
  const actor = await ctx.standings.actorOf(ctx.shown);
  if (!actor) throw accessErrors.TOKEN_INVALID();
  return actor;
}

/** Who is asking with a guest token, where nobody is signed in. */
export function guestOf({ guest }: Context): Actor | null {
  if (guest === null) return null;
  if (guest === 'unreadable') throw accessErrors.GUEST_TOKEN_INVALID();
  const { id, expiresAt } = guest;
  return {
    id,
    name: 'guest',
    role: 'customer',
    level: 1,
    membership: null,
    via: { kind: 'guest', id, expiresAt },
  };
}

/** Somebody as they act in a restaurant: where they do not work they leave their hat at the door. */
export function actingAt(actor: Actor | null, restaurantId: string): Actor | null {
  if (!actor?.membership || actor.role === 'admin') return actor;
  if (actor.membership.restaurantId === restaurantId) return actor;
  return { ...actor, role: 'customer', level: 1, membership: null };
}
