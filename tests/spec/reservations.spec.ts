import type { RequestReservation } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { HOUR } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import {
  at,
  booking,
  EVENING,
  holdsIn,
  namesOf,
  requested,
  reservationsIn,
} from '../reservations/booking.ts';

describe('asking for a table', () => {
  test('D7 a customer gets the smallest that is free, and it is held', async () => {
    await using app = await openApp();
    await app.given.table({ name: 'Large', seatsMax: 8 });
    const tableId = await app.given.table({ name: 'Small', seatsMax: 2 });
    const customer = app.as('customer');

    const told = await requested(customer, { note: ' By the window. ', phone: '+39 06 1' });

    expect(told).toEqual({
      id: expect.any(String),
      restaurantId: app.home.restaurantId,
      state: 'requested',
      party: 2,
      startsAt: EVENING,
      endsAt: at('2026-06-02T19:30:00Z'),
      customerId: app.home.staff.customer.id,
      customerName: 'Some Body',
      phone: '+39 06 1',
      note: 'By the window.',
      tables: [{ id: tableId, name: 'Small' }],
      cancelUntil: at('2026-06-02T16:00:00Z'),
      takenBy: null,
      reason: null,
      version: 1,
    });
    expect((await customer.reservations.mine.query()).items).toEqual([told]);
    expect(await holdsIn(app)).toEqual({ [told.id]: 6 });
  });

  test('D7 the next one gets the next larger table, and then there is none', async () => {
    await using app = await openApp();
    await app.given.table({ name: 'Large', seatsMax: 8 });
    await app.given.table({ name: 'Small', seatsMax: 2 });
    const customer = app.as('customer');

    const seated = [namesOf(await requested(customer)), namesOf(await requested(customer))];
    const refused = await refusalOf(requested(customer));

    expect(seated).toEqual([['Small'], ['Large']]);
    expect(refused).toMatchObject({ reason: 'NO_TABLE', httpStatus: 409 });
    expect(await reservationsIn(app)).toHaveLength(2);
  });

  test('D7 a large party gets two tables of one group', async () => {
    await using app = await openApp();
    await app.given.table({ name: 'A', joinGroup: 'row' });
    await app.given.table({ name: 'B', joinGroup: 'row' });
    await app.given.table({ name: 'C', joinGroup: null });

    const told = await requested(app.as('customer'), { party: 7 });
    const refused = await refusalOf(requested(app.as('customer'), { party: 5 }));

    expect(namesOf(told)).toEqual(['A', 'B']);
    expect(told.endsAt).toEqual(at('2026-06-02T20:00:00Z'));
    expect(await holdsIn(app)).toEqual({ [told.id]: 16 });
    expect(refused.reason).toBe('NO_TABLE');
  });

  test('D7 a table that is not in use, or of another restaurant, is given to nobody', async () => {
    await using app = await openApp();
    await app.given.table({ active: false });
    await app.given.table({ restaurantId: await app.given.restaurant() });
    const { restaurantId } = app.home;

    const refused = await refusalOf(requested(app.as('customer'), { restaurantId }));

    expect(refused).toMatchObject({ reason: 'NO_TABLE', details: { alternatives: [] } });
  });

  test('D7 P19 is refused by the rows that hold a table, whatever was read before', async () => {
    await using app = await openApp();
    const tables = [{ id: await app.given.table(), name: 'T' }];
    // Not to be seen from here, but there.
    const elsewhere = await app.given.restaurant();
    await app.given.reservation({ restaurantId: elsewhere, startsAt: EVENING, tables });
    const { restaurantId } = app.home;
    const startsAt = at('2026-06-02T16:45:00Z');

    const refused = await refusalOf(requested(app.as('customer'), { restaurantId, startsAt }));

    expect(refused).toMatchObject({ reason: 'NO_TABLE', details: { alternatives: [] } });
    expect(await reservationsIn(app)).toHaveLength(1);
  });

  test('D7 is confirmed at once where the restaurant says so', async () => {
    await using app = await openApp();
    await app.given.table();
    await booking(app, { autoConfirm: true });

    expect(await requested(app.as('customer'))).toMatchObject({ state: 'confirmed' });
  });

  test('keeps the name that is said', async () => {
    await using app = await openApp();
    await app.given.table();

    const told = await requested(app.as('customer'), { customerName: ' Nonna ' });

    expect(told).toMatchObject({ customerName: 'Nonna', customerId: app.home.staff.customer.id });
  });

  test('D7 five to come are enough for one customer in one restaurant', async () => {
    await using app = await openApp();
    const [here, there] = [app.home.restaurantId, await app.given.restaurant()];
    await app.given.table();
    await app.given.table({ restaurantId: there });
    const { id: customerId } = app.home.staff.customer;
    const days = ['03', '04', '05', '06'].map((day) => at(`2026-06-${day}T18:00:00Z`));
    await Promise.all(days.map((startsAt) => app.given.reservation({ customerId, startsAt })));
    await app.given.reservation({ customerId, state: 'cancelled' });
    await app.given.reservation({ customerId, startsAt: app.clock.now() });
    const customer = app.as('customer');

    const fifth = await requested(customer, { restaurantId: here });
    const refused = await refusalOf(requested(customer, { restaurantId: here, party: 3 }));
    const elsewhere = await requested(customer, { restaurantId: there });
    await customer.reservations.cancel.mutate({ restaurantId: here, reservationId: fifth.id });
    const again = await requested(customer, { restaurantId: here });

    expect(refused).toMatchObject({ reason: 'RESERVATION_LIMIT', details: { max: 5 } });
    expect([fifth.state, elsewhere.state, again.state]).toEqual(Array(3).fill('requested'));
  });

  test('is written down', async () => {
    await using app = await openApp();
    await app.given.table();
    const { id } = await requested(app.as('customer'));

    const rows = await auditOf(app, 'reservations.request');

    expect(rows).toMatchObject([
      { change: 'created', target: 'Reservation', targetId: id, after: { party: 2 } },
    ]);
  });

  test.each<[path: string, what: string, wrong: Partial<RequestReservation>]>([
    ['startsAt', 'off the quarter', { startsAt: at('2026-06-02T18:01:00Z') }],
    ['startsAt', 'by a millisecond', { startsAt: at('2026-06-02T18:15:00.001Z') }],
    ['party', 'of nobody', { party: 0 }],
    ['party', 'of a part', { party: 2.5 }],
    ['party', 'of too many', { party: 101 }],
    ['note', 'too long', { note: 'x'.repeat(501) }],
    ['phone', 'blank', { phone: ' ' }],
    ['customerName', 'empty', { customerName: '' }],
  ])('D7 is refused when wrong is %s: %s', async (path, _, wrong) => {
    await using app = await openApp();
    await app.given.table();

    const refused = await refusalOf(requested(app.as('customer'), wrong));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
    expect(await reservationsIn(app)).toEqual([]);
  });
});

