import type { UpdateShift } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { after, DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { at, NINE_TO_FIVE, planned, span } from '../shifts/planning.ts';

const invalid = (path: string) => ({
  reason: 'VALIDATION',
  httpStatus: 400,
  details: { issues: [{ path }] },
});
const noShift = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'shift' } };
const noPerson = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'person' } };
const cancelled = { reason: 'SHIFT_CANCELLED', httpStatus: 409 };
const begun = { reason: 'SHIFT_BEGUN', httpStatus: 409 };
const overlap = { reason: 'SHIFT_OVERLAP', httpStatus: 409 };

describe('scheduling a shift', () => {
  test.each(['manager', 'admin'] as const)('S3-19 S3-20 a %s does, as a draft', async (role) => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;

    const shift = await app.as(role).shifts.schedule.mutate({ personId, ...NINE_TO_FIVE });

    expect(shift).toEqual({
      id: expect.any(String),
      personId,
      name: 'Some Body',
      startsAt: new Date('2026-06-02T09:00:00Z'),
      endsAt: new Date('2026-06-02T17:00:00Z'),
      state: 'draft',
      note: null,
      version: 1,
    });
    expect((await app.as('manager').shifts.list.query()).items).toEqual([shift]);
  });

  test('D4 publishes it at once where that is said, and keeps the note', async () => {
    await using app = await openApp();

    const shift = await planned(app, { publish: true, note: '  Bar, then terrace 🍋 ' });

    expect(shift).toMatchObject({ state: 'published', note: 'Bar, then terrace 🍋', version: 1 });
  });

  test('a manager plans for a manager, and for themselves', async () => {
    await using app = await openApp();
    const personId = app.home.staff.manager.id;

    expect(await planned(app, { personId })).toMatchObject({ personId });
  });

  test('an admin works in every restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const manager = app.as(await app.given.person({ role: 'manager', restaurantId }));
    const personId = app.home.staff.admin.id;

    const shift = await manager.shifts.schedule.mutate({ personId, ...NINE_TO_FIVE });

    expect(shift).toMatchObject({ personId });
  });

  test('tells the name that somebody goes by', async () => {
    await using app = await openApp();
    const nameless = { role: 'chef', firstName: '', lastName: '', username: 'petra' } as const;
    const { id } = await app.given.person(nameless);
    const { id: half } = await app.given.person({ role: 'chef', firstName: 'Ada', lastName: '' });

    expect(await planned(app, { personId: id })).toMatchObject({ name: 'petra' });
    expect(await planned(app, { personId: half })).toMatchObject({ name: 'Ada' });
  });

  test.each([15 * MINUTE, 16 * HOUR])('D4 of %i ms is done', async (length) => {
    await using app = await openApp();
    const { startsAt } = NINE_TO_FIVE;

    const shift = await planned(app, { endsAt: after(startsAt, length) });

    expect(shift.endsAt).toEqual(after(startsAt, length));
  });

  test.each([15 * MINUTE - 1, 16 * HOUR + 1, 0, -HOUR])(
    'D4 of %i ms is not done',
    async (length) => {
      await using app = await openApp();

      const refused = await refusalOf(
        planned(app, { endsAt: after(NINE_TO_FIVE.startsAt, length) }),
      );

      expect(refused).toMatchObject(invalid('endsAt'));
      expect((await app.as('manager').shifts.list.query()).items).toEqual([]);
    },
  );

  test.each([-31 * DAY, 366 * DAY])('that begins in %i ms is done', async (ahead) => {
    await using app = await openApp();
    const startsAt = after(app.clock.now(), ahead);

    const shift = await planned(app, { startsAt, endsAt: after(startsAt, HOUR) });

    expect(shift.startsAt).toEqual(startsAt);
  });

  test.each([-31 * DAY - 1, 366 * DAY + 1, -8.64e15, 8.64e15 - 1.9e12])(
    'that begins in %i ms is not done',
    async (ahead) => {
      await using app = await openApp();
      const startsAt = after(app.clock.now(), ahead);

      const refused = await refusalOf(
        planned(app, { startsAt, endsAt: after(app.clock.now(), HOUR) }),
      );

      expect(refused).toMatchObject(invalid('startsAt'));
    },
  );

  test.each<[string, object]>([
    ['note', { note: ' ' }],
    ['note', { note: 'x'.repeat(201) }],
    ['note', { note: 7 }],
    ['startsAt', { startsAt: '2026-06-02T09:00:00Z' }],
    ['personId', { personId: 'waiter' }],
    ['publish', { publish: 'yes' }],
    ['', { state: 'published' }],
  ])('is not done when wrong is %s: %j', async (path, wrong) => {
    await using app = await openApp();

    const refused = await refusalOf(planned(app, wrong));

    expect(refused).toMatchObject(invalid(path));
  });

  test('D4 of who does not work here is refused, whatever the reason', async () => {
    await using app = await openApp();
    const { people } = app.as('manager');
    const restaurantId = await app.given.restaurant();
    const elsewhere = await app.given.person({ role: 'waiter', restaurantId });
    const left = await app.given.person({ role: 'waiter' });
    await people.deactivate.mutate({ personId: left.id });
    const closed = await app.given.person({ role: 'waiter', active: false });
    const asked = await app.given.person();
    await people.create.mutate({ existing: asked.username, role: 'waiter' });
    const customer = app.home.staff.customer;

    const refusals = await Promise.all(
      [elsewhere, left, closed, asked, customer, { id: newId() }].map(({ id: personId }) =>
        refusalOf(planned(app, { personId })),
      ),
    );

    expect(refusals).toMatchObject(Array(6).fill(noPerson));
    expect((await app.as('manager').shifts.list.query()).items).toEqual([]);
  });
});

