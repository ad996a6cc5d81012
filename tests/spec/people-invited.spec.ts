import type { Client } from '@comanda/client';
import type { TestApp } from '@comanda/testing';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inside, auditOf } from '../auth/looking.ts';
import { outcomeOf } from '../auth/callers.ts';
import { accepted, invited, joined } from '../auth/joining.ts';

/** A stranger to Little Lemon, with every name that an account can have. */
function ada(app: TestApp) {
  return app.given.person({
    username: 'ada.secret',
    email: 'lady@hidden.example',
    phone: '+39061234567',
    firstName: 'Ada',
    lastName: 'Lovelace',
  });
}

const HIDDEN = /secret|061234567|Ada|Lovelace/;
const BY_MAIL = { existing: 'Lady@hidden.example', role: 'chef' } as const;
const UNTOLD = { username: null, email: null, phone: null, firstName: '', lastName: '' };

describe('inviting somebody who has an account', () => {
  test('D2 tells of them nothing but the name that was typed', async () => {
    await using app = await openApp();
    const { id } = await ada(app);
    const { people } = app.as('manager');

    const person = await people.create.mutate({ ...BY_MAIL, firstName: 'My', lastName: 'Guess' });

    const { items } = await people.list.query({ limit: 100 });
    expect(person).toEqual({
      id,
      ...UNTOLD,
      invitedAs: 'Lady@hidden.example',
      role: 'chef',
      title: 'Chef',
      level: 2,
      flags: expect.objectContaining({ can_manage_kitchen: true }),
      hiredAt: app.clock.now(),
      pending: true,
      active: false,
      version: 1,
    });
    expect(await people.show.query({ personId: id })).toEqual(person);
    expect(items.find((one) => one.id === id)).toEqual(person);
  });

  test.each(['ada.secret', '+3906', 'Ada Love', 'lovelace', 'secret'])(
    'they are not found by the name %s, that nobody typed',
    async (search) => {
      await using app = await openApp();
      await ada(app);
      const { people } = app.as('manager');
      await people.create.mutate(BY_MAIL);

      const { items } = await people.list.query({ search });

      expect(items).toEqual([]);
    },
  );

  test('they are found by the name that was typed', async () => {
    await using app = await openApp();
    const { id } = await ada(app);
    const { people } = app.as('manager');
    await people.create.mutate({ ...BY_MAIL, existing: ' Lady@hidden.example ' });

    const { items } = await people.list.query({ search: 'LADY@HIDDEN' });

    expect(items).toMatchObject([{ id, invitedAs: 'Lady@hidden.example' }]);
  });

  test('they do not work here yet: a list of who does leaves them out', async () => {
    await using app = await openApp();
    const { id } = await ada(app);
    const { people } = app.as('manager');
    await people.create.mutate(BY_MAIL);

    const here = await people.list.query({ role: 'chef', active: true });
    const away = await people.list.query({ role: 'chef', active: false });

    expect(here.items.map(({ username }) => username)).toEqual(['chef']);
    expect(away.items.map((one) => one.id)).toEqual([id]);
  });

  test.each<[string, (people: Client['people'], personId: string) => Promise<object>]>([
    ['role', (people, personId) => people.setRole.mutate({ personId, role: 'waiter' })],
    ['level', (people, personId) => people.setLevel.mutate({ personId, level: 1 })],
    ['invitation', (people, personId) => people.deactivate.mutate({ personId })],
    ['account', (people, personId) => people.reactivate.mutate({ personId })],
  ])('changing their %s tells nothing more', async (_, change) => {
    await using app = await openApp();
    const { people } = app.as('admin');
    const { id } = await ada(app);
    await people.create.mutate(BY_MAIL);

    const person = await change(people, id);

    expect(person).toMatchObject({ ...UNTOLD, invitedAs: 'Lady@hidden.example', active: false });
    expect(JSON.stringify(person)).not.toMatch(HIDDEN);
  });

  test('a closed account is told as any other', async () => {
    await using app = await openApp();
    const { people } = app.as('admin');
    const { id: personId } = await ada(app);
    const before = await people.create.mutate(BY_MAIL);

    await people.deactivateAccount.mutate({ personId });

    expect(await people.show.query({ personId })).toEqual(before);
  });

  test('once is enough, by whatever name', async () => {
    await using app = await openApp();
    await ada(app);
    const { people } = app.as('manager');
    await people.create.mutate(BY_MAIL);

    const refused = await refusalOf(
      people.create.mutate({ existing: 'ada.secret', role: 'waiter' }),
    );

    expect(refused).toMatchObject({ reason: 'ALREADY_STAFF', httpStatus: 409 });
  });
});

