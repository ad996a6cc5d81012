import { MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { atWork, cardsOf, idsAtWork } from '../shifts/working.ts';

describe('toggling the clock', () => {
  test('S3-17 clocks in and out again', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const startsAt = app.clock.now();
    await app.given.shift({ personId: waiter.id, startsAt });
    const { shifts } = app.as('waiter');

    const came = await shifts.clockToggle.mutate({ expectedOnShift: false });
    app.clock.advance(MINUTE);
    const went = await shifts.clockToggle.mutate({ expectedOnShift: true });

    expect(came).toMatchObject({ action: 'clock_in', isOnShift: true, shiftStartedAt: startsAt });
    expect(went).toMatchObject({ action: 'clock_out', isOnShift: false });
    expect(went.card).toMatchObject({ id: came.card.id, workedMinutes: 1 });
  });

  test('A12 S3-17 a toggle that is repeated never turns back', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await app.given.shift({ personId: waiter.id });
    const { shifts } = app.as('waiter');
    const toggle = { idempotencyKey: 'toggle-01', expectedOnShift: false };
    const first = await shifts.clockToggle.mutate(toggle);
    app.clock.advance(MINUTE);

    const second = await shifts.clockToggle.mutate(toggle);

    expect(second).toEqual(first);
    expect(await idsAtWork(app)).toEqual([waiter.id]);
    expect(await auditOf(app, 'shifts.clockToggle')).toHaveLength(1);
  });

  test('A12 in belief to be off work, while at work, changes nothing', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const since = app.clock.now();
    await atWork(app, waiter);

    const refused = await refusalOf(
      app.as('waiter').shifts.clockToggle.mutate({ expectedOnShift: false }),
    );

    expect(refused).toMatchObject({ reason: 'ALREADY_CLOCKED_IN', details: { since } });
    expect(await idsAtWork(app)).toEqual([waiter.id]);
  });

  test('A12 in belief to be at work, while off, changes nothing', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await app.given.shift({ personId: waiter.id });

    const refused = await refusalOf(
      app.as('waiter').shifts.clockToggle.mutate({ expectedOnShift: true }),
    );

    expect(refused.reason).toBe('NOT_CLOCKED_IN');
    expect(await cardsOf(app, waiter)).toEqual([]);
  });

  test('S3-18 asks for a shift as well', async () => {
    await using app = await openApp();

    const refused = await refusalOf(
      app.as('waiter').shifts.clockToggle.mutate({ expectedOnShift: false }),
    );

    expect(refused).toMatchObject({ reason: 'NO_SCHEDULED_SHIFT', details: { next: null } });
  });
});

describe('the key of a clock call', () => {
  const idempotencyKey = 'same-key-1';

  test('A12 gets the first answer again, also after the card is closed', async () => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { shifts } = app.as('waiter');
    const first = await shifts.clockIn.mutate({ idempotencyKey });
    await shifts.clockOut.mutate({});

    const again = await shifts.clockIn.mutate({ idempotencyKey });

    expect(again).toEqual(first);
    expect(await cardsOf(app, app.home.staff.waiter)).toMatchObject([{ openFor: null }]);
  });

  test('A12 of clocking out, of a break’s beginning and of its end each do so once', async () => {
    await using app = await openApp();
    await atWork(app, app.home.staff.waiter);
    const { shifts } = app.as('waiter');
    const [began, ended, went] = ['break-began', 'break-ended', 'went-home'].map((key) => ({
      idempotencyKey: key,
    }));
    const first = [
      await shifts.startBreak.mutate(began ?? {}),
      await shifts.endBreak.mutate(ended ?? {}),
      await shifts.clockOut.mutate(went ?? {}),
    ];

    const again = [
      await shifts.startBreak.mutate(began ?? {}),
      await shifts.endBreak.mutate(ended ?? {}),
      await shifts.clockOut.mutate(went ?? {}),
    ];

    expect(again).toEqual(first);
  });

  test.each([
    ['another belief', { expectedOnShift: true }],
    ['another place', { expectedOnShift: false, place: { latitude: 1, longitude: 2 } }],
  ])('with %s is refused', async (_, other) => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { shifts } = app.as('waiter');
    await shifts.clockToggle.mutate({ idempotencyKey, expectedOnShift: false });

    const refused = await refusalOf(shifts.clockToggle.mutate({ idempotencyKey, ...other }));

    expect(refused.reason).toBe('IDEMPOTENCY_MISMATCH');
    expect(await idsAtWork(app)).toEqual([app.home.staff.waiter.id]);
  });

  test('for another procedure is refused', async () => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { shifts } = app.as('waiter');
    await shifts.clockIn.mutate({ idempotencyKey });

    const refused = await refusalOf(shifts.clockOut.mutate({ idempotencyKey }));

    expect(refused.reason).toBe('IDEMPOTENCY_MISMATCH');
    expect(await idsAtWork(app)).toEqual([app.home.staff.waiter.id]);
  });

  test('may be used again after a refusal', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const { shifts } = app.as('waiter');
    await refusalOf(shifts.clockIn.mutate({ idempotencyKey }));
    await app.given.shift({ personId: waiter.id });

    await shifts.clockIn.mutate({ idempotencyKey });

    expect(await idsAtWork(app)).toEqual([waiter.id]);
  });

  test('is each person’s own', async () => {
    await using app = await openApp();
    const { waiter, chef } = app.home.staff;
    await app.given.shift({ personId: waiter.id });
    await app.given.shift({ personId: chef.id });

    await app.as('waiter').shifts.clockIn.mutate({ idempotencyKey });
    app.clock.advance(1);
    await app.as('chef').shifts.clockIn.mutate({ idempotencyKey });

    expect(await idsAtWork(app)).toEqual([waiter.id, chef.id]);
  });
});
