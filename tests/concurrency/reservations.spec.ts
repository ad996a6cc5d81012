import type { ReservationView } from '@comanda/client';
import { HOUR } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { auditOf } from '../auth/looking.ts';
import { openPatiently, untilAnswered } from '../orders/patience.ts';
import {
  EVENING,
  holdsIn,
  namesOf,
  requested,
  reservationsIn,
  writtenDown,
} from '../reservations/booking.ts';

/** The same reservation, however often it was answered. */
const different = (answers: ReservationView[]) =>
  new Set(answers.map((one) => JSON.stringify(one))).size;

describe('asking for one table at once', () => {
  test('P19 D12-3 fifty customers: one gets it, and 49 are told what else there is', async () => {
    await using app = await openPatiently();
    await app.given.table();
    const customers = await inTurn(50, async () => app.as(await app.given.person()));

    const told = await Promise.all(customers.map((customer) => outcomeOf(requested(customer))));

    expect(tally(told)).toEqual({ ok: 1, NO_TABLE: 49 });
    const [reservation, ...others] = await reservationsIn(app);
    expect(others).toEqual([]);
    expect(await holdsIn(app)).toEqual({ [reservation?.id ?? '']: 6 });
  });

  test('P15 D7 fifty calls with one key: one reservation, and fifty equal answers', async () => {
    await using app = await openPatiently();
    await app.given.table();
    await app.given.table();
    const customer = app.as('customer');
    const said = { idempotencyKey: 'table-key-1' };

    const answers = await parallel(50, () => untilAnswered(() => requested(customer, said)));

    expect(different(answers)).toBe(1);
    expect(await reservationsIn(app)).toHaveLength(1);
    expect(await auditOf(app, 'reservations.request')).toHaveLength(1);
  });

  test('P19 twenty parties and five tables: five get one each', async () => {
    await using app = await openPatiently();
    await inTurn(5, (at) => app.given.table({ name: `T${at}` }));
    const waiter = app.as('waiter');

    const told = await parallel(20, () => outcomeOf(writtenDown(waiter)));

    expect(tally(told)).toEqual({ ok: 5, NO_TABLE: 15 });
    const tables = (await reservationsIn(app)).flatMap((one) => namesOf(one as never));
    expect(tables.toSorted()).toEqual(['T0', 'T1', 'T2', 'T3', 'T4']);
  });

  test('P19 thirty parties at times that overlap: no table has two at a time', async () => {
    await using app = await openPatiently();
    await inTurn(3, () => app.given.table({ joinGroup: 'row' }));
    const waiter = app.as('waiter');

    await parallel(30, (at) => {
      const startsAt = new Date(EVENING.getTime() + (at % 6) * (HOUR / 2));
      return outcomeOf(writtenDown(waiter, { startsAt, party: 1 + (at % 8) }));
    });

    const seated = (await reservationsIn(app)).flatMap(({ startsAt, heldUntil, tables }) =>
      tables.map(({ id }) => ({ id, from: startsAt, to: heldUntil })),
    );
    const doubled = seated.filter((one, at) =>
      seated
        .slice(at + 1)
        .some(({ id, from, to }) => id === one.id && from < one.to && one.from < to),
    );
    expect(doubled).toEqual([]);
    expect(new Set(seated.map(({ id }) => id)).size).toBe(3);
  });

  test('D7 ten calls of one customer for a time each: five are enough', async () => {
    await using app = await openPatiently();
    await app.given.table();
    const customer = app.as('customer');

    const told = await parallel(10, (at) => {
      const startsAt = new Date(EVENING.getTime() + at * 2 * HOUR);
      return outcomeOf(requested(customer, { startsAt }));
    });

    expect(tally(told)).toEqual({ ok: 5, RESERVATION_LIMIT: 5 });
  });
});

describe('taking one reservation a step on at once', () => {
  test('P19 twenty confirm it: one does, and nineteen are told', async () => {
    await using app = await openPatiently();
    const reservationId = await app.given.reservation();
    const { confirm } = app.as('waiter').reservations;

    const told = await parallel(20, () => outcomeOf(confirm.mutate({ reservationId })));

    expect(tally(told)).toEqual({ ok: 1, RESERVATION_STATE: 19 });
    expect(await auditOf(app, 'reservations.confirm')).toHaveLength(1);
  });

  test('P19 ten confirm and ten cancel what they have seen: one step is made', async () => {
    await using app = await openPatiently();
    const tables = [{ id: await app.given.table(), name: 'T' }];
    const { id: customerId } = app.home.staff.customer;
    const reservationId = await app.given.reservation({ customerId, tables });
    const said = { reservationId, expectedVersion: 1 };
    const [waiter, customer] = [app.as('waiter').reservations, app.as('customer').reservations];

    const told = await parallel(20, (at) =>
      outcomeOf(at % 2 === 0 ? waiter.confirm.mutate(said) : customer.cancel.mutate(said)),
    );

    expect(tally(told)).toEqual({ ok: 1, VERSION_CONFLICT: 19 });
    const [reservation] = await reservationsIn(app);
    const isOver = reservation?.state === 'cancelled';
    expect(reservation?.version).toBe(2);
    expect(await holdsIn(app)).toEqual(isOver ? {} : { [reservationId]: 6 });
  });

  test('P15 fifty cancel it with one key: once, and fifty equal answers', async () => {
    await using app = await openPatiently();
    const { id: customerId } = app.home.staff.customer;
    const reservationId = await app.given.reservation({ customerId });
    const { cancel } = app.as('customer').reservations;
    const said = { reservationId, idempotencyKey: 'cancel-key-1' };

    const answers = await parallel(50, () => untilAnswered(() => cancel.mutate(said)));

    expect(different(answers)).toBe(1);
    expect(answers[0]).toMatchObject({ state: 'cancelled', version: 2 });
  });

  test('P19 a table that is given back and asked for at once has one party', async () => {
    await using app = await openPatiently();
    await app.given.table();
    const waiter = app.as('waiter');
    const { id: reservationId } = await writtenDown(waiter);

    const told = await parallel(21, (at) =>
      outcomeOf(
        at === 10 ? waiter.reservations.cancel.mutate({ reservationId }) : writtenDown(waiter),
      ),
    );

    const { ok = 0, NO_TABLE = 0 } = tally(told);
    const expected = (await reservationsIn(app)).filter(({ state }) => state === 'confirmed');
    expect(ok + NO_TABLE).toBe(21);
    expect([1, 2]).toContain(ok);
    expect(expected).toHaveLength(ok - 1);
    expect(Object.values(await holdsIn(app))).toEqual(expected.map(() => 6));
  });
});
