import type { Client, ShiftView } from '@comanda/client';
import { after, HOUR, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inTurn, outcomeOf, parallel, tally } from '../auth/callers.ts';
import { auditOf } from '../auth/looking.ts';
import { at, NINE_TO_FIVE, planned, secondJob, span, watchedFrom } from '../shifts/planning.ts';

/** Signed in, so that what is called next is called at once. */
async function ready(...clients: Client[]): Promise<void> {
  await Promise.all(clients.map(({ permissions }) => permissions.mine.query()));
}

async function live({ shifts }: Client): Promise<ShiftView[]> {
  const { items } = await shifts.list.query({ limit: 100 });
  return items.filter(({ state }) => state !== 'cancelled');
}

/** From nine to five, and each a minute later than the one before. */
const staggered = (nth: number) => ({
  startsAt: after(NINE_TO_FIVE.startsAt, nth * MINUTE),
  endsAt: after(NINE_TO_FIVE.endsAt, nth * MINUTE),
});

describe('planning for one person at once', () => {
  test('D4 fifty overlapping shifts: one is planned and 49 are told', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const personId = app.home.staff.waiter.id;

    const told = await parallel(50, (nth) =>
      outcomeOf(shifts.schedule.mutate({ personId, ...staggered(nth), publish: nth % 2 === 0 })),
    );

    expect(tally(told)).toEqual({ ok: 1, SHIFT_OVERLAP: 49 });
    expect(await live(app.as('manager'))).toHaveLength(1);
    expect(await auditOf(app, 'shifts.schedule')).toHaveLength(1);
  });

  test('D4 fifty from managers of two restaurants: one is planned', async () => {
    await using app = await openApp();
    const { manager } = await secondJob(app);
    const planners = [app.as('manager'), manager] as const;
    const personId = app.home.staff.waiter.id;
    await ready(...planners);

    const told = await parallel(50, (nth) =>
      outcomeOf(planners[nth % 2 ? 1 : 0].shifts.schedule.mutate({ personId, ...staggered(nth) })),
    );

    expect(tally(told)).toEqual({ ok: 1, SHIFT_OVERLAP: 49 });
    expect([...(await live(planners[0])), ...(await live(planners[1]))]).toHaveLength(1);
  });

  test('D4 thirty that follow each other: all are planned, and each is told', async () => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const { shifts } = app.as('manager');
    await using heard = await watchedFrom(app.as('waiter'));
    const quarter = (nth: number) => after(NINE_TO_FIVE.startsAt, nth * 15 * MINUTE);

    const told = await parallel(30, (nth) => {
      const when = { startsAt: quarter(nth), endsAt: quarter(nth + 1) };
      return outcomeOf(shifts.schedule.mutate({ personId, ...when, publish: true }));
    });

    expect(tally(told)).toEqual({ ok: 30 });
    const ids = (await live(app.as('manager'))).map(({ id }) => id);
    const events = await heard.take(30);
    expect(ids).toHaveLength(30);
    expect(
      events.map((event) => ('shift' in event ? event.shift.id : event.kind)).toSorted(),
    ).toEqual(ids.toSorted());
  });

  test('D4 thirty people at the same time: all are planned', async () => {
    await using app = await openApp();
    const people = await app.given.people(Array.from({ length: 30 }, () => ({ role: 'waiter' })));
    const { shifts } = app.as('manager');

    const told = await parallel(30, (nth) => {
      const personId = people[nth]?.id ?? '';
      return outcomeOf(shifts.schedule.mutate({ personId, ...NINE_TO_FIVE, publish: true }));
    });

    expect(tally(told)).toEqual({ ok: 30 });
  });

  test('D4 moved into the same gap: one is', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const made = await inTurn(10, (nth) => {
      const startsAt = after(at('03T00:00'), nth * HOUR);
      return planned(app, { startsAt, endsAt: after(startsAt, HOUR) });
    });

    const told = await parallel(10, (nth) =>
      outcomeOf(shifts.update.mutate({ shiftId: made[nth]?.id ?? '', ...staggered(nth) })),
    );

    expect(tally(told)).toEqual({ ok: 1, SHIFT_OVERLAP: 9 });
  });

  test('D4 given to the same person: one is', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const people = await app.given.people(Array.from({ length: 10 }, () => ({ role: 'waiter' })));
    const made = await inTurn(10, (nth) => planned(app, { personId: people[nth]?.id ?? '' }));
    const personId = app.home.staff.waiter.id;

    const told = await parallel(10, (nth) =>
      outcomeOf(shifts.update.mutate({ shiftId: made[nth]?.id ?? '', personId })),
    );

    expect(tally(told)).toEqual({ ok: 1, SHIFT_OVERLAP: 9 });
    expect((await shifts.list.query({ personId })).items).toHaveLength(1);
  });
});

