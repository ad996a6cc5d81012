import { loginBudgets, registerBudget } from '@comanda/quotas/login-policies';
import { changeIf } from '@comanda/storage/audit';
import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction } from '@comanda/storage/transaction';
import type { ActorContext, CallContext } from '../context.ts';
import { type Spent, spend } from './auth.budget.ts';
import { Account } from './auth.entity.ts';
import { authErrors } from './auth.errors.ts';
import { canonicalNames, type Names, strongEnough } from './auth.rules.ts';
import type { SignedIn } from './auth.jar.ts';
import type { ChangePassword, Register } from './auth.schema.ts';
import { endAll, signed, startSession, welcome } from './auth.sessions.ts';

/** Opens an account and signs its owner in as a customer. */
export async function register(ctx: CallContext, input: Register): Promise<SignedIn> {
  await spend(ctx, [registerBudget], { address: ctx.network });
  const person = await preparedAccount(ctx, input);
  const started = await inTransaction(ctx, async (ctx) => {
    const { id } = await createAccount(ctx, person);
    await welcome(ctx, id);
    return startSession(ctx, { accountId: id, membership: null });
  });
  return signed(ctx, started);
}

interface NewPerson extends Names {
  password: string;
  firstName: string;
  lastName: string;
}
export type PreparedAccount = Awaited<ReturnType<typeof preparedAccount>>;

/** Checks and hashes before the transaction, so that nobody waits for a hash with the database in hand. */
export async function preparedAccount(ctx: CallContext, person: NewPerson) {
  const names = canonicalNames(person);
  const { password, firstName, lastName } = person;
  strongEnough(password, Object.values(names));
  return { ...names, firstName, lastName, passwordHash: await ctx.passwords.hash(password) };
}

/** Made in the restaurant where the call acts, if it acts in one. */
export async function createAccount(ctx: CallContext, person: PreparedAccount): Promise<Account> {
  const account = ctx.em.create(Account, { ...person, madeIn: ctx.restaurantId });
  await namesSaved(ctx.em);
  return account;
}

/** Saves names of an account. Refuses one that somebody else has. */
export async function namesSaved(em: CallContext['em']): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    throw takenName(error) ?? error;
  }
}

function takenName(error: unknown) {
  const index = violatedUnique(error) ?? '';
  const field = (['username', 'email', 'phone'] as const).find((name) => index.includes(name));
  return field && authErrors.NAME_TAKEN({ field });
}

/** Sets a new password for who knows the old one, and ends every other session. */
export async function changePassword(
  ctx: ActorContext,
  input: ChangePassword,
): Promise<{ ended: number }> {
  const account = await provenAccount(ctx, input);
  const { id, passwordHash: stored } = account;
  strongEnough(input.newPassword, [account.username, account.email, account.phone]);
  const passwordHash = await ctx.passwords.hash(input.newPassword);
  return inTransaction(ctx, async (ctx) => {
    const where = { id, passwordHash: stored };
    if (!(await changeIf(ctx.em, Account, { where, set: { passwordHash } }))) {
      throw authErrors.INVALID_CREDENTIALS();
    }
    const which = { accountId: id, except: ctx.actor.via.id };
    return { ended: await endAll(ctx, which, 'password') };
  });
}

/** The account of whoever knows its password, and asks by a session; who guesses is slowed as at the door. */
export async function provenAccount(
  ctx: ActorContext,
  { password }: Pick<ChangePassword, 'password'>,
): Promise<Account> {
  const { id, via } = requireSession(ctx);
  const account = await ctx.em.findOneOrFail(Account, id);
  const tries = await spend(ctx, loginBudgets[ctx.preset], {
    address: ctx.network,
    'address and name': `${ctx.network} ${id}`,
    account: `session ${via.id}`,
  });
  const of = { tries, stored: account.passwordHash, password };
  if (!(await compared(ctx, of))) throw authErrors.INVALID_CREDENTIALS();
  await tries.refund();
  return account;
}

/** A try that found no place at the hash gate was none. */
export async function compared(
  ctx: CallContext,
  of: { tries: Spent; stored: string | null; password: string },
): Promise<boolean> {
  try {
    return await ctx.passwords.matches(of.stored, of.password);
  } catch (error) {
    await of.tries.refund();
    throw error;
  }
}

/** Refuses a device pass: it lies about on a shared screen. */
export function requireSession({ actor }: ActorContext): ActorContext['actor'] {
  if (actor.via.kind !== 'session') throw authErrors.SESSION_REQUIRED();
  return actor;
}
