import { levelOf } from '@comanda/kernel/roles';
import type { EntityManager } from '@comanda/storage/connect';
import { reading } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { Restaurant } from '../restaurants/restaurants.entity.ts';
import type { Account, Membership } from './auth.entity.ts';
import type { Invitation, PassList, SessionList, UserView } from './auth.schema.ts';
import type { DevicePass, Session } from './auth.session.entity.ts';

type Tables =
  | typeof Account
  | typeof Membership
  | typeof Session
  | typeof DevicePass
  | typeof Restaurant;

interface Wearing {
  accountId: string;
  membershipId: string | null;
}

// Asked by everything that gives out a token: built once.
const wearing = remembered<Tables>()((rows, { accountId, membershipId }: Placeholders<Wearing>) =>
  rows
    .selectFrom('Account as a')
    .leftJoin('Membership as m', (on) =>
      on.onRef('m.account', '=', 'a.id').on('m.id', '=', membershipId),
    )
    .leftJoin('Restaurant as r', 'r.id', 'm.restaurantId')
    .where('a.id', '=', accountId)
    .select(['a.id', 'a.username', 'a.email', 'a.phone', 'a.firstName', 'a.lastName'])
    .select(['a.deactivatedAt', 'm.id as membershipId', 'm.version'])
    .select(['m.role', 'm.level', 'm.hiredAt'])
    .select(['r.id as restaurantId', 'r.name as restaurantName']),
);

/** Somebody with the hat they wear, as far as a token tells of them. */
export interface Person {
  user: UserView;
  /** Missing where it was taken away, and for whoever wears none. */
  membership: { id: string; version: number } | null;
  isOpen: boolean;
}

/** Seen from everywhere: their place of work need not be the one that is asked. */
export async function personOf(em: EntityManager, who: Wearing): Promise<Person | undefined> {
  const row = await wearing.first(em, who);
  if (!row) return undefined;
  const { role: held, level, restaurantId, restaurantName, ...rest } = row;
  const { deactivatedAt, membershipId, version, ...person } = rest;
  const role = held ?? 'customer';
  return {
    user: {
      ...person,
      role,
      level: levelOf(role, level as Parameters<typeof levelOf>[1]),
      restaurant: placeOf(row),
    },
    membership: membershipId && version !== null ? { id: membershipId, version } : null,
    isOpen: deactivatedAt === null,
  };
}

/** A person as they are told to themselves, wearing the hat of one membership or none. */
export async function userView(em: EntityManager, who: Wearing): Promise<UserView> {
  const person = await personOf(em, who);
  if (!person) throw new Error('The person of this call is not there.');
  return person.user;
}

/** Offers of work that wait for the person's yes, newest first. */
export async function openInvitations(em: EntityManager, accountId: string): Promise<Invitation[]> {
  return reading<Tables>(em)
    .selectFrom('Membership as m')
    .innerJoin('Restaurant as r', 'r.id', 'm.restaurantId')
    .where('m.account', '=', accountId)
    .where('m.invitedAs', 'is not', null)
    .where('m.deactivatedAt', 'is', null)
    .orderBy('m.id', 'desc')
    .limit(MAX_INVITATIONS)
    .select(['r.id as restaurantId', 'r.name as restaurantName', 'm.role'])
    .execute();
}

/** More than anybody reads. */
const MAX_INVITATIONS = 50;

export async function liveSessions(
  em: EntityManager,
  { accountId, currentId, now }: { accountId: string; currentId: string; now: Date },
): Promise<SessionList> {
  const rows = await reading<Tables>(em)
    .selectFrom('Session as s')
    .leftJoin('Membership as m', 'm.id', 's.membership')
    .leftJoin('Restaurant as r', 'r.id', 'm.restaurantId')
    .where('s.account', '=', accountId)
    .where('s.endedAt', 'is', null)
    .orderBy('s.id', 'desc')
    .select(['s.id', 's.createdAt', 's.rotatedAt', 's.idleUntil', 's.expiresAt'])
    .select(['s.userAgent', 's.address', 'r.id as restaurantId', 'r.name as restaurantName'])
    .execute();
  const live = rows.filter(({ idleUntil, expiresAt }) => now < idleUntil && now < expiresAt);
  const items = live.map(({ rotatedAt, ...row }) => ({
    ...row,
    lastUsedAt: rotatedAt,
    current: row.id === currentId,
    restaurant: placeOf(row),
  }));
  return { items, nextCursor: null };
}

export async function livePasses(
  em: EntityManager,
  { accountId, now }: { accountId: string; now: Date },
): Promise<PassList> {
  const rows = await reading<Tables>(em)
    .selectFrom('DevicePass as d')
    .leftJoin('Membership as m', 'm.id', 'd.membership')
    .leftJoin('Restaurant as r', 'r.id', 'm.restaurantId')
    .where('d.account', '=', accountId)
    .where('d.endedAt', 'is', null)
    .orderBy('d.id', 'desc')
    .select(['d.id', 'd.label', 'd.createdAt', 'd.expiresAt'])
    .select(['r.id as restaurantId', 'r.name as restaurantName'])
    .execute();
  const live = rows.filter(({ expiresAt }) => now < expiresAt);
  return { items: live.map((row) => ({ ...row, restaurant: placeOf(row) })), nextCursor: null };
}

function placeOf(row: { restaurantId: string | null; restaurantName: string | null }) {
  const { restaurantId: id, restaurantName: name } = row;
  return id && name ? { id, name } : null;
}
