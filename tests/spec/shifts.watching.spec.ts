import { newId } from '@comanda/kernel/id';
import { HOUR } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { placed } from '../orders/ordering.ts';
import { at, planned, secondJob, span, watchedFrom, WatchedShifts } from '../shifts/planning.ts';

describe('watching own shifts', () => {
  test('S3-30 D4 tells what is published, changed and cancelled, in order', async () => {
    // Nobody looks for what is new unless they are woken.
    await using app = await openApp({ settings: { streamLookMs: HOUR } });
    await using heard = await watchedFrom(app.as('waiter'));
    const { shifts } = app.as('manager');

    const { id: shiftId } = await planned(app);
    const { items } = await shifts.publish.mutate({ shiftIds: [shiftId] });
    const changed = await shifts.update.mutate({ shiftId, endsAt: at('02T18:00') });
    const cancelled = await shifts.cancel.mutate({ shiftId });
    const next = await planned(app, { publish: true });

    const now = app.clock.now();
    expect(await heard.take(4)).toEqual([
      { kind: 'published', at: now, shift: items[0] },
      { kind: 'changed', at: now, shift: changed },
      { kind: 'cancelled', at: now, shift: cancelled },
      { kind: 'published', at: now, shift: next },
    ]);
  });

  test('S3-30 tells several that are published at once, each once', async () => {
    await using app = await openApp();
    await using heard = await watchedFrom(app.as('waiter'));
    const { publish } = app.as('manager').shifts;
    const late = await planned(app, span('03T09:00', '03T17:00'));
    const early = await planned(app);
    const last = await planned(app, span('04T09:00', '04T17:00'));

    await publish.mutate({ shiftIds: [late.id, early.id, early.id] });
    await publish.mutate({ shiftIds: [early.id] });
    await publish.mutate({ shiftIds: [early.id, last.id] });

    expect(await heard.take(3)).toMatchObject([
      { kind: 'published', shift: { id: early.id } },
      { kind: 'published', shift: { id: late.id } },
      { kind: 'published', shift: { id: last.id } },
    ]);
  });

  test('S3-30 is silent about drafts, whatever happens to them', async () => {
    await using app = await openApp();
    const { chef } = app.home.staff;
    await using heard = await watchedFrom(app.as('waiter'));
    await using chefs = await watchedFrom(app.as('chef'));
    const { shifts } = app.as('manager');

    const { id: shiftId } = await planned(app, { note: 'secret' });
    await shifts.update.mutate({ shiftId, note: 'more of it' });
    await shifts.update.mutate({ shiftId, personId: chef.id });
    await shifts.cancel.mutate({ shiftId });
    const { id } = await planned(app, { publish: true });
    const { id: theirs } = await planned(app, { personId: chef.id, publish: true });

    expect(await heard.next()).toMatchObject({ kind: 'published', shift: { id } });
    expect(await chefs.next()).toMatchObject({ kind: 'published', shift: { id: theirs } });
  });

  test('S3-30 is heard by nobody else, not even by those who plan', async () => {
    await using app = await openApp();
    const other = await app.given.person({ role: 'waiter' });
    const { manager } = app.home.staff;
    await using colleague = await watchedFrom(app.as(other));
    await using boss = await watchedFrom(app.as('manager'));
    const { shifts } = app.as('manager');

    const { id: shiftId } = await planned(app, { publish: true });
    await shifts.update.mutate({ shiftId, note: 'Bar.' });
    await shifts.cancel.mutate({ shiftId });
    const { id: theirs } = await planned(app, { personId: other.id, publish: true });
    const { id: own } = await planned(app, { personId: manager.id, publish: true });

    expect(await colleague.next()).toMatchObject({ kind: 'published', shift: { id: theirs } });
    expect(await boss.next()).toMatchObject({ kind: 'published', shift: { id: own } });
  });

  test('S3-30 a shift that is given away is gone to one and new to the other', async () => {
    await using app = await openApp();
    const { chef } = app.home.staff;
    await using heard = await watchedFrom(app.as('waiter'));
    await using chefs = await watchedFrom(app.as('chef'));
    const { shifts } = app.as('manager');
    const { id: shiftId } = await planned(app, { publish: true });

    const given = await shifts.update.mutate({ shiftId, personId: chef.id, note: 'Thanks!' });
    await shifts.cancel.mutate({ shiftId });
    const { id } = await planned(app, { publish: true });

    const now = app.clock.now();
    expect(await heard.take(3)).toEqual([
      { kind: 'published', at: now, shift: expect.objectContaining({ id: shiftId }) },
      { kind: 'gone', at: now, shiftId },
      { kind: 'published', at: now, shift: expect.objectContaining({ id }) },
    ]);
    expect(await chefs.take(2)).toEqual([
      { kind: 'published', at: now, shift: given },
      { kind: 'cancelled', at: now, shift: { ...given, state: 'cancelled', version: 3 } },
    ]);
  });

  test('tells nothing where nothing changed', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { id: shiftId, endsAt } = await planned(app, { publish: true });
    await using heard = await watchedFrom(app.as('waiter'));

    await shifts.update.mutate({ shiftId });
    await shifts.update.mutate({ shiftId, endsAt, note: null });
    await shifts.update.mutate({ shiftId, note: 'Bar.' });

    expect(await heard.next()).toMatchObject({ kind: 'changed', shift: { note: 'Bar.' } });
  });

  test('tells nothing that was refused', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    const { id: shiftId } = await planned(app, { publish: true });
    await using heard = await watchedFrom(app.as('waiter'));

    await refusalOf(planned(app, { publish: true }));
    await refusalOf(shifts.update.mutate({ shiftId, note: 'Bar.', expectedVersion: 9 }));
    await refusalOf(shifts.publish.mutate({ shiftIds: [shiftId, newId()] }));
    await shifts.cancel.mutate({ shiftId });

    expect(await heard.next()).toMatchObject({ kind: 'cancelled' });
  });

  test('tells nothing of what else happens there', async () => {
    await using app = await openApp();
    await using heard = await watchedFrom(app.as('waiter'));

    await placed(app.as('customer'), { itemId: await app.given.item() });
    const { id } = await planned(app, { publish: true });

    expect(await heard.next()).toMatchObject({ kind: 'published', shift: { id } });
  });

  test('S3-11 is that of one restaurant', async () => {
    await using app = await openApp();
    const { restaurantId, manager, waiter } = await secondJob(app);
    await using here = await watchedFrom(app.as('waiter'));
    await using there = await watchedFrom(app.as(waiter));
    const personId = waiter.id;
    const said = { personId, publish: true };

    const theirs = await manager.shifts.schedule.mutate({
      ...said,
      ...span('03T09:00', '03T17:00'),
    });
    const ours = await planned(app, { publish: true });
    const refused = await refusalOf(new WatchedShifts(app.as('waiter'), { restaurantId }).next());

    expect(await here.next()).toMatchObject({ shift: ours });
    expect(await there.next()).toMatchObject({ shift: theirs });
    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
  });

  test('D1 is for staff', async () => {
    await using app = await openApp();

    const refusals = [
      await refusalOf(new WatchedShifts(app.as('customer')).next()),
      await refusalOf(new WatchedShifts(app.as('anonymous')).next()),
    ];

    expect(refusals).toMatchObject([
      { reason: 'FORBIDDEN', details: { capability: 'shift.mine' } },
      { reason: 'UNAUTHENTICATED' },
    ]);
  });
});

