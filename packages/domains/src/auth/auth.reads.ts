import type { Role } from '@comanda/kernel/access';
import { levelOf } from '@comanda/kernel/roles';
import type { EntityManager } from '@comanda/storage/connect';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Restaurant } from '../restaurants/restaurants.entity.ts';
import type { Account, Membership } from './auth.entity.ts';
import { identified } from './auth.rules.ts';
import type { Invitation, PassList, SessionList, UserView } from './auth.schema.ts';
import type { DevicePass, Session } from './auth.session.entity.ts';

type Tables =
  | typeof Account
  | typeof Membership
  | typeof Session
  | typeof DevicePass
  | typeof Restaurant;

/** What stands behind a session or a pass: the person, and the hat they wear. */
export interface Standing {
  id: string;
  accountId: string;
  name: string;
  closed: boolean;
  membership: {
    id: string;
    restaurantId: string;
    role: Role;
    level: number | null;
    version: number;
    /** They have said yes, and it has not ended since. */
    works: boolean;
  } | null;
  endedAt: Date | null;
  expiresAt: Date;
}

interface StandingRow extends Omit<Standing, 'name' | 'closed' | 'membership'> {
  closedAt: unknown;
  firstName: string;
  lastName: string;
  membershipId: string | null;
  restaurantId: string | null;
  role: Role | null;
  level: number | null;
  version: number | null;
  invitedAs: string | null;
  membershipEndedAt: unknown;
}

const STANDING = [
  'h.id',
  'h.endedAt',
  'h.expiresAt',
  'a.id as accountId',
  'a.firstName',
  'a.lastName',
  'a.deactivatedAt as closedAt',
  'm.id as membershipId',
  'm.restaurantId',
  'm.role',
  'm.level',
  'm.version',
  'm.invitedAs',
  'm.deactivatedAt as membershipEndedAt',
] as const;

export async function sessionStanding(
  em: EntityManager,
  id: string,
): Promise<Standing | undefined> {
  const row = await reading<Tables>(em)
    .selectFrom('Session as h')
    .innerJoin('Account as a', 'a.id', 'h.account')
    .leftJoin('Membership as m', 'm.id', 'h.membership')
    .where('h.id', '=', id)
    .select(STANDING)
    .executeTakeFirst();
  return row && standing(row);
}

export async function passStanding(
  em: EntityManager,
  tokenHash: string,
): Promise<Standing | undefined> {
  const row = await reading<Tables>(em)
    .selectFrom('DevicePass as h')
    .innerJoin('Account as a', 'a.id', 'h.account')
    .leftJoin('Membership as m', 'm.id', 'h.membership')
    .where('h.tokenHash', '=', tokenHash)
    .select(STANDING)
    .executeTakeFirst();
  return row && standing(row);
}

function standing(row: StandingRow): Standing {
  const { id, accountId, endedAt, expiresAt } = row;
  const { membershipId, restaurantId, role, version } = row;
  return {
    id,
    accountId,
    name: `${row.firstName} ${row.lastName}`.trim(),
    closed: row.closedAt !== null,
    endedAt,
    expiresAt,
    membership:
      membershipId && restaurantId && role && version !== null
        ? {
            id: membershipId,
            restaurantId,
            role,
            level: row.level,
            version,
            works: row.membershipEndedAt === null && row.invitedAs === null,
          }
        : null,
  };
}

/** What signing in asks of an account; as plain as for a name that nobody has. */
export interface Credentials {
  id: string;
  username: string | null;
  email: string | null;
  phone: string | null;
  passwordHash: string;
  deactivatedAt: Date | null;
}

/** The account that signs in by this name, in any of the three kinds and spellings. */
export async function accountNamed(
  { em }: Reader,
  identifier: string,
): Promise<Credentials | undefined> {
  const { field, name } = identified(identifier) ?? NOBODY;
  return reading<Tables>(em)
    .selectFrom('Account')
    .where(field, '=', name)
    .select(['id', 'username', 'email', 'phone', 'passwordHash', 'deactivatedAt'])
    .executeTakeFirst();
}

/** No name of any kind, looked for all the same. */
const NOBODY = { field: 'username', name: '' } as const;

/** A person as they are told to themselves, wearing the hat of one membership or none. */
export async function userView(
  em: EntityManager,
  { accountId, membershipId }: { accountId: string; membershipId: string | null },
): Promise<UserView> {
  const row = await reading<Tables>(em)
    .selectFrom('Account as a')
    .leftJoin('Membership as m', (on) =>
      on.onRef('m.account', '=', 'a.id').on('m.id', '=', membershipId),
    )
    .leftJoin('Restaurant as r', 'r.id', 'm.restaurantId')
    .where('a.id', '=', accountId)
    .select(['a.id', 'a.username', 'a.email', 'a.phone', 'a.firstName', 'a.lastName'])
    .select(['m.role', 'm.level', 'm.hiredAt', 'r.id as restaurantId', 'r.name as restaurantName'])
    .executeTakeFirstOrThrow();
  const { role: held, level, restaurantId, restaurantName, ...person } = row;
  const role = held ?? 'customer';
  return {
    ...person,
    role,
    level: levelOf(role, level as Parameters<typeof levelOf>[1]),
    restaurant: placeOf(row),
  };
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

/** Whether this person has signed in from there before: then an attack elsewhere must not lock them out. */
export async function isFamiliar(
  em: EntityManager,
  { accountId, address }: { accountId: string; address: string },
): Promise<boolean> {
  const row = await reading<Tables>(em)
    .selectFrom('Session as s')
    .where('s.account', '=', accountId)
    .where('s.address', '=', address)
    .select('s.id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function placeOf(row: { restaurantId: string | null; restaurantName: string | null }) {
  const { restaurantId: id, restaurantName: name } = row;
  return id && name ? { id, name } : null;
}
