import { DAY, HOUR } from '@comanda/kernel/time';
import { TestClock } from '@comanda/testing/clock';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import { busy, daily, shown } from '../reports/looking.ts';

/** On the clock of Rome, where in summer it shows two hours more, and in winter one. */
const inRome = (time: string, offset = '+02:00') => new TestClock(new Date(`${time}${offset}`));

describe('the days and hours of a report', () => {
  test('S2-24 are those of the clock on the wall, from its midnight on', async () => {
    await using app = await openApp({ clock: inRome('2026-06-02T23:59:59.999') });
    await app.given.order();
    app.clock.advance(1);
    await app.given.order();
    app.clock.advance(HOUR - 1);
    await app.given.order();
    app.clock.advance(1);
    await app.given.order();
    app.clock.advance(23 * HOUR);
    await app.given.order();
    app.clock.advance(-23 * HOUR);

    const board = await shown(app, 3);

    expect(daily(board)).toEqual([
      ['2026-06-01', 0, 0],
      ['2026-06-02', 1, 0],
      ['2026-06-03', 3, 0],
    ]);
    expect(board.today).toMatchObject({ date: '2026-06-03', orders: 3, open: 5 });
    expect(board.bestSellers).toHaveLength(4);
    expect(busy(board)).toEqual([
      [0, 2],
      [1, 1],
    ]);
  });

  test.each([
    ['Pacific/Kiritimati', '2026-06-02', 2],
    ['Pacific/Pago_Pago', '2026-06-01', 1],
    ['Asia/Kathmandu', '2026-06-01', 17],
  ])('S2-24 in %s it is %s, and %i o’clock', async (timeZone, date, hour) => {
    await using app = await openApp();
    await app.as('manager').restaurants.update.mutate({ timeZone });
    await app.given.order();
    app.clock.advance(DAY);
    await app.given.order();
    app.clock.advance(-DAY);

    const board = await shown(app, 1);

    expect(board).toMatchObject({ timeZone, today: { date, orders: 1 } });
    expect(board.days).toEqual([{ date, orders: 1, revenue: 0 }]);
    expect(busy(board)).toEqual([[hour, 1]]);
  });

  test('S2-24 a day of 23 hours has none at two', async () => {
    await using app = await openApp({ clock: inRome('2026-03-29T00:30:00', '+01:00') });
    await inTurn(3, async () => {
      await app.given.order();
      app.clock.advance(HOUR);
    });
    app.clock.set(new Date('2026-03-29T23:30:00+02:00'));
    await app.given.order();

    const board = await shown(app, 1);

    expect(busy(board)).toEqual([
      [0, 1],
      [1, 1],
      [3, 1],
      [23, 1],
    ]);
    app.clock.advance(HOUR);
    expect(daily(await shown(app, 2))).toEqual([
      ['2026-03-29', 4, 0],
      ['2026-03-30', 0, 0],
    ]);
  });

  test('S2-24 a day of 25 hours has two of one name', async () => {
    await using app = await openApp({ clock: inRome('2026-10-25T00:30:00') });
    await inTurn(5, async () => {
      await app.given.order();
      app.clock.advance(HOUR);
    });
    app.clock.set(new Date('2026-10-25T23:30:00+01:00'));
    await app.given.order();

    const board = await shown(app, 2);

    expect(daily(board)).toEqual([
      ['2026-10-24', 0, 0],
      ['2026-10-25', 6, 0],
    ]);
    expect(busy(board)).toEqual([
      [0, 1],
      [1, 1],
      [2, 2],
      [3, 1],
      [23, 1],
    ]);
  });

  test('S2-24 are seven unless it is said, and a month at most', async () => {
    await using app = await openApp();
    await inTurn(32, async () => {
      await app.given.order();
      app.clock.advance(DAY);
    });
    const refused = await refusalOf(shown(app, 32));

    const [week, month] = [await shown(app), await shown(app, 31)];

    const first = month.days[0];
    const counts = [week, month].map(({ days }) => days.map(({ orders }) => orders));
    expect(counts).toEqual([6, 30].map((before) => [...Array<number>(before).fill(1), 0]));
    expect(first?.date).toBe('2026-06-03');
    expect(month.bestSellers).toHaveLength(10);
    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'days' }] },
    });
  });
});