describe('being invited', () => {
  test('D2 changes no session, pass or role of theirs', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { accessToken, refreshToken } = await app.session('chef');
    const { auth } = app.withToken(accessToken);
    const { token } = await auth.passes.issue.mutate({ label: 'grill' });

    await invited(app, app.home.staff.chef, { restaurantId, role: 'waiter' });

    const home = { user: { role: 'chef', restaurant: { id: app.home.restaurantId } } };
    expect(await auth.session.query()).toMatchObject(home);
    expect(await app.withToken(token).auth.session.query()).toMatchObject(home);
    expect(await auth.refresh.mutate({ refreshToken })).toMatchObject(home);
  });

  test('D2 gives them nothing: no token wears what they have not accepted', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const guest = await ada(app);
    await invited(app, guest, { role: 'manager' });

    const refused = await refusalOf(app.as({ ...guest, restaurantId }).people.list.query());

    expect(refused).toMatchObject({ reason: 'TOKEN_INVALID', httpStatus: 401 });
  });

  test('leaves a reset code from their own restaurant good', async () => {
    await using app = await openApp();
    const { chef } = app.home.staff;
    const restaurantId = await app.given.restaurant();
    const { people } = app.as('admin');
    const { code } = await app.as('manager').people.issueResetCode.mutate({ personId: chef.id });
    await invited(app, chef, { restaurantId, role: 'waiter' });
    await people.setRole.mutate({ restaurantId, personId: chef.id, role: 'chef' });
    await people.deactivate.mutate({ restaurantId, personId: chef.id });

    const using = { identifier: 'chef', code, newPassword: 'a different horse altogether' };
    const outcome = await outcomeOf(app.as('anonymous').auth.resetPassword.mutate(using));

    expect(outcome).toBe('ok');
  });

  test('leaves them to their own restaurant, which may go on giving codes', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { chef } = app.home.staff;
    await invited(app, chef, { restaurantId, role: 'waiter' });
    const { people } = app.as('manager');

    const outcome = await outcomeOf(people.issueResetCode.mutate({ personId: chef.id }));

    expect(outcome).toBe('ok');
  });

  test('is told in their session, newest first, until they accept', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant({ name: 'Big Orange' });
    const guest = await ada(app);
    await invited(app, guest, { restaurantId, role: 'waiter' });
    await invited(app, guest, { role: 'chef' });
    const there = { restaurantId, restaurantName: 'Big Orange', role: 'waiter' };
    const here = { ...app.home, restaurantName: 'Little Lemon', role: 'chef' };

    const before = await app.as(guest).auth.session.query();
    await accepted(app, guest);
    const after = await app.as(guest).auth.session.query();

    const { staff: _, ...offered } = here;
    expect(before.invitations).toEqual([offered, there]);
    expect(after.invitations).toEqual([there]);
  });

  test('is told neither to a device pass, nor to others, nor once it is withdrawn', async () => {
    await using app = await openApp();
    const guest = await ada(app);
    await invited(app, guest, { role: 'chef' });
    const { auth } = app.as(guest);
    const { token } = await auth.passes.issue.mutate({ label: 'phone' });

    const pass = await app.withToken(token).auth.session.query();
    const other = await app.as('customer').auth.session.query();
    await app.as('manager').people.deactivate.mutate({ personId: guest.id });

    expect([pass.invitations, other.invitations]).toEqual([[], []]);
    expect((await auth.session.query()).invitations).toEqual([]);
  });
});

