import { DAY, MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import { countQueries } from '../auth/looking.ts';
import { counted, offering, onMenu, paid, taken } from '../orders/ordering.ts';
import { busy, daily, shown } from '../reports/looking.ts';
import { atWork, clocking } from '../shifts/working.ts';

describe('what the day has brought', () => {
  test('S2-24 is nothing in an empty house', async () => {
    await using app = await openApp();

    const board = await shown(app);

    expect(board).toMatchObject({
      at: app.clock.now(),
      timeZone: 'Europe/Rome',
      currency: 'EUR',
      today: { date: '2026-06-01', orders: 0, cancelled: 0, open: 0, revenue: 0, tips: 0 },
      bestSellers: [],
      onShift: { count: 0, people: [] },
      lowStock: [],
      soldOut: 0,
    });
    expect(board.today.averageValue).toBeNull();
    expect(Object.values(board.today.byState)).toEqual(Array(8).fill(0));
    expect(board.hours.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, at) => at));
    expect(busy(board)).toEqual([]);
  });

  test('S2-24 counts what was ordered, by state and by type', async () => {
    await using app = await openApp();
    await app.given.order({ state: 'pending', type: 'dine_in' });
    await app.given.order({ state: 'preparing', type: 'dine_in' });
    await inTurn(2, () => app.given.order({ state: 'completed', type: 'delivery' }));
    await app.given.order({ state: 'cancelled', type: 'pickup' });

    const { today } = await shown(app);

    expect(today).toMatchObject({
      orders: 5,
      byType: { dine_in: 2, pickup: 1, delivery: 2 },
      cancelled: 1,
      open: 2,
      averageValue: 900,
    });
    expect(today.byState).toEqual({
      pending: 1,
      confirmed: 0,
      preparing: 1,
      ready: 0,
      served: 0,
      out_for_delivery: 0,
      completed: 2,
      cancelled: 1,
    });
  });

  test('S2-24 adds up what came in and takes off what went back', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 1_000 });
    const waiter = app.as('waiter');
    const first = await taken(waiter, { itemId, quantity: 3, tip: { bps: 1_000 } });
    const second = await taken(waiter, { itemId });
    await taken(waiter, { itemId, quantity: 9, tip: { fixed: 50 } });
    await paid(app, first.id);
    await paid(app, second.id);
    const back = { orderId: first.id, expectedVersion: 2, amount: 700, reason: 'cold' };
    await app.as('manager').orders.refund.mutate(back);

    const { today, days } = await shown(app);

    expect(today).toMatchObject({ orders: 3, revenue: 3_300 + 1_000 - 700, tips: 300 + 50 });
    expect(today.averageValue).toBe(Math.round((3_300 + 1_000 + 9_050) / 3));
    expect(days.at(-1)).toEqual({ date: today.date, orders: 3, revenue: today.revenue });
  });

  test('S2-24 leaves the money of a cancelled order out, which went back', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 1_000 });
    const { id: orderId } = await taken(app.as('waiter'), { itemId, tip: { fixed: 100 } });
    await paid(app, orderId);
    const off = { orderId, expectedVersion: 2, reason: 'gone', refund: true };
    await app.as('manager').orders.cancel.mutate(off);

    const { today, bestSellers } = await shown(app);

    expect(today).toMatchObject({ orders: 1, cancelled: 1, open: 0, revenue: 0, tips: 0 });
    expect(today.averageValue).toBeNull();
    expect(bestSellers).toEqual([]);
  });

  test('S2-24 money belongs to the day on which it moved, and may be less than nothing', async () => {
    await using app = await openApp();
    const { id: orderId } = await taken(app.as('waiter'), { itemId: await app.given.item() });
    await paid(app, orderId);
    app.clock.advance(DAY);
    const back = { orderId, expectedVersion: 2, amount: 400, reason: 'cold' };
    await app.as('manager').orders.refund.mutate(back);

    const board = await shown(app, 3);

    expect(daily(board)).toEqual([
      ['2026-05-31', 0, 0],
      ['2026-06-01', 1, 900],
      ['2026-06-02', 0, -400],
    ]);
    expect(board.today).toMatchObject({ orders: 0, open: 1, revenue: -400, averageValue: null });
  });

  test('S2-24 what was ordered in another currency is counted and not added up', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 1_000 });
    const { id } = await taken(app.as('waiter'), { itemId, tip: { fixed: 100 } });
    await paid(app, id);
    await app.as('manager').restaurants.update.mutate({ currency: 'CHF' });
    await taken(app.as('waiter'), { itemId, quantity: 2 });

    const { currency, today, bestSellers } = await shown(app);

    expect(currency).toBe('CHF');
    expect(today).toMatchObject({ orders: 2, revenue: 0, averageValue: 2_000, tips: 0 });
    expect(bestSellers).toMatchObject([{ quantity: 2, revenue: 2_000 }]);
  });
});

