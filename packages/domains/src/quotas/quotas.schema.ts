import { Role } from '@comanda/kernel/roles.schema';
import { z } from 'zod';

/**
 * One budget: its windows are charged together.
 * @public the contract names it
 */
export const QuotaPolicy = z.object({
  name: z.string(),
  windows: z.array(z.object({ name: z.string(), limit: z.int(), windowMs: z.int() })),
});
export type QuotaPolicy = z.infer<typeof QuotaPolicy>;

/**
 * What a caller has for reads, and what for writes.
 * @public the contract names it
 */
export const RoleQuotas = z.object({ read: QuotaPolicy, write: QuotaPolicy });

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
