import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { changeIf } from '@comanda/storage/audit';
import { LockMode, inTransaction } from '@comanda/storage/transaction';
import { accessErrors } from '../access.errors.ts';
import { namesSaved } from '../auth/auth.actions.ts';
import { keepsName, newNames } from '../auth/auth.credentials.actions.ts';
import { Account } from '../auth/auth.entity.ts';
import type { ActorContext } from '../context.ts';
import { rehang } from '../files/files.hanging.actions.ts';
import { Profile } from './profile.entity.ts';
import { changed, isEmpty } from './profile.rules.ts';
import type { ProfileView, SetAvatar, UpdateProfile } from './profile.schema.ts';
import { ownProfile } from './profile.views.ts';

type About = Pick<Profile, 'bio' | 'website' | 'avatarId'>;
const BLANK: About = { bio: '', website: null, avatarId: null };

/** Names stand in the account and all else in the profile; the version of the profile counts for both. */
export function updateProfile(ctx: ActorContext, input: UpdateProfile): Promise<ProfileView> {
  const { expectedVersion, bio, website, firstName, lastName, ...said } = input;
  const names = newNames(ctx, said);
  return inTransaction(ctx, async (ctx) => {
    const account = await heldAccount(ctx);
    const profile = await ctx.em.findOne(Profile, { accountId: account.id });
    if (expectedVersion !== undefined && expectedVersion !== (profile?.version ?? 0)) {
      throw kernelErrors.VERSION_CONFLICT();
    }
    const person = changed<Account>(account, { ...names, firstName, lastName });
    const about = changed<About>(profile ?? BLANK, { bio, website });
    if (isEmpty({ ...person, ...about })) return ownProfile(ctx);
    keepsName(Object.assign(account, person));
    if (profile) Object.assign(profile, about);
    else ctx.em.create(Profile, { accountId: account.id, ...BLANK, ...about });
    await namesSaved(ctx.em);
    if (profile && isEmpty(about)) {
      await changeIf(ctx.em, Profile, { where: { id: profile.id }, set: {} });
    }
    // The guard remembers the name with which what they do is signed.
    ctx.afterCommit(() => ctx.standings.forget({ accountId: account.id }));
    return ownProfile(ctx);
  });
}

export function setAvatar(ctx: ActorContext, { pictureId }: SetAvatar): Promise<ProfileView> {
  return inTransaction(ctx, async (ctx) => {
    const { id: accountId } = await heldAccount(ctx);
    const profile = await ctx.em.findOne(Profile, { accountId });
    await rehang(ctx, { from: profile?.avatarId ?? null, to: pictureId });
    if (profile) profile.avatarId = pictureId;
    else ctx.em.create(Profile, { accountId, ...BLANK, avatarId: pictureId });
    await ctx.em.flush();
    return ownProfile(ctx);
  });
}

/** One change of a person at a time. The guard may remember an account that was closed elsewhere. */
export async function heldAccount({ em, actor }: ActorContext): Promise<Account> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const account = await em.findOne(Account, { id: actor.id, deactivatedAt: null }, { lockMode });
  if (!account) throw accessErrors.TOKEN_INVALID();
  return account;
}
