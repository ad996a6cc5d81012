import { after, DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { joined } from '../auth/joining.ts';
import { atWork, cardsOf, clocking, idsAtWork } from '../shifts/working.ts';

describe('clocking in', () => {
  test('S3-17 answers with the shift, and clocking out with its end', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const endsAt = after(app.clock.now(), 4 * HOUR);
    const shiftId = await app.given.shift({ personId: waiter.id, endsAt });

    const came = await app.as('waiter').shifts.clockIn.mutate({});
    app.clock.advance(3 * HOUR);
    const went = await app.as('waiter').shifts.clockOut.mutate({});

    expect(came).toMatchObject({
      action: 'clock_in',
      message: 'Clocked in successfully',
      isOnShift: true,
      shiftEndsAt: endsAt,
      shiftEndedAt: null,
      card: { shiftId, personId: waiter.id, outAt: null, openedBy: null, reason: null, flag: null },
    });
    expect(went).toMatchObject({
      action: 'clock_out',
      message: 'Clocked out successfully',
      isOnShift: false,
      shiftStartedAt: came.shiftStartedAt,
      shiftEndsAt: endsAt,
      shiftEndedAt: after(came.shiftStartedAt, 3 * HOUR),
      card: { id: came.card.id, workedMinutes: 180 },
    });
  });

  test.each([
    ['a millisecond before the window', -15 * MINUTE - 1, 'NO_SCHEDULED_SHIFT'],
    ['as the window opens', -15 * MINUTE, 'ok'],
    ['a millisecond before the end', 8 * HOUR - 1, 'ok'],
    ['at the end', 8 * HOUR, 'NO_SCHEDULED_SHIFT'],
  ])('S3-18 D4 %s', async (_, sinceStart, outcome) => {
    await using app = await openApp();
    const startsAt = after(app.clock.now(), -sinceStart);
    await app.given.shift({ personId: app.home.staff.waiter.id, startsAt });

    const told = await outcomeOf(app.as('waiter').shifts.clockIn.mutate({}));

    expect(told).toBe(outcome);
  });

  test.each([
    [0, 'a millisecond too early', -1, 'NO_SCHEDULED_SHIFT'],
    [0, 'at the start', 0, 'ok'],
    [40, 'a millisecond too early', -40 * MINUTE - 1, 'NO_SCHEDULED_SHIFT'],
    [40, 'as it opens', -40 * MINUTE, 'ok'],
  ])('S3-18 with a window of %i minutes, %s', async (...of) => {
    const [windowMinutes, , sinceStart, outcome] = of;
    await using app = await openApp();
    await clocking(app, { windowMinutes });
    const startsAt = after(app.clock.now(), -sinceStart);
    await app.given.shift({ personId: app.home.staff.waiter.id, startsAt });

    const told = await outcomeOf(app.as('waiter').shifts.clockIn.mutate({}));

    expect(told).toBe(outcome);
  });

  test('D4 between two shifts that touch begins the one that is on', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const now = app.clock.now();
    const shiftId = await app.given.shift({ personId, endsAt: after(now, MINUTE) });
    await app.given.shift({ personId, startsAt: after(now, MINUTE) });

    const { card } = await app.as('waiter').shifts.clockIn.mutate({});

    expect(card.shiftId).toBe(shiftId);
  });

  test('D4 again within one shift is another card of it', async () => {
    await using app = await openApp();
    const shiftId = await app.given.shift({ personId: app.home.staff.waiter.id });
    const { shifts } = app.as('waiter');
    await shifts.clockIn.mutate({});
    app.clock.advance(MINUTE);
    await shifts.clockOut.mutate({});
    app.clock.advance(MINUTE);

    await shifts.clockIn.mutate({});

    const cards = await cardsOf(app, app.home.staff.waiter);
    expect(cards).toMatchObject([
      { shiftId, openFor: null },
      { shiftId, outAt: null },
    ]);
  });
});

