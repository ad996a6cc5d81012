import { after } from '@comanda/kernel/time';
import { newId } from '@comanda/kernel/id';
import { changeIf } from '@comanda/storage/audit';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { type Writing, writing } from '@comanda/storage/writing';
import type { CallContext } from '../context.ts';
import { hatOf } from './auth.actor.ts';
import { sessionsAlive } from './auth.login.reads.ts';
import { userView } from './auth.reads.ts';
import type { SignedIn } from './auth.jar.ts';
import type { SwitchedView } from './auth.schema.ts';
import type { AccessClaims } from './credentials/tokens.ts';
import { DevicePass, ResetCode, Session } from './auth.session.entity.ts';
import { hashOf, newSecret, writeRefreshToken } from './credentials/refresh-tokens.ts';

/** What is worn at work, or at one of several places of work. */
export interface Hat {
  id: string;
  version: number;
}

/** All of an answer but its access token, of which it is known what it is to say. */
export type Unsigned<Answer extends SwitchedView> = Omit<Answer, 'accessToken' | 'expiresAt'> & {
  claims: AccessClaims;
};

/** Once the transaction is over: a signature is waited for, and nobody is to wait with the database in hand. */
export async function signed<Told extends { claims: AccessClaims }>(
  { tokens, clock }: Pick<CallContext, 'tokens' | 'clock'>,
  { claims, ...told }: Told,
): Promise<Omit<Told, 'claims'> & { accessToken: string; expiresAt: Date }> {
  const { token: accessToken, expiresAt } = await tokens.issue(claims, clock.now());
  return { ...told, accessToken, expiresAt };
}

/** Starts a family of tokens for a person who has just proved who they are. */
export async function startSession(
  ctx: CallContext,
  { accountId, membership }: { accountId: string; membership: Hat | null },
): Promise<Unsigned<SignedIn>> {
  const now = ctx.clock.now();
  const [secret, familyKey] = [newSecret(), newSecret()];
  const writes = writing(ctx.em);
  await makeRoom(ctx, writes, accountId);
  const session = {
    id: newId(),
    account: accountId,
    membership: membership && membership.id,
    counter: 0,
    tokenHash: hashOf(secret),
    parentHash: null,
    childSalt: null,
    familyKey,
    rotatedAt: now,
    idleUntil: after(now, ctx.settings.refreshIdleMs),
    expiresAt: after(now, ctx.settings.refreshAbsoluteMs),
    endedAt: null,
    endReason: null,
    userAgent: ctx.userAgent?.slice(0, 300) ?? null,
    address: ctx.address,
  };
  writes.create(Session, [session]);
  await writes.write();
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
export function endOf(
  { clock, settings }: CallContext,
  { expiresAt }: Pick<Session, 'expiresAt'>,
): Date {
  const idleUntil = after(clock.now(), settings.refreshIdleMs);
  return idleUntil < expiresAt ? idleUntil : expiresAt;
}

/** What a new access token for a session says, and who it is for. */
export async function accessFor(
  ctx: CallContext,
  of: { accountId: string; sessionId: string; membership: Hat | null },
): Promise<Unsigned<SwitchedView>> {
  const { accountId, sessionId, membership } = of;
  const em = acrossRestaurants(ctx.em);
  const user = await userView(em, { accountId, membershipId: membership?.id ?? null });
  return { claims: { accountId, sessionId, hat: hatOf(membership) }, user };
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
async function makeRoom(ctx: CallContext, writes: Writing, accountId: string): Promise<void> {
  const alive = await sessionsAlive(ctx, accountId);
  const surplus = alive.slice(ctx.settings.sessionsPerPerson - 1);
  const ended = { endedAt: ctx.clock.now(), endReason: 'too_many' };
  for (const one of surplus) writes.change(Session, one, ended);
  if (surplus.length > 0) ctx.afterCommit(() => ctx.standings.forget({ accountId }));
}

/** The same of passes, by age; the caller flushes. */
export async function makeRoomForPass(ctx: CallContext, accountId: string): Promise<void> {
  const live = await ctx.em.find(
    DevicePass,
    { account: accountId, endedAt: null },
    { orderBy: { id: 'desc' } },
  );
  const surplus = live.slice(ctx.settings.passesPerPerson - 1);
  const ended = { endedAt: ctx.clock.now(), endReason: 'too_many' };
  for (const one of surplus) Object.assign(one, ended);
  if (surplus.length > 0) ctx.afterCommit(() => ctx.standings.forget({ accountId }));
}
