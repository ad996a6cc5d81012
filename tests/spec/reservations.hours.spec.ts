import type { Client } from '@comanda/client';
import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { at, booking, EVENING, requested, writtenDown } from '../reservations/booking.ts';

type Slots = Awaited<ReturnType<Client['reservations']['availability']['query']>>;
type Hours = NonNullable<Parameters<Client['restaurants']['setHours']['mutate']>[0]['hours']>;

const LUNCH = { from: '12:00', to: '14:00' };
const DINNER = { from: '19:00', to: '22:00' };

/** When Little Lemon is open from now on; its clock is Rome's. */
async function openOn(app: TestApp, weekly: Hours['weekly'], exceptions = {}): Promise<void> {
  await app.as('manager').restaurants.setHours.mutate({ hours: { weekly, exceptions } });
}

/** The starts of a day for a party, as the wall clock of UTC shows them. */
async function startsOf(app: TestApp, date: string, party = 2): Promise<string[]> {
  const { items } = await app.as('anonymous').reservations.availability.query({ date, party });
  return items.map(({ startsAt }) => startsAt.toISOString().slice(11, 16));
}

const freeOf = ({ items }: Slots) =>
  items.filter(({ free }) => free).map(({ startsAt }) => startsAt.toISOString().slice(11, 16));

