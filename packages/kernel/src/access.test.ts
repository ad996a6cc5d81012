import { describe, expect, test } from 'vitest';
import { accessPage } from './access-page.ts';
import { CALLERS, CAPABILITIES, capabilitiesOf, cellOf, ROLES, STAFF_ROLES } from './access.ts';
import type { Caller, Capability, Role, StaffRole } from './access.ts';
import {
  GUARDS,
  lessonFlags,
  lessonPermissions,
  onShiftCapabilities,
  projectPermissions,
  READ_ONLY_GUARDS,
  staffFlags,
} from './projections.ts';
import { covers, GRANTS, levelOf, mayGrant, recipeReach, ROLE_TITLES } from './roles.ts';
import { RoleName } from './roles.schema.ts';

const SIGNED_IN = CALLERS.slice(1);
const holdersOf = (capability: Capability) =>
  CALLERS.filter((caller) => cellOf(caller, capability).allowed);
const without = <T>(all: readonly T[], ...left: T[]) => all.filter((one) => !left.includes(one));

describe('the table', () => {
  test('S0-20 a word the table does not name is closed, even to an admin', () => {
    expect(cellOf('admin', 'undeclared' as Capability)).toEqual({ allowed: false });
    expect(cellOf('admin', 'constructor' as Capability)).toEqual({ allowed: false });
  });

  test('S0-16 an unknown role holds nothing and is refused on input', () => {
    expect(capabilitiesOf('dishwasher' as Caller)).toEqual([]);
    expect(RoleName.safeParse('dishwasher').success).toBe(false);
  });

  test.each(STAFF_ROLES)('%s holds every own-row right of a customer', (role) => {
    expect(capabilitiesOf(role)).toEqual(expect.arrayContaining(capabilitiesOf('customer')));
    expect(cellOf(role, 'cart')).toMatchObject({ rows: 'own', extent: 'all', onShift: false });
  });

  test('a chef cancels an own order on the terms of a customer', () => {
    expect(cellOf('chef', 'order.cancel')).toEqual(cellOf('customer', 'order.cancel'));
  });

  test('a waiter cancels early orders on shift, and own ones as well', () => {
    expect(cellOf('waiter', 'order.cancel')).toEqual({
      allowed: true,
      rows: 'restaurant',
      extent: 'before_cooking',
      onShift: true,
      ownToo: true,
    });
  });

  test.each<[Caller, Capability, string]>([
    ['customer', 'order.read', 'own all'],
    ['customer', 'order.cancel', 'own window'],
    ['employee', 'order.read', 'restaurant open'],
    ['waiter', 'order.read', 'restaurant open'],
    ['sous_chef', 'order.read', 'restaurant open'],
    ['head_chef', 'order.cancel', 'restaurant cooking'],
    ['master_chef', 'audit.read', 'restaurant kitchen'],
    ['manager', 'order.read', 'restaurant all'],
    ['admin', 'order.read', 'everywhere all'],
    ['admin', 'vault.open', 'everywhere break_glass'],
  ])('A11 %s has %s for %s', (caller, capability, terms) => {
    const [rows, extent] = terms.split(' ');

    expect(cellOf(caller, capability)).toMatchObject({ rows, extent });
  });

  test('A11 neither ladder contains the other', () => {
    expect(without(capabilitiesOf('manager'), ...capabilitiesOf('master_chef'))).toContain(
      'timesheet.edit',
    );
    expect(without(capabilitiesOf('master_chef'), ...capabilitiesOf('manager'))).toEqual([
      'recipe.write',
      'vault.open',
    ]);
  });

  test('A11 an admin has all but recipe writing, the vault only behind break-glass', () => {
    expect(capabilitiesOf('admin')).toEqual(without(CAPABILITIES, 'recipe.write'));
  });

  test('A11 kitchen counts are for staff', () => {
    expect(holdersOf('kitchen.status')).toEqual(STAFF_ROLES);
  });
});

