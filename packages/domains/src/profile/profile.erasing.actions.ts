import { newId } from '@comanda/kernel/id';
import { after, DAY } from '@comanda/kernel/time';
import { note } from '@comanda/storage/audit';
import { AuditEntry } from '@comanda/storage/audit.entity';
import { blank, forgetActor, isNamedSince } from '@comanda/storage/erasing';
import { provenanceOf } from '@comanda/storage/provenance';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import { provenAccount } from '../auth/auth.actions.ts';
import { authErrors } from '../auth/auth.errors.ts';
import { Account } from '../auth/auth.entity.ts';
import type { ActorContext, CallContext, Erasing, House } from '../context.ts';
import { Picture } from '../files/files.entity.ts';
import { takeDown } from '../files/files.hanging.actions.ts';
import { closeAccount } from '../people/people.closing.actions.ts';
import { heldAccount } from './profile.actions.ts';
import { Profile } from './profile.entity.ts';
import type { Erase, Erased } from './profile.schema.ts';

/** Ends all work and all sessions of the caller, and takes what tells of them out of every row; their id stays. */
export async function erase(ctx: ActorContext, { password }: Erase): Promise<Erased> {
  const { passwordHash } = await provenAccount(ctx, { password });
  return inTransaction({ ...ctx, em: namelessly(ctx) }, async (ctx) => {
    const account = await heldAccount(ctx);
    if (account.passwordHash !== passwordHash) throw authErrors.INVALID_CREDENTIALS();
    await eraseHeld(ctx, account);
    return { erased: true };
  });
}

/** For whoever runs the house: after a backup was restored that knows somebody again. False: there is nobody. */
export function eraseSomebody(ctx: CallContext, accountId: string): Promise<boolean> {
  return inTransaction({ ...ctx, em: namelessly(ctx) }, async (ctx) => {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const account = await ctx.em.findOne(Account, { id: accountId }, { lockMode });
    if (account) await eraseHeld(ctx, account);
    return account !== null;
  });
}

async function eraseHeld(ctx: CallContext, account: Account): Promise<void> {
  const { id: accountId } = account;
  await closeAccount(ctx, account);
  for (const erasing of ctx.erasings) await erasing(ctx, { accountId });
  note(ctx.em, { target: ERASURE, targetId: accountId });
  await ctx.em.flush();
  await forgetActor(ctx.em, accountId);
}

/** What is written down of the erasing itself holds no name and no address from the start. */
function namelessly({ database, em }: CallContext) {
  const { clock, author } = provenanceOf(em);
  return acrossRestaurants(database, {
    clock,
    author: { ...author, actorName: null, address: null },
  });
}

/** By which the audit log tells who was erased. */
const ERASURE = 'Erasure';
/** Longer than any call takes, and than a server is down. */
const LATE_MS = DAY;

/** Takes out what calls have left that were on their way when their caller was erased, on whatever server. */
export async function eraseLate({ database, clock, erasings }: House): Promise<void> {
  const behind = { clock, author: { ...AUTHOR, requestId: newId() } };
  const em = acrossRestaurants(database, behind);
  const at = { $gt: after(clock.now(), -LATE_MS) };
  const erased = await em.find(AuditEntry, { target: ERASURE, at }, { fields: ['targetId', 'at'] });
  const failed: unknown[] = [];
  for (const { targetId: accountId, at: since } of erased) {
    await inTransaction({ em, clock, afterCommit: () => undefined }, async (ctx) => {
      if (!(await isNamedSince(ctx.em, accountId, since))) return;
      for (const erasing of erasings) await erasing(ctx, { accountId });
      await forgetActor(ctx.em, accountId);
    }).catch((error: unknown) => failed.push(error)); // the others have their turn all the same
  }
  if (failed.length > 0) throw new AggregateError(failed, 'somebody is not yet erased');
}

const AUTHOR = {
  actorId: null,
  actorName: null,
  role: 'system',
  action: 'profile.erase.late',
  address: null,
};

/** So long ago that the files go with the next tidying. */
const LONG_AGO = new Date(0);

/** With the pictures that hang nowhere; those that hang in a menu are the restaurant's by now. */
export const eraseProfile: Erasing = async (ctx, { accountId }) => {
  const { em } = ctx;
  const profile = await em.findOne(Profile, { accountId });
  if (profile?.avatarId) await takeDown(ctx, profile.avatarId, LONG_AGO);
  const set = { bio: '', website: null, avatarId: null };
  await blank(em, Profile, { where: { accountId }, set });
  const loose = await em.find(Picture, { ownerId: accountId, looseSince: { $gt: LONG_AGO } });
  for (const picture of loose) picture.looseSince = LONG_AGO;
  await em.flush();
};