describe('what sells best', () => {
  test('S2-24 is what was sold most, and not what was taken back', async () => {
    await using app = await openApp();
    await offering(app, { serviceChargeBps: 1_000 });
    const soup = await onMenu(app, { name: 'Soup', price: 700 });
    const pizza = await onMenu(app, { name: 'Pizza', price: 900 });
    const wine = await onMenu(app, { name: 'Wine', price: 500 });
    await taken(app.as('waiter'), { itemId: soup, quantity: 2 });
    app.clock.advance(DAY);
    const waiter = app.as('waiter');
    await taken(waiter, { itemId: pizza, quantity: 4 });
    await taken(waiter, { itemId: wine, quantity: 5 });
    await taken(waiter, { itemId: soup, quantity: 2 });
    await app.given.order({ itemId: wine, items: ['voided', 'voided'] });
    await app.given.order({ itemId: wine, state: 'cancelled' });
    const { menu } = app.as('manager');
    await menu.items.update.mutate({ itemId: pizza, name: 'Pizza bianca' });
    await menu.items.remove.mutate({ itemId: soup });

    const [two, one] = [await shown(app, 2), await shown(app, 1)];

    expect(two.bestSellers).toEqual([
      { itemId: wine, name: 'Wine', quantity: 5, revenue: 2_500 },
      { itemId: pizza, name: 'Pizza bianca', quantity: 4, revenue: 3_600 },
      { itemId: null, name: 'Soup', quantity: 4, revenue: 2_800 },
    ]);
    expect(one.bestSellers.map(({ name, quantity }) => [name, quantity])).toEqual([
      ['Wine', 5],
      ['Pizza bianca', 4],
      ['Soup', 2],
    ]);
  });

  test('S2-24 tells what was taken with its options, and nothing below nothing', async () => {
    await using app = await openApp();
    const option = (priceDelta: number) => ({
      id: crypto.randomUUID(),
      name: 'Option',
      priceDelta,
      available: true,
      maxQuantity: 1,
    });
    const options = [option(150), option(-5_000)] as const;
    const extras = {
      id: crypto.randomUUID(),
      name: 'Extras',
      min: 0,
      max: 1,
      options: [...options],
    };
    const itemId = await onMenu(app, { price: 900, options: [extras] });
    const lines = options.map(({ id }) => ({ itemId, options: [{ optionId: id }] }));
    await app.as('waiter').orders.take.mutate({ lines });

    const { bestSellers } = await shown(app);

    expect(bestSellers).toMatchObject([{ quantity: 2, revenue: 1_050 }]);
  });
});

