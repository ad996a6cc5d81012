import { HOUR } from '@comanda/kernel/time';
import { TestClock } from '@comanda/testing/clock';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { planned } from '../shifts/planning.ts';
import { STEPS, Walking } from '../shifts/walking.ts';

describe('planning at random', () => {
  test('D4 refuses what overlaps and nothing else, in two restaurants at once', async () => {
    await using app = await openApp();
    const walking = await Walking.begin(app);
    const property = fc.asyncProperty(STEPS, async (steps) => {
      const { told, expected, planned, onPaper } = await walking.walk(steps);

      expect(told).toEqual(expected);
      expect(planned).toEqual(onPaper);
      expect(new Set(planned).size).toBe(planned.length);
    });

    await fc.assert(property, { numRuns: 12, endOnFailure: true });
  });
});

describe('a shift on a day on which the clocks change', () => {
  const utc = (from: string, to: string) => ({ startsAt: new Date(from), endsAt: new Date(to) });
  const openOn = (day: string) => openApp({ clock: new TestClock(new Date(`${day}T12:00:00Z`)) });

  test.each([
    [
      'forward',
      {
        day: '2026-03-28',
        from: '2026-03-28T22:00:00+01:00',
        to: '2026-03-29T06:00:00+02:00',
        hours: 7,
      },
    ],
    [
      'back',
      {
        day: '2026-10-24',
        from: '2026-10-24T22:00:00+02:00',
        to: '2026-10-25T06:00:00+01:00',
        hours: 9,
      },
    ],
  ])('%s keeps its real length', async (_, { day, from, to, hours }) => {
    await using app = await openOn(day);

    const { id } = await planned(app, { ...utc(from, to), publish: true });

    const { items } = await app.as('waiter').shifts.mine.query();
    expect(items).toMatchObject([{ id, ...utc(from, to) }]);
    expect(items.map(({ startsAt, endsAt }) => Number(endsAt) - Number(startsAt))).toEqual([
      hours * HOUR,
    ]);
  });

  test.each([
    [
      'forward',
      { day: '2026-03-28', from: '2026-03-28T18:00:00+01:00', to: '2026-03-29T11:00:00+02:00' },
    ],
    [
      'back',
      { day: '2026-10-24', from: '2026-10-24T18:00:00+02:00', to: '2026-10-25T09:00:00+01:00' },
    ],
  ])('%s takes 16 real hours at most', async (_, { day, from, to }) => {
    await using app = await openOn(day);
    const tooLong = new Date(new Date(to).getTime() + 1);

    const refused = await refusalOf(planned(app, { ...utc(from, to), endsAt: tooLong }));
    const longest = await planned(app, utc(from, to));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'endsAt' }] },
    });
    expect(longest).toMatchObject(utc(from, to));
  });

  test('back has an hour twice, and both can be worked', async () => {
    await using app = await openOn('2026-10-24');
    const first = utc('2026-10-25T02:00:00+02:00', '2026-10-25T02:59:00+02:00');
    const second = utc('2026-10-25T02:00:00+01:00', '2026-10-25T02:59:00+01:00');

    const made = [await planned(app, first), await planned(app, second)];
    const refused = await refusalOf(planned(app, first));

    const { items } = await app.as('manager').shifts.list.query();
    expect(items).toEqual(made);
    expect(items).toMatchObject([first, second]);
    expect(refused).toMatchObject({
      reason: 'SHIFT_OVERLAP',
      details: { with: { shiftId: made[0]?.id, ...first } },
    });
  });

  test('forward may begin when the one before ends, though the wall clock leaps', async () => {
    await using app = await openOn('2026-03-28');
    await planned(app, utc('2026-03-28T22:00:00+01:00', '2026-03-29T02:00:00+01:00'));

    const next = await planned(app, utc('2026-03-29T03:00:00+02:00', '2026-03-29T06:00:00+02:00'));

    expect(next.state).toBe('draft');
  });
});
