import { type Caller, CALLERS, type Role } from '@comanda/kernel/access';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Account } from '../auth/auth.entity.ts';
import type { UsageHour } from './quotas.entity.ts';
import type { PersonUsage, RoleUsage, UsageCounts } from './quotas.usage.schema.ts';

type Tables = typeof Account | typeof UsageHour;

/** `since` is the start of the first hour that counts. */
const usage = ({ em }: Reader, since: Date) =>
  reading<Tables>(em)
    .selectFrom('UsageHour as u')
    .where('u.hour', '>=', since)
    .select(({ fn }) => [
      fn.sum('u.reads').as('reads'),
      fn.sum('u.writes').as('writes'),
      fn.sum('u.refused').as('refused'),
    ]);

/** In the order of the roles; who did not call is left out. */
export async function usageByRole(ctx: Reader, { since }: { since: Date }): Promise<RoleUsage[]> {
  const rows = await usage(ctx, since).groupBy('u.role').select('u.role').execute();
  return rows
    .map((row) => ({ role: row.role as Caller, ...counts(row) }))
    .toSorted((one, other) => CALLERS.indexOf(one.role) - CALLERS.indexOf(other.role));
}

/** The busiest first. */
export async function usageByPerson(
  ctx: Reader,
  { since, limit }: { since: Date; limit: number },
): Promise<PersonUsage[]> {
  const rows = await usage(ctx, since)
    .innerJoin('Account as a', 'a.id', 'u.accountId')
    .groupBy(['a.id', 'a.firstName', 'a.lastName', 'u.role'])
    .select(['a.id', 'a.firstName', 'a.lastName', 'u.role'])
    .orderBy(
      ({ fn, eb }) => fn.sum(eb(eb('u.reads', '+', eb.ref('u.writes')), '+', eb.ref('u.refused'))),
      'desc',
    )
    .orderBy('a.id')
    .orderBy('u.role')
    .limit(limit)
    .execute();
  return rows.map(({ id, firstName, lastName, role, ...sums }) => ({
    person: { id, name: `${firstName} ${lastName}`.trim() },
    role: role as Role,
    ...counts(sums),
  }));
}

export async function usageOfPerson(
  ctx: Reader,
  { accountId, since }: { accountId: string; since: Date },
): Promise<UsageCounts> {
  const row = await usage(ctx, since)
    .where('u.accountId', '=', accountId)
    .executeTakeFirstOrThrow();
  return counts(row);
}

/** A sum is text on MariaDB, and null where there is nothing to add. */
function counts({ reads, writes, refused }: Record<keyof UsageCounts, unknown>): UsageCounts {
  return { reads: Number(reads), writes: Number(writes), refused: Number(refused) };
}
