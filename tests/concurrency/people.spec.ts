import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { accepted, invited } from '../auth/joining.ts';
import { outcomes } from './outcomes.ts';

async function active(app: TestApp, role: 'admin' | 'manager'): Promise<number> {
  const watcher = app.as('head_chef');
  return (await watcher.people.list.query({ role, active: true })).items.length;
}

describe('two admins at once', () => {
  test.each([1, 2, 3])('who demote each other: one is refused, one is left (%i)', async () => {
    await using app = await openApp();
    const first = app.home.staff.admin;
    const second = await app.given.person({ role: 'admin' });
    const [one, other] = [app.as(first), app.as(second)];
    await Promise.all([one.permissions.mine.query(), other.permissions.mine.query()]);

    const told = await outcomes([
      one.people.setRole.mutate({ personId: second.id, role: 'waiter' }),
      other.people.setRole.mutate({ personId: first.id, role: 'waiter' }),
    ]);

    expect(['LAST_OF_ROLE ok', 'TOKEN_INVALID ok']).toContain(told.toSorted().join(' '));
    expect(await active(app, 'admin')).toBe(1);
  });

  test('who close each other’s account, though both also rule elsewhere: one is left', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const first = app.home.staff.admin;
    const second = await app.given.person({ role: 'admin' });
    const [one, other] = [app.as(first), app.as(second)];
    const there = { restaurantId, role: 'admin' } as const;
    await one.people.create.mutate({ ...there, existing: second.username });
    await other.people.create.mutate({ ...there, existing: first.username });
    await accepted(app, first, restaurantId);
    await accepted(app, second, restaurantId);

    const told = await outcomes([
      one.people.deactivateAccount.mutate({ personId: second.id }),
      other.people.deactivateAccount.mutate({ personId: first.id }),
    ]);

    expect(['LAST_OF_ROLE ok', 'TOKEN_INVALID ok']).toContain(told.toSorted().join(' '));
    expect(await active(app, 'admin')).toBe(1);
  });

  test('who take away both managers: one manager is left', async () => {
    await using app = await openApp();
    const second = await app.given.person({ role: 'manager' });
    const third = await app.given.person({ role: 'admin' });
    const [one, other] = [app.as('admin'), app.as(third)];

    const told = await outcomes([
      one.people.deactivate.mutate({ personId: second.id }),
      other.people.setRole.mutate({ personId: app.home.staff.manager.id, role: 'waiter' }),
    ]);

    expect(told.toSorted()).toEqual(['LAST_OF_ROLE', 'ok']);
    expect(await active(app, 'manager')).toBe(1);
  });
});

describe('hiring at once', () => {
  test('thirty times the same person: hired once, told so by all the others', async () => {
    await using app = await openApp();
    const { username } = await app.given.person();
    const { people } = app.as('manager');

    const told = await outcomes(
      Array.from({ length: 30 }, () => people.create.mutate({ existing: username, role: 'chef' })),
    );

    expect(told.toSorted()).toEqual([...Array.from({ length: 29 }, () => 'ALREADY_STAFF'), 'ok']);
  });

  test('thirty restaurants at once: invited by each, at work in none', async () => {
    await using app = await openApp();
    const guest = await app.given.person();
    const places = await Promise.all(Array.from({ length: 30 }, () => app.given.restaurant()));
    const { people } = app.as('admin');
    const offer = { existing: guest.username, role: 'chef' } as const;

    const told = await outcomes(
      places.map((restaurantId) => people.create.mutate({ ...offer, restaurantId })),
    );

    const { invitations, user } = await app.as(guest).auth.session.query();
    expect(new Set(told)).toEqual(new Set(['ok']));
    expect(new Set(invitations.map(({ restaurantId }) => restaurantId))).toEqual(new Set(places));
    expect(user.role).toBe('customer');
  });

  test('five people under one name: one gets it', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const petra = { username: 'petra', password: 'correct horse battery', role: 'chef' } as const;

    const told = await outcomes(Array.from({ length: 5 }, () => people.create.mutate(petra)));

    expect(told.toSorted()).toEqual([...Array.from({ length: 4 }, () => 'NAME_TAKEN'), 'ok']);
  });
});

describe('accepting at once', () => {
  test('from eight devices: they work there, changed once', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const guest = await app.given.person();
    await invited(app, guest, { role: 'chef' });
    const devices = Array.from({ length: 8 }, () => app.as(guest));
    await Promise.all(devices.map(({ permissions }) => permissions.mine.query()));

    const told = await outcomes(
      devices.map(({ auth }) => auth.switchRestaurant.mutate({ restaurantId })),
    );

    const { people } = app.as('manager');
    expect(new Set(told)).toEqual(new Set(['ok']));
    expect(await people.show.query({ personId: guest.id })).toMatchObject({
      active: true,
      version: 2,
    });
  });

  test.each([1, 2, 3, 4])(
    'while it is withdrawn: whoever wins, nobody works there (%i)',
    async () => {
      await using app = await openApp();
      const { restaurantId } = app.home;
      const guest = await app.given.person();
      await invited(app, guest, { role: 'chef' });
      const manager = app.as('manager');
      const theirs = app.as(guest);
      await Promise.all([manager.permissions.mine.query(), theirs.permissions.mine.query()]);

      const [came, withdrawn] = await outcomes([
        theirs.auth.switchRestaurant.mutate({ restaurantId }),
        manager.people.deactivate.mutate({ personId: guest.id }),
      ]);

      const { active, pending } = await manager.people.show.query({ personId: guest.id });
      const [as] = await outcomes([app.as({ ...guest, restaurantId }).permissions.mine.query()]);
      expect(['ok', 'STAFF_PROFILE_MISSING']).toContain(came);
      expect({ withdrawn, active, pending, as }).toEqual({
        withdrawn: 'ok',
        active: false,
        pending: false,
        as: 'TOKEN_INVALID',
      });
    },
  );
});

describe('changing one person at once', () => {
  test('ten changes all end in an answer, and the last one stands', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.sous_chef.id;

    const told = await outcomes(
      Array.from({ length: 10 }, (_, at) =>
        people.setLevel.mutate({ personId, level: (at % 2) + 1 }),
      ),
    );

    expect(told.filter((one) => !['ok', 'VERSION_CONFLICT'].includes(one))).toEqual([]);
    expect(told).toContain('ok');
  });
});