describe('roles', () => {
  test.each<[string, Role]>([
    ['head_chef', 'head_chef'],
    ['sous_chef', 'sous_chef'],
    ['line_cook', 'chef'],
    ['prep_cook', 'prep_cook'],
    ['waiter', 'waiter'],
    ['customer', 'customer'],
  ])('S0-17 lesson role %s is %s', (name, role) => {
    expect(RoleName.parse(name)).toBe(role);
  });

  test.each<[string, Role, number]>([
    ['master', 'master_chef', 5],
    ['head', 'head_chef', 4],
    ['sous', 'sous_chef', 3],
    ['waiter', 'waiter', 2],
    ['customer', 'customer', 1],
  ])('S0-23 project role %s is %s, level %i', (name, role, level) => {
    expect(RoleName.parse(name)).toBe(role);
    expect(levelOf(role)).toBe(level);
  });

  test.each<[string, Role]>([
    ['admin', 'admin'],
    ['manager', 'manager'],
    ['delivery-crew', 'delivery_crew'],
    ['customer', 'customer'],
  ])('S2-02 group %s is %s', (name, role) => {
    expect(RoleName.parse(name)).toBe(role);
  });

  test('S2-02 anonymous is a caller, not a role to give', () => {
    expect(CALLERS).toEqual(['anonymous', ...ROLES]);
    expect(RoleName.safeParse('anonymous').success).toBe(false);
  });

  test('S3-08 chef, waiter, manager and employee are staff roles with titles', () => {
    expect(STAFF_ROLES).toEqual(
      expect.arrayContaining(['chef', 'waiter', 'manager', 'employee'] satisfies Role[]),
    );
    expect(ROLE_TITLES.chef).toBe('Chef');
  });

  test('S0-16 the level comes with the role; it may be lowered, never raised', () => {
    expect(levelOf('customer')).toBe(1);
    expect(levelOf('head_chef', 3)).toBe(3);
    expect(levelOf('head_chef', 5)).toBe(4);
    expect(levelOf('head_chef', null)).toBe(4);
  });

  test.each([
    ['customer', 'none', 'none'],
    ['waiter', 'card', 'none'],
    ['prep_cook', 'basic', 'none'],
    ['sous_chef', 'basic', 'basic'],
    ['head_chef', 'advanced', 'advanced'],
    ['master_chef', 'top_secret', 'top_secret'],
    ['manager', 'basic', 'none'],
    ['admin', 'advanced', 'none'],
  ] as const)('A11 %s reads recipes up to %s and writes up to %s', (role, read, write) => {
    expect(recipeReach('recipe.read', role)).toBe(read);
    expect(recipeReach('recipe.write', role)).toBe(write);
  });

  test('a lowered level lowers the recipes within reach', () => {
    expect(recipeReach('recipe.read', 'master_chef', 4)).toBe('advanced');
    expect(recipeReach('recipe.write', 'head_chef', 2)).toBe('basic');
    expect(recipeReach('recipe.read', 'chef', 1)).toBe('none');
    expect(covers('advanced', 'basic')).toBe(true);
    expect(covers('basic', 'advanced')).toBe(false);
  });
});

describe('grants', () => {
  test('S2-04 managers and admins assign people to roles', () => {
    expect(mayGrant('admin', 'manager')).toBe(true);
    expect(mayGrant('manager', 'delivery_crew')).toBe(true);
    expect(mayGrant('manager', 'manager')).toBe(false);
    expect(mayGrant('manager', 'master_chef')).toBe(false);
  });

  test('D2 chefs give roles below their own', () => {
    expect(mayGrant('master_chef', 'head_chef')).toBe(true);
    expect(mayGrant('head_chef', 'sous_chef')).toBe(true);
    expect(mayGrant('head_chef', 'head_chef')).toBe(false);
    expect(mayGrant('head_chef', 'waiter')).toBe(false);
  });

  test('D2 who may give roles is who has staff.role', () => {
    expect(holdersOf('staff.role').toSorted()).toEqual(Object.keys(GRANTS).toSorted());
    expect(mayGrant('waiter', 'employee')).toBe(false);
  });
});

