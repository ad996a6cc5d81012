import { after, HOUR, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { allowedTo, idsOf, promised, showing, verdictsOf } from './access.calls.ts';
import { grantOf, PATHS, PROCEDURES, type Role } from './access.table.ts';

const ENFORCED = { settings: { shiftGate: 'enforced' } } as const;
const ON_DUTY = [
  'delivery_crew',
  'waiter',
  'chef',
  'sous_chef',
  'head_chef',
  'master_chef',
] as const;
const NEED_NONE = ['customer', 'employee', 'prep_cook', 'manager', 'admin'] as const;

/** By the reviewed table: what this role may do on shift only. */
function gated(role: Role) {
  return allowedTo(role).filter((path) => {
    const [by] = PROCEDURES[path];
    const grant = by === 'anyone' || by === 'signedIn' ? undefined : grantOf(role, by);
    return grant?.onShift === true && !grant.ownToo;
  });
}

function offShift(role: Role) {
  const told = Object.fromEntries(gated(role).map((path) => [path, '403 OFF_SHIFT']));
  return { ...promised(role, PATHS), ...told };
}

/** Calls that begin or end work would change what the walk is about. */
const STEADY = PATHS.filter((path) => !/^(shifts\.clock|auth\.|people\.)/.test(path));

async function walked(app: TestApp, role: Role) {
  const ids = await idsOf(app, app.home.staff[role]);
  const { accessToken } = await app.session(role);
  return verdictsOf(app, { paths: STEADY, ids, show: showing(accessToken) });
}

const steady = (told: object) =>
  Object.fromEntries(Object.entries(told).filter(([path]) => STEADY.some((one) => one === path)));

describe('off shift', () => {
  test.each(ON_DUTY)(
    'S3-12 D4 a %s is refused what asks for a shift, and nothing else',
    async (role) => {
      await using app = await openApp(ENFORCED);

      const told = await walked(app, role);

      expect(gated(role).length).toBeGreaterThan(0);
      expect(told).toEqual(steady(offShift(role)));
    },
  );

  test.each(NEED_NONE)('D4 a %s may do all that their role may', async (role) => {
    await using app = await openApp(ENFORCED);

    const told = await walked(app, role);

    expect(told).toEqual(steady(promised(role, PATHS)));
  });

  test('S3-12 the refusal tells the next shift and when it can be clocked in for', async () => {
    await using app = await openApp(ENFORCED);
    const { waiter } = app.home.staff;
    const startsAt = after(app.clock.now(), 2 * HOUR);
    const shiftId = await app.given.shift({ personId: waiter.id, startsAt });

    const refused = await refusalOf(
      app.as('waiter').tables.create.mutate({ name: 'T1', seatsMax: 2 }),
    );

    expect(refused).toMatchObject({
      reason: 'OFF_SHIFT',
      httpStatus: 403,
      details: {
        onBreak: false,
        nextShift: {
          shiftId,
          startsAt,
          endsAt: after(startsAt, 8 * HOUR),
          clockInFrom: after(startsAt, -15 * MINUTE),
        },
      },
    });
  });

  test('D4 whoever has no shift to come is told so', async () => {
    await using app = await openApp(ENFORCED);

    const refused = await refusalOf(app.as('chef').kitchen.queue.query());

    expect(refused).toMatchObject({ details: { onBreak: false, nextShift: null } });
  });

  test('D4 a waiter may still cancel an order of their own', async () => {
    await using app = await openApp(ENFORCED);
    const { waiter } = app.home.staff;
    const own = await app.given.order({ customerId: waiter.id });
    const another = await app.given.order();
    const { orders } = app.as('waiter');
    const cancel = ({ orderId }: { orderId: string }) =>
      orders.cancel.mutate({ orderId, expectedVersion: 1, idempotencyKey: `cancel-${orderId}` });

    const cancelled = await cancel(own);
    const refused = await refusalOf(cancel(another));

    expect(cancelled).toMatchObject({ state: 'cancelled' });
    expect(refused).toMatchObject({ reason: 'OFF_SHIFT' });
  });
});

describe('on shift', () => {
  test.each(ON_DUTY)('S3-12 D4 a %s may do all that their role may', async (role) => {
    await using app = await openApp(ENFORCED);
    await app.given.timecard({ personId: app.home.staff[role].id });

    const told = await walked(app, role);

    expect(told).toEqual(steady(promised(role, PATHS)));
  });

  test('D4 ends with a break, and is back after it', async () => {
    await using app = await openApp(ENFORCED);
    const { chef } = app.home.staff;
    await app.given.timecard({ personId: chef.id });
    const { kitchen, shifts } = app.as('chef');

    await shifts.startBreak.mutate({ idempotencyKey: 'break-001' });
    const refused = await refusalOf(kitchen.queue.query());
    await shifts.endBreak.mutate({ idempotencyKey: 'break-002' });

    expect(refused).toMatchObject({ reason: 'OFF_SHIFT', details: { onBreak: true } });
    expect(await kitchen.queue.query()).toMatchObject({ items: [] });
  });

  test('D4 ends with clocking out, at once', async () => {
    await using app = await openApp(ENFORCED);
    await app.given.timecard({ personId: app.home.staff.chef.id });
    const { kitchen, shifts } = app.as('chef');
    await kitchen.queue.query();

    await shifts.clockOut.mutate({ idempotencyKey: 'gone-0001' });

    expect(await refusalOf(kitchen.queue.query())).toMatchObject({ reason: 'OFF_SHIFT' });
  });

  test('D4 in another restaurant opens nothing here', async () => {
    await using app = await openApp(ENFORCED);
    const restaurantId = await app.given.restaurant();
    await app.given.timecard({ restaurantId, personId: app.home.staff.chef.id });

    expect(await refusalOf(app.as('chef').kitchen.queue.query())).toMatchObject({
      reason: 'OFF_SHIFT',
    });
  });
});

describe('the gate', () => {
  test('D4 of a restaurant stands before that of the server', async () => {
    await using app = await openApp(ENFORCED);
    const { restaurants } = app.as('manager');
    const { kitchen } = app.as('chef');

    await restaurants.update.mutate({ clock: { gate: 'off' } });
    const open = await kitchen.queue.query();
    await restaurants.update.mutate({ clock: { gate: 'enforced' } });
    const refused = await refusalOf(kitchen.queue.query());

    expect(open).toMatchObject({ items: [] });
    expect(refused).toMatchObject({ reason: 'OFF_SHIFT' });
  });

  test('D4 that only warns lets everybody in, and says so in the log', async () => {
    await using app = await openApp({ settings: { shiftGate: 'warn' } });

    await app.as('chef').kitchen.queue.query();

    const warnings = app.logs.filter((line) => line.includes('"level":40'));
    expect(warnings.map((line): unknown => JSON.parse(line))).toMatchObject([
      { msg: 'acted off shift', actorId: app.home.staff.chef.id, onBreak: false },
    ]);
  });
});

describe('a stream that asks for a shift', () => {
  test('D4 ends with the work of whoever watches', async () => {
    await using app = await openApp(ENFORCED);
    await app.given.timecard({ personId: app.home.staff.chef.id });
    const { kitchen, shifts } = app.as('chef');
    const events = kitchen.watch.subscribe()[Symbol.asyncIterator]();
    await events.next();

    await shifts.clockOut.mutate({ idempotencyKey: 'gone-0001' });
    app.clock.advance(5_000);
    const refused = await refusalOf(events.next());

    expect(refused).toMatchObject({ reason: 'OFF_SHIFT' });
  });
});
