import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { CALLERS, CAPABILITIES, type Caller, grantOf, type Role, ROLES } from './access.table.ts';

const COOKS: Role[] = ['prep_cook', 'chef', 'sous_chef'];
const BY_MANAGER: Role[] = ['employee', 'delivery_crew', 'waiter', ...COOKS, 'head_chef'];

const STANDING: [role: Role, title: string, level: number, mayGive: Role[]][] = [
  ['customer', 'Customer', 1, []],
  ['employee', 'Employee', 2, []],
  ['delivery_crew', 'Delivery Crew', 2, []],
  ['waiter', 'Waiter', 2, []],
  ['prep_cook', 'Prep Cook', 2, []],
  ['chef', 'Chef', 2, []],
  ['sous_chef', 'Sous Chef', 3, []],
  ['head_chef', 'Head Chef', 4, COOKS],
  ['master_chef', 'Master Chef', 5, [...COOKS, 'head_chef']],
  ['manager', 'Manager', 4, BY_MANAGER],
  ['admin', 'Admin', 4, [...ROLES]],
];

describe('asking what one may do', () => {
  test.each(STANDING)('S0-22 S0-23 S2-04 %s is a %s of level %i', async (role, ...standing) => {
    await using app = await openApp();

    const mine = await app.as(role).permissions.mine.query();

    expect([mine.role, mine.title, mine.level, mine.mayGive]).toEqual([role, ...standing]);
  });

  test.each(ROLES)(
    'S0-22 S2-03 %s is told every cell of the table, and nothing more',
    async (role) => {
      await using app = await openApp();

      const { grants } = await app.as(role).permissions.mine.query();

      expect(byCapability(grants)).toEqual(reviewed(role));
    },
  );

  test.each<[Role, string]>([
    ['master_chef', 'read write delete secret_access place_orders manage_orders manage_staff'],
    ['head_chef', 'read write place_orders manage_orders manage_staff'],
    ['sous_chef', 'read basic_write place_orders'],
    ['waiter', 'read place_orders take_orders'],
    ['customer', 'read place_orders'],
  ])('S0-16 S0-24 %s reads the words: %s', async (role, words) => {
    await using app = await openApp();

    const { permissions } = await app.as(role).permissions.mine.query();

    expect(permissions.join(' ')).toBe(words);
  });

  test.each<[Role, string[]]>([
    ['chef', ['can_view_orders', 'can_update_order_status', 'can_view_menu', 'can_manage_kitchen']],
    [
      'waiter',
      [
        'can_view_orders',
        'can_update_order_status',
        'can_view_menu',
        'can_view_reservations',
        'can_manage_tables',
      ],
    ],
    [
      'manager',
      [
        'can_view_orders',
        'can_update_order_status',
        'can_view_menu',
        'can_manage_kitchen',
        'can_view_reservations',
        'can_manage_tables',
        'can_create_staff',
        'can_manage_menu',
      ],
    ],
    ['employee', ['can_view_orders', 'can_view_menu', 'can_view_reservations']],
  ])('S3-07 S3-09 %s has eight switches, of which these are on: %j', async (role, on) => {
    await using app = await openApp();

    const { staffFlags } = await app.as(role).permissions.mine.query();

    const switches = Object.entries(staffFlags ?? {});
    expect(switches).toHaveLength(8);
    expect(switches.filter(([, isOn]) => isOn).map(([flag]) => flag)).toEqual(on);
  });

  test('S3-03 a customer has no staff card', async () => {
    await using app = await openApp();

    const { staffFlags } = await app.as('customer').permissions.mine.query();

    expect(staffFlags).toBeNull();
  });

  test('S0-16 a lowered level is told instead of that of the role', async () => {
    await using app = await openApp();
    const lowered = await app.given.person({ role: 'head_chef', level: 2 });

    const { level } = await app.as(lowered).permissions.mine.query();

    expect(level).toBe(2);
  });

  test('D2 whoever takes off the hat of their restaurant is a customer', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('manager');
    const plain = await app
      .withToken(accessToken)
      .auth.switchRestaurant.mutate({ restaurantId: null });

    const mine = await app.withToken(plain.accessToken).permissions.mine.query();

    expect(mine).toMatchObject({ role: 'customer', staffFlags: null, mayGive: [] });
    expect(byCapability(mine.grants)).toEqual(reviewed('customer'));
  });
});

describe('looking at who may do what', () => {
  test('D1 everyone sees the whole table, signed in or not', async () => {
    await using app = await openApp();

    const { roles, anonymous } = await app.as('anonymous').permissions.matrix.query();

    const told = [{ role: 'anonymous' as Caller, grants: anonymous }, ...roles];
    expect(
      Object.fromEntries(told.map(({ role, grants }) => [role, byCapability(grants)])),
    ).toEqual(Object.fromEntries(CALLERS.map((caller) => [caller, reviewed(caller)])));
  });

  test('S0-17 S0-23 S2-02 S3-08 every role has its title, its level and what it may give', async () => {
    await using app = await openApp();

    const { roles } = await app.as('anonymous').permissions.matrix.query();

    const told = roles.map(({ role, title, level, mayGive }) => [role, title, level, mayGive]);
    expect(told).toEqual(STANDING);
  });
});

function byCapability<Grant extends { capability: string }>(grants: Grant[]) {
  return Object.fromEntries(grants.map(({ capability, ...grant }) => [capability, grant]));
}

function reviewed(caller: Caller) {
  const cells = CAPABILITIES.map(
    (capability) => [capability, grantOf(caller, capability)] as const,
  );
  return Object.fromEntries(cells.filter(([, grant]) => grant));
}
