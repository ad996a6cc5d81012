import type { Role } from '@comanda/kernel/access';
import type { EntityManager } from '@comanda/storage/connect';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { Account, Membership } from './auth.entity.ts';
import type { DevicePass, Session } from './auth.session.entity.ts';

type Tables = typeof Account | typeof Membership | typeof Session | typeof DevicePass;

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

// Asked by whoever has not called for a few seconds: built once for each number of them.
const sessionsHeld = remembered<Tables>()((rows, { keys }: Placeholders<{ keys: string[] }>) =>
  rows
    .selectFrom('Session as h')
    .innerJoin('Account as a', 'a.id', 'h.account')
    .leftJoin('Membership as m', 'm.id', 'h.membership')
    .where('h.id', 'in', keys)
    .select(STANDING),
);
const passesHeld = remembered<Tables>()((rows, { keys }: Placeholders<{ keys: string[] }>) =>
  rows
    .selectFrom('DevicePass as h')
    .innerJoin('Account as a', 'a.id', 'h.account')
    .leftJoin('Membership as m', 'm.id', 'h.membership')
    .where('h.tokenHash', 'in', keys)
    .select([...STANDING, 'h.tokenHash']),
);

/** What stands behind these sessions; nothing behind those that never were. */
export async function sessionStandings(
  em: EntityManager,
  ids: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await sessionsHeld.all(em, { keys: padded(ids) });
  return new Map(rows.map((row) => [row.id, standing(row)]));
}

/** What stands behind the passes whose tokens have these hashes. */
export async function passStandings(
  em: EntityManager,
  tokenHashes: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await passesHeld.all(em, { keys: padded(tokenHashes) });
  return new Map(rows.map((row) => [row.tokenHash, standing(row)]));
}

/** To a power of two, so that few statements do for any number. */
function padded(keys: readonly string[]): string[] {
  const [first = ''] = keys;
  const length = 2 ** Math.ceil(Math.log2(keys.length));
  return [...keys, ...Array.from({ length: length - keys.length }, () => first)];
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
