import { z } from 'zod';
import { CALLERS, CAPABILITIES, ROLES, type Role as Name } from './access.ts';
import { ROLE_ALIASES } from './roles.ts';

type Alias = keyof typeof ROLE_ALIASES;
const aliases = Object.keys(ROLE_ALIASES) as Alias[];

export const Role = z.enum(ROLES);

/** Whoever calls: somebody in a role, or nobody who has signed in. */
export const Caller = z.enum(CALLERS);

/** A role on input: its own name or an alias of it. */
export const RoleName = z
  .enum([...ROLES, ...aliases])
  .transform((name): Name => (isAlias(name) ? ROLE_ALIASES[name] : name))
  .pipe(Role);

function isAlias(name: Name | Alias): name is Alias {
  return Object.hasOwn(ROLE_ALIASES, name);
}

export const Capability = z.enum(CAPABILITIES);
