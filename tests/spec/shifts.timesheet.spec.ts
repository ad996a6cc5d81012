import { after, HOUR, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { joined } from '../auth/joining.ts';
import { atWork } from '../shifts/working.ts';

const at = (instant: string): Date => new Date(instant);

/** Cards of the waiter, each from and to a moment in UTC. */
async function worked(app: TestApp, ...spans: [from: string, to: string][]): Promise<string[]> {
  const personId = app.home.staff.waiter.id;
  const ids: string[] = [];
  for (const [from, to] of spans) {
    ids.push(await app.given.timecard({ personId, inAt: at(from), outAt: at(to) }));
  }
  return ids;
}

async function idsIn(app: TestApp, week: string): Promise<string[]> {
  const { people } = await app.as('waiter').shifts.timesheet.query({ week });
  return people.flatMap(({ cards }) => cards.map(({ id }) => id));
}

describe('the timesheet', () => {
  test('D4 S3-29 is of this week, planned and worked', async () => {
    await using app = await openApp();
    const { waiter } = app.home.staff;
    await app.given.shift({ personId: waiter.id });
    await worked(app, ['2026-06-01T06:00:00Z', '2026-06-01T10:30:00Z']);

    const sheet = await app.as('waiter').shifts.timesheet.query();

    expect(sheet).toMatchObject({
      from: '2026-06-01',
      to: '2026-06-07',
      timeZone: 'Europe/Rome',
      people: [{ personId: waiter.id, name: 'Some Body', plannedMinutes: 480, workedMinutes: 270 }],
      csv: null,
    });
  });

  test('D1 is one’s own, whether or not one says so', async () => {
    await using app = await openApp();
    const { waiter, chef } = app.home.staff;
    await atWork(app, waiter);
    await atWork(app, chef);
    const { shifts } = app.as('waiter');

    const sheets = [
      await shifts.timesheet.query(),
      await shifts.timesheet.query({ personId: waiter.id }),
    ];

    const mine = { people: [{ personId: waiter.id }] };
    expect(sheets).toMatchObject([mine, mine]);
  });

  test.each(['waiter', 'head_chef', 'master_chef'] as const)(
    'D1 of a colleague is not shown to a %s',
    async (role) => {
      await using app = await openApp();
      const personId = app.home.staff.chef.id;

      const refused = await refusalOf(app.as(role).shifts.timesheet.query({ personId }));

      expect(refused).toMatchObject({
        reason: 'FORBIDDEN',
        details: { capability: 'shift.schedule' },
      });
    },
  );

  test('D1 of all, or of one, is shown to a manager, in the order of their names', async () => {
    await using app = await openApp();
    const [zoe, anna] = await app.given.people([
      { role: 'waiter', firstName: 'Zoe', lastName: 'Rossi' },
      { role: 'chef', firstName: 'Anna', lastName: 'Verdi' },
    ]);
    await atWork(app, zoe);
    await app.given.shift({ personId: anna.id });
    const { shifts } = app.as('manager');

    const all = await shifts.timesheet.query();
    const one = await shifts.timesheet.query({ personId: zoe.id });

    expect(all.people).toMatchObject([
      { name: 'Anna Verdi', plannedMinutes: 480, workedMinutes: 0, cards: [] },
      { name: 'Zoe Rossi', plannedMinutes: 480, workedMinutes: 0, cards: [{ outAt: null }] },
    ]);
    expect(one.people).toEqual(all.people.slice(1));
  });

  test('D2 is of one restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { waiter } = app.home.staff;
    const there = await joined(app, waiter, { restaurantId, role: 'chef' });
    await app.given.timecard({ personId: waiter.id, restaurantId });
    await app.given.shift({ personId: waiter.id, restaurantId });

    const sheets = [
      await app.as('waiter').shifts.timesheet.query(),
      await app.as('manager').shifts.timesheet.query({ personId: waiter.id }),
      await app.as(there).shifts.timesheet.query(),
    ];

    expect(sheets).toMatchObject([
      { people: [] },
      { people: [] },
      { people: [{ personId: waiter.id, plannedMinutes: 480 }] },
    ]);
  });

  test('D4 plans nothing by drafts and shifts that were cancelled', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const hour = { personId, startsAt: app.clock.now(), endsAt: after(app.clock.now(), HOUR) };
    await app.given.shift(hour);
    await app.given.shift({ ...hour, state: 'draft' });
    await app.given.shift({ ...hour, state: 'cancelled' });

    const { people } = await app.as('manager').shifts.timesheet.query();

    expect(people).toMatchObject([{ plannedMinutes: 60 }]);
  });

  test('D4 adds up what its cards say, in whole minutes each', async () => {
    await using app = await openApp();
    await worked(
      app,
      ['2026-06-01T01:00:00Z', '2026-06-01T01:00:59.999Z'],
      ['2026-06-01T02:00:00Z', '2026-06-01T02:01:00Z'],
      ['2026-06-01T03:00:00Z', '2026-06-01T03:01:59.999Z'],
      ['2026-06-01T04:00:00Z', '2026-06-01T04:01:30Z'],
    );

    const { people } = await app.as('manager').shifts.timesheet.query();

    expect(people[0]?.cards.map(({ workedMinutes }) => workedMinutes)).toEqual([0, 1, 1, 1]);
    expect(people[0]?.workedMinutes).toBe(3);
  });
});

