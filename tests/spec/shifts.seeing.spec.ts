import type { Client, ListOwnShifts, ListShifts, ShiftPage, ShiftView } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { toCursor } from '@comanda/kernel/page';
import { after, DAY, HOUR } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import { at, NINE_TO_FIVE, planned, secondJob, span } from '../shifts/planning.ts';

const forbidden = (capability: string) => ({
  reason: 'FORBIDDEN',
  httpStatus: 403,
  details: { capability },
});

/** The ids on all pages, read one after the other. */
async function idsOf({ shifts }: Client, said: ListShifts & ListOwnShifts, verb: 'list' | 'mine') {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: ShiftPage = await shifts[verb].query({
      ...said,
      ...(cursor !== null && { cursor }),
    });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    if (ids.length > 100) throw new Error('These pages do not end.');
  } while (cursor !== null);
  return ids;
}

/** Shifts of the waiter, in order: one is over, one is under way, and two are to come. */
async function week(app: TestApp) {
  const now = app.clock.now();
  const spans = [-9 * HOUR, -HOUR, DAY, 2 * DAY].map((ahead) => after(now, ahead));
  return inTurn(4, async (nth) => {
    const startsAt = spans[nth] ?? now;
    return planned(app, { startsAt, endsAt: after(startsAt, 8 * HOUR), publish: true });
  });
}

const STAFF = [
  'employee',
  'delivery_crew',
  'waiter',
  'prep_cook',
  'chef',
  'sous_chef',
  'head_chef',
  'master_chef',
  'manager',
  'admin',
] as const;

