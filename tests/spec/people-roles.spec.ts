import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

describe('changing a role', () => {
  test('S2-04 a manager makes a waiter a chef', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.waiter.id;

    const person = await people.setRole.mutate({ personId, role: 'chef' });

    expect(person).toMatchObject({
      id: personId,
      role: 'chef',
      title: 'Chef',
      level: 2,
      version: 2,
    });
    expect(await people.show.query({ personId })).toEqual(person);
  });

  test('S2-04 an admin puts a person into the group delivery-crew by its seed name', async () => {
    await using app = await openApp();
    const { people } = app.as('admin');

    const person = await people.setRole.mutate({
      personId: app.home.staff.waiter.id,
      role: 'delivery-crew',
    });

    expect(person.role).toBe('delivery_crew');
  });

  test('ends the person’s sessions and passes at once', async () => {
    await using app = await openApp();
    const waiter = app.as('waiter');
    const pass = await waiter.auth.passes.issue.mutate({ label: 'till' });
    const till = app.withToken(pass.token);
    await till.permissions.mine.query();
    await waiter.permissions.mine.query();

    await app.as('manager').people.setRole.mutate({
      personId: app.home.staff.waiter.id,
      role: 'chef',
    });

    expect(await refusalOf(waiter.permissions.mine.query())).toMatchObject({
      reason: 'TOKEN_INVALID',
    });
    expect(await refusalOf(till.permissions.mine.query())).toMatchObject({
      reason: 'TOKEN_INVALID',
    });
  });

  test('is felt at the next sign-in', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;

    await app.as('manager').people.setRole.mutate({ personId, role: 'sous_chef' });

    expect(await app.as('waiter').permissions.mine.query()).toMatchObject({
      role: 'sous_chef',
      level: 3,
    });
  });

  test('to the same role ends nothing', async () => {
    await using app = await openApp();
    const waiter = app.as('waiter');
    await waiter.permissions.mine.query();

    await app.as('manager').people.setRole.mutate({
      personId: app.home.staff.waiter.id,
      role: 'waiter',
    });

    expect(await waiter.permissions.mine.query()).toMatchObject({ role: 'waiter' });
  });

  test('drops a lowered level', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.sous_chef.id;
    await people.setLevel.mutate({ personId, level: 1 });

    const person = await people.setRole.mutate({ personId, role: 'head_chef' });

    expect(person.level).toBe(4);
  });
});

describe('lowering a level', () => {
  test('S0-23 bounds a person below their role', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.head_chef.id;

    const person = await people.setLevel.mutate({ personId, level: 2 });

    expect(person.level).toBe(2);
    expect(await app.as('head_chef').permissions.mine.query()).toMatchObject({ level: 2 });
  });

  test('is felt at once: the token in use is refused', async () => {
    await using app = await openApp();
    const chef = app.as('head_chef');
    await chef.permissions.mine.query();

    await app.as('manager').people.setLevel.mutate({
      personId: app.home.staff.head_chef.id,
      level: 2,
    });

    expect(await refusalOf(chef.permissions.mine.query())).toMatchObject({
      reason: 'TOKEN_INVALID',
    });
  });

  test('lets the session go on after a refresh', async () => {
    await using app = await openApp();
    const { refreshToken } = await app.session('head_chef');
    await app.as('manager').people.setLevel.mutate({
      personId: app.home.staff.head_chef.id,
      level: 2,
    });

    const { accessToken } = await app.as('anonymous').auth.refresh.mutate({ refreshToken });

    expect(await app.withToken(accessToken).permissions.mine.query()).toMatchObject({ level: 2 });
  });

  test.each([
    ['chef', 3, 2],
    ['waiter', 5, 2],
    ['sous_chef', 4, 3],
    ['head_chef', 5, 4],
  ] as const)('S0-23 does not raise a %s to %i', async (role, level, highest) => {
    await using app = await openApp();
    const personId = app.home.staff[role].id;

    const refused = await refusalOf(app.as('manager').people.setLevel.mutate({ personId, level }));

    expect(refused).toMatchObject({
      reason: 'LEVEL_TOO_HIGH',
      httpStatus: 422,
      details: { highest },
    });
  });

  test('can be taken back', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.sous_chef.id;
    await people.setLevel.mutate({ personId, level: 1 });

    const person = await people.setLevel.mutate({ personId, level: null });

    expect(person.level).toBe(3);
  });

  test.each([0, 6, 1.5])('knows no level %f', async (level) => {
    await using app = await openApp();
    const personId = app.home.staff.chef.id;

    const refused = await refusalOf(app.as('manager').people.setLevel.mutate({ personId, level }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
  });
});

