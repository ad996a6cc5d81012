import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { HOUR, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import {
  at,
  EVENING,
  holdsIn,
  requested,
  reservationsIn,
  writtenDown,
} from '../reservations/booking.ts';

type Listing = NonNullable<Parameters<Client['reservations']['list']['query']>[0]>;

const forbidden = (capability: string) => ({
  reason: 'FORBIDDEN',
  httpStatus: 403,
  details: { capability },
});

/** A confirmed party for that evening, at a table of its own. */
async function expectedParty(app: TestApp): Promise<string> {
  const tableId = await app.given.table();
  const tables = [{ id: tableId, name: 'T' }];
  return app.given.reservation({ state: 'confirmed', startsAt: EVENING, tables });
}

/** The names on all pages, read one after the other. */
async function namesOf({ reservations }: Client, listing: Listing = {}): Promise<string[]> {
  const { items, nextCursor } = await reservations.list.query(listing);
  const names = items.map(({ customerName }) => customerName);
  if (nextCursor === null) return names;
  return [
    ...names,
    ...(await namesOf({ reservations } as Client, { ...listing, cursor: nextCursor })),
  ];
}

describe('managing reservations', () => {
  test.each(['waiter', 'manager', 'admin'] as const)('S3-23 a %s does', async (role) => {
    await using app = await openApp();
    const party = await expectedParty(app);
    const request = await app.given.reservation({ startsAt: EVENING });
    const missing = await expectedParty(app);
    app.clock.set(new Date(EVENING.getTime() + 15 * MINUTE));
    const { reservations } = app.as(role);

    const told = [
      await reservations.confirm.mutate({ reservationId: request }),
      await reservations.cancel.mutate({ reservationId: request, reason: 'Full.' }),
      await reservations.seat.mutate({ reservationId: party }),
      await reservations.complete.mutate({ reservationId: party }),
      await reservations.noShow.mutate({ reservationId: missing }),
    ];

    expect(told.map(({ state }) => state)).toEqual([
      'confirmed',
      'cancelled',
      'seated',
      'completed',
      'no_show',
    ]);
    expect(told.map(({ version }) => version)).toEqual([2, 3, 2, 3, 2]);
    expect(await holdsIn(app)).toEqual({});
  });

  test.each(['employee', 'chef', 'delivery_crew', 'customer'] as const)(
    'S3-23 a %s does not',
    async (role) => {
      await using app = await openApp();
      const reservationId = await expectedParty(app);
      const { confirm, seat, complete, noShow } = app.as(role).reservations;

      const refusals = [
        await refusalOf(confirm.mutate({ reservationId })),
        await refusalOf(seat.mutate({ reservationId })),
        await refusalOf(complete.mutate({ reservationId })),
        await refusalOf(noShow.mutate({ reservationId })),
        await refusalOf(writtenDown(app.as(role))),
      ];

      expect(refusals).toMatchObject(Array(5).fill(forbidden('reservation.manage')));
      expect(await reservationsIn(app)).toMatchObject([{ state: 'confirmed', version: 1 }]);
    },
  );

  test('S3-23 an employee sees them, and cancels none but their own', async () => {
    await using app = await openApp();
    const reservationId = await expectedParty(app);
    const own = await app.given.reservation({ customerId: app.home.staff.employee.id });
    const { reservations } = app.as('employee');

    const refused = await refusalOf(reservations.cancel.mutate({ reservationId }));
    const cancelled = await reservations.cancel.mutate({ reservationId: own });

    expect(refused).toMatchObject(forbidden('reservation.manage'));
    expect(cancelled.state).toBe('cancelled');
    expect((await reservations.list.query()).items).toHaveLength(2);
  });

  test.each(['chef', 'prep_cook', 'head_chef', 'customer'] as const)(
    'S3-23 a %s does not see them',
    async (role) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).reservations.list.query());

      expect(refused).toMatchObject(forbidden('reservation.read'));
    },
  );

  test('S3-11 of another restaurant does not exist', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const reservationId = await app.given.reservation({ restaurantId });
    const { reservations } = app.as('manager');

    const refusals = [
      await refusalOf(reservations.confirm.mutate({ reservationId })),
      await refusalOf(reservations.cancel.mutate({ reservationId })),
      await refusalOf(reservations.confirm.mutate({ reservationId: newId() })),
    ];

    const missing = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'reservation' } };
    expect(refusals).toMatchObject([missing, missing, missing]);
    expect(await namesOf(app.as('manager'))).toEqual([]);
    expect(await namesOf(app.as('admin'), { restaurantId })).toEqual(['Somebody']);
  });

  test('every step is written down', async () => {
    await using app = await openApp();
    const reservationId = await expectedParty(app);
    app.clock.set(EVENING);
    const { reservations } = app.as('waiter');
    await reservations.seat.mutate({ reservationId });

    const rows = await auditOf(app, 'reservations.seat');

    expect(rows).toMatchObject([
      {
        actorId: app.home.staff.waiter.id,
        targetId: reservationId,
        before: { state: 'confirmed' },
        after: { state: 'seated' },
      },
    ]);
  });
});