describe('coming back to own shifts', () => {
  test('T12 tells what was missed behind the last event, and goes on', async () => {
    await using app = await openApp();
    const { shifts } = app.as('manager');
    await using first = await watchedFrom(app.as('waiter'));
    const { id: shiftId } = await planned(app, { publish: true });
    await first.next();
    const { lastId: lastEventId } = first;
    await first[Symbol.asyncDispose]();
    await shifts.update.mutate({ shiftId, note: 'Bar.' });
    await planned(app, { personId: app.home.staff.chef.id, publish: true });
    await shifts.update.mutate({ shiftId, personId: app.home.staff.sous_chef.id });

    await using back = new WatchedShifts(app.as('waiter'), { lastEventId });
    const missed = await back.take(2);
    const { id } = await planned(app, { publish: true });

    expect(missed).toMatchObject([
      { kind: 'changed', shift: { id: shiftId, note: 'Bar.' } },
      { kind: 'gone', shiftId },
    ]);
    expect(await back.next()).toMatchObject({ kind: 'published', shift: { id } });
  });

  test('tells nobody what another has missed', async () => {
    await using app = await openApp();
    await using first = await watchedFrom(app.as('waiter'));
    const { lastId: lastEventId } = first;
    await planned(app, { publish: true });
    const personId = app.home.staff.chef.id;
    const { id } = await planned(app, { personId, publish: true });

    await using other = new WatchedShifts(app.as('chef'), { lastEventId });

    expect(await other.next()).toMatchObject({ kind: 'published', shift: { id } });
  });
});