describe('what an invitation is not', () => {
  test.each(['manager', 'admin'] as const)('a way to their account for a %s', async (role) => {
    await using app = await openApp();
    const guest = await ada(app);
    const { people } = app.as(role);
    await people.create.mutate(BY_MAIL);

    const refused = await refusalOf(people.issueResetCode.mutate({ personId: guest.id }));

    expect(refused).toMatchObject({ reason: 'ACCOUNT_INDEPENDENT', httpStatus: 403 });
  });

  test('a way to an account that this restaurant made', async () => {
    await using app = await openApp();
    const guest = await ada(app);
    const em = inside(app);
    await em
      .getConnection()
      .execute('update account set made_in = ? where id = ?', [app.home.restaurantId, guest.id]);
    const { people } = app.as('manager');
    await people.create.mutate(BY_MAIL);

    const before = await refusalOf(people.issueResetCode.mutate({ personId: guest.id }));
    await accepted(app, guest);
    const after = await outcomeOf(people.issueResetCode.mutate({ personId: guest.id }));

    expect([before.reason, after]).toEqual(['ACCOUNT_INDEPENDENT', 'ok']);
  });

  test('a manager who is left: the only one who said yes stays', async () => {
    await using app = await openApp();
    const personId = app.home.staff.manager.id;
    const guest = await ada(app);
    await invited(app, guest, { role: 'manager' });
    const { people } = app.as('admin');

    const refused = [
      await refusalOf(people.deactivate.mutate({ personId })),
      await refusalOf(people.setRole.mutate({ personId, role: 'waiter' })),
      await refusalOf(people.deactivateAccount.mutate({ personId })),
    ];
    await accepted(app, guest);
    const gone = await outcomeOf(people.deactivate.mutate({ personId }));

    expect(refused.map(({ reason }) => reason)).toEqual(Array(3).fill('LAST_OF_ROLE'));
    expect(gone).toBe('ok');
  });

  test('a manager who may not go', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const guest = await ada(app);
    await invited(app, guest, { restaurantId, role: 'manager' });
    const { people } = app.as('admin');

    const gone = await people.deactivate.mutate({ restaurantId, personId: guest.id });

    expect(gone).toMatchObject({ pending: false, active: false });
  });

  test('somebody to bring a delivery', async () => {
    await using app = await openApp();
    const guest = await ada(app);
    await invited(app, guest, { role: 'delivery_crew' });
    const { orderId } = await app.given.order({
      type: 'delivery',
      state: 'ready',
      items: ['done'],
    });
    const { orders } = app.as('manager');
    const assigned = { orderId, expectedVersion: 1, assigneeId: guest.id };

    const before = await outcomeOf(orders.assign.mutate(assigned));
    await accepted(app, guest);
    const after = await orders.assign.mutate(assigned);

    expect(before).toBe('ASSIGNEE_UNFIT');
    expect(after.assigneeName).toBe('Ada Lovelace');
  });
});

