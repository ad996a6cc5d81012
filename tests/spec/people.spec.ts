import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

const PETRA = { username: 'petra', password: PASSWORD, role: 'prep_cook' } as const;

/** Reads all pages; `between` happens once each time that a page was read. */
async function allPages(
  { people }: Client,
  { limit, between }: { limit: number; between: () => Promise<unknown> },
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await people.list.query({ limit, ...(cursor && { cursor }) });
    ids.push(...page.items.map(({ id }) => id));
    await between();
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids;
}

/** Orders, status, menu, kitchen; reservations, tables, staff, the menu's making. */
const SWITCHES = [
  ['can_view_orders', 'can_update_order_status', 'can_view_menu', 'can_manage_kitchen'],
  ['can_view_reservations', 'can_manage_tables', 'can_create_staff', 'can_manage_menu'],
];

function switchesOf({ flags }: { flags: Record<string, boolean> | null }): string {
  const row = (names: string[]) => names.map((name) => (flags?.[name] ? 1 : 0)).join('');
  return SWITCHES.map(row).join(' ');
}

describe('looking at the staff', () => {
  test('S0-26 S0-48 a head chef sees name, role and date of hire of everyone but customers', async () => {
    await using app = await openApp();
    await app.given.person({ role: 'customer' });

    const { items } = await app.as('head_chef').people.list.query({ limit: 100 });

    expect(items).toHaveLength(10);
    expect(items.find(({ username }) => username === 'chef')).toEqual({
      id: app.home.staff.chef.id,
      invitedAs: null,
      username: 'chef',
      email: null,
      phone: null,
      firstName: 'Some',
      lastName: 'Body',
      role: 'chef',
      title: 'Chef',
      level: 2,
      flags: expect.objectContaining({ can_manage_kitchen: true, can_create_staff: false }),
      hiredAt: app.clock.now(),
      pending: false,
      active: true,
      version: 1,
    });
  });

  test('S0-48 staff are found by role, by whether they work, and by when they were hired', async () => {
    await using app = await openApp();
    const before = app.clock.now();
    app.clock.advance(1);
    const hiredAt = app.clock.now();
    const late = await app.given.person({ role: 'waiter', username: 'late' });
    const { people } = app.as('manager');
    await people.deactivate.mutate({ personId: late.id });
    const namesOf = async (listing: Parameters<typeof people.list.query>[0]) =>
      (await people.list.query({ limit: 100, ...listing })).items.map(({ username }) => username);

    expect(await namesOf({ hiredFrom: hiredAt })).toEqual(['late']);
    expect(await namesOf({ hiredFrom: before, hiredTo: hiredAt })).toHaveLength(10);
    expect(await namesOf({ role: 'waiter' })).toEqual(['late', 'waiter']);
    expect(await namesOf({ role: 'waiter', active: false })).toEqual(['late']);
  });

  test('S0-26 a membership as a customer is none of the staff, but can be asked for', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const regular = await app.given.person({ role: 'customer', restaurantId });
    const { people } = app.as('head_chef');

    const staff = await people.list.query({ limit: 100 });
    const customers = await people.list.query({ role: 'customer' });

    expect(staff.items.map(({ role }) => role)).not.toContain('customer');
    expect(customers.items).toMatchObject([{ id: regular.id, flags: null }]);
  });

  test.each([
    ['chef', '1111 0000'],
    ['waiter', '1110 1100'],
    ['manager', '1111 1111'],
    ['employee', '1010 1000'],
  ] as const)('S3-07 S3-09 the card of a %s has the switches %s', async (role, row) => {
    await using app = await openApp();
    const { people } = app.as('manager');

    const shown = await people.show.query({ personId: app.home.staff[role].id });
    const { items } = await people.list.query({ role });

    expect(switchesOf(shown)).toBe(row);
    expect(items.map(switchesOf)).toEqual([row]);
  });

  test('S3-07 a new role brings its own switches', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.waiter.id;

    const person = await people.setRole.mutate({ personId, role: 'chef' });

    expect(switchesOf(person)).toBe('1111 0000');
  });

  test('S3-14 S3-20 a manager lists the staff, newest first', async () => {
    await using app = await openApp();
    const newest = await app.given.person({ role: 'waiter' });

    const { items } = await app.as('manager').people.list.query();

    expect(items[0]?.id).toBe(newest.id);
    expect(items.at(-1)?.username).toBe('employee');
  });

  test.each(['customer', 'employee', 'waiter', 'chef', 'sous_chef'] as const)(
    'S0-26 a %s does not',
    async (role) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).people.list.query());

      expect(refused).toMatchObject({
        reason: 'FORBIDDEN',
        details: { capability: 'staff.read' },
      });
    },
  );

  test('S3-11 staff of another restaurant is not in the list', async () => {
    await using app = await openApp();
    const elsewhere = await app.given.restaurant();
    const manager = await app.given.person({ role: 'manager', restaurantId: elsewhere });

    const { items } = await app.as(manager).people.list.query();

    expect(items.map(({ id }) => id)).toEqual([manager.id]);
  });

  test('lists one role', async () => {
    await using app = await openApp();

    const { items } = await app.as('manager').people.list.query({ role: 'waiter' });

    expect(items.map(({ username }) => username)).toEqual(['waiter']);
  });

  test('tells who is here from who is away, by membership and by account', async () => {
    await using app = await openApp();
    const closed = await app.given.person({ role: 'waiter', active: false });
    const left = await app.given.person({ role: 'waiter' });
    const { people } = app.as('manager');
    await people.deactivate.mutate({ personId: left.id });

    const away = await people.list.query({ role: 'waiter', active: false });
    const here = await people.list.query({ role: 'waiter', active: true });

    expect(away.items.map(({ id, active }) => ({ id, active }))).toEqual([
      { id: left.id, active: false },
      { id: closed.id, active: false },
    ]);
    expect(here.items.map(({ username }) => username)).toEqual(['waiter']);
  });

  test.each([
    ['first name', 'élod'],
    ['last name', 'DUPRÉ'],
    ['username', 'el_du'],
    ['e-mail address', 'Elodie@Lemon'],
    ['phone', '+39061'],
    ['name, typed as it is written', 'Élodie'],
  ])('S0-48 finds a person by %s', async (_, search) => {
    await using app = await openApp();
    const elodie = await app.given.person({
      role: 'waiter',
      username: 'el_dupre',
      firstName: 'Élodie',
      lastName: 'Dupré',
      email: 'elodie@lemon.example',
      phone: '+39061234567',
    });

    const { items } = await app.as('manager').people.list.query({ search });

    expect(items.map(({ id }) => id)).toEqual([elodie.id]);
  });

  test.each(['%', '_____', '\\', "' or 1=1 --"])('takes %j for what it is', async (search) => {
    await using app = await openApp();

    const { items } = await app.as('manager').people.list.query({ search });

    expect(items).toEqual([]);
  });

  test('pages hold everybody once while others are hired', async () => {
    await using app = await openApp();
    const manager = app.as('manager');
    const before = await manager.people.list.query({ limit: 100 });

    const ids = await allPages(manager, {
      limit: 3,
      between: () => app.given.person({ role: 'waiter' }),
    });

    expect(ids).toEqual(before.items.map(({ id }) => id));
  });

  test.each(['nonsense', 'WyJhIiwiYiJd', 'WzFd', 'bnVsbA', '%%%'])(
    'a cursor of its own making is needed, not %s',
    async (cursor) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as('manager').people.list.query({ cursor }));

      expect(refused).toMatchObject({
        reason: 'VALIDATION',
        details: { issues: [{ path: 'cursor' }] },
      });
    },
  );

  test.each([0, 101, 1.5])('a page has no %f rows', async (limit) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('manager').people.list.query({ limit }));

    expect(refused.reason).toBe('VALIDATION');
  });
});

