import type { Role } from '@comanda/client';
import { refusedWith } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { spoken } from '../../house/figures.ts';
import { inWords } from '../../house/wording.ts';

/** From the door to the office, as people look for them. */
export const STAFF_ROLES: Role[] = [
  'employee',
  'delivery_crew',
  'waiter',
  'prep_cook',
  'chef',
  'sous_chef',
  'head_chef',
  'master_chef',
  'manager',
  'admin',
];

/** Of every role: its level, and who may give, change and take it. */
export function useRoles(): (role: Role) => { level: number; givers: Role[] } | undefined {
  const { data } = useQuery({
    ...calls.permissions.matrix.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (role) => {
    const found = data?.roles.find((one) => one.role === role);
    if (!data || !found) return undefined;
    const givers = data.roles.filter(({ mayGive }) => mayGive.includes(role));
    return { level: found.level, givers: givers.map((giver) => giver.role) };
  };
}

/** `a Manager or an Admin`, as far as anybody may. */
export function oneOf(roles: Role[]): string {
  const named = roles.map((role) => spoken(role));
  return named.length < 2
    ? (named[0] ?? 'Nobody')
    : `${named.slice(0, -1).join(', ')} or ${named.at(-1)}`;
}

/** Why somebody’s role, level or place here stays as it is. */
export function staffRefusal(error: unknown): string {
  if (refusedWith(error, 'GRANT_REFUSED')) {
    const role = spoken(error.details.role);
    return `Your role may not give, change or take the role ${role}. Ask somebody who may.`;
  }
  if (refusedWith(error, 'OWN_ROLE')) {
    return 'Nobody changes their own role, level or place here. Ask somebody else who may.';
  }
  if (refusedWith(error, 'LAST_OF_ROLE')) {
    const role = spoken(error.details.role);
    return `This is the last ${role}: without one, nobody could undo it. Give somebody else that role first.`;
  }
  if (refusedWith(error, 'LEVEL_TOO_HIGH')) {
    return `The role goes up to level ${error.details.highest}. For more, give a higher role.`;
  }
  if (refusedWith(error, 'ACCOUNT_INDEPENDENT')) {
    return 'This account is not yours alone: its owner made it, or works elsewhere too. They change the password themselves, or an admin helps.';
  }
  if (refusedWith(error, 'ALREADY_STAFF')) {
    return 'This person is on the list already. Look under “Everybody”, and bring them back or change their role.';
  }
  if (refusedWith(error, 'SESSION_REQUIRED')) {
    return 'This needs a sign-in with your password; a device pass is not enough.';
  }
  return inWords(error);
}
