import { capabilitiesOf } from '@comanda/kernel/access';
import { ROLE_TITLES } from '@comanda/kernel/roles';
import { lessonFlags } from '@comanda/kernel/projections';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { ActorContext } from '../context.ts';
import { requireSession } from './auth.actions.ts';
import { livePasses, liveSessions, openInvitations, userView } from './auth.reads.ts';
import type { PassList, SessionList, SessionView } from './auth.schema.ts';

/** Who the caller is, where, and what that lets them do. */
export async function ownSession({ actor, em }: ActorContext): Promise<SessionView> {
  const { id: accountId, role, via } = actor;
  const hat = { accountId, membershipId: actor.membership?.id ?? null };
  const everywhere = acrossRestaurants(em);
  return {
    user: await userView(everywhere, hat),
    title: ROLE_TITLES[role],
    isChef: lessonFlags(role).is_chef,
    capabilities: capabilitiesOf(role),
    // A pass lies about on a shared screen, and could accept none of them.
    invitations: via.kind === 'pass' ? [] : await openInvitations(everywhere, accountId),
    via: via.kind === 'pass' ? 'pass' : 'session',
    id: via.id,
    expiresAt: via.expiresAt,
  };
}

export function ownSessions(ctx: ActorContext): Promise<SessionList> {
  const { id: accountId, via } = requireSession(ctx);
  const em = acrossRestaurants(ctx.em);
  return liveSessions(em, { accountId, currentId: via.id, now: ctx.clock.now() });
}

export function ownPasses(ctx: ActorContext): Promise<PassList> {
  const { id: accountId } = requireSession(ctx);
  return livePasses(acrossRestaurants(ctx.em), { accountId, now: ctx.clock.now() });
}
