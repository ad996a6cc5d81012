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
