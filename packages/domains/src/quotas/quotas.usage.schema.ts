import { Caller, Role } from '@comanda/kernel/roles.schema';
import { z } from 'zod';

/** Calls, whatever they cost. */
export const UsageCounts = z.object({
  reads: z.int(),
  writes: z.int(),
  /** Calls that came when the budget was used up. */
  refused: z.int(),
});
export type UsageCounts = z.infer<typeof UsageCounts>;

export const RoleUsage = UsageCounts.extend({ role: Caller });
export type RoleUsage = z.infer<typeof RoleUsage>;

/** One person in one role: who wears two hats is told twice. */
export const PersonUsage = UsageCounts.extend({
  person: z.object({ id: z.uuid(), name: z.string() }),
  role: Role,
});
export type PersonUsage = z.infer<typeof PersonUsage>;