describe('writing a party down', () => {
  test('D7 is confirmed at once, belongs to no account, and says who did it', async () => {
    await using app = await openApp();
    await app.given.table();

    const told = await writtenDown(app.as('waiter'), { phone: '+39 06 1' });

    expect(told).toMatchObject({
      state: 'confirmed',
      customerId: null,
      customerName: 'Mrs Rossi',
      phone: '+39 06 1',
      takenBy: app.home.staff.waiter.id,
    });
    expect((await app.as('waiter').reservations.mine.query()).items).toEqual([]);
  });

  test('D7 asks for a name', async () => {
    await using app = await openApp();
    await app.given.table();
    const { request } = app.as('waiter').reservations;

    const refused = await refusalOf(
      request.mutate({ startsAt: EVENING, party: 2, forGuest: true }),
    );

    const issues = [{ path: 'customerName', message: 'a guest has a name' }];
    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues } });
  });

  test('D7 knows no limit of five', async () => {
    await using app = await openApp();
    await app.given.table();
    const { id: customerId } = app.home.staff.waiter;
    await Promise.all([1, 2, 3, 4, 5].map(() => app.given.reservation({ customerId })));
    const waiter = app.as('waiter');

    const told = await writtenDown(waiter);
    const refused = await refusalOf(requested(waiter));

    expect([told.state, refused.reason]).toEqual(['confirmed', 'RESERVATION_LIMIT']);
  });

  test('T38 with a key is refused to whoever may not any more, whatever was answered before', async () => {
    await using app = await openApp();
    await app.given.table();
    const waiter = await app.given.person({ role: 'waiter' });
    const said = { idempotencyKey: 'table-key-1' };
    await writtenDown(app.as(waiter), said);
    await app.as('manager').people.setRole.mutate({ personId: waiter.id, role: 'employee' });

    const refused = await refusalOf(writtenDown(app.as(waiter), said));

    expect(refused).toMatchObject(forbidden('reservation.manage'));
  });

  test('D4 is for those on shift, and so is calling off for others', async () => {
    await using app = await openApp({ settings: { shiftGate: 'enforced' } });
    await app.given.table();
    const reservationId = await app.given.reservation();
    const waiter = app.as('waiter');
    const { cancel } = waiter.reservations;

    const refusals = [
      await refusalOf(writtenDown(waiter)),
      await refusalOf(cancel.mutate({ reservationId })),
    ];
    const own = await requested(waiter);
    const ownCancelled = await cancel.mutate({ reservationId: own.id });
    await app.given.timecard({ personId: app.home.staff.waiter.id });
    const onShift = [await writtenDown(waiter), await cancel.mutate({ reservationId })];

    const off = { reason: 'OFF_SHIFT', httpStatus: 403 };
    expect(refusals).toMatchObject([off, off]);
    expect(ownCancelled.state).toBe('cancelled');
    expect(onShift.map(({ state }) => state)).toEqual(['confirmed', 'cancelled']);
  });

  test('staff may ask for themselves, as customers do', async () => {
    await using app = await openApp();
    await app.given.table();
    const { reservations } = app.as('chef');

    const told = await reservations.request.mutate({ startsAt: EVENING, party: 2 });

    const { id: customerId } = app.home.staff.chef;
    expect(told).toMatchObject({ state: 'requested', customerId, takenBy: null });
  });
});

