import { after } from '@comanda/kernel/time';
import { refreshBudget } from '@comanda/quotas/login-policies';
import { changeIf, note } from '@comanda/storage/audit';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { accessErrors } from '../access.errors.ts';
import type { ActorContext, CallContext } from '../context.ts';
import { requireSession } from './auth.actions.ts';
import { mustAfford, spend } from './auth.budget.ts';
import { Account, Membership } from './auth.entity.ts';
import { authErrors } from './auth.errors.ts';
import { hatAt } from './auth.hats.actions.ts';
import { type SignedIn, shownRefreshToken } from './auth.jar.ts';
import { judgeRefresh, type RefreshVerdict } from './auth.rules.ts';
import type { Logout, Refresh, SwitchedView, SwitchRestaurant } from './auth.schema.ts';
import { Session } from './auth.session.entity.ts';
import { accessFor, endOf, endOne } from './auth.sessions.ts';
import {
  childSecret,
  hashOf,
  isOfFamily,
  newSecret,
  readRefreshToken,
  type RefreshToken,
  writeRefreshToken,
} from './credentials/refresh-tokens.ts';

/** Gives the next refresh token of a family and a new access token. */
export async function refresh(ctx: CallContext, input: Refresh): Promise<SignedIn> {
  const token = readRefreshToken(shownRefreshToken(ctx, input));
  const outcome = token ? await turned(ctx, token) : ({ verdict: 'invalid' } as const);
  if ('answer' in outcome) return outcome.answer;
  ctx.jar?.empty();
  throw outcome.verdict === 'reused' ? authErrors.TOKEN_REUSED() : accessErrors.TOKEN_INVALID();
}

type Outcome =
  | { verdict: 'reused' | 'invalid' }
  | { verdict: 'rotate' | 'repeat'; answer: SignedIn };

async function turned(ctx: CallContext, token: RefreshToken): Promise<Outcome> {
  const payer = { family: token.sessionId };
  // Asked of turns only: a stolen token has to end its family, however busy the thief keeps the budget.
  const session = await ctx.em.findOne(Session, token.sessionId);
  if (session && verdictOn(ctx, session, token) === 'rotate') {
    await mustAfford(ctx, refreshBudget, payer);
  }
  const outcome = await inTransaction(ctx, (ctx) => judged(ctx, token));
  // Counted only now: repeats of a lost answer and tokens that somebody made up cost the family nothing.
  if (outcome.verdict === 'rotate') await spend(ctx, [refreshBudget], payer);
  return outcome;
}

/** Answers a refusal instead of throwing it: the end of a stolen family has to be committed. */
async function judged(ctx: CallContext, token: RefreshToken): Promise<Outcome> {
  const session = await ctx.em.findOne(Session, token.sessionId, { refresh: true });
  if (!session) return { verdict: 'invalid' };
  const verdict = verdictOn(ctx, session, token);
  if (verdict === 'invalid') return { verdict };
  if (verdict === 'reused') {
    await endFamily(ctx, session);
    return { verdict };
  }
  if (!(await isOpen(ctx, session))) return { verdict: 'invalid' };
  const salt = verdict === 'rotate' ? newSecret() : (session.childSalt ?? '');
  if (verdict === 'rotate' && !(await rotated(ctx, session, { token, salt }))) {
    return judged(ctx, token);
  }
  return { verdict, answer: await successor(ctx, session, { token, salt }) };
}

async function isOpen({ em }: CallContext, { account }: Session): Promise<boolean> {
  return (await em.count(Account, { id: account.id, deactivatedAt: null })) === 1;
}

function verdictOn(ctx: CallContext, session: Session, token: RefreshToken): RefreshVerdict {
  const { counter, secret } = token;
  const presented = {
    counter,
    hash: hashOf(secret),
    ofFamily: isOfFamily(token, session.familyKey),
  };
  return judgeRefresh(session, presented, {
    now: ctx.clock.now(),
    graceMs: ctx.settings.refreshGraceMs,
  });
}

/** One conditional update decides which of many parallel calls makes the child; the others repeat it. */
function rotated(
  ctx: CallContext,
  session: Session,
  { token, salt }: { token: RefreshToken; salt: string },
): Promise<boolean> {
  const now = ctx.clock.now();
  return changeIf(ctx.em, Session, {
    where: { id: session.id, counter: token.counter, endedAt: null },
    set: {
      counter: token.counter + 1,
      tokenHash: hashOf(childSecret(token.secret, salt)),
      parentHash: hashOf(token.secret),
      childSalt: salt,
      rotatedAt: now,
      idleUntil: after(now, ctx.settings.refreshIdleMs),
    },
  });
}

async function successor(
  ctx: CallContext,
  session: Session,
  { token, salt }: { token: RefreshToken; salt: string },
): Promise<SignedIn> {
  const { id: sessionId, familyKey } = session;
  const child = { sessionId, counter: token.counter + 1, secret: childSecret(token.secret, salt) };
  const membership = await membershipWorn(ctx, session);
  const access = await accessFor(ctx, { accountId: session.account.id, sessionId, membership });
  return {
    refreshToken: writeRefreshToken(child, familyKey),
    until: endOf(ctx, session),
    ...access,
  };
}

async function membershipWorn(
  ctx: CallContext,
  { membership }: Session,
): Promise<Membership | null> {
  return membership ? acrossRestaurants(ctx.em).findOne(Membership, membership.id) : null;
}

async function endFamily(ctx: CallContext, { id, account }: Session): Promise<void> {
  if (!(await endOne(ctx, { kind: Session, id, accountId: account.id }, 'reused'))) return;
  note(ctx.em, { action: 'auth.refresh.reused', target: 'Session', targetId: id });
  await ctx.em.flush();
}

/** Ends the session of the refresh token, else the one that asks. Nothing to end is no mistake. */
export async function logout(ctx: CallContext, input: Logout): Promise<{ ended: boolean }> {
  const ended = await endShown(ctx, ctx.jar ? ctx.jar.token : input?.refreshToken);
  ctx.jar?.empty();
  return { ended };
}

async function endShown(ctx: CallContext, shown: string | undefined): Promise<boolean> {
  const token = shown === undefined ? undefined : readRefreshToken(shown);
  const id = token?.sessionId ?? (ctx.shown.kind === 'session' ? ctx.shown.sessionId : undefined);
  if (!id) return false;
  return inTransaction(ctx, async (ctx) => {
    const session = await ctx.em.findOne(Session, id);
    if (!session || (token && !isOfFamily(token, session.familyKey))) return false;
    const accountId = session.account.id;
    return endOne(ctx, { kind: Session, id, accountId }, 'logout');
  });
}

/** Puts on another hat of the same person, or takes it off. An invitation is accepted by it. */
export async function switchRestaurant(
  ctx: ActorContext,
  { restaurantId }: SwitchRestaurant,
): Promise<SwitchedView> {
  const { id: accountId, via } = requireSession(ctx);
  return inTransaction(ctx, async (ctx) => {
    const membership = restaurantId === null ? null : await hatAt(ctx, { accountId, restaurantId });
    const where = { id: via.id, endedAt: null };
    const set = { membership: membership?.id ?? null };
    if (!(await changeIf(ctx.em, Session, { where, set }))) throw accessErrors.TOKEN_INVALID();
    ctx.afterCommit(() => ctx.standings.forget({ accountId }));
    return accessFor(ctx, { accountId, sessionId: via.id, membership });
  });
}
