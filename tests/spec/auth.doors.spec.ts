import { PASSWORD } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { joined } from '../auth/joining.ts';

describe('the staff door', () => {
  test('S3-01 S3-04 a waiter made by the manager signs in by phone at once and sees their place', async () => {
    await using app = await openApp();
    await app.as('manager').people.create.mutate({
      phone: '055 1234567',
      password: PASSWORD,
      firstName: 'Gino',
      role: 'waiter',
    });

    const { user } = await app.as('anonymous').auth.login.mutate({
      identifier: '055-1234567',
      password: PASSWORD,
      door: 'staff',
    });

    expect(user).toMatchObject({
      phone: '0551234567',
      firstName: 'Gino',
      role: 'waiter',
      restaurant: { id: app.home.restaurantId, name: 'Little Lemon' },
      hiredAt: app.clock.now(),
    });
  });

  test('S3-02 S3-03 a customer is told that it is for staff', async () => {
    await using app = await openApp();
    await app.given.person({ username: 'guest.one' });

    const refused = await refusalOf(
      app.as('anonymous').auth.login.mutate({
        identifier: 'guest.one',
        password: PASSWORD,
        door: 'staff',
      }),
    );

    expect(refused).toMatchObject({ reason: 'NOT_STAFF', httpStatus: 403 });
  });

  test('S3-03 staff who name a restaurant they do not work at have no profile there', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();

    const refused = await refusalOf(
      app.as('anonymous').auth.login.mutate({
        identifier: 'waiter',
        password: PASSWORD,
        restaurantId,
      }),
    );

    expect(refused).toMatchObject({ reason: 'STAFF_PROFILE_MISSING', httpStatus: 404 });
  });

  test('S3-03 a wrong password gets the same answer here as for nobody', async () => {
    await using app = await openApp();
    await app.given.person({ username: 'guest.one' });
    const { auth } = app.as('anonymous');
    const door = 'staff' as const;

    const outcomes = await Promise.all(
      ['guest.one', 'waiter', 'nobody'].map((identifier) =>
        outcomeOf(auth.login.mutate({ identifier, password: 'not the password', door })),
      ),
    );

    expect(outcomes).toEqual(Array(3).fill('INVALID_CREDENTIALS'));
  });

  test('S3-02 whose membership has ended comes in as a customer only', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await app.as('manager').people.deactivate.mutate({ personId: waiter.id });
    const { auth } = app.as('anonymous');
    const login = { identifier: 'waiter', password: PASSWORD };

    const staff = await outcomeOf(auth.login.mutate({ ...login, door: 'staff' }));
    const { user } = await auth.login.mutate(login);

    expect(staff).toBe('NOT_STAFF');
    expect(user).toMatchObject({ role: 'customer', restaurant: null });
  });
});

describe('the customer door', () => {
  test('S3-02 a waiter who uses it is a customer there', async () => {
    await using app = await openApp();

    const { user, accessToken } = await app.as('anonymous').auth.login.mutate({
      identifier: 'waiter',
      password: PASSWORD,
      door: 'customer',
    });

    const refused = await refusalOf(app.withToken(accessToken).people.list.query());
    expect(user).toMatchObject({ role: 'customer', restaurant: null });
    expect(refused.reason).toBe('FORBIDDEN');
  });
});

describe('working in two restaurants', () => {
  async function openWithTwo() {
    const app = await openApp();
    const restaurantId = await app.given.restaurant({ name: 'Big Orange' });
    await joined(app, app.home.staff.chef, { restaurantId, role: 'waiter' });
    return { app, restaurantId };
  }

  test('the newest membership is worn, unless a restaurant is named', async () => {
    const { app: opened, restaurantId } = await openWithTwo();
    await using app = opened;
    const { auth } = app.as('anonymous');
    const login = { identifier: 'chef', password: PASSWORD };

    const newest = await auth.login.mutate(login);
    const home = await auth.login.mutate({
      ...login,
      restaurantId: app.home.restaurantId.toUpperCase(),
    });

    expect(newest.user).toMatchObject({ role: 'waiter', restaurant: { id: restaurantId } });
    expect(home.user).toMatchObject({ role: 'chef', restaurant: { name: 'Little Lemon' } });
  });

  test('one session changes from one to the other, and off, without a new sign-in', async () => {
    const { app: opened, restaurantId } = await openWithTwo();
    await using app = opened;
    const { accessToken, refreshToken } = await app.session('chef');
    const { auth } = app.withToken(accessToken);

    const there = await auth.switchRestaurant.mutate({ restaurantId });
    const off = await app
      .withToken(there.accessToken)
      .auth.switchRestaurant.mutate({ restaurantId: null });
    const back = await app
      .withToken(off.accessToken)
      .auth.switchRestaurant.mutate({ restaurantId: app.home.restaurantId });

    expect([there, off, back].map(({ user }) => user.role)).toEqual(['waiter', 'customer', 'chef']);
    expect(await app.withToken(back.accessToken).auth.session.query()).toMatchObject({
      user: { role: 'chef', restaurant: { name: 'Little Lemon' } },
    });
    const { user } = await auth.refresh.mutate({ refreshToken });
    expect(user.role).toBe('chef');
  });

  test('a token from before the change to no restaurant is refused', async () => {
    await using app = await openApp();
    const { accessToken } = await app.session('chef');
    const { auth } = app.withToken(accessToken);

    await auth.switchRestaurant.mutate({ restaurantId: null });

    expect(await outcomeOf(auth.session.query())).toBe('TOKEN_INVALID');
  });

  test('a restaurant of others is none of the caller’s', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();

    const refused = await refusalOf(app.as('chef').auth.switchRestaurant.mutate({ restaurantId }));

    expect(refused).toMatchObject({ reason: 'STAFF_PROFILE_MISSING', httpStatus: 404 });
  });
});