/** 2 June 2026 is a Tuesday. */
describe('when tables can be had', () => {
  test('D7 is every quarter from which a whole stay lies in one stretch of the hours', async () => {
    await using app = await openApp();
    await app.given.table();
    await openOn(app, { 2: [LUNCH, DINNER] });

    const told = await app
      .as('anonymous')
      .reservations.availability.query({ date: '2026-06-02', party: 2 });

    const starts = ['10:00', '10:15', '10:30', '17:00', '17:15', '17:30', '17:45'];
    const all = [...starts, '18:00', '18:15', '18:30'].map((time) => at(`2026-06-02T${time}:00Z`));
    expect(told).toEqual({
      timeZone: 'Europe/Rome',
      items: all.map((startsAt) => ({
        startsAt,
        endsAt: new Date(startsAt.getTime() + 90 * MINUTE),
        free: true,
      })),
    });
  });

  test('D7 is shorter for a large party, which stays longer', async () => {
    await using app = await openApp();
    await app.given.table({ seatsMax: 8 });
    await openOn(app, { 2: [LUNCH, DINNER] });

    const starts = await startsOf(app, '2026-06-02', 5);

    expect(starts).toEqual(['10:00', '17:00', '17:15', '17:30', '17:45', '18:00']);
  });

  test('D7 is as the terms have it', async () => {
    await using app = await openApp();
    await app.given.table({ seatsMax: 8 });
    await openOn(app, { 2: [LUNCH] });
    await booking(app, { smallParty: 1, smallMinutes: 105, largeMinutes: 120 });

    expect(await startsOf(app, '2026-06-02', 1)).toEqual(['10:00', '10:15']);
    expect(await startsOf(app, '2026-06-02', 2)).toEqual(['10:00']);
  });

  test('D7 D10 is nothing on a weekday without hours, and what a date of its own says', async () => {
    await using app = await openApp();
    await app.given.table();
    await openOn(app, { 2: [LUNCH] }, { '2026-06-03': [LUNCH], '2026-06-09': [] });

    const days = ['2026-06-03', '2026-06-04', '2026-06-09', '2026-06-16'];
    const starts = await Promise.all(days.map((day) => startsOf(app, day)));

    const lunch = ['10:00', '10:15', '10:30'];
    expect(starts).toEqual([lunch, [], [], lunch]);
  });

  test('D7 goes on over midnight, and belongs to the day on which the party comes', async () => {
    await using app = await openApp();
    await app.given.table();
    await openOn(app, { 2: [{ from: '22:30', to: '02:00' }] });

    const [tuesday, wednesday] = [
      await startsOf(app, '2026-06-02'),
      await startsOf(app, '2026-06-03'),
    ];

    expect(tuesday).toEqual(['20:30', '20:45', '21:00', '21:15', '21:30', '21:45']);
    expect(wednesday).toEqual(['22:00', '22:15', '22:30']);
  });

  test('D7 starts on the quarter after an opening that is not on one', async () => {
    await using app = await openApp();
    await app.given.table();
    await openOn(app, { 2: [{ from: '12:05', to: '13:50' }] });

    expect(await startsOf(app, '2026-06-02')).toEqual(['10:15']);
  });

  test('D7 begins after the notice, and ends with the horizon', async () => {
    await using app = await openApp();
    await app.given.table();
    await booking(app, { noticeMinutes: 90, horizonDays: 2 });

    const today = await startsOf(app, '2026-06-01');
    const inTwoDays = await startsOf(app, '2026-06-03');
    const [yesterday, later] = [
      await startsOf(app, '2026-05-31'),
      await startsOf(app, '2026-06-04'),
    ];

    expect([today.at(0), inTwoDays.at(-1)]).toEqual(['13:30', '12:00']);
    expect([yesterday, later]).toEqual([[], []]);
  });

  test.each(['0001-01-01', '1900-06-01', '9999-12-31'])('D7 is nothing on %s', async (date) => {
    await using app = await openApp();
    await app.given.table();

    expect(await startsOf(app, date)).toEqual([]);
  });

  test('D7 a pause changes nothing: it is about orders', async () => {
    await using app = await openApp();
    await app.given.table();
    await app.as('manager').restaurants.pause.mutate({ message: 'Oven is down.' });

    expect(await startsOf(app, '2026-06-02')).toHaveLength(96);
  });

  test.each([
    ['2026-10-25', 100, 'an hour more'],
    ['2026-10-26', 96, 'as ever'],
  ])('D12.8 %s has %i starts: %s', async (date, count) => {
    await using app = await openApp();
    await app.given.table();
    app.clock.set(at('2026-10-20T12:00:00Z'));

    expect(new Set(await startsOf(app, date)).size).toBe(96);
    const { items } = await app.as('anonymous').reservations.availability.query({ date, party: 2 });
    expect(items).toHaveLength(count);
  });

  test('D7 tells where a table is free, and where it is taken or behind a party', async () => {
    await using app = await openApp();
    await app.given.table();
    await openOn(app, { 2: [{ from: '18:00', to: '23:30' }] });
    await booking(app, { bufferMinutes: 15 });
    await requested(app.as('customer'), { startsAt: EVENING });

    const told = await app
      .as('anonymous')
      .reservations.availability.query({ date: '2026-06-02', party: 2 });

    // Two who stay ninety minutes, and a quarter of an hour behind each of them.
    expect(freeOf(told)).toEqual(['16:00', '16:15', '19:45', '20:00']);
    expect(told.items).toHaveLength(17);
  });

  test('D7 refuses a party that is larger than the restaurant takes', async () => {
    await using app = await openApp();
    await booking(app, { maxParty: 6, horizonDays: 10 });
    const { availability } = app.as('anonymous').reservations;

    const refused = await refusalOf(availability.query({ date: '2026-06-02', party: 7 }));

    expect(refused).toMatchObject({
      reason: 'NOT_BOOKABLE',
      httpStatus: 409,
      details: {
        why: 'party',
        maxParty: 6,
        earliest: at('2026-06-01T13:00:00Z'),
        latest: at('2026-06-11T12:00:00Z'),
      },
    });
  });

  test.each(['2026-02-30', '2.6.2026', '2026-06-02T18:00:00Z'])('%s is no date', async (date) => {
    await using app = await openApp();
    const { availability } = app.as('anonymous').reservations;

    const refused = await refusalOf(availability.query({ date, party: 2 }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'date' }] },
    });
  });

  test('S3-11 is asked of one restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant({ timeZone: 'America/New_York' });
    const asked = { date: '2026-06-02', party: 2 };
    const { availability } = app.as('anonymous').reservations;

    const refused = await refusalOf(availability.query(asked));
    const told = await availability.query({ ...asked, restaurantId });

    expect(refused.reason).toBe('RESTAURANT_REQUIRED');
    expect(told.timeZone).toBe('America/New_York');
    expect(told.items.at(0)).toMatchObject({ startsAt: at('2026-06-02T04:00:00Z'), free: false });
  });
});

