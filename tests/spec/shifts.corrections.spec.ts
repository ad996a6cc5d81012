import type { CorrectTimecard } from '@comanda/client';
import { after, DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import { tidyUp } from '@comanda/server/housekeeping';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { joined } from '../auth/joining.ts';
import { auditOf } from '../auth/looking.ts';
import { atWork, cardsOf, idsAtWork } from '../shifts/working.ts';

const reason = 'The clock was broken.';

/** The waiter came nine hours ago and went an hour ago. */
async function workedToday(app: TestApp) {
  const now = app.clock.now();
  const [inAt, outAt] = [after(now, -9 * HOUR), after(now, -HOUR)];
  const cardId = await app.given.timecard({ personId: app.home.staff.waiter.id, inAt, outAt });
  return { cardId, inAt, outAt, now };
}

function correct(app: TestApp, input: Omit<CorrectTimecard, 'reason'>) {
  return app.as('manager').shifts.correct.mutate({ reason, ...input });
}

describe('correcting a timecard', () => {
  test('D4 writes another time, and keeps what stood there, who changed it and why', async () => {
    await using app = await openApp();
    const { cardId, inAt, outAt, now } = await workedToday(app);
    const better = { inAt: after(inAt, HOUR), outAt: after(outAt, 30 * MINUTE) };

    const card = await correct(app, { cardId, ...better });

    expect(card).toMatchObject({ id: cardId, ...better, workedMinutes: 450, version: 2 });
    const { people } = await app.as('waiter').shifts.timesheet.query();
    expect(people[0]?.cards).toMatchObject([
      {
        ...better,
        corrections: [{ at: now, by: 'Some Body', reason, before: { inAt, outAt, breaks: [] } }],
      },
    ]);
  });

  test('D4 is written into the audit log with the manager’s name', async () => {
    await using app = await openApp();
    const { cardId, outAt, now } = await workedToday(app);

    await correct(app, { cardId, outAt: now });

    const entries = await auditOf(app, 'shifts.correct');
    expect(entries.map(({ target, change }) => `${target} ${change}`).toSorted()).toEqual([
      'Correction created',
      'Timecard updated',
    ]);
    expect(entries.find(({ target }) => target === 'Timecard')).toMatchObject({
      actorId: app.home.staff.manager.id,
      targetId: cardId,
      before: { outAt: outAt.toISOString() },
      after: { outAt: now.toISOString() },
    });
  });

  test('D4 once more keeps both, the oldest first', async () => {
    await using app = await openApp();
    const { cardId, inAt, outAt, now } = await workedToday(app);
    await correct(app, { cardId, outAt: now });
    app.clock.advance(1);

    await app.as('admin').shifts.correct.mutate({ cardId, inAt: after(inAt, 1), reason: 'Late.' });

    const { people } = await app.as('waiter').shifts.timesheet.query();
    expect(people[0]?.cards[0]?.corrections).toMatchObject([
      { reason, before: { inAt, outAt } },
      { reason: 'Late.', before: { inAt, outAt: now } },
    ]);
  });

  test('D4 of breaks puts all of them in the place of those that were', async () => {
    await using app = await openApp();
    const { cardId, inAt } = await workedToday(app);
    const lunch = { paid: false, startedAt: after(inAt, HOUR), endedAt: after(inAt, 2 * HOUR) };
    const smoke = { ...lunch, startedAt: after(inAt, 3 * HOUR), endedAt: after(inAt, 3.5 * HOUR) };
    await correct(app, { cardId, breaks: [lunch] });

    const card = await correct(app, { cardId, breaks: [smoke] });

    expect(card).toMatchObject({ breaks: [{ ...smoke, cut: false }], workedMinutes: 450 });
    const { people } = await app.as('waiter').shifts.timesheet.query();
    expect(people[0]?.cards[0]?.corrections.map(({ before }) => before.breaks)).toMatchObject([
      [],
      [lunch],
    ]);
  });

  test('D4 names as many breaks as a card holds', async () => {
    await using app = await openApp();
    const { cardId, inAt } = await workedToday(app);
    const breaks = Array.from({ length: 41 }, (_, nth) => {
      const startedAt = after(inAt, 10 * nth * MINUTE);
      return { paid: false, startedAt, endedAt: after(startedAt, MINUTE) };
    });

    const refused = await refusalOf(correct(app, { cardId, breaks }));
    const card = await correct(app, { cardId, breaks: breaks.slice(1) });

    expect(refused).toMatchObject({ details: { issues: [{ path: 'breaks' }] } });
    expect(card).toMatchObject({ workedMinutes: 440 });
  });

  test('D4 to an earlier end cuts the breaks that go on behind it', async () => {
    await using app = await openApp();
    const { cardId, inAt } = await workedToday(app);
    const hour = (at: number) => after(inAt, at * HOUR);
    const breaks = [
      { paid: false, startedAt: hour(1), endedAt: hour(3) },
      { paid: false, startedAt: hour(4), endedAt: hour(5) },
    ];
    await correct(app, { cardId, breaks });

    const card = await correct(app, { cardId, outAt: hour(2) });

    expect(card).toMatchObject({
      breaks: [{ startedAt: hour(1), endedAt: hour(2), cut: true }],
      workedMinutes: 60,
    });
  });

  test('D4 clears the flag of a card that was forgotten', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const cardId = await atWork(app, waiter);
    app.clock.advance(DAY);
    await tidyUp(app.house);
    const [forgotten] = await cardsOf(app, waiter);

    const card = await correct(app, { cardId, outAt: after(app.clock.now(), -20 * HOUR) });

    expect([forgotten?.flag, card.flag]).toEqual(['forgotten', null]);
  });

  test('D4 closes a card that is open, and leaves it open otherwise', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const cardId = await atWork(app, waiter);
    app.clock.advance(HOUR);
    await app.as('waiter').shifts.startBreak.mutate({});
    app.clock.advance(HOUR);
    const now = app.clock.now();

    const moved = await correct(app, { cardId, inAt: after(now, -3 * HOUR) });
    const before = await idsAtWork(app);
    const closed = await correct(app, { cardId, outAt: after(now, -MINUTE) });

    expect(moved).toMatchObject({ outAt: null, breaks: [{ endedAt: null }], workedMinutes: 120 });
    expect(before).toEqual([waiter.id]);
    expect(closed).toMatchObject({ breaks: [{ cut: true, endedAt: after(now, -MINUTE) }] });
    expect(await idsAtWork(app)).toEqual([]);
  });

  test('D4 reaches the card of somebody who left', async () => {
    await using app = await openApp();
    const { cardId, now } = await workedToday(app);
    await app.as('manager').people.deactivate.mutate({ personId: app.home.staff.waiter.id });

    const card = await correct(app, { cardId, outAt: now });

    expect(card.outAt).toEqual(now);
  });
});

