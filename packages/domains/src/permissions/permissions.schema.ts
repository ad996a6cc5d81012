import { Capability, Role } from '@comanda/kernel/roles.schema';
import { z } from 'zod';

/**
 * What a role may do with one capability.
 * @public the contract names it
 */
export const GrantView = z.object({
  capability: Capability,
  rows: z.enum(['own', 'restaurant', 'everywhere']),
  extent: z.string(),
  onShift: z.boolean(),
  ownToo: z.boolean(),
});

/** The eight switches of a staff card. */
export const StaffFlags = z.record(z.string(), z.boolean());
export type StaffFlags = z.infer<typeof StaffFlags>;

export const OwnPermissions = z.object({
  role: Role,
  title: z.string(),
  level: z.int(),
  grants: z.array(GrantView),
  /** The roles that this role may give and take. */
  mayGive: z.array(Role),
  /** None for customers. */
  staffFlags: StaffFlags.nullable(),
  isChef: z.boolean(),
  permissions: z.array(z.string()),
  lessonPermissions: z.array(z.string()),
});
export type OwnPermissions = z.infer<typeof OwnPermissions>;

export const PermissionMatrix = z.object({
  roles: z.array(
    z.object({
      role: Role,
      title: z.string(),
      level: z.int(),
      mayGive: z.array(Role),
      grants: z.array(GrantView),
    }),
  ),
  anonymous: z.array(GrantView),
});
export type PermissionMatrix = z.infer<typeof PermissionMatrix>;
