import { after } from '@comanda/kernel/time';
import { newId } from '@comanda/kernel/id';
import { changeIf } from '@comanda/storage/audit';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { CallContext } from '../context.ts';
import { hatOf } from './auth.actor.ts';
import { Account, Membership } from './auth.entity.ts';
import { userView } from './auth.reads.ts';
import type { SignedIn } from './auth.jar.ts';
import type { SwitchedView } from './auth.schema.ts';
import { DevicePass, ResetCode, Session } from './auth.session.entity.ts';
import { hashOf, newSecret, writeRefreshToken } from './credentials/refresh-tokens.ts';

interface Hat {
  id: string;
  version: number;
}

/** Starts a family of tokens for a person who has just proved who they are. */
export async function startSession(
  ctx: CallContext,
  { accountId, membership }: { accountId: string; membership: Hat | null },
): Promise<SignedIn> {
  const now = ctx.clock.now();
  await makeRoom(ctx, accountId);
  const [secret, familyKey] = [newSecret(), newSecret()];
  const session = ctx.em.create(Session, {
    id: newId(),
    account: ctx.em.getReference(Account, accountId),
    membership: membership && ctx.em.getReference(Membership, membership.id),
    tokenHash: hashOf(secret),
    familyKey,
    rotatedAt: now,
    idleUntil: after(now, ctx.settings.refreshIdleMs),
    expiresAt: after(now, ctx.settings.refreshAbsoluteMs),
    userAgent: ctx.userAgent?.slice(0, 300) ?? null,
    address: ctx.address,
  });
  await ctx.em.flush();
  const { id: sessionId } = session;
  const refreshToken = writeRefreshToken({ sessionId, counter: 0, secret }, familyKey);
  const access = await accessFor(ctx, { accountId, sessionId, membership });
  return { refreshToken, until: endOf(ctx, session), ...access };
}

/** Whoever signs in with a guest token goes on with what they had as a guest. */
export async function welcome(ctx: CallContext, accountId: string): Promise<void> {
  const { guest, takeOvers } = ctx;
  if (guest === null || guest === 'unreadable') return;
  for (const takeOver of takeOvers) await takeOver(ctx, { accountId, guestId: guest.id });
}

/** When a refresh token that is given out now ends, unless it is used before. */
export function endOf({ clock, settings }: CallContext, { expiresAt }: Session): Date {
  const idleUntil = after(clock.now(), settings.refreshIdleMs);
  return idleUntil < expiresAt ? idleUntil : expiresAt;
}

/** A new access token for a session, and who it is for. */
export async function accessFor(
  ctx: CallContext,
  of: { accountId: string; sessionId: string; membership: Hat | null },
): Promise<SwitchedView> {
  const { accountId, sessionId, membership } = of;
  const claims = { accountId, sessionId, hat: hatOf(membership) };
  const { token, expiresAt } = await ctx.tokens.issue(claims, ctx.clock.now());
  const em = acrossRestaurants(ctx.em);
  const user = await userView(em, { accountId, membershipId: membership?.id ?? null });
  return { accessToken: token, expiresAt, user };
}

export type EndReason =
  | 'logout'
  | 'revoked'
  | 'reused'
  | 'password'
  | 'role'
  | 'deactivated'
  | 'too_many'
  | 'expired';

interface Which {
  accountId: string;
  /** Only those that wear this hat. */
  membershipId?: string;
  except?: string;
}

/** Ends sessions and passes of a person at once. Answers how many were still alive. */
export async function endAll(ctx: CallContext, which: Which, reason: EndReason): Promise<number> {
  const where = {
    account: which.accountId,
    endedAt: null,
    ...(which.membershipId && { membership: which.membershipId }),
  };
  const held = [...(await ctx.em.find(Session, where)), ...(await ctx.em.find(DevicePass, where))];
  const ended = held.filter(({ id }) => id !== which.except);
  for (const one of ended) Object.assign(one, { endedAt: ctx.clock.now(), endReason: reason });
  if (REASONS_AGAINST_CODES.has(reason)) await voidCodes(ctx, which.accountId);
  await ctx.em.flush();
  ctx.afterCommit(() => ctx.standings.forget(which));
  return ended.length;
}

/** After these, whoever issued a reset code may not be who could issue it now. */
const REASONS_AGAINST_CODES = new Set<EndReason>(['password', 'role', 'deactivated']);

/** Makes open reset codes of a person worthless; the caller flushes. */
export async function voidCodes({ em, clock }: CallContext, accountId: string): Promise<void> {
  const now = clock.now();
  for (const open of await em.find(ResetCode, { account: accountId, usedAt: null })) {
    open.usedAt = now;
  }
}

/** Ends one session or pass of a person; a second time changes nothing. Answers whether it was alive. */
export async function endOne(
  ctx: CallContext,
  {
    kind,
    id,
    accountId,
  }: { kind: typeof Session | typeof DevicePass; id: string; accountId: string },
  reason: EndReason,
): Promise<boolean> {
  const ended = await changeIf<Session | DevicePass>(ctx.em, kind, {
    where: { id, account: accountId, endedAt: null },
    set: { endedAt: ctx.clock.now(), endReason: reason },
  });
  ctx.afterCommit(() => ctx.standings.forget({ accountId }));
  return ended;
}

/** Nobody keeps more than a few sessions: the one used longest ago gives way to the newest. */
async function makeRoom(ctx: CallContext, accountId: string): Promise<void> {
  const live = await ctx.em.find(
    Session,
    { account: accountId, endedAt: null },
    { orderBy: { rotatedAt: 'desc' } },
  );
  giveWay(ctx, accountId, live.slice(ctx.settings.sessionsPerPerson - 1));
}

/** The same of passes, by age; the caller flushes. */
export async function makeRoomForPass(ctx: CallContext, accountId: string): Promise<void> {
  const live = await ctx.em.find(
    DevicePass,
    { account: accountId, endedAt: null },
    { orderBy: { id: 'desc' } },
  );
  giveWay(ctx, accountId, live.slice(ctx.settings.passesPerPerson - 1));
}

function giveWay(ctx: CallContext, accountId: string, surplus: (Session | DevicePass)[]): void {
  const ended = { endedAt: ctx.clock.now(), endReason: 'too_many' };
  for (const one of surplus) Object.assign(one, ended);
  if (surplus.length > 0) ctx.afterCommit(() => ctx.standings.forget({ accountId }));
}