describe('accepting', () => {
  const LOGIN = { identifier: 'ada.secret', password: PASSWORD };

  test('D2 by signing in there: from then on it is their hat, and they are told', async () => {
    await using app = await openApp();
    const guest = await ada(app);
    const { people } = app.as('manager');
    await people.create.mutate(BY_MAIL);
    const { restaurantId } = app.home;

    const { user, accessToken } = await app
      .as('anonymous')
      .auth.login.mutate({ ...LOGIN, restaurantId });

    expect(user).toMatchObject({ role: 'chef', restaurant: { id: restaurantId } });
    expect(await app.withToken(accessToken).permissions.mine.query()).toMatchObject({
      role: 'chef',
    });
    expect(await people.show.query({ personId: guest.id })).toMatchObject({
      username: 'ada.secret',
      email: 'lady@hidden.example',
      phone: '+39061234567',
      firstName: 'Ada',
      lastName: 'Lovelace',
      invitedAs: null,
      pending: false,
      active: true,
      version: 2,
    });
    expect((await people.list.query({ search: 'lovelace' })).items).toHaveLength(1);
  });

  test('D2 by switching to it, in the session they have', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const guest = await ada(app);
    await invited(app, guest, { role: 'chef' });
    const { auth } = app.as(guest);

    const { user, accessToken } = await auth.switchRestaurant.mutate({ restaurantId });

    expect(user).toMatchObject({ role: 'chef', restaurant: { name: 'Little Lemon' } });
    expect(await outcomeOf(app.withToken(accessToken).orders.list.query())).toBe('ok');
  });

  test('is written down, with the name by which they were hired', async () => {
    await using app = await openApp();
    const guest = await ada(app);
    await app.as('manager').people.create.mutate(BY_MAIL);

    await accepted(app, guest);

    const rows = await auditOf(app, 'auth.switchRestaurant');
    expect(rows.find(({ target }) => target === 'Membership')).toMatchObject({
      actorId: guest.id,
      restaurantId: app.home.restaurantId,
      before: { invitedAs: 'Lady@hidden.example' },
      after: { invitedAs: null },
    });
  });

  test('happens once', async () => {
    await using app = await openApp();
    const guest = await joined(app, await ada(app), { role: 'chef' });

    await accepted(app, guest);

    const { people } = app.as('manager');
    expect(await people.show.query({ personId: guest.id })).toMatchObject({ version: 2 });
  });

  test('ends the codes that their other restaurant could give before', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { chef } = app.home.staff;
    await invited(app, chef, { restaurantId, role: 'waiter' });
    const { people } = app.as('manager');
    const { code } = await people.issueResetCode.mutate({ personId: chef.id });

    await accepted(app, chef, restaurantId);

    const using = { identifier: 'chef', code, newPassword: 'a different horse altogether' };
    expect(await outcomeOf(app.as('anonymous').auth.resetPassword.mutate(using))).toBe(
      'CODE_INVALID',
    );
    expect(await outcomeOf(people.issueResetCode.mutate({ personId: chef.id }))).toBe(
      'ACCOUNT_INDEPENDENT',
    );
  });

  test('is not done by a plain login, nor at the customers’ door', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const guest = await ada(app);
    await invited(app, guest, { role: 'chef' });
    const { auth } = app.as('anonymous');

    const plain = await auth.login.mutate(LOGIN);
    const front = await auth.login.mutate({ ...LOGIN, door: 'customer', restaurantId });

    expect([plain.user.role, front.user.role]).toEqual(['customer', 'customer']);
    expect((await app.as(guest).auth.session.query()).invitations).toHaveLength(1);
  });

  test('is not done by coming to work elsewhere', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { chef } = app.home.staff;
    await invited(app, chef, { restaurantId, role: 'waiter' });
    const login = { identifier: 'chef', password: PASSWORD };

    const plain = await app.as('anonymous').auth.login.mutate(login);
    const staff = await app.as('anonymous').auth.login.mutate({ ...login, door: 'staff' });

    expect([plain.user.role, staff.user.role]).toEqual(['chef', 'chef']);
    expect((await app.as(chef).auth.session.query()).invitations).toHaveLength(1);
  });

  test('is done at the staff door, where it is clear which work is meant', async () => {
    await using app = await openApp();
    const guest = await ada(app);
    await invited(app, guest, { role: 'chef' });

    const { user } = await app.as('anonymous').auth.login.mutate({ ...LOGIN, door: 'staff' });

    expect(user).toMatchObject({ role: 'chef', restaurant: { name: 'Little Lemon' } });
  });

  test('is not done at the staff door where two wait', async () => {
    await using app = await openApp();
    const guest = await ada(app);
    await invited(app, guest, { role: 'chef' });
    await invited(app, guest, { role: 'chef', restaurantId: await app.given.restaurant() });

    const refused = await refusalOf(
      app.as('anonymous').auth.login.mutate({ ...LOGIN, door: 'staff' }),
    );

    expect(refused).toMatchObject({ reason: 'NOT_STAFF', httpStatus: 403 });
    expect((await app.as(guest).auth.session.query()).invitations).toHaveLength(2);
  });

  test('takes the password, or a session: neither a wrong one nor a pass will do', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const guest = await ada(app);
    await invited(app, guest, { role: 'chef' });
    const { token } = await app.as(guest).auth.passes.issue.mutate({ label: 'phone' });
    const wrong = { ...LOGIN, password: 'not the password', restaurantId };

    const outcomes = [
      await outcomeOf(app.as('anonymous').auth.login.mutate(wrong)),
      await outcomeOf(app.withToken(token).auth.switchRestaurant.mutate({ restaurantId })),
    ];

    expect(outcomes).toEqual(['INVALID_CREDENTIALS', 'SESSION_REQUIRED']);
    expect((await app.as(guest).auth.session.query()).invitations).toHaveLength(1);
  });

  test('is too late once the invitation is withdrawn, until it is made anew', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const { id: personId } = await ada(app);
    const { people } = app.as('manager');
    await people.create.mutate(BY_MAIL);
    await people.deactivate.mutate({ personId });
    const { auth } = app.as('anonymous');

    const late = await outcomeOf(auth.login.mutate({ ...LOGIN, restaurantId }));
    const door = await outcomeOf(auth.login.mutate({ ...LOGIN, door: 'staff' }));
    const again = await people.reactivate.mutate({ personId });

    expect([late, door]).toEqual(['STAFF_PROFILE_MISSING', 'NOT_STAFF']);
    expect(again).toMatchObject({ ...UNTOLD, pending: true });
    expect(await outcomeOf(auth.login.mutate({ ...LOGIN, restaurantId }))).toBe('ok');
  });

  test('is not asked of somebody whose account the restaurant makes', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const petra = { username: 'petra', password: PASSWORD, role: 'chef' } as const;

    const person = await people.create.mutate(petra);

    expect(person).toMatchObject({ invitedAs: null, pending: false, active: true });
  });
});