describe('own shifts', () => {
  test.each(STAFF)('S3-16 a %s sees them once they are published', async (role) => {
    await using app = await openApp();
    const personId = app.home.staff[role].id;
    const { shifts } = app.as('admin');
    const draft = await planned(app, { personId, note: 'Bar.' });
    const before = await app.as(role).shifts.mine.query();

    const { items } = await shifts.publish.mutate({ shiftIds: [draft.id] });

    expect(before).toEqual({ items: [], nextCursor: null });
    expect(await app.as(role).shifts.mine.query()).toEqual({ items, nextCursor: null });
  });

  test('S3-16 are nobody’s else, and not those that were cancelled', async () => {
    await using app = await openApp();
    await planned(app, { personId: app.home.staff.chef.id, publish: true });
    const { id: shiftId } = await planned(app, { publish: true });
    await app.as('manager').shifts.cancel.mutate({ shiftId });

    const { items } = await app.as('waiter').shifts.mine.query();

    expect(items).toEqual([]);
  });

  test('S3-16 are told from now on, the one under way among them', async () => {
    await using app = await openApp();
    const [over, ...rest] = await week(app);
    const { mine } = app.as('waiter').shifts;

    const fromNow = await mine.query();
    const all = await mine.query({ from: at('01T00:00') });

    expect(fromNow.items).toEqual(rest);
    expect(all.items).toEqual([over, ...rest]);
  });

  test('S3-16 from one moment to another', async () => {
    await using app = await openApp();
    const [over, underway, next, last] = (await week(app)).map(({ id }) => id);
    const waiter = app.as('waiter');
    const mine = (said: ListOwnShifts) => idsOf(waiter, said, 'mine');

    expect(await mine({ to: at('02T12:00') })).toEqual([underway]);
    expect(await mine({ to: at('02T12:00:00.001') })).toEqual([underway, next]);
    expect(await mine({ from: at('01T11:00') })).toEqual([underway, next, last]);
    expect(await mine({ from: at('01T10:59:59.999') })).toEqual([over, underway, next, last]);
    expect(await mine({ from: at('01T19:00'), to: at('03T12:00') })).toEqual([next]);
    expect(await mine({ from: at('05T00:00') })).toEqual([]);
    expect(await mine({ from: at('03T00:00'), to: at('02T00:00') })).toEqual([]);
  });

  test.each([1, 2, 3, 4])('pages of %i hold each of them once', async (limit) => {
    await using app = await openApp();
    const all = (await week(app)).map(({ id }) => id);

    const ids = await idsOf(app.as('waiter'), { limit, from: at('01T00:00') }, 'mine');

    expect(ids).toEqual(all);
  });

  test('S3-11 are those of the restaurant of the session', async () => {
    await using app = await openApp();
    const { restaurantId, manager, waiter } = await secondJob(app);
    const here = await planned(app, { publish: true });
    const personId = waiter.id;
    const said = { personId, ...span('03T09:00', '03T17:00'), publish: true };
    const there = await manager.shifts.schedule.mutate(said);

    const refused = await refusalOf(app.as('waiter').shifts.mine.query({ restaurantId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
    expect((await app.as('waiter').shifts.mine.query()).items).toEqual([here]);
    expect((await app.as(waiter).shifts.mine.query()).items).toEqual([there]);
  });

  test('D4 a draft is not given away by the clock either', async () => {
    await using app = await openApp();
    await planned(app, span('01T11:00', '01T19:00'));
    const { id: shiftId } = await planned(app, { publish: true });
    await planned(app, span('01T20:00', '01T23:00'));
    const { shifts } = app.as('waiter');

    const refused = await refusalOf(shifts.clockIn.mutate({ idempotencyKey: 'come-0001' }));

    expect(refused).toMatchObject({
      reason: 'NO_SCHEDULED_SHIFT',
      details: { next: { shiftId, startsAt: NINE_TO_FIVE.startsAt } },
    });
  });

  test('D1 are for staff', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('customer').shifts.mine.query());

    expect(refused).toMatchObject(forbidden('shift.mine'));
  });
});

describe('the plan', () => {
  async function states(app: TestApp) {
    const draft = await planned(app);
    const published = await planned(app, { ...span('03T09:00', '03T17:00'), publish: true });
    const { id: shiftId } = await planned(app, span('04T09:00', '04T17:00'));
    const cancelled = await app.as('manager').shifts.cancel.mutate({ shiftId });
    return { draft, published, cancelled };
  }

  test.each(['manager', 'admin'] as const)('a %s sees all of it', async (role) => {
    await using app = await openApp();
    const { draft, published, cancelled } = await states(app);
    const { list } = app.as(role).shifts;

    expect((await list.query()).items).toEqual([draft, published, cancelled]);
    expect((await list.query({ state: 'draft' })).items).toEqual([draft]);
    expect((await list.query({ state: 'published' })).items).toEqual([published]);
    expect((await list.query({ state: 'cancelled' })).items).toEqual([cancelled]);
  });

  test.each(['head_chef', 'master_chef'] as const)('a %s sees no drafts', async (role) => {
    await using app = await openApp();
    const { published, cancelled } = await states(app);
    const { list } = app.as(role).shifts;

    expect((await list.query()).items).toEqual([published, cancelled]);
    expect((await list.query({ state: 'draft' })).items).toEqual([]);
    expect((await list.query({ personId: app.home.staff.waiter.id, limit: 1 })).items).toEqual([
      published,
    ]);
  });

  test.each(['customer', 'employee', 'delivery_crew', 'waiter', 'chef', 'sous_chef'] as const)(
    'D1 a %s does not see it',
    async (role) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).shifts.list.query());

      expect(refused).toMatchObject(forbidden('staff.read'));
    },
  );

  test.each(['customer', 'employee', 'waiter', 'head_chef', 'master_chef'] as const)(
    'S3-20 D1 a %s does not make it',
    async (role) => {
      await using app = await openApp();
      const { id: shiftId } = await planned(app);
      const { shifts } = app.as(role);
      const personId = app.home.staff[role].id;

      const refusals = [
        await refusalOf(shifts.schedule.mutate({ personId, ...NINE_TO_FIVE })),
        await refusalOf(shifts.publish.mutate({ shiftIds: [shiftId] })),
        await refusalOf(shifts.update.mutate({ shiftId, note: 'Off.' })),
        await refusalOf(shifts.cancel.mutate({ shiftId })),
      ];

      expect(refusals).toMatchObject(Array(4).fill(forbidden('shift.schedule')));
      expect((await app.as('manager').shifts.list.query()).items).toMatchObject([{ version: 1 }]);
    },
  );

  test('keeps to a person, and to what touches the time that is asked for', async () => {
    await using app = await openApp();
    const chef = app.home.staff.chef.id;
    const early = await planned(app);
    const late = await planned(app, { personId: chef, ...span('02T17:00', '03T09:00') });
    const manager = app.as('manager');
    const list = (said: ListShifts) => idsOf(manager, said, 'list');

    expect(await list({ personId: chef })).toEqual([late.id]);
    expect(await list({ personId: newId() })).toEqual([]);
    expect(await list({ to: at('02T09:00') })).toEqual([]);
    expect(await list({ to: at('02T09:00:00.001') })).toEqual([early.id]);
    expect(await list({ from: at('02T16:59:59.999') })).toEqual([early.id, late.id]);
    expect(await list({ from: at('02T17:00') })).toEqual([late.id]);
    expect(await list({ from: at('03T08:59:59.999') })).toEqual([late.id]);
    expect(await list({ from: at('03T09:00') })).toEqual([]);
    expect(await list({ from: at('02T12:00'), to: at('02T17:00') })).toEqual([early.id]);
  });

  test.each([1, 2, 3, 6])('pages of %i hold each once, equal starts as well', async (limit) => {
    await using app = await openApp();
    const { waiter, chef, sous_chef, employee } = app.home.staff;
    const same = await inTurn(4, (nth) =>
      planned(app, { personId: [waiter, chef, sous_chef, employee][nth]?.id ?? '' }),
    );
    const before = await planned(app, span('02T08:00', '02T09:00'));
    const after = await planned(app, span('02T17:00', '02T18:00'));

    const ids = await idsOf(app.as('manager'), { limit }, 'list');

    const between = same.map(({ id }) => id).toSorted();
    expect(ids).toEqual([before.id, ...between, after.id]);
  });

  test('goes on behind a shift that is cancelled or moved meanwhile', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const [first, , third, last] = await week(app);
    const { nextCursor } = await shifts.list.query({ limit: 2 });
    await shifts.cancel.mutate({ shiftId: first?.id ?? '' });
    await shifts.update.mutate({ shiftId: third?.id ?? '', note: 'Bar.' });

    const { items } = await shifts.list.query({ cursor: nextCursor ?? '' });

    expect(items.map(({ id }) => id)).toEqual([third?.id, last?.id]);
  });

  test('S3-11 is that of one restaurant', async () => {
    await using app = await openApp();
    const { restaurantId, manager } = await secondJob(app);
    const ours = await planned(app);
    const personId = app.home.staff.waiter.id;
    const said = { personId, ...span('03T09:00', '03T17:00') };
    const theirs: ShiftView = await manager.shifts.schedule.mutate(said);

    const refused = await refusalOf(app.as('manager').shifts.list.query({ restaurantId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
    expect((await app.as('manager').shifts.list.query()).items).toEqual([ours]);
    expect((await app.as('admin').shifts.list.query({ restaurantId })).items).toEqual([theirs]);
  });
});

describe('what is asked of a list of shifts', () => {
  const WRONG = [
    'nonsense',
    '',
    toCursor([newId()]),
    toCursor(['Terrace', 'T1', newId()]),
    toCursor(['nonsense', newId()]),
    toCursor(['', newId()]),
    toCursor(['2026-06-31T25:00Z', newId()]),
    'WzEsMl0',
  ];

  test.each(WRONG)('T35 %j is no cursor', async (cursor) => {
    await using app = await openApp();

    const refusals = [
      await refusalOf(app.as('manager').shifts.list.query({ cursor })),
      await refusalOf(app.as('waiter').shifts.mine.query({ cursor })),
    ];

    const refused = { reason: 'VALIDATION', details: { issues: [{ path: 'cursor' }] } };
    expect(refusals).toMatchObject([refused, refused]);
  });

  test('T35 a cursor that was made up leads nowhere else', async () => {
    await using app = await openApp();
    const { id } = await planned(app);
    const { list } = app.as('manager').shifts;
    const startsAt = NINE_TO_FIVE.startsAt.toISOString();

    const before = await list.query({ cursor: toCursor([startsAt, '']) });
    const behind = await list.query({ cursor: toCursor([startsAt, "zzz' or 1=1 --"]) });

    expect(before.items).toMatchObject([{ id }]);
    expect(behind.items).toEqual([]);
  });

  test.each<[string, object]>([
    ['from', { from: 'today' }],
    ['from', { from: '2026-06-02T09:00:00Z' }],
    ['to', { to: 7 }],
    ['limit', { limit: 0 }],
    ['limit', { limit: 101 }],
    ['state', { state: 'open' }],
    ['personId', { personId: 'waiter' }],
    ['', { sort: 'name' }],
  ])('T35 is refused when wrong is %s: %j', async (path, wrong) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('manager').shifts.list.query(wrong));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
  });

  test.each([0, Date.UTC(9_999, 0)])('T35 up to %i there is time', async (edge) => {
    await using app = await openApp();
    const { id } = await planned(app, { publish: true });
    const [manager, waiter] = [app.as('manager'), app.as('waiter')];
    const lists = (said: ListOwnShifts) =>
      Promise.all([idsOf(manager, said, 'list'), idsOf(waiter, said, 'mine')]);

    const told = [
      await lists({ from: new Date(0), to: new Date(edge) }),
      await lists({ from: new Date(edge) }),
    ];

    expect(told).toEqual(
      edge === 0
        ? [
            [[], []],
            [[id], [id]],
          ]
        : [
            [[id], [id]],
            [[], []],
          ],
    );
  });

  test.each([-8.64e15, -1, Date.UTC(9_999, 0) + 1, 8.64e15])(
    'T35 beyond, at %i, there is none',
    async (beyond) => {
      await using app = await openApp();
      const { shifts } = app.as('manager');
      const moment = new Date(beyond);

      const refusals = [
        await refusalOf(shifts.list.query({ from: moment })),
        await refusalOf(shifts.list.query({ to: moment })),
        await refusalOf(shifts.mine.query({ from: moment })),
        await refusalOf(shifts.mine.query({ to: moment })),
      ];

      const refused = (path: string) => ({
        reason: 'VALIDATION',
        details: { issues: [{ path }] },
      });
      expect(refusals).toMatchObject(['from', 'to', 'from', 'to'].map(refused));
    },
  );

  test.each(['+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z', '0'])(
    'T35 a cursor of the moment %s is no fault',
    async (moment) => {
      await using app = await openApp();
      const { list } = app.as('manager').shifts;

      const page = await list.query({ cursor: toCursor([moment, newId()]) });

      expect(page).toEqual({ items: [], nextCursor: null });
    },
  );
});
