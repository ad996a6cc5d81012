import { loginBudgets } from '@comanda/quotas/login-policies';
import { changeIf, note } from '@comanda/storage/audit';
import { inTransaction } from '@comanda/storage/transaction';
import { writing } from '@comanda/storage/writing';
import type { CallContext } from '../context.ts';
import { compared } from './auth.actions.ts';
import { spend } from './auth.budget.ts';
import { Account } from './auth.entity.ts';
import { authErrors } from './auth.errors.ts';
import { hatAt, newestHat, onlyInvitation } from './auth.hats.actions.ts';
import type { SignedIn } from './auth.jar.ts';
import { accountHeld, accountNamed, type Credentials, isFamiliar } from './auth.login.reads.ts';
import { identified } from './auth.rules.ts';
import type { Login } from './auth.schema.ts';
import { type Hat, signed, startSession, welcome } from './auth.sessions.ts';

/**
 * Signs in by any of the three names. Unknown name, wrong password and closed account cost the same
 * work and get the same answer; tries are counted before the hash, so that a burst spends no more.
 */
export async function login(ctx: CallContext, input: Login): Promise<SignedIn> {
  const account = await accountNamed(ctx, input.identifier);
  const tries = await spend(ctx, loginBudgets[ctx.preset], await payerOf(ctx, input, account));
  const stored = account?.passwordHash ?? null;
  const matches = await compared(ctx, { tries, stored, password: input.password });
  if (!account || !matches || account.deactivatedAt !== null) {
    await noteFailure(ctx, account);
    throw authErrors.INVALID_CREDENTIALS();
  }
  await tries.refund();
  const upgrade = ctx.passwords.isWeak(account.passwordHash)
    ? await ctx.passwords.hash(input.password)
    : undefined;
  const started = await inTransaction(ctx, async (ctx) => {
    if (!(await rememberLogin(ctx, account, upgrade))) return undefined;
    const membership = await chosenMembership(ctx, account.id, input);
    await welcome(ctx, account.id);
    return startSession(ctx, { accountId: account.id, membership });
  });
  // The hash was replaced while it was compared: what was proved is proved no more.
  return started ? signed(ctx, started) : login(ctx, input);
}

/**
 * The budget of the account counts strangers only: a person who has signed in from this address before
 * is not locked out by guesses made elsewhere.
 */
async function payerOf(ctx: CallContext, { identifier }: Login, account: Credentials | undefined) {
  const { address, network } = ctx;
  const who = account?.id ?? identified(identifier)?.name ?? identifier;
  const payer = { address: network, 'address and name': `${network} ${who}` };
  // Asked for a stranger's name too: the answer must take as long.
  const known = await isFamiliar(ctx, { accountId: account?.id ?? who, address });
  return known ? payer : { ...payer, account: who };
}

async function noteFailure(ctx: CallContext, account: Credentials | undefined): Promise<void> {
  note(ctx.em, {
    action: 'auth.login.failed',
    target: 'Account',
    targetId: account?.id ?? 'unknown',
  });
  await ctx.em.flush();
}

/**
 * The hat for this session: the named restaurant's, else the newest; none at the customers' door. Who
 * comes to the staff door for their first work accepts it by that, if it is clear which.
 */
async function chosenMembership(
  ctx: CallContext,
  accountId: string,
  { door, restaurantId }: Login,
): Promise<Hat | null> {
  if (door === 'customer') return null;
  if (restaurantId) return hatAt(ctx, { accountId, restaurantId });
  const newest = await newestHat(ctx, accountId);
  if (newest || door !== 'staff') return newest;
  const invitedTo = await onlyInvitation(ctx, accountId);
  if (invitedTo === null) throw authErrors.NOT_STAFF();
  return hatAt(ctx, { accountId, restaurantId: invitedTo });
}

/** Answers whether the account is still as it was when the password was compared. */
async function rememberLogin(
  ctx: CallContext,
  { id, passwordHash }: Credentials,
  upgrade: string | undefined,
): Promise<boolean> {
  const held = await accountHeld(ctx, id);
  if (!held || held.passwordHash !== passwordHash || held.deactivatedAt !== null) return false;
  const writes = writing(ctx.em);
  writes.change(Account, held, { lastLoginAt: ctx.clock.now() });
  await writes.write();
  if (!upgrade) return true;
  const where = { id, passwordHash, deactivatedAt: null };
  return changeIf(ctx.em, Account, { where, set: { passwordHash: upgrade } });
}
