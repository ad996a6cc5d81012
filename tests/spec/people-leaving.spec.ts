import { newId } from '@comanda/kernel/id';
import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { joined } from '../auth/joining.ts';

const NEW_PASSWORD = 'a different horse altogether';

describe('deactivating a membership', () => {
  test('ends sessions and passes at once', async () => {
    await using app = await openApp();
    const chef = app.as('chef');
    const pass = await chef.auth.passes.issue.mutate({ label: 'grill' });
    const grill = app.withToken(pass.token);
    await grill.permissions.mine.query();

    await app.as('manager').people.deactivate.mutate({ personId: app.home.staff.chef.id });

    expect(await refusalOf(chef.permissions.mine.query())).toMatchObject({
      reason: 'TOKEN_INVALID',
      httpStatus: 401,
    });
    expect(await refusalOf(grill.permissions.mine.query())).toMatchObject({
      reason: 'TOKEN_INVALID',
    });
  });

  test('ends the refresh token as well', async () => {
    await using app = await openApp();
    const { refreshToken } = await app.session('chef');

    await app.as('manager').people.deactivate.mutate({ personId: app.home.staff.chef.id });

    const refused = await refusalOf(app.as('anonymous').auth.refresh.mutate({ refreshToken }));
    expect(refused.reason).toBe('TOKEN_INVALID');
  });

  test('closes the staff door and leaves the customers’ door open', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const who = { identifier: 'chef', password: PASSWORD };

    await app.as('manager').people.deactivate.mutate({ personId: app.home.staff.chef.id });

    expect(await refusalOf(auth.login.mutate({ ...who, door: 'staff' }))).toMatchObject({
      reason: 'NOT_STAFF',
    });
    expect((await auth.login.mutate(who)).user).toMatchObject({
      role: 'customer',
      restaurant: null,
    });
  });

  test('leaves work in another restaurant alone', async () => {
    await using app = await openApp();
    const elsewhere = await app.given.restaurant();
    const { chef } = app.home.staff;
    const there = app.as(await joined(app, chef, { restaurantId: elsewhere, role: 'waiter' }));
    await there.permissions.mine.query();

    await app.as('manager').people.deactivate.mutate({ personId: chef.id });

    expect(await there.permissions.mine.query()).toMatchObject({ role: 'waiter' });
  });

  test('twice is once', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.chef.id;
    const first = await people.deactivate.mutate({ personId });

    const second = await people.deactivate.mutate({ personId });

    expect(second).toEqual(first);
    expect(second).toMatchObject({ active: false, version: 2 });
  });
});

describe('bringing a person back', () => {
  test('lets them sign in as staff again', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.chef.id;
    await people.deactivate.mutate({ personId });

    const person = await people.reactivate.mutate({ personId });

    expect(person).toMatchObject({ active: true, role: 'chef' });
    const { user } = await app
      .as('anonymous')
      .auth.login.mutate({ identifier: 'chef', password: PASSWORD, door: 'staff' });
    expect(user.role).toBe('chef');
  });

  test('does not bring back what was ended', async () => {
    await using app = await openApp();
    const chef = app.as('chef');
    const pass = await chef.auth.passes.issue.mutate({ label: 'grill' });
    const { people } = app.as('manager');
    const personId = app.home.staff.chef.id;
    await people.deactivate.mutate({ personId });

    await people.reactivate.mutate({ personId });

    expect((await refusalOf(chef.permissions.mine.query())).reason).toBe('TOKEN_INVALID');
    const grill = app.withToken(pass.token);
    expect((await refusalOf(grill.permissions.mine.query())).reason).toBe('TOKEN_INVALID');
  });
});

describe('closing an account', () => {
  test('ends every session in every restaurant at once', async () => {
    await using app = await openApp();
    const elsewhere = await app.given.restaurant();
    const { chef } = app.home.staff;
    const { people } = app.as('admin');
    const colleague = await joined(app, chef, { restaurantId: elsewhere, role: 'waiter' });
    const [here, there] = [app.as(chef), app.as(colleague)];
    await here.permissions.mine.query();
    await there.permissions.mine.query();

    const { ended } = await people.deactivateAccount.mutate({ personId: chef.id });

    expect(ended).toBe(3);
    expect((await refusalOf(here.permissions.mine.query())).reason).toBe('TOKEN_INVALID');
    expect((await refusalOf(there.permissions.mine.query())).reason).toBe('TOKEN_INVALID');
  });

  test('closes the doors as if the name were unknown', async () => {
    await using app = await openApp();
    const { people } = app.as('admin');

    await people.deactivateAccount.mutate({ personId: app.home.staff.chef.id });

    const refused = await refusalOf(
      app.as('anonymous').auth.login.mutate({ identifier: 'chef', password: PASSWORD }),
    );
    expect(refused).toMatchObject({ reason: 'INVALID_CREDENTIALS', details: {} });
  });

  test('closes that of a customer too', async () => {
    await using app = await openApp();
    const customer = app.as('customer');
    await customer.permissions.mine.query();

    await app.as('admin').people.deactivateAccount.mutate({ personId: app.home.staff.customer.id });

    expect((await refusalOf(customer.permissions.mine.query())).reason).toBe('TOKEN_INVALID');
  });

  test('is undone by an admin who brings the person back', async () => {
    await using app = await openApp();
    const { people } = app.as('admin');
    const personId = app.home.staff.chef.id;
    await people.deactivateAccount.mutate({ personId });

    const person = await people.reactivate.mutate({ personId });

    expect(person.active).toBe(true);
  });

  test('is not undone by a manager', async () => {
    await using app = await openApp();
    const personId = app.home.staff.chef.id;
    await app.as('admin').people.deactivateAccount.mutate({ personId });

    const person = await app.as('manager').people.reactivate.mutate({ personId });

    expect(person.active).toBe(false);
  });

  test('of nobody is not found', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('admin').people.deactivateAccount.mutate({ personId: newId() }),
    );

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'person' } });
  });

  test('is for an admin', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('manager').people.deactivateAccount.mutate({ personId: app.home.staff.chef.id }),
    );

    expect(refused).toMatchObject({
      reason: 'FORBIDDEN',
      details: { capability: 'user.deactivate' },
    });
  });

  test('does not leave another restaurant without a manager', async () => {
    await using app = await openApp();
    const elsewhere = await app.given.restaurant();
    const { people } = app.as('admin');
    await joined(app, app.home.staff.chef, { restaurantId: elsewhere, role: 'manager' });

    const refused = await refusalOf(
      people.deactivateAccount.mutate({ personId: app.home.staff.chef.id }),
    );

    expect(refused).toMatchObject({ reason: 'LAST_OF_ROLE', details: { role: 'manager' } });
  });
});

