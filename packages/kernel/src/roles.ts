import { cellOf, ROLES } from './access.ts';
import type { Role } from './access.ts';

export const ROLE_ALIASES = {
  master: 'master_chef',
  head: 'head_chef',
  sous: 'sous_chef',
  line_cook: 'chef',
  'delivery-crew': 'delivery_crew',
} as const satisfies Record<string, Role>;

export const ROLE_TITLES: Record<Role, string> = {
  customer: 'Customer',
  employee: 'Employee',
  delivery_crew: 'Delivery Crew',
  waiter: 'Waiter',
  prep_cook: 'Prep Cook',
  chef: 'Chef',
  sous_chef: 'Sous Chef',
  head_chef: 'Head Chef',
  master_chef: 'Master Chef',
  manager: 'Manager',
  admin: 'Admin',
};

export type KitchenLevel = 1 | 2 | 3 | 4 | 5;

const LEVELS: Record<Role, KitchenLevel> = {
  customer: 1,
  employee: 2,
  delivery_crew: 2,
  waiter: 2,
  prep_cook: 2,
  chef: 2,
  sous_chef: 3,
  head_chef: 4,
  master_chef: 5,
  manager: 4,
  admin: 4,
};

/** A person's level may be lowered below that of the role, never raised above it. */
export function levelOf(role: Role, lowered?: KitchenLevel | null): KitchenLevel {
  const level = LEVELS[role];
  return lowered && lowered < level ? lowered : level;
}

/** Each reach includes those before it. */
export const RECIPE_REACHES = ['none', 'card', 'basic', 'advanced', 'top_secret'] as const;
export type RecipeReach = (typeof RECIPE_REACHES)[number];

const REACH_BY_LEVEL: Record<KitchenLevel, RecipeReach> = {
  1: 'none',
  2: 'basic',
  3: 'basic',
  4: 'advanced',
  5: 'top_secret',
};

/** The highest kind of recipe within reach: what the role opens, bounded by the level. */
export function recipeReach(
  capability: 'recipe.read' | 'recipe.write',
  role: Role,
  lowered?: KitchenLevel | null,
): RecipeReach {
  const cell = cellOf(role, capability);
  const byRole = RECIPE_REACHES.find((reach) => cell.allowed && reach === cell.extent) ?? 'none';
  const byLevel = REACH_BY_LEVEL[levelOf(role, lowered)];
  return covers(byRole, byLevel) ? byLevel : byRole;
}

export function covers(reach: RecipeReach, wanted: RecipeReach): boolean {
  return RECIPE_REACHES.indexOf(reach) >= RECIPE_REACHES.indexOf(wanted);
}

const COOKS = ['prep_cook', 'chef', 'sous_chef'] as const;

/** Who may give, change and remove which roles; who is not named may give none. */
export const GRANTS: Partial<Record<Role, readonly Role[]>> = {
  head_chef: COOKS,
  master_chef: [...COOKS, 'head_chef'],
  manager: ['employee', 'delivery_crew', 'waiter', ...COOKS, 'head_chef'],
  admin: ROLES,
};

/** A change of role needs this for the old role and for the new one. */
export function mayGrant(giver: Role, role: Role): boolean {
  return GRANTS[giver]?.includes(role) ?? false;
}
