import { loginBudgets } from '@comanda/quotas/login-policies';
import { changeIf, note } from '@comanda/storage/audit';
import type { EntityManager } from '@comanda/storage/connect';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import type { CallContext } from '../context.ts';
import { spend } from './auth.budget.ts';
import { Account, Membership } from './auth.entity.ts';
import { authErrors } from './auth.errors.ts';
import { isFamiliar } from './auth.reads.ts';
import { identified } from './auth.rules.ts';
import type { Login, SignedInView } from './auth.schema.ts';
import { startSession } from './auth.sessions.ts';

/**
 * Signs in by any of the three names. Unknown name, wrong password and closed account cost the same
 * work and get the same answer; tries are counted before the hash, so that a burst spends no more.
 */
export async function login(ctx: CallContext, input: Login): Promise<SignedInView> {
  const account = await accountNamed(ctx.em, input.identifier);
  const tries = await spend(ctx, loginBudgets[ctx.preset], await payerOf(ctx, input, account));
  const matches = await ctx.passwords.matches(account?.passwordHash ?? null, input.password);
  if (!account || !matches || account.deactivatedAt !== null) {
    await noteFailure(ctx, account);
    throw authErrors.INVALID_CREDENTIALS();
  }
  await tries.refund();
  const upgrade = ctx.passwords.isWeak(account.passwordHash)
    ? await ctx.passwords.hash(input.password)
    : undefined;
  const membership = await chosenMembership(ctx, account.id, input);
  return inTransaction(ctx, async (ctx) => {
    await rememberLogin(ctx, account, upgrade);
    return startSession(ctx, { accountId: account.id, membership });
  });
}

export async function accountNamed(em: EntityManager, identifier: string): Promise<Account | null> {
  const named = identified(identifier);
  return named ? em.findOne(Account, { [named.field]: named.name }) : null;
}

/**
 * The budget of the account counts strangers only: a person who has signed in from this address before
 * is not locked out by guesses made elsewhere.
 */
async function payerOf(ctx: CallContext, { identifier }: Login, account: Account | null) {
  const { em, address, network } = ctx;
  const who = account?.id ?? identified(identifier)?.name ?? identifier;
  const payer = { address: network, 'address and name': `${network} ${who}` };
  const known = account !== null && (await isFamiliar(em, { accountId: account.id, address }));
  return known ? payer : { ...payer, account: who };
}

async function noteFailure(ctx: CallContext, account: Account | null): Promise<void> {
  note(ctx.em, {
    action: 'auth.login.failed',
    target: 'Account',
    targetId: account?.id ?? 'unknown',
  });
  await ctx.em.flush();
}

/** The hat for this session: the named restaurant's, else the newest; none at the customers' door. */
async function chosenMembership(
  ctx: CallContext,
  accountId: string,
  { door, restaurantId }: Login,
): Promise<Membership | null> {
  if (door === 'customer') return null;
  const [membership] = await acrossRestaurants(ctx.em).find(
    Membership,
    { account: accountId, deactivatedAt: null, ...(restaurantId && { restaurantId }) },
    { orderBy: { id: 'desc' }, limit: 1 },
  );
  if (membership) return membership;
  if (restaurantId) throw authErrors.STAFF_PROFILE_MISSING();
  if (door === 'staff') throw authErrors.NOT_STAFF();
  return null;
}

async function rememberLogin(
  ctx: CallContext,
  { id, passwordHash }: Account,
  upgrade: string | undefined,
): Promise<void> {
  await changeIf(ctx.em, Account, { where: { id }, set: { lastLoginAt: ctx.clock.now() } });
  if (!upgrade) return;
  await changeIf(ctx.em, Account, { where: { id, passwordHash }, set: { passwordHash: upgrade } });
}
