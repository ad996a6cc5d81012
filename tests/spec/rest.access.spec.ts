import { newId } from '@comanda/kernel/id';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { askByRest } from '../rest/access.ts';
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
  showing,
  statusesIn,
  unknownIds,
  verdictsOf,
} from './access.calls.ts';
import { sparingly } from './access.sparing.ts';
import { CALLERS, ROLES } from './access.table.ts';

const by = askByRest;

describe('calling the mirror at home', () => {
  test.each(CALLERS)('P13 S1-06 %s may do all that the table allows', async (caller) => {
    await using app = await openApp();
    const cook = await app.given.person({ role: 'chef' });
    const { staff } = app.home;
    const own = await idsOf(app, { anonymous: cook, ...staff }[caller]);
    const paths = allowedTo(caller);

    const told = await sparingly(verdictsOf, app, {
      paths,
      ids: { ...own, personId: cook.id },
      show: freshly(app, caller),
      by,
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

      const told = await verdictsOf(app, { paths, ids, show: showing(token), by });

      expect(told).toEqual(promised(caller, paths));
      expect(await everyRow(app)).toEqual(before);
    },
  );
});

describe('reaching into another restaurant through the mirror', () => {
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
      const other = await answersTo(app, {
        paths: PLACED,
        ids: named(ids.restaurantId),
        show,
        by,
      });
      const none = await answersTo(app, { paths: PLACED, ids: named(newId()), show, by });

      expect(statusesIn(other)).toEqual(hidden(role, PLACED));
      expect(other).toEqual(none);
      expect(await everyRow(app)).toEqual(before);
    },
  );

  test.each(ROLES)('P13 T33 to %s an id of theirs is like an id of nobody', async (role) => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const ids = await idsOf(app, await app.given.person({ role: 'manager', restaurantId }));
    const show = showing(await freshly(app, role)());
    const before = await everyRow(app);

    const round = { paths: NAMING_A_ROW, show, by };
    const theirIds = await answersTo(app, { ...round, ids });
    const noIds = await answersTo(app, { ...round, ids: unknownIds(ids.here) });

    expect(statusesIn(theirIds)).toEqual(hidden(role, NAMING_A_ROW));
    expect(theirIds).toEqual(noIds);
    expect(await everyRow(app)).toEqual(before);
  });
});