describe('the steps of an evening', () => {
  test('D7 a party is seated from two hours ahead on', async () => {
    await using app = await openApp();
    const reservationId = await expectedParty(app);
    const from = new Date(EVENING.getTime() - 2 * HOUR);
    app.clock.set(new Date(from.getTime() - 1));
    const early = await refusalOf(app.as('waiter').reservations.seat.mutate({ reservationId }));
    app.clock.set(from);

    const told = await app.as('waiter').reservations.seat.mutate({ reservationId });

    expect(early).toMatchObject({ reason: 'RESERVATION_EARLY', details: { from } });
    expect(told.state).toBe('seated');
    expect(await holdsIn(app)).toEqual({ [reservationId]: 6 });
  });

  test('D7 it is missing a quarter of an hour after its start, or as it is set', async () => {
    await using app = await openApp();
    const reservationId = await expectedParty(app);
    const from = new Date(EVENING.getTime() + 20 * MINUTE);
    await app.as('manager').restaurants.update.mutate({ booking: { noShowMinutes: 20 } });
    app.clock.set(new Date(from.getTime() - 1));
    const early = await refusalOf(app.as('waiter').reservations.noShow.mutate({ reservationId }));
    app.clock.set(from);

    const told = await app.as('waiter').reservations.noShow.mutate({ reservationId });

    expect(early).toMatchObject({ reason: 'RESERVATION_EARLY', details: { from } });
    expect(told.state).toBe('no_show');
    expect(await holdsIn(app)).toEqual({});
  });

  test('D7 a step that is none is refused with those that there are', async () => {
    await using app = await openApp();
    const reservationId = await expectedParty(app);
    const { reservations } = app.as('waiter');

    const refusals = [
      await refusalOf(reservations.confirm.mutate({ reservationId })),
      await refusalOf(reservations.complete.mutate({ reservationId })),
    ];

    const details = { state: 'confirmed', allowed: ['seated', 'cancelled', 'no_show'] };
    const refused = { reason: 'RESERVATION_STATE', httpStatus: 409, details };
    expect(refusals).toMatchObject([refused, refused]);
  });

  test('D7 what is over, or seated, is not called off', async () => {
    await using app = await openApp();
    const states = ['seated', 'completed', 'no_show'] as const;
    const ids = await Promise.all(states.map((state) => app.given.reservation({ state })));
    const { cancel } = app.as('manager').reservations;

    const refusals = await Promise.all(
      ids.map((reservationId) => refusalOf(cancel.mutate({ reservationId }))),
    );

    expect(refusals.map(({ reason }) => reason)).toEqual(Array(3).fill('RESERVATION_STATE'));
  });

  test('D7 staff cancel until the party is there, however late', async () => {
    await using app = await openApp();
    const { id: customerId } = app.home.staff.waiter;
    const ids = [await expectedParty(app), await app.given.reservation({ customerId })];
    app.clock.set(new Date(EVENING.getTime() + 20 * MINUTE));
    const { cancel } = app.as('waiter').reservations;

    const told = await Promise.all(ids.map((reservationId) => cancel.mutate({ reservationId })));

    expect(told.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  test('D7 the table of a party that has left is free at once', async () => {
    await using app = await openApp();
    await app.given.table();
    const now = app.clock.now();
    const waiter = app.as('waiter');
    const { id: reservationId } = await writtenDown(waiter, { startsAt: now });
    await waiter.reservations.seat.mutate({ reservationId });
    const full = await refusalOf(writtenDown(waiter, { startsAt: now }));
    await waiter.reservations.complete.mutate({ reservationId });

    const next = await writtenDown(waiter, { startsAt: now });

    expect([full.reason, next.state]).toEqual(['NO_TABLE', 'confirmed']);
  });

  test('P19 of another version than was seen is refused', async () => {
    await using app = await openApp();
    const reservationId = await app.given.reservation();
    const { confirm } = app.as('waiter').reservations;

    const refused = await refusalOf(confirm.mutate({ reservationId, expectedVersion: 2 }));
    const told = await confirm.mutate({ reservationId, expectedVersion: 1 });

    expect(refused.reason).toBe('VERSION_CONFLICT');
    expect(told).toMatchObject({ state: 'confirmed', version: 2 });
  });

  test('a table that is taken away once they are over keeps its reservations', async () => {
    await using app = await openApp();
    const tableId = await app.given.table({ name: 'T1' });
    const { id } = await writtenDown(app.as('waiter'));
    await app.as('waiter').reservations.cancel.mutate({ reservationId: id });

    await app.as('manager').tables.remove.mutate({ tableId });

    const { items } = await app.as('waiter').reservations.list.query();
    expect(items).toMatchObject([{ id, tables: [{ id: tableId, name: 'T1' }] }]);
  });
});

describe('listing reservations', () => {
  async function evenings(app: TestApp): Promise<void> {
    const given = (customerName: string, startsAt: string, state: 'requested' | 'confirmed') =>
      app.given.reservation({ customerName, startsAt: at(startsAt), state });
    await given('Late', '2026-06-02T21:45:00Z', 'confirmed');
    await given('Night', '2026-06-02T22:00:00Z', 'requested');
    await given('Early', '2026-06-01T22:00:00Z', 'requested');
    await given('Before', '2026-06-01T21:45:00Z', 'confirmed');
  }

  test('goes by their start', async () => {
    await using app = await openApp();
    await evenings(app);

    expect(await namesOf(app.as('waiter'))).toEqual(['Before', 'Early', 'Late', 'Night']);
  });

  test.each([1, 2, 3])('pages of %i hold each of them once', async (limit) => {
    await using app = await openApp();
    await evenings(app);
    await app.given.reservation({ customerName: 'Also', startsAt: at('2026-06-02T22:00:00Z') });

    const names = await namesOf(app.as('waiter'), { limit });

    expect(names).toEqual(['Before', 'Early', 'Late', 'Night', 'Also']);
  });

  test('D7 keeps to a day of the restaurant, and to what else is asked', async () => {
    await using app = await openApp();
    await evenings(app);
    const tables = [{ id: newId(), name: 'T1' }];
    const tableId = tables[0]?.id ?? '';
    await app.given.reservation({ customerName: 'There', startsAt: EVENING, tables });
    const waiter = app.as('waiter');
    const date = '2026-06-02';

    expect(await namesOf(waiter, { date })).toEqual(['Early', 'There', 'Late']);
    expect(await namesOf(waiter, { date, state: ['confirmed'] })).toEqual(['Late']);
    expect(await namesOf(waiter, { state: [] })).toHaveLength(5);
    expect(await namesOf(waiter, { tableId })).toEqual(['There']);
    expect(await namesOf(waiter, { from: at('2026-06-02T21:45:00Z') })).toEqual(['Late', 'Night']);
    expect(await namesOf(waiter, { to: at('2026-06-01T22:00:00Z') })).toEqual(['Before']);
  });

  test.each<[what: string, listing: Listing, count: number]>([
    ['the first day', { date: '0001-01-01' }, 0],
    ['the last day', { date: '9999-12-31' }, 0],
    ['the first instant', { from: new Date(0) }, 4],
    ['the last instant', { to: at('9999-01-01T00:00:00Z') }, 4],
  ])('%s that can be written is a time as any other', async (_, listing, count) => {
    await using app = await openApp();
    await evenings(app);

    expect(await namesOf(app.as('waiter'), listing)).toHaveLength(count);
  });

  test.each<[what: string, listing: Listing]>([
    ['before', { from: new Date(-8.64e15) }],
    ['behind', { to: at('9999-12-31T23:59:59.999Z') }],
  ])('an instant %s what every database keeps is none', async (_, listing) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('waiter').reservations.list.query(listing));

    expect(refused).toMatchObject({ reason: 'VALIDATION' });
  });
});