describe('shifts of one person', () => {
  test('D4 may follow each other in the same moment', async () => {
    await using app = await openApp();
    await planned(app, span('02T09:00', '02T17:00'));

    const before = await planned(app, span('02T05:00', '02T09:00'));
    const after = await planned(app, span('02T17:00', '03T09:00'));

    expect([before.state, after.state]).toEqual(['draft', 'draft']);
  });

  test.each([
    ['02T16:59:59.999', '02T20:00'],
    ['02T06:00', '02T09:00:00.001'],
    ['02T09:00', '02T17:00'],
    ['02T10:00', '02T11:00'],
    ['02T08:00', '02T18:00'],
    ['02T01:30', '02T17:00'],
  ])('D4 do not overlap: %s to %s', async (from, to) => {
    await using app = await openApp();
    const { id: shiftId } = await planned(app);

    const refused = await refusalOf(planned(app, span(from, to)));

    expect(refused).toMatchObject({ ...overlap, details: { with: { shiftId, ...NINE_TO_FIVE } } });
  });

  test('D4 of the longest kind are seen from their last moment', async () => {
    await using app = await openApp();
    const { id: shiftId } = await planned(app, span('02T00:00', '02T16:00'));

    const refused = await refusalOf(planned(app, span('02T15:59:59.999', '03T07:00')));

    expect(refused).toMatchObject({ ...overlap, details: { with: { shiftId } } });
  });

  test('D4 do not overlap published ones either; cancelled ones are in nobody’s way', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { id: shiftId } = await planned(app, { publish: true });
    const refused = await refusalOf(planned(app));
    await shifts.cancel.mutate({ shiftId });

    const again = await planned(app);

    expect(refused).toMatchObject({ ...overlap, details: { with: { shiftId } } });
    expect(again.id).not.toBe(shiftId);
  });

  test('do not stand in the way of another’s', async () => {
    await using app = await openApp();
    await planned(app);

    const other = await planned(app, { personId: app.home.staff.chef.id });

    expect(other).toMatchObject(NINE_TO_FIVE);
  });
});