describe('projections', () => {
  test('S0-15 head and sous are chefs; line and prep cooks may read recipes too', () => {
    expect(lessonFlags('head_chef')).toEqual({ is_chef: true, can_access_recipes: true });
    expect(lessonFlags('sous_chef')).toEqual({ is_chef: true, can_access_recipes: true });
    expect(lessonFlags('chef')).toEqual({ is_chef: false, can_access_recipes: true });
    expect(lessonFlags('prep_cook')).toEqual({ is_chef: false, can_access_recipes: true });
    expect(lessonFlags('waiter')).toEqual({ is_chef: false, can_access_recipes: false });
    expect(lessonFlags('customer')).toEqual({ is_chef: false, can_access_recipes: false });
  });

  test.each<[Role, string]>([
    [
      'head_chef',
      'read_recipes write_recipes manage_inventory modify_menu manage_staff access_wine_cellar',
    ],
    ['sous_chef', 'read_recipes write_recipes manage_inventory'],
    ['chef', 'read_recipes manage_inventory'],
    ['prep_cook', 'read_recipes'],
    ['waiter', 'take_orders'],
    ['customer', ''],
  ])('S0-18 %s may, beside read_menu: %s', (role, words) => {
    expect(lessonPermissions(role).join(' ')).toBe(`read_menu ${words}`.trim());
  });

  test('S0-19 A11 head manages inventory and modifies the menu, sous does not modify it', () => {
    expect(lessonPermissions('head_chef')).toEqual(
      expect.arrayContaining(['manage_inventory', 'modify_menu']),
    );
    expect(lessonPermissions('sous_chef')).not.toContain('modify_menu');
    expect(holdersOf('menu.write')).toEqual(['head_chef', 'master_chef', 'manager', 'admin']);
    expect(holdersOf('category.write')).toEqual(['manager', 'admin']);
  });

  test('S0-22 everyone signed in may ask for the own permissions, and anonymous may not', () => {
    expect(holdersOf('permissions.mine')).toEqual(SIGNED_IN);
  });

  test.each<[Role, string]>([
    ['master_chef', 'read write delete secret_access place_orders manage_orders manage_staff'],
    ['head_chef', 'read write place_orders manage_orders manage_staff'],
    ['sous_chef', 'read basic_write place_orders'],
    ['waiter', 'read place_orders take_orders'],
    ['customer', 'read place_orders'],
  ])('S0-24 %s has the project permissions %s', (role, words) => {
    expect(projectPermissions(role).join(' ')).toBe(words);
  });

  test('S0-24 A11 secret_access is the master chef alone: break-glass is no standing right', () => {
    expect(projectPermissions('admin')).not.toContain('secret_access');
    expect(GUARDS.CanAccessSecretRecipes).toEqual(['master_chef']);
  });

  test.each<[StaffRole, string]>([
    ['chef', '1111 0000'],
    ['waiter', '1110 1100'],
    ['manager', '1111 1111'],
    ['employee', '1010 1000'],
  ])('S3-09 %s is %s', (role, flags) => {
    expect(bits(staffFlags(role))).toBe(flags);
  });
});

