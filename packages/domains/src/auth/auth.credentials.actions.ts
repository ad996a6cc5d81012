import { after } from '@comanda/kernel/time';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { resetBudget } from '@comanda/quotas/login-policies';
import { changeIf } from '@comanda/storage/audit';
import { inTransaction } from '@comanda/storage/transaction';
import { accessErrors } from '../access.errors.ts';
import type { ActorContext, CallContext } from '../context.ts';
import { requireSession } from './auth.actions.ts';
import { spend } from './auth.budget.ts';
import { Account, Membership } from './auth.entity.ts';
import { authErrors } from './auth.errors.ts';
import { accountNamed } from './auth.login.reads.ts';
import { canonicalNames, type NameField, strongEnough } from './auth.rules.ts';
import type { Ended, IssuePass, PassView, ResetPassword, Revoke } from './auth.schema.ts';
import { DevicePass, ResetCode, Session } from './auth.session.entity.ts';
import { endAll, endOne, makeRoomForPass } from './auth.sessions.ts';
import { hashOf, newSecret, sameText } from './credentials/refresh-tokens.ts';
import { newResetCode, resetCodeHash } from './credentials/reset-codes.ts';

const MAX_TRIES = 5;

type SaidNames = { [Field in NameField]?: string | null | undefined };

/** What somebody wants to sign in with from now on, as it is stored; null takes a name away. */
export function newNames(
  ctx: ActorContext,
  said: SaidNames,
): { [Field in NameField]?: string | null } {
  const typed = Object.entries(said).filter(([, name]) => name !== undefined);
  if (typed.length === 0) return {};
  requireSession(ctx);
  const kept = typed.map(([field, name]) => [field, name ?? undefined]);
  const canonical = canonicalNames(Object.fromEntries(kept));
  return Object.fromEntries(typed.map(([field]) => [field, canonical[field as NameField]]));
}

/** Refuses an account without a name: nobody could sign in to it again. */
export function keepsName({ username, email, phone }: Account): void {
  if ([username, email, phone].some((name) => name !== null)) return;
  const issue = { path: '', message: 'one of username, email and phone is needed' };
  throw kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}

/** Makes a pass that does what its owner may do, under the hat that is worn now. */
export async function issuePass(ctx: ActorContext, { label }: IssuePass): Promise<PassView> {
  const { id: accountId, membership, via } = requireSession(ctx);
  const token = `cp_${newSecret()}`;
  return inTransaction(ctx, async (ctx) => {
    const { em, clock, settings } = ctx;
    // The guard may remember a session that ended elsewhere; a pass would outlive that by a day.
    const where = { id: via.id, endedAt: null };
    if (!(await changeIf(em, Session, { where, set: {} }))) throw accessErrors.TOKEN_INVALID();
    await makeRoomForPass(ctx, accountId);
    const pass = em.create(DevicePass, {
      account: em.getReference(Account, accountId),
      membership: membership && em.getReference(Membership, membership.id),
      label,
      tokenHash: hashOf(token),
      expiresAt: after(clock.now(), settings.passMs),
    });
    await em.flush();
    return { id: pass.id, label, token, expiresAt: pass.expiresAt };
  });
}

export function revokeSession(ctx: ActorContext, { id }: Revoke): Promise<Ended> {
  return revoke(ctx, { kind: Session, id });
}

export function revokePass(ctx: ActorContext, { id }: Revoke): Promise<Ended> {
  return revoke(ctx, { kind: DevicePass, id });
}

/** Ends one of the caller's own sessions or passes. Somebody else's does not exist. */
async function revoke(
  ctx: ActorContext,
  { kind, id }: { kind: typeof Session | typeof DevicePass; id: string },
): Promise<Ended> {
  const { id: accountId } = kind === Session ? requireSession(ctx) : ctx.actor;
  return inTransaction(ctx, async (ctx) => {
    const own = await ctx.em.count<Session | DevicePass>(kind, { id, account: accountId });
    if (own === 0) throw kernelErrors.NOT_FOUND({ what: kind === Session ? 'session' : 'pass' });
    return { ended: (await endOne(ctx, { kind, id, accountId }, 'revoked')) ? 1 : 0 };
  });
}

/** Ends every other session and every pass of the caller. */
export async function revokeOthers(ctx: ActorContext): Promise<Ended> {
  const { id: accountId, via } = requireSession(ctx);
  return inTransaction(ctx, async (ctx) => ({
    ended: await endAll(ctx, { accountId, except: via.id }, 'revoked'),
  }));
}

/** A one-use code for a person who forgot their password; earlier ones stop working. */
export async function issueResetCode(
  ctx: ActorContext,
  accountId: string,
): Promise<{ code: string; expiresAt: Date }> {
  const { em, clock, settings, actor } = ctx;
  const now = clock.now();
  for (const old of await em.find(ResetCode, { account: accountId, usedAt: null }))
    old.usedAt = now;
  const { code, hash } = newResetCode();
  const expiresAt = after(now, settings.resetCodeMs);
  em.create(ResetCode, {
    account: em.getReference(Account, accountId),
    codeHash: hash,
    issuedBy: actor.id,
    expiresAt,
  });
  await em.flush();
  return { code, expiresAt };
}

/** Sets a new password with a code, and ends all sessions. Unknown name and wrong code look alike. */
export async function resetPassword(ctx: CallContext, input: ResetPassword): Promise<Ended> {
  await spend(ctx, [resetBudget], { address: ctx.network });
  const account = await accountNamed(ctx, input.identifier);
  strongEnough(input.newPassword, []);
  const passwordHash = await ctx.passwords.hash(input.newPassword);
  const ended = await inTransaction(ctx, async (ctx) => {
    if (!account || account.deactivatedAt !== null) return undefined;
    if (!(await useCode(ctx, { accountId: account.id, code: input.code }))) return undefined;
    // Only now: to a stranger it would tell the names of the account. The code stays good.
    strongEnough(input.newPassword, [account.username, account.email, account.phone]);
    await changeIf(ctx.em, Account, { where: { id: account.id }, set: { passwordHash } });
    return endAll(ctx, { accountId: account.id }, 'password');
  });
  if (ended === undefined) throw authErrors.CODE_INVALID();
  return { ended };
}

/** Uses up the code, or one of its tries; either is committed, whatever the answer. */
async function useCode(
  ctx: CallContext,
  { accountId, code }: { accountId: string; code: string },
): Promise<boolean> {
  const now = ctx.clock.now();
  const open = await ctx.em.findOne(
    ResetCode,
    { account: accountId, usedAt: null, expiresAt: { $gt: now }, tries: { $lt: MAX_TRIES } },
    { orderBy: { id: 'desc' } },
  );
  if (!open) return false;
  const given = resetCodeHash(code);
  const { id, tries } = open;
  const right = sameText(given, open.codeHash);
  const set = right ? { usedAt: now } : { tries: tries + 1 };
  return (await changeIf(ctx.em, ResetCode, { where: { id, tries, usedAt: null }, set })) && right;
}