describe('a code for a forgotten password', () => {
  test('lets its owner choose a new one, once', async () => {
    await using app = await openApp();
    const { auth } = app.as('anonymous');
    const { code } = await app
      .as('manager')
      .people.issueResetCode.mutate({ personId: app.home.staff.chef.id });
    const using = { identifier: 'chef', code, newPassword: NEW_PASSWORD };

    await auth.resetPassword.mutate(using);

    expect((await refusalOf(auth.resetPassword.mutate(using))).reason).toBe('CODE_INVALID');
    const { user } = await auth.login.mutate({ identifier: 'chef', password: NEW_PASSWORD });
    expect(user.role).toBe('chef');
  });

  test('stops working when a newer one is given', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.chef.id;
    const { code } = await people.issueResetCode.mutate({ personId });
    await people.issueResetCode.mutate({ personId });

    const refused = await refusalOf(
      app
        .as('anonymous')
        .auth.resetPassword.mutate({ identifier: 'chef', code, newPassword: NEW_PASSWORD }),
    );

    expect(refused.reason).toBe('CODE_INVALID');
  });

  test('a person who also works elsewhere is not taken over by a manager here', async () => {
    await using app = await openApp();
    const elsewhere = await app.given.restaurant();
    const owner = await app.given.person({ role: 'manager', restaurantId: elsewhere });
    const { people } = app.as('manager');
    await joined(app, owner, { role: 'waiter' });

    const refused = await refusalOf(people.issueResetCode.mutate({ personId: owner.id }));

    expect(refused).toMatchObject({ reason: 'ACCOUNT_INDEPENDENT', httpStatus: 403 });
  });

  test('a guest who made the account is not taken over by being hired', async () => {
    await using app = await openApp();
    const guest = await app.given.person({ role: 'customer' });
    const { people } = app.as('manager');
    await joined(app, guest, { role: 'waiter' });

    const refused = await refusalOf(people.issueResetCode.mutate({ personId: guest.id }));

    expect(refused).toMatchObject({ reason: 'ACCOUNT_INDEPENDENT', httpStatus: 403 });
  });

  test('a membership that was ended elsewhere still guards its person', async () => {
    await using app = await openApp();
    const elsewhere = await app.given.restaurant();
    const guest = await app.given.person({ role: 'waiter', restaurantId: elsewhere });
    await app.as('admin').people.deactivate.mutate({ restaurantId: elsewhere, personId: guest.id });
    const { people } = app.as('manager');
    await joined(app, guest, { role: 'waiter' });

    const refused = await refusalOf(people.issueResetCode.mutate({ personId: guest.id }));

    expect(refused.reason).toBe('ACCOUNT_INDEPENDENT');
  });

  test('an admin helps a person who also works elsewhere', async () => {
    await using app = await openApp();
    const elsewhere = await app.given.restaurant();
    const { people } = app.as('admin');
    await joined(app, app.home.staff.chef, { restaurantId: elsewhere, role: 'waiter' });

    const { code } = await people.issueResetCode.mutate({ personId: app.home.staff.chef.id });

    expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$/);
  });

  test('a code is worth nothing once its person has another role', async () => {
    await using app = await openApp();
    const personId = app.home.staff.chef.id;
    const { code } = await app.as('manager').people.issueResetCode.mutate({ personId });
    await app.as('admin').people.setRole.mutate({ personId, role: 'admin' });

    const refused = await refusalOf(
      app
        .as('anonymous')
        .auth.resetPassword.mutate({ identifier: 'chef', code, newPassword: NEW_PASSWORD }),
    );

    expect(refused.reason).toBe('CODE_INVALID');
  });

  test('a device pass issues no codes', async () => {
    await using app = await openApp();
    const { token } = await app.as('manager').auth.passes.issue.mutate({ label: 'till' });

    const refused = await refusalOf(
      app.withToken(token).people.issueResetCode.mutate({ personId: app.home.staff.chef.id }),
    );

    expect(refused.reason).toBe('SESSION_REQUIRED');
  });
});

describe('consent to come back', () => {
  test('is asked anew of somebody who left and works elsewhere by now', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter, chef } = app.home.staff;
    const { people } = app.as('manager');
    await people.deactivate.mutate({ personId: waiter.id });
    await people.deactivate.mutate({ personId: chef.id });
    await joined(app, waiter, { restaurantId, role: 'chef' });

    const elsewhere = await people.reactivate.mutate({ personId: waiter.id });
    const free = await people.reactivate.mutate({ personId: chef.id });

    expect(elsewhere).toMatchObject({ invitedAs: 'waiter', pending: true, active: false });
    expect(free).toMatchObject({ invitedAs: null, pending: false, active: true });
  });
});
