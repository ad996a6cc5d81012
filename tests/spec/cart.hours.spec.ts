import { HOUR } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

/** A Monday, two in the afternoon in Rome. */
const ROME_14 = new Date('2026-06-01T12:00:00.000Z');
const ROME_18 = new Date('2026-06-01T16:00:00.000Z');

describe('an item out of its mealtimes', () => {
  test('D5 D10 is told, and adds nothing until it is served', async () => {
    await using app = await openApp();
    const [dinner, always] = [await app.given.item(), await app.given.item({ price: 700 })];
    const person = await app.given.person();
    await app.as('manager').menu.items.update.mutate({
      itemId: dinner,
      mealtimes: { 1: [{ from: '18:00', to: '22:00' }] },
    });

    await app.as(person).cart.add.mutate({ itemId: dinner });
    const early = await app.as(person).cart.add.mutate({ itemId: always });
    app.clock.set(ROME_18);
    const onTime = await app.as(person).cart.show.query();

    expect(early).toMatchObject({
      lines: [{ issues: [{ code: 'OFF_MENU_TIME' }] }, { issues: [] }],
      subtotal: 700,
      issues: [],
      orderable: false,
    });
    expect(onTime).toMatchObject({ subtotal: 1_600, orderable: true });
  });
});

describe('a restaurant that is closed', () => {
  test('D5 D10 by its hours says until when', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const person = await app.given.person();
    await app
      .as('manager')
      .restaurants.setHours.mutate({ hours: { weekly: { 1: [{ from: '18:00', to: '23:00' }] } } });

    const early = await app.as(person).cart.add.mutate({ itemId });
    app.clock.set(ROME_18);
    const onTime = await app.as(person).cart.show.query();

    expect(early).toMatchObject({
      lines: [{ issues: [] }],
      subtotal: 900,
      issues: [{ code: 'CLOSED', until: ROME_18 }],
      orderable: false,
    });
    expect(onTime).toMatchObject({ issues: [], orderable: true });
  });

  test('D10 to new orders before it closes says so too', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const weekly = { 1: [{ from: '09:00', to: '14:30' }], 2: [{ from: '09:00', to: '14:30' }] };
    await app
      .as('manager')
      .restaurants.setHours.mutate({ hours: { weekly, lastOrderMinutes: 30 } });

    const told = await app.as('customer').cart.add.mutate({ itemId });

    expect(told).toMatchObject({
      issues: [{ code: 'CLOSED', until: new Date('2026-06-02T07:00:00.000Z') }],
      orderable: false,
    });
  });

  test.each([
    ['until then', new Date(ROME_14.getTime() + HOUR)],
    ['until somebody resumes', null],
  ])('D5 D10 by a pause is closed %s', async (_, until) => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    const before = await cart.add.mutate({ itemId });
    const { restaurants } = app.as('manager');

    await restaurants.pause.mutate({ until, message: 'The oven is cold.' });
    const paused = await cart.show.query();
    await restaurants.resume.mutate();

    expect(paused).toEqual({ ...before, issues: [{ code: 'CLOSED', until }], orderable: false });
    expect(await cart.show.query()).toEqual(before);
  });
});
