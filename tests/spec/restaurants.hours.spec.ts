import { HOUR, MINUTE } from '@comanda/kernel/time';
import { TestClock } from '@comanda/testing/clock';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

const EVENING = { from: '19:00', to: '01:00' };
const hours = {
  weekly: { 5: [{ from: '12:00', to: '15:00' }, EVENING], 6: [EVENING] },
  exceptions: { '2026-06-06': [] },
  lastOrderMinutes: 30,
};

/** Little Lemon is in Rome, where in summer the clocks show two hours more. */
const inRome = (time: string) => new TestClock(new Date(`${time}:00+02:00`));
const friday = '2026-06-05';

describe('the hours of a restaurant', () => {
  test.each([
    ['11:59', false, { opensAt: '12:00' }],
    ['12:00', true, { closesAt: '15:00', lastOrderAt: '14:30', opensAt: '19:00' }],
    ['14:59', true, { closesAt: '15:00', lastOrderAt: '14:30', opensAt: '19:00' }],
    ['15:00', false, { opensAt: '19:00' }],
  ])('D10 on a Friday at %s, on the clock of the place', async (time, open, then) => {
    await using app = await openApp({ clock: inRome(`${friday}T${time}`) });
    await app.as('manager').restaurants.setHours.mutate({ hours });

    const { standing } = await app.as('anonymous').restaurants.show.query();

    const times = Object.entries(then).map(([name, at]) => [name, inRome(`${friday}T${at}`).now()]);
    expect(standing).toEqual({ open, ...Object.fromEntries(times) });
  });

  test('D10 an exception stands in the place of its weekday, and Friday night goes on into it', async () => {
    await using app = await openApp({ clock: inRome('2026-06-06T00:30') });
    await app.as('manager').restaurants.setHours.mutate({ hours });
    const anonymous = app.as('anonymous');

    const night = (await anonymous.restaurants.show.query()).standing;
    app.clock.advance(20 * HOUR);
    const evening = (await anonymous.restaurants.show.query()).standing;

    expect(night).toMatchObject({ open: true, closesAt: new Date('2026-06-05T23:00:00Z') });
    expect(evening).toMatchObject({ open: false, opensAt: new Date('2026-06-12T10:00:00Z') });
  });

  test('are around the clock until somebody sets them, and again', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');
    const before = await restaurants.show.query();
    await restaurants.setHours.mutate({ hours: { weekly: {} } });
    const closed = await restaurants.show.query();
    const after = await restaurants.setHours.mutate({ hours: null });

    expect(before).toMatchObject({ hours: null, standing: { open: true } });
    expect(closed).toMatchObject({
      hours: { weekly: {}, exceptions: {}, lastOrderMinutes: 0 },
      standing: { open: false },
    });
    expect(after).toMatchObject({ hours: null, standing: { open: true } });
  });

  test('D10 that overlap are refused, each with its place', async () => {
    await using app = await openApp();
    const weekly = {
      1: [EVENING, { from: '23:00', to: '23:30' }],
      2: [{ from: '00:30', to: '02:00' }],
    };

    const refused = await refusalOf(
      app.as('manager').restaurants.setHours.mutate({ hours: { weekly } }),
    );

    expect(refused).toMatchObject({ reason: 'VALIDATION' });
    expect(refused.details).toEqual({
      issues: [
        { path: 'hours.weekly.1.1', message: 'overlaps an earlier one of the day' },
        { path: 'hours.weekly.2.0', message: 'overlaps one of the day before' },
      ],
      more: 0,
    });
  });

  test('of a version that is gone are refused', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');
    const { version } = await restaurants.show.query();
    await restaurants.setHours.mutate({ hours, expectedVersion: version });

    const refused = await refusalOf(
      restaurants.setHours.mutate({ hours: null, expectedVersion: version }),
    );

    expect(refused.reason).toBe('VERSION_CONFLICT');
  });
});

describe('a pause', () => {
  test('D10 is told with its message, and ends by itself', async () => {
    await using app = await openApp();
    const until = new Date(app.clock.now().getTime() + 20 * MINUTE);
    const paused = await app
      .as('manager')
      .restaurants.pause.mutate({ until, message: 'The oven is being mended.' });

    const during = (await app.as('anonymous').restaurants.show.query()).standing;
    app.clock.set(until);
    const after = (await app.as('anonymous').restaurants.show.query()).standing;

    expect(paused.standing).toEqual(during);
    expect(during).toMatchObject({
      open: true,
      paused: { until, message: 'The oven is being mended.' },
    });
    expect(after).not.toHaveProperty('paused');
  });

  test('D10 without an end lasts until somebody resumes', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');

    const paused = await restaurants.pause.mutate({});
    const resumed = await restaurants.resume.mutate();

    expect(paused.standing.paused).toEqual({ until: null, message: '' });
    expect(resumed.standing).not.toHaveProperty('paused');
  });

  test.each(['waiter', 'head_chef', 'customer'] as const)('is not a %s’s to make', async (who) => {
    await using app = await openApp();

    expect(await refusalOf(app.as(who).restaurants.pause.mutate({}))).toMatchObject({
      reason: 'FORBIDDEN',
    });
  });
});
