import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { violatedUnique } from '@comanda/storage/failures';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { createAccount, preparedAccount, requireSession } from '../auth/auth.actions.ts';
import { issueResetCode } from '../auth/auth.credentials.actions.ts';
import { Account, Membership } from '../auth/auth.entity.ts';
import { accountNamed } from '../auth/auth.login.reads.ts';
import { type EndReason, endAll } from '../auth/auth.sessions.ts';
import type { Ended } from '../auth/auth.schema.ts';
import type { StaffContext } from '../context.ts';
import { closeAccount, leave, refuseLast } from './people.closing.actions.ts';
import { peopleErrors } from './people.errors.ts';
import { showPerson } from './people.reads.ts';
import { loweredLevel, mayHandle } from './people.rules.ts';
import type {
  CreatePerson,
  NamePerson,
  PersonView,
  ResetCodeView,
  SetLevel,
  SetRole,
} from './people.schema.ts';

/**
 * Gives a person a role in this restaurant. Who had an account before is only invited: nothing changes
 * for them until they accept.
 */
export async function createPerson(ctx: StaffContext, input: CreatePerson): Promise<PersonView> {
  const { existing, password, role } = input;
  mayHandle(ctx.actor, '', [role]);
  const level = loweredLevel(role, input.level);
  const person =
    password === undefined ? undefined : await preparedAccount(ctx, { ...input, password });
  return inTransaction(ctx, async (ctx) => {
    const { em, restaurantId, clock } = ctx;
    const found = person
      ? await createAccount(ctx, person)
      : await accountNamed(ctx, existing ?? '');
    if (!found) throw kernelErrors.NOT_FOUND({ what: 'person' });
    if (found.id === ctx.actor.id) throw peopleErrors.OWN_ROLE();
    const account = em.getReference(Account, found.id);
    if ((await em.count(Membership, { account })) > 0) throw peopleErrors.ALREADY_STAFF();
    const invitedAs = existing?.trim() ?? null;
    em.create(Membership, { account, restaurantId, role, level, hiredAt: clock.now(), invitedAs });
    await hired(em);
    return showPerson(ctx, found.id);
  });
}

/** Another call may have hired the same person since we looked. */
async function hired(em: StaffContext['em']): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (violatedUnique(error)?.includes('membership')) throw peopleErrors.ALREADY_STAFF();
    throw error;
  }
}

/** A new role starts at its own level; what was lowered before is lowered anew, if at all. */
export function setRole(ctx: StaffContext, { personId, role }: SetRole): Promise<PersonView> {
  return inTransaction(ctx, async (ctx) => {
    const membership = await handled(ctx, personId);
    mayHandle(ctx.actor, personId, [role]);
    if (membership.role === role) return showPerson(ctx, personId);
    await refuseLast(ctx, membership);
    Object.assign(membership, { role, level: null });
    await endWork(ctx, membership, 'role');
    return showPerson(ctx, personId);
  });
}

export function setLevel(ctx: StaffContext, { personId, level }: SetLevel): Promise<PersonView> {
  return inTransaction(ctx, async (ctx) => {
    const membership = await handled(ctx, personId);
    membership.level = loweredLevel(membership.role, level);
    await ctx.em.flush();
    ctx.afterCommit(() => ctx.standings.forget({ accountId: personId }));
    return showPerson(ctx, personId);
  });
}

/** Ends the membership here, and every session and pass that wears it, at once. */
export function deactivate(ctx: StaffContext, { personId }: NamePerson): Promise<PersonView> {
  return inTransaction(ctx, async (ctx) => {
    const membership = await handled(ctx, personId);
    if (membership.deactivatedAt === null) {
      await refuseLast(ctx, membership);
      membership.deactivatedAt = ctx.clock.now();
      await endWork(ctx, membership, 'deactivated');
    }
    return showPerson(ctx, personId);
  });
}

/** Brings the membership back; an admin opens a closed account with it. */
export function reactivate(ctx: StaffContext, { personId }: NamePerson): Promise<PersonView> {
  return inTransaction(ctx, async (ctx) => {
    const membership = await handled(ctx, personId);
    const person = await account(ctx, personId);
    if (membership.deactivatedAt !== null) {
      membership.invitedAs ??= await askedAgain(ctx, person);
    }
    membership.deactivatedAt = null;
    if (ctx.actor.role === 'admin') person.deactivatedAt = null;
    await ctx.em.flush();
    return showPerson(ctx, personId);
  });
}

/** Whoever made their own account, or works elsewhere by now, is asked again: by what name, or null. */
async function askedAgain(
  { em, restaurantId }: StaffContext,
  { id, madeIn, username, email, phone }: Account,
): Promise<string | null> {
  const elsewhere = { account: id, deactivatedAt: null, restaurantId: { $ne: restaurantId } };
  const isTheirs = madeIn === restaurantId;
  const isFree = isTheirs && (await acrossRestaurants(em).count(Membership, elsewhere)) === 0;
  return isFree ? null : (username ?? email ?? phone);
}

/** Closes the whole account, in every restaurant and also of a customer. Answers how many sessions ended. */
export function deactivateAccount(ctx: StaffContext, { personId }: NamePerson): Promise<Ended> {
  return inTransaction(ctx, async (ctx) => {
    if (personId === ctx.actor.id) throw peopleErrors.OWN_ROLE();
    return { ended: await closeAccount(ctx, await account(ctx, personId)) };
  });
}

async function account({ em }: StaffContext, personId: string): Promise<Account> {
  const found = await em.findOne(Account, personId);
  if (!found) throw kernelErrors.NOT_FOUND({ what: 'person' });
  return found;
}

/**
 * For a person who forgot their password. Whoever holds the code holds the account, so staff give it for
 * accounts that are this restaurant's alone; everybody else's are an admin's to help with.
 */
export function giveResetCode(ctx: StaffContext, { personId }: NamePerson): Promise<ResetCodeView> {
  return inTransaction(ctx, async (ctx) => {
    requireSession(ctx);
    const { invitedAs } = await handled(ctx, personId);
    if (invitedAs !== null) throw peopleErrors.ACCOUNT_INDEPENDENT();
    const accepted = { account: personId, invitedAs: null };
    const held = await acrossRestaurants(ctx.em).find(Membership, accepted);
    const { madeIn } = await account(ctx, personId);
    const places = [madeIn, ...held.map(({ restaurantId }) => restaurantId)];
    if (ctx.actor.role !== 'admin' && places.some((place) => place !== ctx.restaurantId)) {
      throw peopleErrors.ACCOUNT_INDEPENDENT();
    }
    return issueResetCode(ctx, personId);
  });
}

/** The membership that is to be changed. Refuses the caller's own, and roles out of their hand. */
async function handled(ctx: StaffContext, personId: string): Promise<Membership> {
  const membership = await ctx.em.findOne(Membership, { account: personId });
  if (!membership) throw kernelErrors.NOT_FOUND({ what: 'person' });
  mayHandle(ctx.actor, personId, [membership.role]);
  return membership;
}

async function endWork(
  ctx: StaffContext,
  membership: Membership,
  reason: EndReason,
): Promise<void> {
  await ctx.em.flush();
  // Nobody wears it, and their other work is not this restaurant's to touch.
  if (membership.invitedAs !== null) return;
  const which = { accountId: membership.account.id, membershipId: membership.id };
  await endAll(ctx, which, reason);
  await leave(ctx, membership.account.id);
}
