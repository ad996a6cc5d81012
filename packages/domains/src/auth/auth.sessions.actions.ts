import { after } from '@comanda/kernel/time';
import { refreshBudget } from '@comanda/quotas/login-policies';
import { changeIf, note } from '@comanda/storage/audit';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { holding } from '@comanda/storage/executing';
import { writing } from '@comanda/storage/writing';
import { accessErrors } from '../access.errors.ts';
import type { ActorContext, CallContext } from '../context.ts';
import { requireSession } from './auth.actions.ts';
import { hatOf } from './auth.actor.ts';
import { mustAfford, spend } from './auth.budget.ts';
import { authErrors } from './auth.errors.ts';
import { hatAt } from './auth.hats.actions.ts';
import { type SignedIn, shownRefreshToken } from './auth.jar.ts';
import { type Person, personOf } from './auth.reads.ts';
import { type Family, familyHeld, familySeen } from './auth.refreshing.reads.ts';
import { judgeRefresh, type RefreshVerdict } from './auth.rules.ts';
import type { Logout, Refresh, SwitchedView, SwitchRestaurant } from './auth.schema.ts';
import { Session } from './auth.session.entity.ts';
import { accessFor, endOf, endOne, signed, type Unsigned } from './auth.sessions.ts';
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
  if ('answer' in outcome) return signed(ctx, outcome.answer);
  ctx.jar?.empty();
  throw outcome.verdict === 'reused' ? authErrors.TOKEN_REUSED() : accessErrors.TOKEN_INVALID();
}

type Outcome =
  | { verdict: 'reused' | 'invalid' }
  | { verdict: 'rotate' | 'repeat'; answer: Unsigned<SignedIn> };

async function turned(ctx: CallContext, token: RefreshToken): Promise<Outcome> {
  const payer = { family: token.sessionId };
  const family = await familySeen.first(ctx.em, { id: token.sessionId });
  const verdict = family ? verdictOn(ctx, family, token) : 'invalid';
  // What is worth nothing now is so for ever.
  if (verdict === 'invalid') return { verdict };
  // Asked of turns only: a stolen token has to end its family, however busy the thief keeps the budget.
  if (verdict === 'rotate') await mustAfford(ctx, refreshBudget, payer);
  const outcome = await inTransaction(ctx, (ctx) => judged(ctx, token));
  // Counted only now: repeats of a lost answer and tokens that somebody made up cost the family nothing.
  if (outcome.verdict === 'rotate') await spend(ctx, [refreshBudget], payer);
  return outcome;
}

/** Answers a refusal instead of throwing it: the end of a stolen family has to be committed. */
async function judged(ctx: CallContext, token: RefreshToken): Promise<Outcome> {
  const family = await familyHeld.first(ctx.em, { id: token.sessionId }, holding(ctx.em));
  if (!family) return { verdict: 'invalid' };
  const verdict = verdictOn(ctx, family, token);
  if (verdict === 'invalid') return { verdict };
  if (verdict === 'reused') {
    await endFamily(ctx, family);
    return { verdict };
  }
  const { account: accountId, membership: membershipId } = family;
  const person = await personOf(acrossRestaurants(ctx.em), { accountId, membershipId });
  if (!person?.isOpen) return { verdict: 'invalid' };
  const salt = verdict === 'rotate' ? newSecret() : (family.childSalt ?? '');
  const secret = childSecret(token.secret, salt);
  if (verdict === 'rotate') await rotate(ctx, family, { token, secret, salt });
  return { verdict, answer: successor(ctx, family, { secret, token, person }) };
}

function verdictOn(ctx: CallContext, family: Family, token: RefreshToken): RefreshVerdict {
  const { counter, secret } = token;
  const presented = {
    counter,
    hash: hashOf(secret),
    ofFamily: isOfFamily(token, family.familyKey),
  };
  return judgeRefresh(family, presented, {
    now: ctx.clock.now(),
    graceMs: ctx.settings.refreshGraceMs,
  });
}

/** The first of many parallel calls to hold the family makes the child; the others repeat it. */
async function rotate(
  ctx: CallContext,
  family: Family,
  { token, secret, salt }: { token: RefreshToken; secret: string; salt: string },
): Promise<void> {
  const now = ctx.clock.now();
  const writes = writing(ctx.em);
  writes.change(Session, family, {
    counter: token.counter + 1,
    tokenHash: hashOf(secret),
    parentHash: hashOf(token.secret),
    childSalt: salt,
    rotatedAt: now,
    idleUntil: after(now, ctx.settings.refreshIdleMs),
  });
  await writes.write();
}

function successor(
  ctx: CallContext,
  family: Family,
  { token, secret, person }: { token: RefreshToken; secret: string; person: Person },
): Unsigned<SignedIn> {
  const { id: sessionId, account: accountId, familyKey } = family;
  const child = { sessionId, counter: token.counter + 1, secret };
  return {
    refreshToken: writeRefreshToken(child, familyKey),
    until: endOf(ctx, family),
    claims: { accountId, sessionId, hat: hatOf(person.membership) },
    user: person.user,
  };
}

async function endFamily(ctx: CallContext, { id, account: accountId }: Family): Promise<void> {
  if (!(await endOne(ctx, { kind: Session, id, accountId }, 'reused'))) return;
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
  const worn = await inTransaction(ctx, async (ctx) => {
    const membership = restaurantId === null ? null : await hatAt(ctx, { accountId, restaurantId });
    const where = { id: via.id, endedAt: null };
    const set = { membership: membership?.id ?? null };
    if (!(await changeIf(ctx.em, Session, { where, set }))) throw accessErrors.TOKEN_INVALID();
    ctx.afterCommit(() => ctx.standings.forget({ accountId }));
    return accessFor(ctx, { accountId, sessionId: via.id, membership });
  });
  return signed(ctx, worn);
}