describe('the house right now', () => {
  test('S2-24 who is at work, since when, and who has a break', async () => {
    await using app = await openApp();
    const { waiter, chef } = app.home.staff;
    await clocking(app, { windowMinutes: 60 });
    await atWork(app, waiter);
    app.clock.advance(MINUTE);
    await atWork(app, chef);
    await app.as('chef').shifts.startBreak.mutate({});

    const { onShift } = await shown(app);

    const name = 'Some Body';
    const since = (minutes: number) => new Date(app.clock.now().getTime() - minutes * MINUTE);
    expect(onShift).toEqual({
      count: 2,
      people: [
        { personId: waiter.id, name, role: 'waiter', since: since(1), onBreak: false },
        { personId: chef.id, name, role: 'chef', since: since(0), onBreak: true },
      ],
    });
  });

  test('S2-24 what runs low and what is sold out, as the menu says it', async () => {
    await using app = await openApp();
    const [none, few, enough] = [
      await app.given.item({ name: 'None' }),
      await app.given.item({ name: 'Few' }),
      await app.given.item({ name: 'Enough' }),
    ];
    await counted(app, none, 0);
    await counted(app, few, 5);
    await counted(app, enough, 6);
    await app.given.item({ stockMode: 'out', stockLeft: 3 });
    const { items, list } = app.as('manager').menu;
    await app.given.item();
    const off = await app.given.item();
    await items.setAvailability.mutate({ itemId: off, available: false });
    const gone = await app.given.item();
    await counted(app, gone, 0);
    await items.remove.mutate({ itemId: gone });

    const { lowStock, soldOut } = await shown(app);

    expect(lowStock).toEqual([
      { itemId: none, name: 'None', stock: 0, soldOut: true },
      { itemId: few, name: 'Few', stock: 5, soldOut: false },
    ]);
    expect(soldOut).toBe(3);
    expect((await list.query({ available: false })).items).toHaveLength(soldOut);
  });

  test('S2-24 what runs low is told of 20 items at the most', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    await inTurn(21, (at) => app.given.item({ categoryId, stockMode: 'count', stockLeft: at % 5 }));

    const { lowStock } = await shown(app);

    expect(lowStock).toHaveLength(20);
    expect(lowStock.map(({ stock }) => stock).slice(0, 6)).toEqual([0, 0, 0, 0, 0, 1]);
  });
});

describe('a report', () => {
  test('S2-24 S3-11 knows nothing of another restaurant, and an admin may ask for either', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant({ currency: 'CHF', timeZone: 'UTC' });
    const boss = await app.given.person({ role: 'manager', restaurantId });
    const waiter = await app.given.person({ role: 'waiter', restaurantId });
    const itemId = await app.given.item({ restaurantId, stockMode: 'count', stockLeft: 2 });
    const { id } = await taken(app.as(boss), { itemId });
    const said = { orderId: id, expectedVersion: 1, method: 'cash' } as const;
    await app.as(boss).orders.recordPayment.mutate(said);
    await app.given.timecard({ restaurantId, personId: waiter.id });
    await app.given.item({ restaurantId, stockMode: 'out' });

    const here = await shown(app);
    const there = await app.as(boss).reports.dashboard.query();
    const asked = await app.as('admin').reports.dashboard.query({ restaurantId });
    const refused = await refusalOf(app.as('manager').reports.dashboard.query({ restaurantId }));

    expect(here).toMatchObject({
      today: { orders: 0, open: 0, revenue: 0 },
      bestSellers: [],
      onShift: { count: 0 },
      lowStock: [],
      soldOut: 0,
    });
    expect(there).toMatchObject({
      currency: 'CHF',
      timeZone: 'UTC',
      today: { orders: 1, open: 1, revenue: 900 },
      bestSellers: [{ itemId, quantity: 1 }],
      onShift: { count: 1, people: [{ personId: waiter.id }] },
      lowStock: [{ itemId, stock: 1 }],
      soldOut: 1,
    });
    expect(asked).toEqual(there);
    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
  });

  test.each(['customer', 'waiter', 'head_chef', 'master_chef'] as const)(
    'S2-24 is not for a %s',
    async (role) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).reports.dashboard.query());

      expect(refused).toMatchObject({
        reason: 'FORBIDDEN',
        details: { capability: 'report.read' },
      });
    },
  );

  test('S2-24 asks the database as often for a month of many orders as for a day of few', async () => {
    await using app = await openApp();
    await inTurn(31, async () => {
      await app.given.order();
      app.clock.advance(DAY);
    });
    await app.given.order();
    const { dashboard } = app.as('manager').reports;
    const queries = countQueries(app);
    const asking = async (days: number) => {
      const before = queries.count;
      await dashboard.query({ days });
      return queries.count - before;
    };
    await asking(1);

    const [day, month] = [await asking(1), await asking(31)];
    await inTurn(20, (at) => app.given.order({ state: at % 2 === 0 ? 'completed' : 'pending' }));
    const full = await asking(31);

    expect([month, full]).toEqual([day, day]);
  });
});
