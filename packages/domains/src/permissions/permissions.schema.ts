import { CAPABILITIES, ROLES } from '@comanda/kernel/access';
import { z } from 'zod';

const RoleView = z.enum(ROLES);
const CapabilityView = z.enum(CAPABILITIES);

/** What a role may do with one capability. */
const GrantView = z.object({
  capability: CapabilityView,
  rows: z.enum(['own', 'restaurant', 'everywhere']),
  extent: z.string(),
  onShift: z.boolean(),
  ownToo: z.boolean(),
});

export const OwnPermissions = z.object({
  role: RoleView,
  title: z.string(),
  level: z.int(),
  grants: z.array(GrantView),
  /** The roles that this role may give and take. */
  mayGive: z.array(RoleView),
  /** The eight switches of a staff card; none for customers. */
  staffFlags: z.record(z.string(), z.boolean()).nullable(),
  isChef: z.boolean(),
  permissions: z.array(z.string()),
  lessonPermissions: z.array(z.string()),
});
export type OwnPermissions = z.infer<typeof OwnPermissions>;

export const PermissionMatrix = z.object({
  roles: z.array(
    z.object({
      role: RoleView,
      title: z.string(),
      level: z.int(),
      mayGive: z.array(RoleView),
      grants: z.array(GrantView),
    }),
  ),
  anonymous: z.array(GrantView),
});
export type PermissionMatrix = z.infer<typeof PermissionMatrix>;
