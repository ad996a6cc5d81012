import { after, HOUR, MINUTE } from '@comanda/kernel/time';
import { tidyUp } from '@comanda/server/housekeeping';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { joined } from '../auth/joining.ts';
import { auditOf } from '../auth/looking.ts';
import { atWork, cardsOf, idsAtWork } from '../shifts/working.ts';

/** How long the shift of whoever is at work goes on. */
const LEFT = 7 * HOUR;

describe('a card that is forgotten', () => {
  test('D4 stays open until four hours after the end of the shift', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    app.clock.advance(LEFT + 4 * HOUR - 1);

    await tidyUp(app.house);

    expect(await idsAtWork(app)).toEqual([waiter.id]);
  });

  test('D4 is closed then, at the end of the shift, and flagged by the house', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const endsAt = after(app.clock.now(), LEFT);
    const id = await atWork(app, waiter);
    app.clock.advance(LEFT + 4 * HOUR);

    await tidyUp(app.house);

    expect(await cardsOf(app, waiter)).toMatchObject([
      { id, inAt: after(endsAt, -LEFT), outAt: endsAt, openFor: null, flag: 'forgotten' },
    ]);
    expect(await auditOf(app, 'shifts.forgotten')).toMatchObject([
      {
        role: 'system',
        actorId: null,
        restaurantId: app.home.restaurantId,
        target: 'Timecard',
        targetId: id,
        change: 'updated',
      },
    ]);
  });

  test('D4 is closed at the end that the shift has by then', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const shiftId = await app.given.shift({ personId: waiter.id });
    await app.as('waiter').shifts.clockIn.mutate({});
    const endsAt = after(app.clock.now(), 2 * HOUR);
    await app.as('manager').shifts.update.mutate({ shiftId, endsAt });
    app.clock.advance(6 * HOUR);

    await tidyUp(app.house);

    expect(await cardsOf(app, waiter)).toMatchObject([{ outAt: endsAt, flag: 'forgotten' }]);
  });

  test('D4 of a shift that was made to end before the card began is closed as it began', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const shiftId = await app.given.shift({ personId: waiter.id });
    await app.as('waiter').shifts.clockIn.mutate({});
    const inAt = app.clock.now();
    const endsAt = after(inAt, -30 * MINUTE);
    await app.as('manager').shifts.update.mutate({ shiftId, endsAt });
    app.clock.advance(4 * HOUR + 1);

    await tidyUp(app.house);

    expect(await cardsOf(app, waiter)).toMatchObject([{ inAt, outAt: inAt, flag: 'forgotten' }]);
  });

  test('D4 that nobody had planned stays open for twenty hours and is closed at sixteen', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const inAt = app.clock.now();
    await app.given.timecard({ personId: waiter.id });
    app.clock.advance(20 * HOUR - 1);
    await tidyUp(app.house);
    const before = await idsAtWork(app);
    app.clock.advance(1);

    await tidyUp(app.house);

    expect(before).toEqual([waiter.id]);
    expect(await cardsOf(app, waiter)).toMatchObject([
      { outAt: after(inAt, 16 * HOUR), flag: 'forgotten' },
    ]);
  });

  test('D4 has the break cut that was on, and loses one that began after the end', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    const endsAt = after(app.clock.now(), LEFT);
    app.clock.advance(LEFT - MINUTE);
    await app.as('waiter').shifts.startBreak.mutate({});
    app.clock.advance(2 * MINUTE);
    await app.as('waiter').shifts.endBreak.mutate({});
    await app.as('waiter').shifts.startBreak.mutate({});
    app.clock.advance(5 * HOUR);

    await tidyUp(app.house);

    const [card] = await cardsOf(app, waiter);
    expect(card?.outAt).toEqual(endsAt);
    expect(card?.breaks).toMatchObject([{ endedAt: endsAt.getTime(), cut: true }]);
  });

  test('D4 is closed in every restaurant, and leaves those who are at work alone', async () => {
    await using app = await openApp();
    const { waiter, chef } = app.home.staff;
    const restaurantId = await app.given.restaurant();
    const far = await app.given.person({ role: 'waiter', restaurantId });
    await atWork(app, waiter);
    await app.given.timecard({ personId: far.id, restaurantId });
    app.clock.advance(20 * HOUR);
    await atWork(app, chef);

    await tidyUp(app.house);

    expect(await idsAtWork(app)).toEqual([chef.id]);
    expect(await cardsOf(app, far)).toMatchObject([{ flag: 'forgotten', openFor: null }]);
  });

  test('D4 is none while its person works on in their next shift', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    const startsAt = after(app.clock.now(), LEFT);
    await app.given.shift({ personId: waiter.id, startsAt });
    app.clock.advance(LEFT + 4 * HOUR);

    await tidyUp(app.house);
    const { shiftEndedAt } = await app.as('waiter').shifts.clockOut.mutate({});

    expect(shiftEndedAt).toEqual(app.clock.now());
    expect(await cardsOf(app, waiter)).toMatchObject([{ flag: null }]);
  });

  test('D4 ends when its person clocks in for another shift', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    const endsAt = after(app.clock.now(), LEFT);
    const shiftId = await app.given.shift({ personId: waiter.id, startsAt: after(endsAt, HOUR) });
    app.clock.advance(LEFT + HOUR);

    const { card } = await app.as('waiter').shifts.clockIn.mutate({});

    expect(card).toMatchObject({ shiftId, outAt: null });
    expect(await cardsOf(app, waiter)).toMatchObject([
      { outAt: endsAt, flag: 'forgotten' },
      { id: card.id, openFor: waiter.id },
    ]);
  });

  test('D4 of a shift that was moved away is closed after a working day', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const shiftId = await app.given.shift({ personId: waiter.id });
    await app.as('waiter').shifts.clockIn.mutate({});
    const inAt = app.clock.now();
    const startsAt = after(inAt, 7 * 24 * HOUR);
    const endsAt = after(startsAt, 8 * HOUR);
    await app.as('manager').shifts.update.mutate({ shiftId, startsAt, endsAt });
    app.clock.advance(20 * HOUR);

    await tidyUp(app.house);

    expect(await cardsOf(app, waiter)).toMatchObject([
      { outAt: after(inAt, 16 * HOUR), flag: 'forgotten' },
    ]);
  });

  test('D4 does not keep its person from clocking in anew', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    const endsAt = after(app.clock.now(), LEFT);
    app.clock.advance(LEFT + 4 * HOUR);
    const shiftId = await app.given.shift({ personId: waiter.id });

    const { card } = await app.as('waiter').shifts.clockIn.mutate({});

    expect(card).toMatchObject({ shiftId, outAt: null, flag: null });
    expect(await cardsOf(app, waiter)).toMatchObject([
      { outAt: endsAt, flag: 'forgotten' },
      { id: card.id, openFor: waiter.id },
    ]);
  });

  test('D4 does not keep its person from clocking in in another restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter } = app.home.staff;
    const there = await joined(app, waiter, { restaurantId, role: 'chef' });
    await atWork(app, waiter);
    const endsAt = after(app.clock.now(), LEFT);
    app.clock.advance(LEFT + 4 * HOUR);
    await app.given.shift({ personId: waiter.id, restaurantId });

    await app.as(there).shifts.clockIn.mutate({});

    expect(await cardsOf(app, waiter)).toMatchObject([
      { restaurantId: app.home.restaurantId, outAt: endsAt, flag: 'forgotten' },
      { restaurantId, openFor: waiter.id, flag: null },
    ]);
  });

  test('D4 is not clocked out of any more, and is closed as it would have been', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    const endsAt = after(app.clock.now(), LEFT);
    app.clock.advance(LEFT + 5 * HOUR);

    const refused = await refusalOf(app.as('waiter').shifts.clockOut.mutate({}));
    await tidyUp(app.house);

    expect(refused.reason).toBe('NOT_CLOCKED_IN');
    expect(await cardsOf(app, waiter)).toMatchObject([{ outAt: endsAt, flag: 'forgotten' }]);
  });

  test('D4 may be clocked out of until then, late as it is', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await atWork(app, waiter);
    app.clock.advance(LEFT + 4 * HOUR - 1);

    const told = await outcomeOf(app.as('waiter').shifts.clockOut.mutate({}));

    expect(told).toBe('ok');
    expect(await cardsOf(app, waiter)).toMatchObject([{ outAt: app.clock.now(), flag: null }]);
  });
});