describe('changing one shift at once', () => {
  test('P19 forty changes of what all have read: one is made and 39 are told', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { id: shiftId } = await planned(app);

    const told = await parallel(40, (nth) => {
      const which = { shiftId, expectedVersion: 1 };
      return outcomeOf(
        nth % 4 === 3
          ? shifts.cancel.mutate(which)
          : shifts.update.mutate({ ...which, note: `No. ${nth}` }),
      );
    });

    expect(tally(told)).toEqual({ ok: 1, VERSION_CONFLICT: 39 });
    const { items } = await shifts.list.query();
    expect(items).toMatchObject([{ version: 2 }]);
  });

  test('ten that cancel it: it is cancelled once, and told once', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { id: shiftId } = await planned(app, { publish: true });
    await using heard = await watchedFrom(app.as('waiter'));

    const told = await parallel(10, () => outcomeOf(shifts.cancel.mutate({ shiftId })));
    const { id } = await planned(app, { publish: true });

    expect(tally(told)).toEqual({ ok: 1, SHIFT_CANCELLED: 9 });
    expect(await heard.take(2)).toMatchObject([
      { kind: 'cancelled', shift: { id: shiftId } },
      { kind: 'published', shift: { id } },
    ]);
  });

  test('ten that publish it: it is told once', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { id: shiftId } = await planned(app);
    await using heard = await watchedFrom(app.as('waiter'));

    const told = await parallel(10, () =>
      outcomeOf(shifts.publish.mutate({ shiftIds: [shiftId] })),
    );
    await shifts.cancel.mutate({ shiftId });

    expect(tally(told)).toEqual({ ok: 10 });
    expect(await heard.take(2)).toMatchObject([{ kind: 'published' }, { kind: 'cancelled' }]);
  });

  test.each([1, 2, 3])('two people’s shifts are swapped without a jam (%i)', async () => {
    await using app = await openApp();
    const { waiter, chef } = app.home.staff;
    const { shifts } = app.as('manager');
    const theirs = await inTurn(20, (nth) => {
      const startsAt = after(at('02T00:00'), nth * HOUR);
      const personId = [waiter, chef][nth % 2]?.id ?? '';
      return planned(app, { personId, startsAt, endsAt: after(startsAt, HOUR), publish: true });
    });

    const told = await parallel(20, (nth) => {
      const personId = [chef, waiter][nth % 2]?.id ?? '';
      return outcomeOf(shifts.update.mutate({ shiftId: theirs[nth]?.id ?? '', personId }));
    });

    expect(tally(told)).toEqual({ ok: 20 });
    expect(await live(app.as('manager'))).toMatchObject(
      theirs.map(({ id }, nth) => ({ id, personId: [chef, waiter][nth % 2]?.id, version: 2 })),
    );
  });

  const TAKEN: [
    string,
    (shifts: Client['shifts'], which: { shiftId: string; personId: string }) => Promise<unknown>,
  ][] = [
    ['cancelled', ({ cancel }, { shiftId }) => cancel.mutate({ shiftId })],
    ['given to another', ({ update }, which) => update.mutate(which)],
  ];

  test.each(TAKEN)('one is %s while its owner clocks in: one is refused', async (_, take) => {
    const outcomes = await inTurn(4, async () => {
      await using app = await openApp();
      const { waiter: owner, chef } = app.home.staff;
      const [waiter, manager] = [app.as('waiter'), app.as('manager')];
      const shiftId = await app.given.shift({ personId: owner.id });
      await ready(waiter, manager);

      return await Promise.all([
        outcomeOf(take(manager.shifts, { shiftId, personId: chef.id })),
        outcomeOf(waiter.shifts.clockIn.mutate({ idempotencyKey: 'come-0001' })),
      ]);
    });

    const right = ['ok NO_SCHEDULED_SHIFT', 'SHIFT_BEGUN ok'];
    expect(right).toEqual(expect.arrayContaining(outcomes.map((told) => told.join(' '))));
  });
});

