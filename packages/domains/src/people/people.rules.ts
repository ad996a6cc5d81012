import type { Role } from '@comanda/kernel/access';
import { levelOf, mayGrant } from '@comanda/kernel/roles';
import { peopleErrors } from './people.errors.ts';

interface Giver {
  id: string;
  role: Role;
}

/** Refuses who may not give, change or take each of these roles. */
export function mayHandle(giver: Giver, personId: string, roles: readonly Role[]): void {
  if (giver.id === personId) throw peopleErrors.OWN_ROLE();
  for (const role of roles) {
    if (!mayGrant(giver.role, role)) throw peopleErrors.GRANT_REFUSED({ role });
  }
}

/** The level to keep: null when it is the role's own. Refuses one above it. */
export function loweredLevel(role: Role, level: number | null | undefined): number | null {
  const highest = levelOf(role);
  if (level === null || level === undefined || level === highest) return null;
  if (level > highest) throw peopleErrors.LEVEL_TOO_HIGH({ highest });
  return level;
}

/** The roles of which one must always be left: in the house, and in each restaurant. */
export const INDISPENSABLE: Partial<Record<Role, 'everywhere' | 'here'>> = {
  admin: 'everywhere',
  manager: 'here',
};