describe('asking twice with one key', () => {
  const KEY = { idempotencyKey: 'table-key-1' };

  test('D7 P15 makes one reservation and gives one answer', async () => {
    await using app = await openApp();
    await app.given.table();
    await app.given.table();
    const first = await requested(app.as('customer'), KEY);
    await app.as('manager').reservations.confirm.mutate({ reservationId: first.id });
    app.clock.advance(71 * HOUR);

    const again = await requested(app.as('customer'), KEY);

    expect(again).toEqual(first);
    expect(await reservationsIn(app)).toHaveLength(1);
  });

  test('D7 P16 is refused when it asks for something else, or another procedure', async () => {
    await using app = await openApp();
    await app.given.table();
    const customer = app.as('customer');
    const { id: reservationId } = await requested(customer, KEY);

    const refusals = [
      await refusalOf(requested(customer, { ...KEY, party: 3 })),
      await refusalOf(customer.reservations.cancel.mutate({ ...KEY, reservationId })),
    ];

    expect(refusals.map(({ reason }) => reason)).toEqual(Array(2).fill('IDEMPOTENCY_MISMATCH'));
  });

  test('D7 P16 is the first time still when no table was free', async () => {
    await using app = await openApp();
    const customer = app.as('customer');
    const refused = await refusalOf(requested(customer, KEY));
    await app.given.table();

    const told = await requested(customer, KEY);

    expect([refused.reason, told.state]).toEqual(['NO_TABLE', 'requested']);
  });
});

