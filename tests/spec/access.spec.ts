import { newId } from '@comanda/kernel/id';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import {
  allowedTo,
  answersTo,
  deniedTo,
  everyRow,
  freshly,
  hidden,
  idsOf,
  NAMING_A_ROW,
  PLACED,
  promised,
  SERVED,
  showing,
  statusesIn,
  unknownIds,
  verdictsOf,
} from './access.calls.ts';
import { sparingly } from './access.sparing.ts';
import { CALLERS, PATHS, PROCEDURES, ROLES } from './access.table.ts';

describe('the reviewed table', () => {
  test('P13 names every procedure that can be called, and no other', () => {
    expect(PATHS.toSorted()).toEqual(Object.keys(SERVED).toSorted());
  });

  test.each(PATHS)('P13 says what opens %s', (path) => {
    expect(SERVED[path]?._def.meta?.access).toBe(PROCEDURES[path][0]);
  });
});

describe('calling at home', () => {
  test.each(CALLERS)('P13 S1-06 S2-27 %s may do all that the table allows', async (caller) => {
    await using app = await openApp();
    const cook = await app.given.person({ role: 'chef' });
    const { staff } = app.home;
    const own = await idsOf(app, { anonymous: cook, ...staff }[caller]);
    const paths = allowedTo(caller);

    const told = await sparingly(verdictsOf, app, {
      paths,
      ids: { ...own, personId: cook.id },
      show: freshly(app, caller),
    });

    expect(told).toEqual(promised(caller, paths));
  });

  test.each(CALLERS)(
    'P13 S0-14 %s may do nothing else, and no try leaves a trace',
    async (caller) => {
      await using app = await openApp();
      const ids = await idsOf(app, app.home.staff.chef);
      const token = await freshly(app, caller)();
      const paths = deniedTo(caller);
      const before = await everyRow(app);

      const told = await verdictsOf(app, { paths, ids, show: showing(token) });

      expect(told).toEqual(promised(caller, paths));
      expect(await everyRow(app)).toEqual(before);
    },
  );
});

describe('reaching into another restaurant', () => {
  const strangers = ROLES.filter((role) => role !== 'admin');

  test.each(strangers)(
    'P13 S3-11 %s who names one is told that it does not exist',
    async (role) => {
      await using app = await openApp();
      const cook = await app.given.person({
        role: 'chef',
        restaurantId: await app.given.restaurant(),
      });
      const ids = await idsOf(app, cook);
      const show = showing(await freshly(app, role)());
      const before = await everyRow(app);

      const named = (restaurantId: string) => ({ ...ids, at: { restaurantId } });
      const other = await answersTo(app, { paths: PLACED, ids: named(ids.restaurantId), show });
      const none = await answersTo(app, { paths: PLACED, ids: named(newId()), show });

      expect(statusesIn(other)).toEqual(hidden(role, PLACED));
      expect(other).toEqual(none);
      expect(await everyRow(app)).toEqual(before);
    },
  );

  test('P13 D1 an admin who names one works there', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const cook = await app.given.person({ role: 'chef', restaurantId });
    const ids = { ...(await idsOf(app, cook)), at: { restaurantId } };
    const show = freshly(app, 'admin');

    const told = await sparingly(verdictsOf, app, { paths: PLACED, ids, show });

    expect(told).toEqual(promised('admin', PLACED));
  });

  test('P13 an admin who names one that does not exist is told so', async () => {
    await using app = await openApp();
    const at = { restaurantId: newId() };
    const ids = { ...(await idsOf(app, app.home.staff.chef)), at };
    const show = freshly(app, 'admin');

    const answers = await sparingly(answersTo, app, { paths: PLACED, ids, show });

    expect(statusesIn(answers)).toEqual(hidden('admin', PLACED));
  });

  test.each(ROLES.flatMap((role) => [[role, 'chef'] as const, [role, 'manager'] as const]))(
    'P13 T33 to %s an id of a %s there is like an id of nobody',
    async (role, theirs) => {
      await using app = await openApp();
      const restaurantId = await app.given.restaurant();
      const ids = await idsOf(app, await app.given.person({ role: theirs, restaurantId }));
      const show = showing(await freshly(app, role)());
      const before = await everyRow(app);

      const theirIds = await answersTo(app, { paths: NAMING_A_ROW, ids, show });
      const noIds = await answersTo(app, { paths: NAMING_A_ROW, ids: unknownIds(ids.here), show });

      expect(statusesIn(theirIds)).toEqual(hidden(role, NAMING_A_ROW));
      expect(theirIds).toEqual(noIds);
      expect(await everyRow(app)).toEqual(before);
    },
  );

  test.each(strangers)(
    'P13 D12.2 nothing that %s is told speaks of anybody there',
    async (role) => {
      await using app = await openApp();
      const restaurantId = await app.given.restaurant();
      const traits = { username: 'canary', firstName: 'Canary', lastName: 'Canary' };
      const spy = await app.given.person({ role: 'chef', restaurantId, ...traits });
      const own = await idsOf(app, app.home.staff[role]);
      // Whoever shows a refresh token is told whose it is: that one stays out of foreign hands.
      const theirs = { ...(await idsOf(app, spy)), refreshToken: own.refreshToken };
      const show = freshly(app, role);

      const toOwn = await sparingly(answersTo, app, { paths: PATHS, ids: own, show });
      const toTheirs = await sparingly(answersTo, app, { paths: PATHS, ids: theirs, show });

      const told = JSON.stringify([toOwn, toTheirs]);
      expect(told).not.toMatch(/canary/i);
      expect(told).not.toContain('TOKEN_INVALID');
    },
  );
});