describe('the week of a timesheet', () => {
  test('D4 begins and ends at midnight on Monday by the restaurant’s clock', async () => {
    await using app = await openApp();
    const [before = '', first = '', last = '', next = ''] = await worked(
      app,
      ['2026-05-31T21:59:59.999Z', '2026-06-01T05:00:00Z'],
      ['2026-05-31T22:00:00Z', '2026-06-01T05:00:00Z'],
      ['2026-06-07T21:59:59.999Z', '2026-06-08T05:00:00Z'],
      ['2026-06-07T22:00:00Z', '2026-06-08T05:00:00Z'],
    );

    const weeks = [
      await idsIn(app, '2026-05-31'),
      await idsIn(app, '2026-06-04'),
      await idsIn(app, '2026-06-08'),
    ];

    expect(weeks).toEqual([[before], [first, last], [next]]);
  });

  test('D4 has shifts by their start, too', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const takes = (startsAt: Date, minutes: number) =>
      app.given.shift({ personId, startsAt, endsAt: after(startsAt, minutes * MINUTE) });
    await takes(at('2026-05-31T21:59:00Z'), 100);
    await takes(at('2026-05-31T22:00:00Z'), 20);
    await takes(at('2026-06-07T21:59:00Z'), 30);
    await takes(at('2026-06-07T22:00:00Z'), 400);

    const { people } = await app.as('waiter').shifts.timesheet.query({ week: '2026-06-03' });

    expect(people).toMatchObject([{ plannedMinutes: 50 }]);
  });

  test('D4 is the one that runs there, though it is another one in London', async () => {
    await using app = await openApp();
    app.clock.set(at('2026-06-07T22:30:00Z'));

    const { from, to } = await app.as('waiter').shifts.timesheet.query();

    expect([from, to]).toEqual(['2026-06-08', '2026-06-14']);
  });

  test.each([
    ['2026-03-29', '2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['2026-10-25', '2026-10-18T22:00:00Z', '2026-10-25T23:00:00Z'],
  ])('D12-8 of %s has its edges by the clock of each end', async (week, from, to) => {
    await using app = await openApp();
    const [start, end] = [at(from), at(to)];
    const hourFrom = (inAt: Date): [string, string] => [
      inAt.toISOString(),
      after(inAt, HOUR).toISOString(),
    ];
    const ids = await worked(
      app,
      hourFrom(after(start, -1)),
      hourFrom(start),
      hourFrom(after(end, -1)),
      hourFrom(end),
    );

    const inside = await idsIn(app, week);

    expect(inside).toEqual(ids.slice(1, 3));
  });

  test.each([
    ['short', ['2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z'], 420],
    ['long', ['2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z'], 540],
  ])(
    'D12-8 ten to six in the %s night is real minutes',
    async (_, [from = '', to = ''], minutes) => {
      await using app = await openApp();
      await worked(app, [from, to]);
      const personId = app.home.staff.waiter.id;
      await app.given.shift({ personId, startsAt: at(from), endsAt: at(to) });
      const week = from.slice(0, 10);

      const { people, csv } = await app.as('waiter').shifts.timesheet.query({ week, csv: true });

      expect(people).toMatchObject([{ workedMinutes: minutes, plannedMinutes: minutes }]);
      expect(csv).toContain(`,${week},22:00,06:00,0,0,${minutes},`);
    },
  );

  test.each(['2026-02-30', '0000-01-01', '2100-01-01', '9999-12-31', '1999-12-31'])(
    'D9 is not that of %s',
    async (week) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as('waiter').shifts.timesheet.query({ week }));

      expect(refused).toMatchObject({
        reason: 'VALIDATION',
        details: { issues: [{ path: 'week' }] },
      });
    },
  );
});