describe('planning for somebody who leaves at that moment', () => {
  const comingOf = async ({ as }: TestApp) => (await live(as('manager'))).length;

  test.each([1, 2, 3, 4, 5])('no shift of theirs is left (%i)', async (nth) => {
    await using app = await openApp();
    const personId = app.home.staff.waiter.id;
    const [one, other] = [app.as('manager'), app.as('admin')];
    const shift = await planned(app, { publish: true });
    const draft = await planned(app, span('03T09:00', '03T17:00'));
    const chefs = { personId: app.home.staff.chef.id, ...span('04T09:00', '04T17:00') };
    const { id: given } = await planned(app, chefs);
    await ready(one, other);
    const quarter = (at: number) => after(NINE_TO_FIVE.endsAt, at * 15 * MINUTE);

    const [left, ...told] = await Promise.all([
      outcomeOf(other.people.deactivate.mutate({ personId })),
      ...Array.from({ length: 2 * nth }, (_, at) =>
        outcomeOf(
          one.shifts.schedule.mutate({
            personId,
            startsAt: quarter(at),
            endsAt: quarter(at + 1),
            publish: true,
          }),
        ),
      ),
      outcomeOf(one.shifts.update.mutate({ shiftId: shift.id, note: 'Bar.' })),
      outcomeOf(one.shifts.publish.mutate({ shiftIds: [draft.id] })),
      outcomeOf(one.shifts.update.mutate({ shiftId: given, personId })),
    ]);

    expect(left).toBe('ok');
    expect(['ok', 'NOT_FOUND', 'SHIFT_CANCELLED']).toEqual(expect.arrayContaining(told));
    const items = await live(one);
    expect(items.filter((item) => item.personId === personId)).toEqual([]);
  });

  test.each([1, 2, 3])('nor where the whole account is closed (%i)', async () => {
    await using app = await openApp();
    const { manager: theirs } = await secondJob(app);
    const personId = app.home.staff.waiter.id;
    const admin = app.as('admin');
    const planners = [app.as('manager'), theirs] as const;
    await ready(admin, ...planners);

    const [left, ...told] = await Promise.all([
      outcomeOf(admin.people.deactivateAccount.mutate({ personId })),
      ...Array.from({ length: 10 }, (_, nth) => {
        const startsAt = after(NINE_TO_FIVE.startsAt, nth * HOUR);
        const when = { startsAt, endsAt: after(startsAt, HOUR) };
        const planner = planners[nth % 2 ? 1 : 0];
        return outcomeOf(planner.shifts.schedule.mutate({ personId, ...when }));
      }),
    ]);

    expect(left).toBe('ok');
    expect(['ok', 'NOT_FOUND']).toEqual(expect.arrayContaining(told));
    expect([...(await live(planners[0])), ...(await live(theirs))]).toEqual([]);
    expect(await comingOf(app)).toBe(0);
  });
});
