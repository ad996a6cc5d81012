import { Timecard } from '@comanda/domains/timecards/timecards.entity';
import { after, HOUR, MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { atWork, cardsOf } from '../shifts/working.ts';

describe('a break', () => {
  test.each([
    ['paid', { paid: true }, 60],
    ['not paid', { paid: false }, 50],
    ['of which nothing is said', { paid: undefined }, 50],
  ])('S3-28 D4 %s leaves of an hour its due', async (_, said, workedMinutes) => {
    await using app = await openApp();
    await atWork(app, app.home.staff.waiter);
    const startedAt = after(app.clock.now(), 20 * MINUTE);
    app.clock.advance(20 * MINUTE);
    const began = await app.as('waiter').shifts.startBreak.mutate(said);
    app.clock.advance(10 * MINUTE);
    const ended = await app.as('waiter').shifts.endBreak.mutate({});
    app.clock.advance(30 * MINUTE);

    const { card } = await app.as('waiter').shifts.clockOut.mutate({});

    const { paid = false } = said;
    const pause = { paid, startedAt, cut: false };
    expect(began.breaks).toEqual([{ ...pause, endedAt: null }]);
    expect(ended.breaks).toEqual([{ ...pause, endedAt: after(startedAt, 10 * MINUTE) }]);
    expect(card).toMatchObject({ workedMinutes, breaks: ended.breaks });
  });

  test('D4 is one at a time', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    const { shifts } = app.as('waiter');
    await shifts.startBreak.mutate({});

    const refused = await refusalOf(shifts.startBreak.mutate({ paid: true }));

    expect(refused).toMatchObject({
      reason: 'BREAK_STATE',
      httpStatus: 409,
      details: { onBreak: true },
    });
    expect((await cardsOf(app, waiter))[0]?.breaks).toHaveLength(1);
  });

  test('D4 that is not on does not end, nor does it twice', async () => {
    await using app = await openApp();
    await atWork(app, app.home.staff.waiter);
    const { shifts } = app.as('waiter');
    const before = await refusalOf(shifts.endBreak.mutate({}));
    await shifts.startBreak.mutate({});
    await shifts.endBreak.mutate({});

    const again = await refusalOf(shifts.endBreak.mutate({}));

    const off = { reason: 'BREAK_STATE', details: { onBreak: false } };
    expect([before, again]).toMatchObject([off, off]);
  });

  test('D4 comes after another, and both count', async () => {
    await using app = await openApp();
    await atWork(app, app.home.staff.waiter);
    const { shifts } = app.as('waiter');
    await shifts.startBreak.mutate({});
    app.clock.advance(3 * MINUTE);
    await shifts.endBreak.mutate({});
    app.clock.advance(MINUTE);
    await shifts.startBreak.mutate({ paid: true });
    app.clock.advance(MINUTE);
    await shifts.endBreak.mutate({});
    app.clock.advance(2 * MINUTE);

    const { card } = await shifts.clockOut.mutate({});

    expect(card).toMatchObject({ workedMinutes: 4, breaks: [{ paid: false }, { paid: true }] });
  });

  test('D4 that is on is ended and marked by clocking out', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    const { shifts } = app.as('waiter');
    await shifts.startBreak.mutate({});
    app.clock.advance(MINUTE);
    await shifts.endBreak.mutate({});
    app.clock.advance(4 * MINUTE);
    await shifts.startBreak.mutate({});
    app.clock.advance(5 * MINUTE);

    const { card, shiftEndedAt } = await shifts.clockOut.mutate({});

    expect(card).toMatchObject({
      workedMinutes: 4,
      breaks: [{ cut: false }, { cut: true, endedAt: shiftEndedAt }],
    });
    expect(await refusalOf(shifts.endBreak.mutate({}))).toMatchObject({
      reason: 'NOT_CLOCKED_IN',
    });
  });

  test('D4 needs a card, and one in this restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter, chef } = app.home.staff;
    await app.given.timecard({ personId: chef.id });
    await app.given.timecard({ personId: waiter.id, restaurantId });
    const { shifts } = app.as('waiter');

    const refused = [
      await refusalOf(shifts.startBreak.mutate({})),
      await refusalOf(shifts.endBreak.mutate({})),
    ];

    expect(refused).toMatchObject(Array(2).fill({ reason: 'NOT_CLOCKED_IN', httpStatus: 409 }));
  });

  test('D4 is shown to colleagues while it is on', async () => {
    await using app = await openApp();
    await atWork(app, app.home.staff.waiter);
    const { shifts } = app.as('waiter');
    const onBreak = async () => {
      const { items } = await app.as('head_chef').shifts.onNow.query();
      return items.map((one) => one.onBreak);
    };
    const before = await onBreak();
    await shifts.startBreak.mutate({ paid: true });
    const meanwhile = await onBreak();

    await shifts.endBreak.mutate({});

    expect([before, meanwhile, await onBreak()]).toEqual([[false], [true], [false]]);
  });

  test('D4 is not counted as work while it is on', async () => {
    await using app = await openApp();
    await atWork(app, app.home.staff.waiter);
    app.clock.advance(2 * MINUTE);
    await app.as('waiter').shifts.startBreak.mutate({});
    app.clock.advance(HOUR);

    const { people } = await app.as('waiter').shifts.timesheet.query();

    expect(people).toMatchObject([{ workedMinutes: 2 }]);
  });

  test('D4 the fortieth of a card is the last', async () => {
    await using app = await openApp();
    const id = await atWork(app, app.home.staff.waiter);
    const at = app.clock.now().getTime();
    const em = inside(app);
    const card = await em.findOneOrFail(Timecard, id);
    card.breaks = Array.from({ length: 39 }, () => {
      return { paid: true, startedAt: at, endedAt: at, cut: false };
    });
    await em.flush();
    const { shifts } = app.as('waiter');
    await shifts.startBreak.mutate({});
    await shifts.endBreak.mutate({});

    const refused = await refusalOf(shifts.startBreak.mutate({}));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ message: 'a card holds 40 breaks at most' }] },
    });
    expect(await cardsOf(app, app.home.staff.waiter)).toMatchObject([{ outAt: null }]);
  });
});