describe('one’s own reservations', () => {
  test('D7 are all of them and nobody else’s, the latest start first, page by page', async () => {
    await using app = await openApp();
    const { id: customerId } = app.home.staff.customer;
    const starts = ['03', '05', '04', '04'].map((day) => at(`2026-06-${day}T18:00:00Z`));
    const ids = await Promise.all(
      starts.map((startsAt) => app.given.reservation({ customerId, startsAt })),
    );
    await app.given.reservation({ customerId: newId() });
    await app.given.reservation({ restaurantId: await app.given.restaurant(), customerId });
    const { mine } = app.as('customer').reservations;
    const { restaurantId } = app.home;

    const first = await mine.query({ restaurantId, limit: 2 });
    const second = await mine.query({ restaurantId, limit: 2, cursor: first.nextCursor ?? '' });

    const told = [...first.items, ...second.items].map(({ id }) => id);
    const [third, , ...fourth] = ids;
    expect(told).toEqual([ids[1], ...fourth.toSorted().toReversed(), third]);
    expect(second.nextCursor).toBeNull();
  });

  test('do not tell who of the staff wrote them down', async () => {
    await using app = await openApp();
    const [customer, waiter] = [app.home.staff.customer.id, app.home.staff.waiter.id];
    await app.given.reservation({ customerId: customer, takenBy: waiter });

    const [own] = (await app.as('customer').reservations.mine.query()).items;
    const [seen] = (await app.as('employee').reservations.list.query()).items;

    expect([own?.takenBy, seen?.takenBy]).toEqual([null, waiter]);
  });

  const cursorOf = (time: string) =>
    Buffer.from(JSON.stringify([time, 'id'])).toString('base64url');

  test.each(['nonsense', 'WyJhIl0', '', cursorOf('late'), cursorOf('1e99')])(
    '%j is no cursor',
    async (cursor) => {
      await using app = await openApp();

      const refusals = [
        await refusalOf(app.as('customer').reservations.mine.query({ cursor })),
        await refusalOf(app.as('waiter').reservations.list.query({ cursor })),
      ];

      const told = { reason: 'VALIDATION', details: { issues: [{ path: 'cursor' }] } };
      expect(refusals).toMatchObject([told, told]);
    },
  );
});

describe('calling one’s own off', () => {
  test('D7 frees the table, until two hours ahead', async () => {
    await using app = await openApp();
    await app.given.table();
    const { reservations } = app.as('customer');
    const { id: reservationId, cancelUntil } = await requested(app.as('customer'));
    app.clock.set(cancelUntil);

    const told = await reservations.cancel.mutate({ reservationId, reason: 'Ill.' });

    expect(told).toMatchObject({ state: 'cancelled', reason: 'Ill.', version: 2 });
    expect(await holdsIn(app)).toEqual({});
    expect(await auditOf(app, 'reservations.cancel')).toMatchObject([
      { before: { state: 'requested' }, after: { state: 'cancelled', reason: 'Ill.' } },
    ]);
    expect(await requested(app.as('customer'))).toMatchObject({ state: 'requested' });
  });

  test('D7 is refused from then on, and told until when it could be done', async () => {
    await using app = await openApp();
    await app.given.table();
    const { reservations } = app.as('customer');
    const { id: reservationId, cancelUntil } = await requested(app.as('customer'));
    app.clock.set(new Date(cancelUntil.getTime() + 1));

    const refused = await refusalOf(reservations.cancel.mutate({ reservationId }));

    const details = { until: cancelUntil };
    expect(refused).toMatchObject({ reason: 'RESERVATION_LATE', httpStatus: 409, details });
    expect(await holdsIn(app)).toEqual({ [reservationId]: 6 });
  });

  test('P15 with the same key is answered again as it was', async () => {
    await using app = await openApp();
    const { id: customerId } = app.home.staff.customer;
    const reservationId = await app.given.reservation({ customerId });
    const { reservations } = app.as('customer');
    const said = { reservationId, idempotencyKey: 'cancel-key-1' };
    const first = await reservations.cancel.mutate(said);

    const again = await reservations.cancel.mutate(said);
    const anew = await refusalOf(reservations.cancel.mutate({ reservationId }));

    expect(again).toEqual(first);
    expect(anew).toMatchObject({
      reason: 'RESERVATION_STATE',
      details: { state: 'cancelled', allowed: [] },
    });
  });

  test('P19 of another version than was seen is refused', async () => {
    await using app = await openApp();
    const { id: customerId } = app.home.staff.customer;
    const reservationId = await app.given.reservation({ customerId });
    await app.as('waiter').reservations.confirm.mutate({ reservationId });

    const refused = await refusalOf(
      app.as('customer').reservations.cancel.mutate({ reservationId, expectedVersion: 1 }),
    );

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
  });

  test('D7 of a stranger is not there', async () => {
    await using app = await openApp();
    const reservationId = await app.given.reservation({ customerId: newId() });
    const elsewhere = await app.given.reservation({
      restaurantId: await app.given.restaurant(),
      customerId: app.home.staff.customer.id,
    });
    const { cancel } = app.as('customer').reservations;
    const { restaurantId } = app.home;

    const refusals = [
      await refusalOf(cancel.mutate({ restaurantId, reservationId })),
      await refusalOf(cancel.mutate({ restaurantId, reservationId: elsewhere })),
      await refusalOf(cancel.mutate({ restaurantId, reservationId: newId() })),
      await refusalOf(app.as('chef').reservations.cancel.mutate({ reservationId })),
    ];

    const missing = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'reservation' } };
    expect(refusals).toMatchObject(Array(4).fill(missing));
  });
});