describe('publishing shifts', () => {
  test('shows several at once, each once, by their start', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const late = await planned(app, span('03T09:00', '03T17:00'));
    const early = await planned(app);
    const seen = await planned(app, { ...span('04T09:00', '04T17:00'), publish: true });
    const shiftIds = [late.id, seen.id, early.id, late.id.toUpperCase()];

    const { items } = await shifts.publish.mutate({ shiftIds });

    expect(items).toEqual([
      { ...early, state: 'published', version: 2 },
      { ...late, state: 'published', version: 2 },
      seen,
    ]);
    expect(await auditOf(app, 'shifts.publish')).toHaveLength(2);
  });

  test('that is repeated changes nothing', async () => {
    await using app = await openApp();
    const { publish } = app.as('manager').shifts;
    const { id } = await planned(app);
    const first = await publish.mutate({ shiftIds: [id] });

    const second = await publish.mutate({ shiftIds: [id] });

    expect(second).toEqual(first);
    expect(await auditOf(app, 'shifts.publish')).toHaveLength(1);
  });

  test('is all or nothing', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const draft = await planned(app);
    const gone = await planned(app, span('03T09:00', '03T17:00'));
    await shifts.cancel.mutate({ shiftId: gone.id });
    const restaurantId = await app.given.restaurant();
    const { id: personId } = await app.given.person({ role: 'chef', restaurantId });
    const theirs = await app.given.shift({ personId, restaurantId, state: 'draft' });

    const refusals = [
      await refusalOf(shifts.publish.mutate({ shiftIds: [draft.id, gone.id] })),
      await refusalOf(shifts.publish.mutate({ shiftIds: [draft.id, theirs] })),
      await refusalOf(shifts.publish.mutate({ shiftIds: [draft.id, newId()] })),
    ];

    expect(refusals).toMatchObject([cancelled, noShift, noShift]);
    expect((await shifts.list.query({ state: 'draft' })).items).toEqual([draft]);
    const there = await app.as('admin').shifts.list.query({ restaurantId });
    expect(there.items).toMatchObject([{ state: 'draft', version: 1 }]);
  });

  test.each([[[]], [['x']], [Array.from({ length: 101 }, () => newId())]])(
    'asks for some, and not for too many: %#',
    async (shiftIds) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as('manager').shifts.publish.mutate({ shiftIds }));

      expect(refused.reason).toBe('VALIDATION');
    },
  );
});

describe('changing a shift', () => {
  test('leaves what was not named as it was, and empties what is null', async () => {
    await using app = await openApp();
    const { update } = app.as('manager').shifts;
    const before = await planned(app, { note: 'Bar.', publish: true });
    const { id: shiftId } = before;

    const changed = await update.mutate({ shiftId, endsAt: at('02T18:00') });
    const emptied = await update.mutate({ shiftId, note: null });
    const same = await update.mutate({ shiftId });

    expect(changed).toEqual({ ...before, endsAt: at('02T18:00'), version: 2 });
    expect(emptied).toEqual({ ...changed, note: null, version: 3 });
    expect(same).toEqual(emptied);
  });

  test('gives it to somebody else, if they have the time', async () => {
    await using app = await openApp();
    const { update } = app.as('manager').shifts;
    const [chef, sous] = [app.home.staff.chef.id, app.home.staff.sous_chef.id];
    const { id: shiftId } = await planned(app);
    const { id: busy } = await planned(app, { personId: sous });

    const refused = await refusalOf(update.mutate({ shiftId, personId: sous }));
    const given = await update.mutate({ shiftId, personId: chef });

    expect(refused).toMatchObject({ ...overlap, details: { with: { shiftId: busy } } });
    expect(given).toMatchObject({ personId: chef, version: 2 });
  });

  test('D4 overlaps no other, and never itself', async () => {
    await using app = await openApp();
    const { update } = app.as('manager').shifts;
    const { id: shiftId } = await planned(app);
    const { id: next } = await planned(app, span('02T18:00', '02T20:00'));

    const refused = await refusalOf(update.mutate({ shiftId, endsAt: at('02T18:00:00.001') }));
    const moved = await update.mutate({ shiftId, ...span('02T10:00', '02T18:00') });

    expect(refused).toMatchObject({ ...overlap, details: { with: { shiftId: next } } });
    expect(moved).toMatchObject(span('02T10:00', '02T18:00'));
  });

  test.each<[string, Partial<UpdateShift>]>([
    ['endsAt', { endsAt: at('02T09:14:59.999') }],
    ['endsAt', { startsAt: at('02T00:59:59.999') }],
    ['endsAt', span('04T09:00', '03T09:00')],
    ['startsAt', { startsAt: new Date('2026-01-01T09:00Z') }],
    ['note', { note: '' }],
  ])('D4 keeps to the limits of %s: %j', async (path, wrong) => {
    await using app = await openApp();
    const { id: shiftId } = await planned(app);

    const refused = await refusalOf(app.as('manager').shifts.update.mutate({ shiftId, ...wrong }));

    expect(refused).toMatchObject(invalid(path));
  });

  test('to who does not work here is refused', async () => {
    await using app = await openApp();
    const { shifts, people } = app.as('manager');
    const { id: shiftId } = await planned(app);
    const { id: left } = await app.given.person({ role: 'waiter' });
    await people.deactivate.mutate({ personId: left });

    const refusals = [
      await refusalOf(shifts.update.mutate({ shiftId, personId: left })),
      await refusalOf(shifts.update.mutate({ shiftId, personId: app.home.staff.customer.id })),
      await refusalOf(shifts.update.mutate({ shiftId, personId: newId() })),
    ];

    expect(refusals).toMatchObject(Array(3).fill(noPerson));
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const { update, cancel } = app.as('manager').shifts;
    const { id: shiftId } = await planned(app);
    await update.mutate({ shiftId, note: 'Bar.', expectedVersion: 1 });

    const refusals = [
      await refusalOf(update.mutate({ shiftId, note: 'Terrace.', expectedVersion: 1 })),
      await refusalOf(cancel.mutate({ shiftId, expectedVersion: 1 })),
    ];

    const conflict = { reason: 'VERSION_CONFLICT', httpStatus: 409 };
    expect(refusals).toMatchObject([conflict, conflict]);
    expect(await cancel.mutate({ shiftId, expectedVersion: 2 })).toMatchObject({
      note: 'Bar.',
      state: 'cancelled',
    });
  });
});

