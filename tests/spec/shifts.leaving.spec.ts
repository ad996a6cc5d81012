import { after, DAY, HOUR } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { joined } from '../auth/joining.ts';
import { auditOf } from '../auth/looking.ts';
import { at, planned, secondJob, span } from '../shifts/planning.ts';

/** What has become of each shift, by its note. */
async function statesIn(app: TestApp, restaurantId = app.home.restaurantId) {
  const { items } = await app.as('admin').shifts.list.query({ restaurantId, limit: 100 });
  return Object.fromEntries(items.map(({ note, state }) => [note ?? '', state]));
}

/** Shifts of the waiter of every kind: what is over, under way, about to begin, and to come. */
async function everyKind(app: TestApp) {
  const now = app.clock.now();
  const plan = (note: string, ahead: number, publish = true) => {
    const startsAt = after(now, ahead);
    return planned(app, { note, startsAt, endsAt: after(startsAt, 2 * HOUR), publish });
  };
  await plan('over', -DAY);
  await plan('under way', -2 * HOUR + 1);
  await plan('to come', HOUR * 2);
  await plan('a draft', DAY, false);
  const { id: shiftId } = await plan('given up', 2 * DAY);
  await app.as('manager').shifts.cancel.mutate({ shiftId });
}

const LEFT_BEHIND = {
  over: 'published',
  'under way': 'published',
  'to come': 'cancelled',
  'a draft': 'cancelled',
  'given up': 'cancelled',
};

describe('the shifts of somebody who leaves', () => {
  test('D4 are cancelled where they are still to come', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    await everyKind(app);

    await app.as('manager').people.deactivate.mutate({ personId });

    expect(await statesIn(app)).toEqual(LEFT_BEHIND);
  });

  test('stay if they begin in that very moment', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const startsAt = app.clock.now();
    await planned(app, { note: 'now', startsAt, endsAt: after(startsAt, HOUR) });
    const a = { note: 'next', startsAt: after(startsAt, HOUR), endsAt: after(startsAt, 2 * HOUR) };
    await planned(app, a);

    await app.as('manager').people.deactivate.mutate({ personId });

    expect(await statesIn(app)).toEqual({ now: 'draft', next: 'cancelled' });
  });

  test('are those of nobody else', async () => {
    await using app = await openApp();
    await planned(app, { personId: app.home.staff.chef.id, note: 'the chef’s' });

    await app.as('manager').people.deactivate.mutate({ personId: app.home.staff.waiter.id });

    expect(await statesIn(app)).toEqual({ 'the chef’s': 'draft' });
  });

  test('are written down, each that was cancelled', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    await everyKind(app);

    await app.as('manager').people.deactivate.mutate({ personId });

    const rows = await auditOf(app, 'people.deactivate');
    const by = { actorId: app.home.staff.manager.id, restaurantId: app.home.restaurantId };
    expect(rows.filter(({ target }) => target === 'Shift')).toMatchObject([
      { ...by, before: { state: 'published' }, after: { state: 'cancelled' } },
      { ...by, before: { state: 'draft' }, after: { state: 'cancelled' } },
    ]);
  });

  test('do not come back with them, and their time is free', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const personId = app.home.staff.waiter.id;
    await everyKind(app);
    await people.deactivate.mutate({ personId });
    await people.reactivate.mutate({ personId });

    const again = await planned(app, { note: 'anew', ...span('01T14:00', '01T16:00') });

    expect(again.state).toBe('draft');
    expect(await statesIn(app)).toEqual({ ...LEFT_BEHIND, anew: 'draft' });
  });

  test('S3-11 are those of the restaurant that they leave', async () => {
    await using app = await openApp();
    const { restaurantId, manager } = await secondJob(app);
    const personId = app.home.staff.waiter.id;
    await planned(app, { note: 'here' });
    const there = { personId, note: 'there', ...span('03T09:00', '03T17:00') };
    await manager.shifts.schedule.mutate(there);

    await app.as('manager').people.deactivate.mutate({ personId });

    expect(await statesIn(app)).toEqual({ here: 'cancelled' });
    expect(await statesIn(app, restaurantId)).toEqual({ there: 'draft' });
  });

  test('are those of every restaurant when the account is closed', async () => {
    await using app = await openApp();
    const { restaurantId, manager } = await secondJob(app);
    const personId = app.home.staff.waiter.id;
    await everyKind(app);
    const there = { personId, note: 'there', ...span('05T09:00', '05T17:00'), publish: true };
    await manager.shifts.schedule.mutate(there);

    await app.as('admin').people.deactivateAccount.mutate({ personId });

    expect(await statesIn(app)).toEqual(LEFT_BEHIND);
    expect(await statesIn(app, restaurantId)).toEqual({ there: 'cancelled' });
  });

  test.each(['deactivate', 'deactivateAccount'] as const)(
    'are those of every restaurant where an admin worked as one: %s',
    async (verb) => {
      await using app = await openApp();
      const { id: personId } = await app.given.person({ role: 'admin' });
      const restaurantId = await app.given.restaurant();
      const { shifts, people } = app.as('admin');
      const there = { restaurantId, personId, note: 'there', ...span('03T09:00', '03T17:00') };
      await planned(app, { personId, note: 'here' });
      await shifts.schedule.mutate(there);

      await people[verb].mutate({ personId });

      expect(await statesIn(app)).toEqual({ here: 'cancelled' });
      expect(await statesIn(app, restaurantId)).toEqual({ there: 'cancelled' });
    },
  );

  test('stay elsewhere while they are an admin somewhere', async () => {
    await using app = await openApp();
    const who = await app.given.person({ role: 'admin' });
    const restaurantId = await app.given.restaurant();
    const { shifts, people } = app.as('admin');
    const second = await joined(app, who, {
      restaurantId: await app.given.restaurant(),
      role: 'admin',
    });
    const personId = second.id;
    const there = { restaurantId, personId, note: 'there', ...span('03T09:00', '03T17:00') };
    await planned(app, { personId, note: 'here' });
    await shifts.schedule.mutate(there);

    await people.deactivate.mutate({ personId });

    expect(await statesIn(app)).toEqual({ here: 'cancelled' });
    expect(await statesIn(app, restaurantId)).toEqual({ there: 'draft' });
  });

  test('can be given to somebody else, cut short or cancelled, and not planned anew', async () => {
    await using app = await openApp();
    const { shifts, people } = app.as('manager');
    const personId = app.home.staff.waiter.id;
    const one = await app.given.shift({ personId });
    const other = await app.given.shift({ personId, ...span('01T02:00', '01T10:00') });
    await people.deactivate.mutate({ personId });

    const refused = await refusalOf(shifts.update.mutate({ shiftId: one, endsAt: at('01T23:00') }));
    const given = await shifts.update.mutate({
      shiftId: one,
      personId: app.home.staff.chef.id,
    });
    const gone = await shifts.cancel.mutate({ shiftId: other });

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'person' } });
    expect(given).toMatchObject({ personId: app.home.staff.chef.id, state: 'published' });
    expect(gone.state).toBe('cancelled');
  });
});

