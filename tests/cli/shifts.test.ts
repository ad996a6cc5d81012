import { WallClock } from '@comanda/cli/shifts/wall-clock';
import type { Client } from '@comanda/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desks, openDesks } from './desks.ts';
import { type Desk, typed } from './running.ts';

const DAY_MS = 86_400_000;
/** A Monday some weeks ahead: far enough from the shifts of the demo, and for every test another. */
const mondays = (function* () {
  const today = Math.floor(Date.now() / DAY_MS);
  for (let monday = today - ((today + 3) % 7) + 35; ; monday += 7) {
    yield (day = 0) => new Date((monday + day) * DAY_MS).toISOString().slice(0, 10);
  }
})();
const nextWeek = () => mondays.next().value;

let desks: Desks;
let manager: Desk;
let house: Client;

beforeAll(async () => {
  desks = await openDesks();
  manager = await desks.signedIn('manager');
  house = desks.server.client((await desks.server.signIn('manager')).accessToken);
});
afterAll(() => desks?.[Symbol.asyncDispose]());

const HEADER = 'person,date,start,end,note';
const planning = (rows: string[], ...args: string[]) =>
  typed(manager, ['shifts', 'plan', desks.file('week.csv', [HEADER, ...rows].join('\n')), ...args]);
const planned = async (monday: string) => {
  const from = new Date(Date.parse(monday) - DAY_MS);
  const to = new Date(Date.parse(monday) + 8 * DAY_MS);
  return (await house.shifts.list.query({ from, to, limit: 100 })).items;
};
const personOf = async (username: string) => {
  const { items } = await house.people.list.query({ search: username, limit: 100 });
  const found = items.find((person) => person.username === username);
  return { id: found?.id ?? '', called: `${found?.firstName} ${found?.lastName}`.trim() };
};

describe('planning a week from a file', () => {
  test('makes drafts at the time of the restaurant, and shows the week', async () => {
    const day = nextWeek();
    const { id, called } = await personOf('chef');
    const rows = [
      `waiter,${day()},09:00,17:00,Opens`,
      `${called},${day(1)},17:00,01:30,`,
      `${id},${day(4)},10:00,24:00,`,
    ];

    const { code, out } = await planning(rows);
    const [opens, late, last] = await planned(day());
    const [head = '', ...lines] = out.split('\n');

    expect(code).toBe(0);
    expect(opens).toMatchObject({ state: 'draft', note: 'Opens' });
    expect([late?.personId, last?.personId]).toEqual([id, id]);
    const clock = new WallClock('Europe/Rome');
    expect([opens, late, last].map((shift) => shift && clock.at(shift.endsAt))).toEqual([
      { date: day(), time: '17:00' },
      { date: day(2), time: '01:30' },
      { date: day(5), time: '00:00' },
    ]);
    expect(head).toMatch(new RegExp(`^Week of ${day()} +Mon \\S+ +Tue \\S+ +Fri \\S+$`));
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`^${called} +17:00-01:30\\* +10:00-00:00\\*$`)),
    );
    expect(out).toContain('3 planned, 0 were there already, 0 published.');
  });

  test('run again plans nothing twice, and publishes what is asked', async () => {
    const day = nextWeek();
    const rows = [`waiter,${day()},09:00,17:00,`, `chef,${day()},09:00,17:00,`];
    await planning(rows);
    const before = await planned(day());

    const { code, out } = await planning([...rows, `waiter,${day(1)},09:00,17:00,`], '--publish');
    const after = await planned(day());

    expect(code).toBe(0);
    expect(out).toContain('1 planned, 2 were there already, 3 published.');
    expect(after.map(({ state }) => state)).toEqual(['published', 'published', 'published']);
    expect(after.map(({ id }) => id)).toEqual(
      expect.arrayContaining(before.map((shift) => shift.id)),
    );
  });

  test('tells all that is wrong by line, and plans nothing', async () => {
    const day = nextWeek();
    await planning([`chef,${day()},10:00,12:00,`]);
    const rows = [
      `waiter,${day()},09:00,17:00,`,
      `nobody,${day()},09:00,17:00,`,
      `waiter,2026-02-30,9:00,25:00,`,
      `waiter,${day()},16:00,18:00,`,
    ];

    const { code, out, err } = await planning(rows);
    const clash = await planning([`chef,${day()},11:00,13:00,`, `waiter,${day()},09:00,17:00,`]);

    expect([code, out]).toEqual([7, '']);
    expect(err.trimEnd().split('\n').slice(1)).toEqual([
      '  line 3, person: nobody who works here is called nobody',
      '  line 4, date: is a date such as 2026-12-24',
      '  line 4, start: is a time such as 09:30',
      '  line 4, end: is a time such as 17:30, or 24:00',
      expect.stringMatching(/^ {2}line 5: .+ works at that time in line 2$/),
    ]);
    expect([clash.code, clash.err]).toEqual([
      7,
      expect.stringMatching(
        new RegExp(
          `^ {2}line 2: .+ has another shift at that time: ${day()} 10:00 to 12:00, `,
          'm',
        ),
      ),
    ]);
    expect(await planned(day())).toHaveLength(1);
  });

  test('plans what the service takes, tells the rest, and publishes nothing then', async () => {
    const day = nextWeek();
    const rows = [`waiter,${day()},09:00,09:05,`, `chef,${day()},09:00,17:00,`];

    const { code, out } = await planning(rows, '--publish');

    expect(code).toBe(6);
    expect(out).toContain('line 2: endsAt: a shift takes 15 minutes or more');
    expect(await planned(day())).toMatchObject([{ state: 'draft' }]);
  });

  test('on trial shows the week, and plans nothing', async () => {
    const day = nextWeek();

    const { code, out } = await planning(
      [`waiter,${day()},09:00,17:00,`],
      '--dry-run',
      '--publish',
    );

    expect(code).toBe(0);
    expect(out).toContain('09:00-17:00*');
    expect(out).toContain('1 would be planned');
    expect(await planned(day())).toEqual([]);
  });

  test('takes a list in YAML, and tells a program all of it', async () => {
    const day = nextWeek();
    const yaml = `- { person: waiter, date: ${day()}, start: 09:00, end: 17:00 }\n`;
    const file = desks.file('week.yaml', yaml);

    const { code, out } = await typed(manager, ['shifts', 'plan', file, '--json']);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      dryRun: false,
      timeZone: 'Europe/Rome',
      planned: [{ state: 'draft' }],
      problems: [],
    });
  });
});

describe('a clock on the wall', () => {
  const rome = new WallClock('Europe/Rome');

  test('knows no time that a night leaves out, and the first of two', () => {
    expect(rome.instantOf('2026-03-29', '02:30')).toBeUndefined();
    expect(rome.instantOf('2026-03-29', '03:00')?.toISOString()).toBe('2026-03-29T01:00:00.000Z');
    expect(rome.instantOf('2026-10-25', '02:30')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  test.each(['Europe/Rome', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])(
    'in %s shows again what it was asked for',
    (zone) => {
      const clock = new WallClock(zone);
      const minute = fc.integer({ min: 28_000_000, max: 31_000_000 });
      fc.assert(
        fc.property(minute, (at) => {
          const shown = clock.at(new Date(at * 60_000));
          const instant = clock.instantOf(shown.date, shown.time);
          expect(instant && clock.at(instant)).toEqual(shown);
        }),
      );
    },
  );
});