describe('asking for a time that cannot be had', () => {
  test.each([
    ['closed', 'before it opens', '2026-06-02T16:45:00Z'],
    ['closed', 'when the stay would be longer than it is open', '2026-06-02T18:45:00Z'],
    ['closed', 'on a day without hours', '2026-06-03T18:00:00Z'],
    ['notice', 'too soon', '2026-06-01T12:45:00Z'],
    ['notice', 'long ago', '1926-06-01T18:00:00Z'],
    ['horizon', 'too far ahead', '2026-08-04T18:00:00Z'],
    ['horizon', 'in an age', '+275760-09-13T00:00:00Z'],
  ])('D7 is refused as %s %s', async (why, _, startsAt) => {
    await using app = await openApp();
    await app.given.table();
    await openOn(app, { 2: [DINNER] });

    const refused = await refusalOf(requested(app.as('customer'), { startsAt: at(startsAt) }));

    expect(refused).toMatchObject({ reason: 'NOT_BOOKABLE', details: { why } });
  });

  test('D7 at the very edges of notice and horizon it can be had', async () => {
    await using app = await openApp();
    await app.given.table();
    const customer = app.as('customer');
    const now = app.clock.now().getTime();

    const told = [
      await requested(customer, { startsAt: new Date(now + HOUR) }),
      await requested(customer, { startsAt: new Date(now + 60 * DAY) }),
    ];

    expect(told.map(({ state }) => state)).toEqual(['requested', 'requested']);
  });

  test('D7 of a party that is too large is refused', async () => {
    await using app = await openApp();
    await app.given.table({ seatsMax: 50 });

    const refused = await refusalOf(requested(app.as('customer'), { party: 21 }));

    const details = { why: 'party', maxParty: 20 };
    expect(refused).toMatchObject({ reason: 'NOT_BOOKABLE', details });
  });

  test('D7 staff need no notice and may take the quarter that has begun, but keep to the hours', async () => {
    await using app = await openApp();
    await app.given.table();
    await openOn(app, { 1: [{ from: '12:00', to: '16:00' }] });
    app.clock.advance(14 * MINUTE);
    const waiter = app.as('waiter');

    const told = await writtenDown(waiter, { startsAt: at('2026-06-01T12:00:00Z') });
    const refusals = [
      await refusalOf(writtenDown(waiter, { startsAt: at('2026-06-01T11:45:00Z') })),
      await refusalOf(writtenDown(waiter, { startsAt: at('2026-06-01T12:45:00Z') })),
      await refusalOf(writtenDown(waiter, { startsAt: at('2026-08-03T10:00:00Z') })),
    ];

    expect(told.state).toBe('confirmed');
    expect(refusals.map(({ details }) => details)).toMatchObject([
      { why: 'notice', earliest: at('2026-06-01T12:00:00Z') },
      { why: 'closed' },
      { why: 'horizon' },
    ]);
  });
});

describe('what else there is when no table is free', () => {
  test('D7 are the three nearest starts, the earlier of two as near first, and each can be had', async () => {
    await using app = await openApp();
    await app.given.table();
    await requested(app.as('customer'));
    const other = app.as(await app.given.person());

    const refused = await refusalOf(requested(other));

    const [one, two, three] = ['16:30', '19:30', '16:15'].map((time) =>
      at(`2026-06-02T${time}:00Z`),
    );
    const { alternatives } = refused.details as { alternatives: { startsAt: Date }[] };
    expect(alternatives.map(({ startsAt }) => startsAt)).toEqual([one, two, three]);
    const told = await requested(other, { startsAt: alternatives[0]?.startsAt ?? EVENING });
    expect(told).toMatchObject({ startsAt: one, endsAt: EVENING });
  });

  test('D7 are of the day before and the day after as well, and no further', async () => {
    await using app = await openApp();
    const tableId = await app.given.table({ name: 'T1' });
    const dinner = [{ from: '20:00', to: '21:30' }];
    await openOn(app, { 1: dinner, 2: dinner, 3: dinner, 4: dinner });
    await app.given.reservation({ startsAt: EVENING, tables: [{ id: tableId, name: 'T1' }] });

    const refused = await refusalOf(requested(app.as('customer')));

    const days = ['2026-06-01', '2026-06-03'].map((day) => at(`${day}T18:00:00Z`));
    expect(refused.details).toEqual({
      alternatives: days.map((startsAt) => ({
        startsAt,
        endsAt: new Date(startsAt.getTime() + 90 * MINUTE),
      })),
    });
  });
});