describe('the shifts of somebody who works in two restaurants', () => {
  test('D4 never overlap; which one it is, is told where it is', async () => {
    await using app = await openApp();
    const { manager } = await secondJob(app);
    const personId = app.home.staff.waiter.id;
    const taken = span('02T09:00', '02T17:00');
    const { id: shiftId } = await planned(app, taken);
    const { schedule } = manager.shifts;

    const refusals = [
      await refusalOf(schedule.mutate({ personId, ...span('02T16:00', '02T20:00') })),
      await refusalOf(planned(app, span('02T16:00', '02T20:00'))),
    ];
    const next = await schedule.mutate({ personId, ...span('02T17:00', '02T20:00') });

    const overlap = { reason: 'SHIFT_OVERLAP', httpStatus: 409 };
    expect(refusals).toMatchObject([
      { ...overlap, details: { with: { shiftId: null, ...taken } } },
      { ...overlap, details: { with: { shiftId, ...taken } } },
    ]);
    expect(next.state).toBe('draft');
  });

  test('D4 do not overlap by a change either', async () => {
    await using app = await openApp();
    const { manager } = await secondJob(app);
    const personId = app.home.staff.waiter.id;
    await planned(app);
    const own = { personId, ...span('02T17:00', '02T20:00') };
    const { id: shiftId } = await manager.shifts.schedule.mutate(own);

    const refused = await refusalOf(
      manager.shifts.update.mutate({ shiftId, startsAt: at('02T16:45') }),
    );

    expect(refused).toMatchObject({
      reason: 'SHIFT_OVERLAP',
      details: { with: { shiftId: null } },
    });
  });

  test('S3-11 P13 are changed where they are planned, and unknown elsewhere', async () => {
    await using app = await openApp();
    const { manager, restaurantId } = await secondJob(app);
    const shift = await planned(app);
    const { id: shiftId } = shift;
    const named = { restaurantId: app.home.restaurantId };

    const refusals = [
      await refusalOf(manager.shifts.update.mutate({ shiftId, note: 'Ours.' })),
      await refusalOf(manager.shifts.cancel.mutate({ shiftId })),
      await refusalOf(manager.shifts.publish.mutate({ shiftIds: [shiftId] })),
      await refusalOf(app.as('admin').shifts.cancel.mutate({ restaurantId, shiftId })),
      await refusalOf(manager.shifts.cancel.mutate({ ...named, shiftId })),
    ];

    const unknown = (what: string) => ({ reason: 'NOT_FOUND', details: { what } });
    expect(refusals).toMatchObject([...Array(4).fill(unknown('shift')), unknown('restaurant')]);
    expect((await app.as('manager').shifts.list.query()).items).toEqual([shift]);
  });

  test('an admin plans in each of them', async () => {
    await using app = await openApp();
    const { restaurantId, manager } = await secondJob(app);
    const { shifts } = app.as('admin');
    const personId = app.home.staff.waiter.id;

    const made = await shifts.schedule.mutate({
      restaurantId,
      personId,
      ...span('02T09:00', '02T17:00'),
    });
    await shifts.publish.mutate({ restaurantId, shiftIds: [made.id] });
    const changed = await shifts.update.mutate({ restaurantId, shiftId: made.id, note: 'Bar.' });

    expect((await manager.shifts.list.query()).items).toEqual([changed]);
    expect((await app.as('manager').shifts.list.query()).items).toEqual([]);
  });
});