describe('the last of a role', () => {
  test('D2 the only manager of a restaurant keeps the role', async () => {
    await using app = await openApp();
    const personId = app.home.staff.manager.id;
    const { people } = app.as('admin');

    const refused = await refusalOf(people.setRole.mutate({ personId, role: 'waiter' }));

    expect(refused).toMatchObject({
      reason: 'LAST_OF_ROLE',
      httpStatus: 409,
      details: { role: 'manager' },
    });
    expect(await people.show.query({ personId })).toMatchObject({ role: 'manager', active: true });
  });

  test('the only manager of a restaurant is not deactivated', async () => {
    await using app = await openApp();
    const personId = app.home.staff.manager.id;
    const { people } = app.as('admin');

    const refused = await refusalOf(people.deactivate.mutate({ personId }));

    expect(refused.reason).toBe('LAST_OF_ROLE');
    expect(await people.show.query({ personId })).toMatchObject({ active: true });
  });

  test('the account of the only manager is not closed', async () => {
    await using app = await openApp();
    const personId = app.home.staff.manager.id;
    const { people } = app.as('admin');

    const refused = await refusalOf(people.deactivateAccount.mutate({ personId }));

    expect(refused.reason).toBe('LAST_OF_ROLE');
    expect(await people.show.query({ personId })).toMatchObject({ active: true });
  });

  test('a manager of another restaurant does not count', async () => {
    await using app = await openApp();
    await app.given.person({ role: 'manager', restaurantId: await app.given.restaurant() });
    const personId = app.home.staff.manager.id;

    const refused = await refusalOf(app.as('admin').people.deactivate.mutate({ personId }));

    expect(refused.reason).toBe('LAST_OF_ROLE');
  });

  test('an admin of another restaurant does count', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const other = await app.given.person({ role: 'admin', restaurantId });
    const { people } = app.as(other);

    const person = await people.setRole.mutate({
      restaurantId: app.home.restaurantId,
      personId: app.home.staff.admin.id,
      role: 'waiter',
    });

    expect(person.role).toBe('waiter');
  });

  test('a second manager may go', async () => {
    await using app = await openApp();
    const second = await app.given.person({ role: 'manager' });

    const person = await app.as('admin').people.deactivate.mutate({ personId: second.id });

    expect(person.active).toBe(false);
  });

  test('a manager who is away does not count', async () => {
    await using app = await openApp();
    const second = await app.given.person({ role: 'manager' });
    const { people } = app.as('admin');
    await people.deactivate.mutate({ personId: second.id });

    const refused = await refusalOf(
      people.deactivate.mutate({ personId: app.home.staff.manager.id }),
    );

    expect(refused.reason).toBe('LAST_OF_ROLE');
  });

  test('a manager whose account is closed does not count', async () => {
    await using app = await openApp();
    await app.given.person({ role: 'manager', active: false });

    const refused = await refusalOf(
      app.as('admin').people.deactivate.mutate({ personId: app.home.staff.manager.id }),
    );

    expect(refused.reason).toBe('LAST_OF_ROLE');
  });

  test('a manager who is away may get another role while one is there', async () => {
    await using app = await openApp();
    const second = await app.given.person({ role: 'manager' });
    const { people } = app.as('admin');
    await people.deactivate.mutate({ personId: second.id });

    const person = await people.setRole.mutate({ personId: second.id, role: 'waiter' });

    expect(person).toMatchObject({ role: 'waiter', active: false });
  });

  test('a manager whose account is closed may be deactivated while one is there', async () => {
    await using app = await openApp();
    const second = await app.given.person({ role: 'manager', active: false });

    const person = await app.as('admin').people.deactivate.mutate({ personId: second.id });

    expect(person.active).toBe(false);
  });
});
