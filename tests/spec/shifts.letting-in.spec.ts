import { after, HOUR, MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { invited, joined } from '../auth/joining.ts';
import { auditOf } from '../auth/looking.ts';
import { atWork, cardsOf, idsAtWork } from '../shifts/working.ts';

describe('letting somebody in', () => {
  test('D4 without a shift is a manager’s, who says why', async () => {
    await using app = await openApp();
    const { waiter, manager } = app.home.staff;

    const { card } = await app
      .as('manager')
      .shifts.clockIn.mutate({ personId: waiter.id, reason: 'Chef is ill.' });

    expect(card).toMatchObject({
      personId: waiter.id,
      shiftId: null,
      reason: 'Chef is ill.',
      openedBy: 'Some Body',
    });
    expect(await idsAtWork(app)).toEqual([waiter.id]);
    expect(await auditOf(app, 'shifts.clockIn')).toMatchObject([
      { actorId: manager.id, target: 'Timecard', targetId: card.id, change: 'created' },
    ]);
  });

  test('D4 they clock out themselves, though nobody planned an end', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    await app.as('manager').shifts.clockIn.mutate({ personId, reason: 'A full house.' });
    app.clock.advance(HOUR);

    const went = await app.as('waiter').shifts.clockOut.mutate({});

    expect(went).toMatchObject({ shiftEndsAt: null, card: { workedMinutes: 60, flag: null } });
  });

  test('D4 with a shift of theirs needs no reason', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const shiftId = await app.given.shift({ personId });

    const { card } = await app.as('admin').shifts.clockIn.mutate({ personId });

    expect(card).toMatchObject({ personId, shiftId, reason: null, openedBy: 'Some Body' });
  });

  test('D4 neither with a shift nor with a reason is refused, with their next one', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const startsAt = after(app.clock.now(), HOUR);
    const shiftId = await app.given.shift({ personId, startsAt });

    const refused = await refusalOf(app.as('manager').shifts.clockIn.mutate({ personId }));

    expect(refused).toMatchObject({
      reason: 'NO_SCHEDULED_SHIFT',
      details: { next: { shiftId, clockInFrom: after(startsAt, -15 * MINUTE) } },
    });
  });

  test('D4 who is at work is told', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const since = app.clock.now();
    await atWork(app, waiter);

    const refused = await refusalOf(
      app.as('manager').shifts.clockIn.mutate({ personId: waiter.id, reason: 'A full house.' }),
    );

    expect(refused).toMatchObject({ reason: 'ALREADY_CLOCKED_IN', details: { since } });
  });

  test.each([
    ['somebody in', 'chef', { at: 'waiter' }],
    ['oneself in without a shift', 'head_chef', { reason: 'A full house.' }],
    ['somebody in with a reason', 'sous_chef', { at: 'waiter', reason: 'A full house.' }],
  ] as const)('D1 %s is not a %s’s', async (_, role, asked) => {
    await using app = await openApp();
    const { at, ...said } = { at: undefined, ...asked };
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const personId = at && app.home.staff[at].id;

    const refused = await refusalOf(app.as(role).shifts.clockIn.mutate({ ...said, personId }));

    expect(refused).toMatchObject({
      reason: 'FORBIDDEN',
      details: { capability: 'timesheet.edit' },
    });
  });

  test('D4 naming oneself is clocking in', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    await app.given.shift({ personId });

    const { card } = await app.as('waiter').shifts.clockIn.mutate({ personId });

    expect(card).toMatchObject({ personId, openedBy: null });
  });

  test('D2 somebody of elsewhere is not found', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const stranger = await app.given.person({ role: 'waiter', restaurantId });
    const guest = await app.given.person();
    await invited(app, guest, { role: 'waiter' });
    const gone = await app.given.person({ role: 'waiter', active: false });
    const { shifts } = app.as('manager');
    const letIn = (personId: string) =>
      refusalOf(shifts.clockIn.mutate({ personId, reason: 'A full house.' }));

    const refused = [
      await letIn(stranger.id),
      await letIn(guest.id),
      await letIn(gone.id),
      await letIn(app.home.staff.customer.id),
      await letIn(app.home.restaurantId),
    ];

    const unknown = { reason: 'NOT_FOUND', details: { what: 'person' } };
    expect(refused).toMatchObject(Array(5).fill(unknown));
    expect(await idsAtWork(app)).toEqual([]);
  });

  test('D2 an admin works wherever they name', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { shifts } = app.as('admin');

    await shifts.clockIn.mutate({ restaurantId, reason: 'An inspection.' });

    const { items } = await shifts.onNow.query({ restaurantId });
    expect(items).toMatchObject([{ personId: app.home.staff.admin.id, role: 'admin' }]);
    expect(await idsAtWork(app)).toEqual([]);
    const { card } = await shifts.clockOut.mutate({ restaurantId });
    expect(card).toMatchObject({ openedBy: null, reason: 'An inspection.' });
  });

  test('D4 a manager’s own card that nobody planned needs a reason, too', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');

    const refused = await refusalOf(shifts.clockIn.mutate({}));
    const { card } = await shifts.clockIn.mutate({ reason: 'Stocktaking.' });

    expect(refused.reason).toBe('NO_SCHEDULED_SHIFT');
    expect(card).toMatchObject({ reason: 'Stocktaking.', openedBy: null, shiftId: null });
  });

  test.each([
    ['nothing', '   '],
    ['a novel', 'x'.repeat(301)],
  ])('D4 a reason of %s is none', async (_, reason) => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;

    const refused = await refusalOf(app.as('manager').shifts.clockIn.mutate({ personId, reason }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'reason' }] },
    });
  });
});