describe('cancelling a shift', () => {
  test.each([true, false])('takes it out of the plan (published: %s)', async (publish) => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const before = await planned(app, { publish });

    const gone = await shifts.cancel.mutate({ shiftId: before.id });

    expect(gone).toEqual({ ...before, state: 'cancelled', version: 2 });
    expect((await shifts.list.query()).items).toEqual([gone]);
  });

  test('is for good', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { id: shiftId } = await planned(app);
    await shifts.cancel.mutate({ shiftId });

    const refusals = [
      await refusalOf(shifts.cancel.mutate({ shiftId })),
      await refusalOf(shifts.update.mutate({ shiftId, note: 'Bar.' })),
      await refusalOf(shifts.publish.mutate({ shiftIds: [shiftId] })),
    ];

    expect(refusals).toMatchObject([cancelled, cancelled, cancelled]);
  });

  test('of none is refused', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');

    const refusals = [
      await refusalOf(shifts.cancel.mutate({ shiftId: newId() })),
      await refusalOf(shifts.update.mutate({ shiftId: newId(), note: 'Bar.' })),
    ];

    expect(refusals).toMatchObject([noShift, noShift]);
  });
});

describe('a shift for which somebody has clocked in', () => {
  test.each([true, false])('stays theirs (still at work: %s)', async (isAtWork) => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { waiter, chef } = app.home.staff;
    const shiftId = await app.given.shift({ personId: waiter.id });
    const inAt = after(app.clock.now(), -HOUR);
    const over = isAtWork ? {} : { outAt: app.clock.now() };
    await app.given.timecard({ personId: waiter.id, shiftId, inAt, ...over });

    const refusals = [
      await refusalOf(shifts.cancel.mutate({ shiftId })),
      await refusalOf(shifts.update.mutate({ shiftId, personId: chef.id })),
    ];
    const longer = await shifts.update.mutate({
      shiftId,
      personId: waiter.id,
      endsAt: at('01T20:00'),
    });

    expect(refusals).toMatchObject([begun, begun]);
    expect(longer).toMatchObject({ personId: waiter.id, endsAt: at('01T20:00'), version: 2 });
  });

  test('is not held back by a card without a shift', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const shiftId = await app.given.shift({ personId });
    await app.given.timecard({ personId });

    const gone = await app.as('manager').shifts.cancel.mutate({ shiftId });

    expect(gone.state).toBe('cancelled');
  });
});

describe('the audit of shifts', () => {
  test('tells of every change who made it, and what was before', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { id: shiftId } = await planned(app);
    await shifts.publish.mutate({ shiftIds: [shiftId] });
    await shifts.update.mutate({ shiftId, note: 'Bar.' });
    await shifts.cancel.mutate({ shiftId });

    const verbs = ['schedule', 'publish', 'update', 'cancel'];
    const rows = await Promise.all(verbs.map((verb) => auditOf(app, `shifts.${verb}`)));

    const by = { actorId: app.home.staff.manager.id, target: 'Shift', targetId: shiftId };
    expect(rows.flat()).toMatchObject([
      { ...by, change: 'created', before: null, after: { state: 'draft' } },
      { ...by, before: { state: 'draft' }, after: { state: 'published' } },
      { ...by, before: { note: null }, after: { note: 'Bar.' } },
      { ...by, before: { state: 'published' }, after: { state: 'cancelled' } },
    ]);
  });
});