describe('hiring', () => {
  test('S3-13 a manager hires by phone, password, names and role', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');

    const person = await people.create.mutate({
      phone: '0039 (06) 123-4567',
      password: PASSWORD,
      firstName: ' Nino ',
      lastName: 'Rossi',
      role: 'waiter',
    });

    expect(person).toMatchObject({
      phone: '+39061234567',
      username: null,
      firstName: 'Nino',
      lastName: 'Rossi',
      role: 'waiter',
      level: 2,
      hiredAt: app.clock.now(),
      active: true,
    });
    expect(await people.show.query({ personId: person.id })).toEqual(person);
  });

  test('S3-04 the new colleague signs in at the staff door at once', async () => {
    await using app = await openApp();
    await app.as('manager').people.create.mutate({
      phone: '+39061234567',
      password: PASSWORD,
      role: 'waiter',
    });

    const { user } = await app.as('anonymous').auth.login.mutate({
      identifier: '+39 06 1234567',
      password: PASSWORD,
      door: 'staff',
    });

    expect(user).toMatchObject({ role: 'waiter', restaurant: { id: app.home.restaurantId } });
  });

  test('S0-26 a head chef hires a cook', async () => {
    await using app = await openApp();

    const person = await app.as('head_chef').people.create.mutate(PETRA);

    expect(person).toMatchObject({ username: 'petra', role: 'prep_cook' });
  });

  test('S3-13 a manager hires no other manager', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('manager').people.create.mutate({ ...PETRA, role: 'manager' }),
    );

    expect(refused).toMatchObject({ reason: 'GRANT_REFUSED', details: { role: 'manager' } });
  });

  test('may start at a lowered level', async () => {
    await using app = await openApp();

    const person = await app.as('manager').people.create.mutate({ ...PETRA, level: 1 });

    expect(person.level).toBe(1);
  });

  test('does not start above the role', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('manager').people.create.mutate({ ...PETRA, level: 3 }));

    expect(refused).toMatchObject({ reason: 'LEVEL_TOO_HIGH', details: { highest: 2 } });
  });

  test('an unknown name is nobody to hire', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('manager').people.create.mutate({ existing: 'nobody.here', role: 'chef' }),
    );

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'person' } });
  });

  test.each([
    ['username', { username: 'CHEF' }],
    ['email', { username: 'petra', email: 'ANN@lemon.example' }],
    ['phone', { username: 'petra', phone: '+39 06 1111111' }],
  ] as const)('a %s that is taken is refused', async (field, names) => {
    await using app = await openApp();
    await app.given.person({ email: 'ann@lemon.example', phone: '+39061111111' });

    const refused = await refusalOf(app.as('manager').people.create.mutate({ ...PETRA, ...names }));

    expect(refused).toMatchObject({ reason: 'NAME_TAKEN', httpStatus: 409, details: { field } });
  });

  test.each(['here', 'away'] as const)(
    'a colleague who is %s is not hired twice',
    async (state) => {
      await using app = await openApp();
      const { people } = app.as('manager');
      const change = { here: people.reactivate, away: people.deactivate }[state];
      await change.mutate({ personId: app.home.staff.chef.id });

      const refused = await refusalOf(people.create.mutate({ existing: 'chef', role: 'waiter' }));

      expect(refused).toMatchObject({ reason: 'ALREADY_STAFF', httpStatus: 409 });
    },
  );

  test('a weak password is refused', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('manager').people.create.mutate({ ...PETRA, password: 'password123' }),
    );

    expect(refused).toMatchObject({ reason: 'PASSWORD_WEAK', details: { because: 'common' } });
  });

  test.each([
    { role: 'chef' },
    { role: 'chef', username: 'petra' },
    { role: 'chef', password: PASSWORD },
    { role: 'cook', username: 'petra', password: PASSWORD },
    { role: 'chef', username: 'petra', password: PASSWORD, isAdmin: true },
  ])('is not done with %j', async (input) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('manager').people.create.mutate(input as never));

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
  });

  test('a refused hire leaves no account behind', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    await refusalOf(people.create.mutate({ ...PETRA, phone: 'none' }));
    await refusalOf(people.create.mutate({ ...PETRA, level: 5 }));

    const person = await people.create.mutate(PETRA);

    expect(person.username).toBe('petra');
  });
});

describe('a person nobody knows', () => {
  test('is not found', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('manager').people.show.query({ personId: newId() }));

    expect(refused).toMatchObject({
      reason: 'NOT_FOUND',
      httpStatus: 404,
      details: { what: 'person' },
    });
  });
});