describe('leaving for good', () => {
  test('D4 ends the work of whoever is deactivated', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const cardId = await atWork(app, waiter);
    await app.as('waiter').shifts.startBreak.mutate({});
    app.clock.advance(MINUTE);

    await app.as('manager').people.deactivate.mutate({ personId: waiter.id });

    const now = app.clock.now();
    expect(await idsAtWork(app)).toEqual([]);
    expect(await cardsOf(app, waiter)).toMatchObject([
      { id: cardId, outAt: now, openFor: null, flag: 'deactivated' },
    ]);
    expect((await cardsOf(app, waiter))[0]?.breaks).toMatchObject([
      { endedAt: now.getTime(), cut: true },
    ]);
  });

  test('D4 ends the work of whoever’s account is closed, wherever it is', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter } = app.home.staff;
    await joined(app, waiter, { restaurantId, role: 'chef' });
    await app.given.timecard({ personId: waiter.id, restaurantId });
    app.clock.advance(MINUTE);

    await app.as('admin').people.deactivateAccount.mutate({ personId: waiter.id });

    expect(await cardsOf(app, waiter)).toMatchObject([
      { restaurantId, outAt: app.clock.now(), openFor: null, flag: 'deactivated' },
    ]);
  });

  test.each(['deactivate', 'deactivateAccount'] as const)(
    'D2 D4 by %s ends the work of an admin, in whatever restaurant they are',
    async (how) => {
      await using app = await openApp();
      const restaurantId = await app.given.restaurant();
      const admin = await app.given.person({ role: 'admin' });
      await app.as(admin).shifts.clockIn.mutate({ restaurantId, reason: 'An inspection.' });
      app.clock.advance(MINUTE);

      await app.as('admin').people[how].mutate({ personId: admin.id });

      expect(await cardsOf(app, admin)).toMatchObject([
        { restaurantId, outAt: app.clock.now(), openFor: null, flag: 'deactivated' },
      ]);
    },
  );

  test('D4 leaves work in another restaurant alone', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter } = app.home.staff;
    await joined(app, waiter, { restaurantId, role: 'chef' });
    await app.given.timecard({ personId: waiter.id, restaurantId });

    await app.as('manager').people.deactivate.mutate({ personId: waiter.id });

    expect(await cardsOf(app, waiter)).toMatchObject([{ openFor: waiter.id, flag: null }]);
  });

  test('D4 lets nobody in any more, until they are back', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const { people, shifts } = app.as('manager');
    const letIn = () => outcomeOf(shifts.clockIn.mutate({ personId, reason: 'A full house.' }));
    await people.deactivate.mutate({ personId });

    const before = await letIn();
    await people.reactivate.mutate({ personId });

    expect([before, await letIn()]).toEqual(['NOT_FOUND', 'ok']);
  });
});