describe('a correction is refused', () => {
  test('D1 D4 of one’s own card, whoever one is', async () => {
    await using app = await openApp();
    const cards = await Promise.all(
      (['manager', 'admin'] as const).map((role) =>
        app.given.timecard({ personId: app.home.staff[role].id }),
      ),
    );
    const [managers = '', admins = ''] = cards;

    const refused = [
      await refusalOf(app.as('manager').shifts.correct.mutate({ cardId: managers, reason })),
      await refusalOf(app.as('admin').shifts.correct.mutate({ cardId: admins, reason })),
    ];

    expect(refused).toMatchObject(Array(2).fill({ reason: 'OWN_CARD', httpStatus: 403 }));
    expect(await correct(app, { cardId: admins })).toMatchObject({ id: admins });
  });

  test.each(['waiter', 'head_chef', 'master_chef'] as const)('D1 to a %s', async (role) => {
    await using app = await openApp();
    const { cardId } = await workedToday(app);

    const refused = await refusalOf(app.as(role).shifts.correct.mutate({ cardId, reason }));

    expect(refused).toMatchObject({
      reason: 'FORBIDDEN',
      details: { capability: 'timesheet.edit' },
    });
  });

  test('D2 of a card in another restaurant, and of none', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter } = app.home.staff;
    const cardId = await app.given.timecard({ personId: waiter.id, restaurantId });

    const refused = [
      await refusalOf(correct(app, { cardId })),
      await refusalOf(correct(app, { cardId: waiter.id })),
    ];

    const unknown = { reason: 'NOT_FOUND', details: { what: 'timecard' } };
    expect(refused).toMatchObject([unknown, unknown]);
  });

  test('D4 without a reason', async () => {
    await using app = await openApp();
    const { cardId } = await workedToday(app);

    const refused = await refusalOf(
      app.as('manager').shifts.correct.mutate({ cardId, reason: ' ' }),
    );

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'reason' }] },
    });
  });

  test('of a card that was changed since it was read', async () => {
    await using app = await openApp();
    const { cardId, outAt, now } = await workedToday(app);
    await correct(app, { cardId, outAt: now, expectedVersion: 1 });

    const refused = await refusalOf(correct(app, { cardId, outAt, expectedVersion: 1 }));

    expect(refused.reason).toBe('VERSION_CONFLICT');
    expect(await cardsOf(app, app.home.staff.waiter)).toMatchObject([{ outAt: now, version: 2 }]);
  });

  const NOON = new Date('2026-06-01T12:00:00Z');
  const ago = (ms: number) => after(NOON, -ms);
  const pause = (from: number, to: number) => {
    return { paid: false, startedAt: ago(from), endedAt: ago(to) };
  };
  test.each([
    ['a time before all calendars', { inAt: new Date('0001-01-01T08:00:00Z') }, 'inAt'],
    ['an end before the beginning', { outAt: ago(10 * HOUR) }, 'inAt'],
    ['an end that is still to come', { outAt: after(NOON, 1) }, 'outAt'],
    ['more than a day', { inAt: ago(25 * HOUR + 1) }, 'outAt'],
    ['a break before it', { breaks: [pause(10 * HOUR, 8 * HOUR)] }, 'breaks'],
    ['a break behind it', { breaks: [pause(2 * HOUR, HOUR - 1)] }, 'breaks'],
    ['a break that ends as it has not begun', { breaks: [pause(2 * HOUR, 3 * HOUR)] }, 'breaks'],
    ['two breaks at once', { breaks: [pause(5, 3), pause(6, 4)].map(early) }, 'breaks'],
  ])('D4 to %s', async (_, wanted, path) => {
    await using app = await openApp();
    const { cardId, inAt, outAt } = await workedToday(app);

    const refused = await refusalOf(correct(app, { cardId, ...wanted }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
    expect(await cardsOf(app, app.home.staff.waiter)).toMatchObject([{ inAt, outAt, version: 1 }]);
  });

  test('D4 to a beginning that is still to come, of an open card', async () => {
    await using app = await openApp();
    const cardId = await atWork(app, app.home.staff.waiter);

    const refused = await refusalOf(correct(app, { cardId, inAt: after(app.clock.now(), 1) }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'inAt' }] },
    });
  });
});

