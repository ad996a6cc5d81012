import { Caller, Role } from '@comanda/kernel/roles.schema';
import { DAY, HOUR } from '@comanda/kernel/time';
import { rate } from '@comanda/quotas/rates';
import { z } from 'zod';
import { PersonUsage, RoleUsage, UsageCounts } from './quotas.usage.schema.ts';

const Window = z.object({ name: z.string(), limit: z.int(), windowMs: z.int() });

/**
 * One budget: its windows are charged together.
 * @public the contract names it
 */
export const QuotaPolicy = z.object({ name: z.string(), windows: z.array(Window) });
export type QuotaPolicy = z.infer<typeof QuotaPolicy>;

/**
 * What a caller has for reads, and what for writes.
 * @public the contract names it
 */
export const RoleQuotas = z.object({ read: QuotaPolicy, write: QuotaPolicy });
export type RoleQuotas = z.infer<typeof RoleQuotas>;

export const QuotaPolicies = z.object({
  preset: z.enum(['service', 'strict']),
  anonymous: RoleQuotas,
  roles: z.array(RoleQuotas.extend({ role: Role })),
  scopes: z.array(
    QuotaPolicy.extend({
      /** What has a budget of its own: an address, an account… */
      per: z.string(),
      failuresOnly: z.boolean(),
      enforced: z.boolean(),
    }),
  ),
});
export type QuotaPolicies = z.infer<typeof QuotaPolicies>;

/**
 * A budget, and what is left of it.
 * @public the contract names it
 */
export const QuotaStanding = z.object({
  name: z.string(),
  windows: z.array(
    Window.extend({
      remaining: z.int(),
      /** When one more is there; null while nothing is used. */
      resetAt: z.date().nullable(),
    }),
  ),
});
export type QuotaStanding = z.infer<typeof QuotaStanding>;

export const OwnQuotas = z.object({
  role: Role,
  read: QuotaStanding,
  write: QuotaStanding,
  /** Budgets beside those of the role. */
  scopes: z.array(QuotaStanding),
  /** The shared quotas cannot be reached: these are the numbers of one server. */
  degraded: z.boolean(),
  lastDay: UsageCounts,
});
export type OwnQuotas = z.infer<typeof OwnQuotas>;

const Rate = z
  .string()
  .trim()
  .max(40)
  .refine(isRate, 'is no rate such as 20/min, 5 per 15 min or 1000/day, of 31 days at most');
const Rates = z.array(Rate).min(1).max(2);

/** What is left out stays as it is; null brings the numbers of the preset back. */
export const SetQuota = z
  .strictObject({
    role: Caller,
    reads: Rates.nullable().optional(),
    writes: Rates.nullable().optional(),
  })
  .refine(({ role, reads, writes }) => role !== 'admin' || [reads, writes].every(isEnough), {
    error: 'an admin keeps at least 10 an hour, to be able to widen it again',
  });
export type SetQuota = z.infer<typeof SetQuota>;

/** Whole words here, so that a slip is told; the tables go by first letters. */
const UNIT = /[\d\s/](s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)$/i;

function isRate(words: string): boolean {
  try {
    return UNIT.test(words) && rate(words).ms <= 31 * DAY;
  } catch {
    return false;
  }
}

function isEnough(rates: string[] | null | undefined): boolean {
  return (rates ?? []).filter(isRate).every((words) => {
    const { limit, ms } = rate(words);
    return limit * HOUR >= 10 * ms;
  });
}

/** The role that was changed, with the numbers that hold from now on. */
export const QuotasSet = RoleQuotas.extend({ role: Caller });
export type QuotasSet = z.infer<typeof QuotasSet>;

export const AskUsage = z.strictObject({
  limit: z.int().min(1).max(100).default(20),
  restaurantId: z.uuid().toLowerCase().optional(),
});
export type AskUsage = z.infer<typeof AskUsage>;

/** Calls of the last 24 hours, by the hour. */
export const UsageReport = z.object({
  since: z.date(),
  roles: z.array(RoleUsage),
  /** The busiest first. */
  people: z.array(PersonUsage),
  /** Customers, and who has not signed in; told to admins, because they belong to no restaurant. */
  visitors: z.array(RoleUsage).nullable(),
});
export type UsageReport = z.infer<typeof UsageReport>;