describe('guards', () => {
  test('S0-21 A11 recipes are read in full by the kitchen and the house, not by waiters', () => {
    expect(GUARDS.CanReadRecipes).toEqual(
      without(STAFF_ROLES, 'employee', 'delivery_crew', 'waiter'),
    );
  });

  test('S0-21 S0-25 master, head and sous write recipes, others who reach them only read', () => {
    const { read, write } = READ_ONLY_GUARDS.IsChefOrReadOnly;

    expect(write).toEqual(['sous_chef', 'head_chef', 'master_chef']);
    expect(read).toEqual(without(STAFF_ROLES, 'employee', 'delivery_crew'));
  });

  test('S0-21 the head chef has the wine cellar and the staff', () => {
    expect(GUARDS.IsHeadChef).toEqual(['head_chef']);
    expect(capabilitiesOf('head_chef')).toEqual(
      expect.arrayContaining(['cellar.read', 'staff.read', 'staff.create']),
    );
  });

  test('S0-25 head or above is head and master', () => {
    expect(GUARDS.IsHeadChefOrAbove).toEqual(['head_chef', 'master_chef']);
    expect(GUARDS.IsMasterChef).toEqual(['master_chef']);
  });

  test('S0-25 authors change own recipes, the master chef those of others too', () => {
    expect(GUARDS.CanModifyOwnRecipes).toEqual(['sous_chef', 'head_chef', 'master_chef']);
    expect(cellOf('sous_chef', 'recipe.write')).toMatchObject({ rows: 'own', extent: 'basic' });
    expect(cellOf('head_chef', 'recipe.write')).toMatchObject({ rows: 'own', extent: 'advanced' });
    expect(cellOf('master_chef', 'recipe.write')).toMatchObject({ rows: 'restaurant' });
  });

  test('S1-16 a capability is public, for the signed in, for the owner or for admins', () => {
    expect(holdersOf('hours.read')).toEqual(CALLERS);
    expect(holdersOf('profile')).toEqual(SIGNED_IN);
    expect(cellOf('admin', 'profile')).toMatchObject({ rows: 'own' });
    expect(holdersOf('restaurant.create')).toEqual(['admin']);
  });

  test('S1-16 signed in or read only', () => {
    expect(READ_ONLY_GUARDS.IsAuthenticatedOrReadOnly).toEqual({ read: CALLERS, write: SIGNED_IN });
  });

  test('S1-17 anyone reads books, owners write them', () => {
    expect(READ_ONLY_GUARDS.IsOwnerOrReadOnly).toEqual({ read: CALLERS, write: SIGNED_IN });
    expect(cellOf('customer', 'book.write')).toMatchObject({ rows: 'own' });
  });

  test('S0-51 anyone may sign in', () => {
    expect(holdersOf('auth.login')).toEqual(CALLERS);
  });

  test('S2-03 managers run menu, orders and roles', () => {
    expect(capabilitiesOf('manager')).toEqual(
      expect.arrayContaining(['menu.write', 'order.read', 'order.assign', 'staff.role']),
    );
  });

  test('S2-03 crew sees and delivers what is assigned', () => {
    expect(cellOf('delivery_crew', 'order.read')).toMatchObject({ extent: 'assigned' });
    expect(cellOf('delivery_crew', 'order.deliver')).toMatchObject({ extent: 'assigned' });
    expect(capabilitiesOf('delivery_crew')).not.toContain('order.assign');
  });

  test('S2-03 customers browse, fill the own cart and see own orders', () => {
    expect(capabilitiesOf('customer')).toContain('menu.read');
    expect(cellOf('customer', 'cart')).toMatchObject({ rows: 'own' });
    expect(cellOf('customer', 'order.read')).toMatchObject({ rows: 'own' });
  });

  test('S2-03 anonymous browses items and categories, and signs up or in', () => {
    expect(capabilitiesOf('anonymous')).toEqual([
      'menu.read',
      'category.read',
      'hours.read',
      'book.read',
      'auth.register',
      'auth.login',
    ]);
  });

  test('S3-10 the staff guards are sets of roles', () => {
    expect(GUARDS.IsStaffMember).toEqual(STAFF_ROLES);
    expect(GUARDS.IsChef).toEqual(['chef', 'sous_chef', 'head_chef', 'master_chef']);
    expect(GUARDS.IsWaiter).toEqual(['waiter']);
    expect(GUARDS.IsWaiterOrChef).toEqual(['waiter', ...GUARDS.IsChef]);
    expect(GUARDS.IsRestaurantManager).toEqual(['manager']);
    expect(GUARDS.IsRestaurantStaff).toEqual(without(STAFF_ROLES, 'admin'));
    expect(GUARDS.IsOnShift).toEqual(['delivery_crew', ...GUARDS.IsWaiterOrChef]);
  });

  test.each(without(STAFF_ROLES, 'admin'))('S3-11 %s stays in one restaurant', (role) => {
    const everywhere = CAPABILITIES.filter((capability) => reaches(role, capability, 'everywhere'));

    expect(everywhere).toEqual(capabilitiesOf('anonymous'));
  });

  test.each<[Role, string]>([
    ['employee', ''],
    ['delivery_crew', 'order.deliver'],
    ['waiter', 'order.take order.serve bill.split order.cancel table.manage reservation.manage'],
    ['prep_cook', ''],
    ['chef', 'order.cook kitchen.manage menu.availability'],
    ['sous_chef', 'order.cook kitchen.manage menu.availability'],
    ['head_chef', 'order.cook kitchen.manage'],
    ['manager', ''],
    ['admin', ''],
  ])('S3-12 %s has only on shift: %s', (role, capabilities) => {
    expect(onShiftCapabilities(role).join(' ')).toBe(capabilities);
  });
});

describe('docs/access.md', () => {
  const lines = accessPage().split('\n');
  const cellsOf = (first: string) =>
    lines
      .filter((line) => line.startsWith(`| ${first} `))
      .map((line) =>
        line
          .split('|')
          .slice(2, -1)
          .map((cell) => cell.trim())
          .join(' '),
      );

  test('shows every capability with a cell for each caller', () => {
    expect(cellsOf('`order.cancel`')).toContain('– o,w o,w o,w e,s o,w o,w o,w k k ● ●');
    expect(cellsOf('`recipe.read`')).toContain('– – – – c b b b a t b a');
  });

  test.each(CAPABILITIES)('shows and explains %s', (capability) => {
    expect(cellsOf(`\`${capability}\``)).toHaveLength(2);
  });

  test('shows who gives which role', () => {
    expect(cellsOf('Head Chef')).toEqual(['`head_chef` hd 4 advanced advanced', '– ● ● ●']);
  });
});

function bits(flags: Record<string, boolean>): string {
  const [a, b, c, d, ...rest] = Object.values(flags).map(Number);
  return `${[a, b, c, d].join('')} ${rest.join('')}`;
}

function reaches(caller: Caller, capability: Capability, rows: string): boolean {
  const cell = cellOf(caller, capability);
  return cell.allowed && cell.rows === rows;
}