function early(pause: { paid: boolean; startedAt: Date; endedAt: Date }) {
  const { paid, startedAt, endedAt } = pause;
  return { paid, startedAt: after(startedAt, -2 * HOUR), endedAt: after(endedAt, -2 * HOUR) };
}

describe('cards of one person', () => {
  test('D4 may touch, and never share a moment', async () => {
    await using app = await openApp();
    const { cardId, inAt, outAt, now } = await workedToday(app);
    const other = { inAt: after(now, -30 * MINUTE), outAt: after(now, -10 * MINUTE) };
    await app.given.timecard({ personId: app.home.staff.waiter.id, ...other });

    const refused = await refusalOf(correct(app, { cardId, outAt: after(other.inAt, 1) }));
    const touching = await correct(app, { cardId, outAt: other.inAt });

    expect(refused).toMatchObject({ reason: 'CARD_OVERLAP', details: { with: other } });
    expect(touching).toMatchObject({ inAt, outAt: other.inAt });
    expect(outAt).not.toEqual(touching.outAt);
  });

  test('D4 one that is open goes on', async () => {
    await using app = await openApp();
    const { cardId, now } = await workedToday(app);
    const inAt = after(now, -HOUR / 2);
    await app.given.timecard({ personId: app.home.staff.waiter.id, inAt });

    const refused = await refusalOf(correct(app, { cardId, outAt: now }));

    expect(refused).toMatchObject({
      reason: 'CARD_OVERLAP',
      details: { with: { inAt, outAt: null } },
    });
  });

  test('D4 an open one cannot begin before another is over', async () => {
    await using app = await openApp();
    const { outAt } = await workedToday(app);
    const cardId = await app.given.timecard({ personId: app.home.staff.waiter.id });

    const refused = await refusalOf(correct(app, { cardId, inAt: after(outAt, -1) }));

    expect(refused.reason).toBe('CARD_OVERLAP');
    expect(await correct(app, { cardId, inAt: outAt })).toMatchObject({ inAt: outAt });
  });

  test('D4 count in another restaurant, too, and those of colleagues do not', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter, chef } = app.home.staff;
    await joined(app, waiter, { restaurantId, role: 'chef' });
    const { cardId, outAt, now } = await workedToday(app);
    await app.given.timecard({ personId: chef.id, inAt: outAt });
    const there = { inAt: after(now, -MINUTE), outAt: now };
    await app.given.timecard({ personId: waiter.id, restaurantId, ...there });

    const refused = await refusalOf(correct(app, { cardId, outAt: now }));

    expect(refused).toMatchObject({ reason: 'CARD_OVERLAP', details: { with: null } });
    expect(await correct(app, { cardId, outAt: there.inAt })).toMatchObject({ version: 2 });
  });

  test('of whoever left tell nothing of what they do elsewhere', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter } = app.home.staff;
    await joined(app, waiter, { restaurantId, role: 'chef' });
    const { cardId, now } = await workedToday(app);
    const there = { inAt: after(now, -MINUTE), outAt: now };
    await app.given.timecard({ personId: waiter.id, restaurantId, ...there });
    await app.as('manager').people.deactivate.mutate({ personId: waiter.id });

    expect(await correct(app, { cardId, outAt: now })).toMatchObject({ outAt: now });
  });
});

describe('a break that is on', () => {
  test('D4 is not ended by a correction of the others', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    const cardId = await atWork(app, waiter);
    await app.as('waiter').shifts.startBreak.mutate({});

    const corrected = await correct(app, { cardId, breaks: [] });

    expect(corrected.breaks).toMatchObject([{ endedAt: null }]);
    await app.as('waiter').shifts.endBreak.mutate({});
  });
});
