import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { outcomeOf } from '../auth/callers.ts';
import { atWork, clocking } from '../shifts/working.ts';

const SITE = { latitude: 41.9, longitude: 12.5, withinMeters: 100 };
/** A degree of latitude is 111,195 m on this earth. */
const north = (meters: number) => ({ latitude: 41.9 + meters / 111_195, longitude: 12.5 });

describe('where people clock in', () => {
  test.each([
    ['on the spot', 0, 'ok'],
    ['as far as it may be', 100, 'ok'],
    ['a metre farther', 101, 'TOO_FAR'],
  ])('S3-27 D4 %s', async (_, meters, outcome) => {
    await using app = await openApp();
    await clocking(app, { site: SITE });
    await app.given.shift({ personId: app.home.staff.waiter.id });

    const told = await outcomeOf(app.as('waiter').shifts.clockIn.mutate({ place: north(meters) }));

    expect(told).toBe(outcome);
  });

  test('S3-27 too far is told with the metres, and nobody is at work', async () => {
    await using app = await openApp();
    await clocking(app, { site: SITE });
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { shifts } = app.as('waiter');

    const refused = await refusalOf(
      shifts.clockToggle.mutate({ expectedOnShift: false, place: north(5_000) }),
    );

    expect(refused).toMatchObject({
      reason: 'TOO_FAR',
      httpStatus: 403,
      details: { meters: 5_000, withinMeters: 100 },
    });
    expect((await app.as('manager').shifts.onNow.query()).items).toEqual([]);
  });

  test('S3-27 has to be said where the restaurant has a place', async () => {
    await using app = await openApp();
    await clocking(app, { site: SITE });
    await app.given.shift({ personId: app.home.staff.waiter.id });

    const refused = await refusalOf(app.as('waiter').shifts.clockIn.mutate({}));

    expect(refused).toMatchObject({
      reason: 'TOO_FAR',
      details: { meters: null, withinMeters: 100 },
    });
  });

  test('S3-27 D4 is kept in the card, in and out, and going is never too far', async () => {
    await using app = await openApp();
    await clocking(app, { site: SITE });
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const { shifts } = app.as('waiter');
    const [near, far] = [north(7), north(3_000)];
    await shifts.clockIn.mutate({ place: { ...near, accuracyMeters: 12.5 } });

    const { card } = await shifts.clockOut.mutate({ place: far });

    expect(card).toMatchObject({
      inPlace: { ...near, accuracyMeters: 12.5, meters: 7 },
      outPlace: { ...far, accuracyMeters: null, meters: 3_000 },
    });
  });

  test('S3-27 going needs no place', async () => {
    await using app = await openApp();
    await clocking(app, { site: SITE });
    await atWork(app, app.home.staff.waiter);

    const { card } = await app.as('waiter').shifts.clockOut.mutate({});

    expect(card.outPlace).toBeNull();
  });

  test('D4 is kept without metres where the restaurant has no place', async () => {
    await using app = await openApp();
    await app.given.shift({ personId: app.home.staff.waiter.id });
    const place = { latitude: -89.5, longitude: 179 };

    const { card } = await app.as('waiter').shifts.clockIn.mutate({ place });

    expect(card.inPlace).toEqual({ ...place, accuracyMeters: null, meters: null });
  });

  test('D4 is not asked of whoever a manager lets in', async () => {
    await using app = await openApp();
    await clocking(app, { site: SITE });
    const personId = app.home.staff.waiter.id;

    const { card } = await app
      .as('manager')
      .shifts.clockIn.mutate({ personId, reason: 'A full house.' });

    expect(card).toMatchObject({ personId, inPlace: null });
  });

  test('D4 is asked of a manager’s own card', async () => {
    await using app = await openApp();
    await clocking(app, { site: SITE });
    const personId = app.home.staff.manager.id;

    const refused = await refusalOf(
      app.as('manager').shifts.clockIn.mutate({ personId, reason: 'A full house.' }),
    );

    expect(refused.reason).toBe('TOO_FAR');
  });

  test.each([
    ['north of the pole', { latitude: 90.1, longitude: 0 }, 'place.latitude'],
    ['beyond the date line', { latitude: 0, longitude: -180.5 }, 'place.longitude'],
    ['less than sharp', { latitude: 0, longitude: 0, accuracyMeters: -1 }, 'place.accuracyMeters'],
  ])('D9 %s is no place', async (_, place, path) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('waiter').shifts.clockIn.mutate({ place }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
  });
});
