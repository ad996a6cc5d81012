import { staffFlags } from '@comanda/kernel/projections';
import { ROLE_TITLES } from '@comanda/kernel/roles';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Account } from '../auth/auth.entity.ts';
import type { ActorContext } from '../context.ts';
import type { Restaurant } from '../restaurants/restaurants.entity.ts';
import { isAtWork } from '../timecards/timecards.duty.reads.ts';
import type { Profile } from './profile.entity.ts';
import type { ProfileView, StaffCard } from './profile.schema.ts';

type Asking = Reader & Pick<ActorContext, 'actor'>;

/** The caller, as they are told to themselves. The reader reaches where they work. */
export async function showProfile(ctx: Asking): Promise<ProfileView> {
  const { bio, website, avatarId, version, ...person } = await reading<
    typeof Account | typeof Profile
  >(ctx.em)
    .selectFrom('Account as a')
    .leftJoin('Profile as p', 'p.accountId', 'a.id')
    .where('a.id', '=', ctx.actor.id)
    .select(['a.id', 'a.username', 'a.email', 'a.phone', 'a.firstName', 'a.lastName'])
    .select(['a.createdAt', 'a.lastLoginAt', 'p.bio', 'p.website', 'p.avatarId', 'p.version'])
    .executeTakeFirstOrThrow();
  return {
    ...person,
    bio: bio ?? '',
    website,
    avatarId,
    staff: await staffCard(ctx),
    version: version ?? 0,
  };
}

async function staffCard({ em, actor }: Asking): Promise<StaffCard | null> {
  const { id: personId, membership, role, level } = actor;
  if (!membership || role === 'customer') return null;
  const { id, restaurantId } = membership;
  const restaurant = await reading<typeof Restaurant>(em)
    .selectFrom('Restaurant')
    .where('id', '=', restaurantId)
    .select(['id', 'name', 'address', 'phone'])
    .executeTakeFirstOrThrow();
  return {
    id,
    role,
    title: ROLE_TITLES[role],
    level,
    isOnShift: await isAtWork({ em }, { personId, restaurantId }),
    restaurant,
    flags: staffFlags(role),
  };
}