describe('clocking in without a shift', () => {
  test('S3-18 is refused, with the next one and from when on it is open', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await clocking(app, { windowMinutes: 40 });
    const startsAt = after(app.clock.now(), HOUR);
    const shiftId = await app.given.shift({ personId: waiter.id, startsAt });
    await app.given.shift({ personId: waiter.id, startsAt: after(startsAt, DAY) });

    const refused = await app
      .as('waiter')
      .shifts.clockIn.mutate({})
      .catch((error: unknown) => error);

    expect(refused).toMatchObject({
      reason: 'NO_SCHEDULED_SHIFT',
      message: 'No scheduled shift found for current time. Please contact your manager.',
      details: {
        next: {
          shiftId,
          startsAt,
          endsAt: after(startsAt, 8 * HOUR),
          clockInFrom: after(startsAt, -40 * MINUTE),
        },
      },
    });
    expect(await cardsOf(app, waiter)).toEqual([]);
  });

  test.each(['draft', 'cancelled'] as const)('S3-18 does not count a %s one', async (state) => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id, state });

    const refused = await refusalOf(app.as('waiter').shifts.clockIn.mutate({}));

    expect(refused).toMatchObject({
      reason: 'NO_SCHEDULED_SHIFT',
      httpStatus: 409,
      details: { next: null },
    });
  });

  test('S3-18 does not count a colleague’s, nor one’s own in another restaurant', async () => {
    await using app = await openApp();
    const { waiter, chef } = app.home.staff;
    const restaurantId = await app.given.restaurant();
    await app.given.shift({ personId: chef.id });
    await app.given.shift({ personId: waiter.id, restaurantId });

    const refused = await refusalOf(app.as('waiter').shifts.clockIn.mutate({}));

    expect(refused).toMatchObject({ reason: 'NO_SCHEDULED_SHIFT', details: { next: null } });
  });

  test('S3-18 does not tell of one that is over', async () => {
    await using app = await openApp();
    const endsAt = app.clock.now();
    await app.given.shift({ personId: app.home.staff.waiter.id, endsAt });

    const refused = await refusalOf(app.as('waiter').shifts.clockIn.mutate({}));

    expect(refused).toMatchObject({ reason: 'NO_SCHEDULED_SHIFT', details: { next: null } });
  });

  test('D1 a customer cannot at all', async () => {
    await using app = await openApp();
    const { shifts } = app.as('customer');

    const refused = await Promise.all([
      refusalOf(shifts.clockIn.mutate({})),
      refusalOf(shifts.clockOut.mutate({})),
      refusalOf(shifts.clockToggle.mutate({ expectedOnShift: false })),
      refusalOf(shifts.startBreak.mutate({})),
      refusalOf(shifts.endBreak.mutate({})),
    ]);

    const forbidden = (capability: string) => ({ reason: 'FORBIDDEN', details: { capability } });
    const [inward, outward, toggled, began, ended] = refused;
    expect([inward, outward, toggled]).toMatchObject(Array(3).fill(forbidden('clock')));
    expect([began, ended]).toMatchObject(Array(2).fill(forbidden('break')));
  });
});

describe('being at work', () => {
  test('D4 is told to whoever clocks in again, with the time', async () => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { shifts } = app.as('waiter');
    const since = app.clock.now();
    await shifts.clockIn.mutate({});
    app.clock.advance(MINUTE);

    const refused = await refusalOf(shifts.clockIn.mutate({}));

    expect(refused).toMatchObject({ reason: 'ALREADY_CLOCKED_IN', details: { since } });
    expect(await cardsOf(app, app.home.staff.waiter)).toHaveLength(1);
  });

  test('D4 is told in another restaurant, too', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter } = app.home.staff;
    const there = await joined(app, waiter, { restaurantId, role: 'chef' });
    await app.given.shift({ personId: waiter.id, restaurantId });
    await atWork(app, waiter);
    const since = app.clock.now();
    app.clock.advance(MINUTE);

    const { shifts } = app.as(there);

    expect(await refusalOf(shifts.clockIn.mutate({}))).toMatchObject({
      reason: 'ALREADY_CLOCKED_IN',
      details: { since },
    });
    expect(await refusalOf(shifts.clockOut.mutate({}))).toMatchObject({
      reason: 'NOT_CLOCKED_IN',
    });
    expect(await idsAtWork(app)).toEqual([waiter.id]);
  });

  test('D4 clocking out twice is told', async () => {
    await using app = await openApp();
    await atWork(app, app.home.staff.waiter);
    const { shifts } = app.as('waiter');
    await shifts.clockOut.mutate({});

    const refused = await refusalOf(shifts.clockOut.mutate({}));

    expect(refused).toMatchObject({ reason: 'NOT_CLOCKED_IN', httpStatus: 409 });
  });

  test('D4 shows who works now, with role and planned end, and once for two memberships', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter, chef } = app.home.staff;
    await joined(app, waiter, { restaurantId, role: 'chef' });
    const cardId = await atWork(app, waiter);
    app.clock.advance(MINUTE);
    await app.given.timecard({ personId: chef.id });

    const { items } = await app.as('head_chef').shifts.onNow.query();

    const [since, until] = [
      after(app.clock.now(), -MINUTE),
      after(app.clock.now(), 7 * HOUR - MINUTE),
    ];
    const shown = { name: 'Some Body', role: 'waiter', cardId, since, until, onBreak: false };
    expect(items).toEqual([
      { personId: waiter.id, ...shown },
      expect.objectContaining({ personId: chef.id, role: 'chef', until: null }),
    ]);
  });

  test('D4 survives logging out', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await app.given.shift({ personId: waiter.id });
    const { auth, shifts } = app.as('waiter');
    await shifts.clockIn.mutate({});

    await auth.logout.mutate();

    expect(await outcomeOf(shifts.clockOut.mutate({}))).toBe('TOKEN_INVALID');
    expect(await idsAtWork(app)).toEqual([waiter.id]);
  });

  test('S3-26 begins at a reader by the door, with the pass of whoever it has recognised', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await app.given.shift({ personId: waiter.id });
    const { token } = await app.as('waiter').auth.passes.issue.mutate({ label: 'Door' });

    const { card } = await app.withToken(token).shifts.clockIn.mutate({});

    expect(card).toMatchObject({ personId: waiter.id, openedBy: null });
    expect(await idsAtWork(app)).toEqual([waiter.id]);
  });
});