const HEADINGS =
  'person,person id,day,in,out,paid break minutes,unpaid break minutes,worked minutes,flag,reason,corrected';

describe('the timesheet as a file', () => {
  test('D4 has a line for every card, by the restaurant’s clock', async () => {
    await using app = await openApp();
    const { id } = app.home.staff.waiter;
    await app.as('manager').shifts.clockIn.mutate({ personId: id, reason: 'Ill, so "he" came.' });
    await app.as('waiter').shifts.startBreak.mutate({});
    app.clock.advance(5 * MINUTE);
    await app.as('waiter').shifts.endBreak.mutate({});
    await app.as('waiter').shifts.startBreak.mutate({ paid: true });
    app.clock.advance(2 * MINUTE);
    const { card } = await app.as('waiter').shifts.clockOut.mutate({});
    await app
      .as('manager')
      .shifts.correct.mutate({ cardId: card.id, inAt: after(card.inAt, -HOUR), reason: 'Early.' });

    const { csv } = await app.as('waiter').shifts.timesheet.query({ csv: true });

    expect(csv?.split('\r\n')).toEqual([
      HEADINGS,
      `Some Body,${id},2026-06-01,13:00,14:07,2,5,62,,"Ill, so ""he"" came.",yes`,
      '',
    ]);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+39 02', "'+39 02"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['Rossi, "Zoe"', '"Rossi, ""Zoe"""'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ])('D4 takes the name %j for text', async (lastName, written) => {
    await using app = await openApp();
    const who = await app.given.person({ role: 'waiter', firstName: '', lastName });
    await app.given.timecard({ personId: who.id });

    const { csv } = await app.as('manager').shifts.timesheet.query({ csv: true });

    expect(csv).toBe(`${HEADINGS}\r\n${written},${who.id},2026-06-01,14:00,,0,0,0,,,no\r\n`);
  });

  test('D4 takes a reason for text, too', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    await app.as('manager').shifts.clockIn.mutate({ personId, reason: '=cmd|A0' });

    const { csv } = await app.as('manager').shifts.timesheet.query({ csv: true });

    expect(csv).toContain(",'=cmd|A0,no\r\n");
  });

  test('D4 marks what the house has closed, and has only headings for an empty week', async () => {
    await using app = await openApp();
    await atWork(app, app.home.staff.waiter);
    await app.as('manager').people.deactivate.mutate({ personId: app.home.staff.waiter.id });
    const { shifts } = app.as('manager');

    const { csv } = await shifts.timesheet.query({ csv: true });
    const empty = await shifts.timesheet.query({ csv: true, week: '2026-01-05' });

    expect(csv).toContain(',0,0,0,deactivated,,no\r\n');
    expect(empty).toMatchObject({ people: [], csv: `${HEADINGS}\r\n` });
  });
});
