import { CAPABILITIES, type Caller, cellOf, type Role, ROLES } from '@comanda/kernel/access';
import {
  lessonFlags,
  lessonPermissions,
  projectPermissions,
  staffFlags,
} from '@comanda/kernel/projections';
import { levelOf, mayGrant, ROLE_TITLES } from '@comanda/kernel/roles';
import type { Actor } from '../auth/auth.actor.ts';
import type { OwnPermissions, PermissionMatrix } from './permissions.schema.ts';

export function ownPermissions({ role, level }: Actor): OwnPermissions {
  const { title, ...rest } = known.get(role) ?? permissionsOf(role);
  return { role, title, level, ...rest };
}

/** What a role may do is the same for as long as a process runs. */
const known = new Map(ROLES.map((role) => [role, permissionsOf(role)]));

function permissionsOf(role: Role): Omit<OwnPermissions, 'role' | 'level'> {
  return {
    title: ROLE_TITLES[role],
    grants: grantsOf(role),
    mayGive: givenBy(role),
    staffFlags: role === 'customer' ? null : staffFlags(role),
    isChef: lessonFlags(role).is_chef,
    permissions: projectPermissions(role),
    lessonPermissions: lessonPermissions(role),
  };
}

export function permissionMatrix(): PermissionMatrix {
  const roles = ROLES.map((role) => ({
    role,
    title: ROLE_TITLES[role],
    level: levelOf(role),
    mayGive: givenBy(role),
    grants: grantsOf(role),
  }));
  return { roles, anonymous: grantsOf('anonymous') };
}

function grantsOf(caller: Caller) {
  return CAPABILITIES.flatMap((capability) => {
    const cell = cellOf(caller, capability);
    if (!cell.allowed) return [];
    const { rows, extent, onShift, ownToo } = cell;
    return [{ capability, rows, extent, onShift, ownToo }];
  });
}

function givenBy(giver: Role): Role[] {
  return ROLES.filter((role) => mayGrant(giver, role));
}
