import type { Client } from '@comanda/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, openSite, roomy, shot, type Site, sticksOut } from './site.ts';

let site: Site;
let manager: Client;
let waiter: Client;
beforeAll(async () => {
  site = await openSite();
  await roomy(site, ['manager', 'waiter']);
  manager = await site.client('manager');
  waiter = await site.client('waiter');
});
afterAll(() => site[Symbol.asyncDispose]());

const LOOKS = [
  ['wide and light', {}],
  ['narrow and dark', { narrow: true, dark: true }],
] as const;

/** Something to eat for a guest who pays at the counter, or has it brought. */
async function ordered(dish: string, type: 'pickup' | 'delivery' = 'pickup') {
  const { items } = await manager.menu.list.query({ search: dish });
  const [item] = items;
  if (!item) throw new Error(`${dish} is not on the menu.`);
  const brought = { address: 'Via Roma 1', phone: '+390101234567' };
  return waiter.orders.take.mutate({
    type,
    customerName: `Guest of ${dish}`,
    lines: [{ itemId: item.id }],
    ...(type === 'delivery' && brought),
  });
}

describe('every desk', () => {
  test.each(LOOKS)('can be read and used by everybody, %s', async (name, look) => {
    await using visit = await site.visitAs('manager', '/office/today', look);
    const { page } = visit;
    for (const [desk, seen] of [
      ['today', 'Best sellers of 7 days'],
      ['orders', 'Table 5'],
      ['tables', 'Table 5'],
      ['reservations', 'Nobody has reserved.'],
    ] as const) {
      await page.goto(`${site.server.url}/office/${desk}`);
      await page.getByText(seen).first().waitFor();
      await shot(page, `${desk} ${name}`);
      expect(await barriers(page)).toEqual([]);
      expect(await sticksOut(page)).toBe(false);
    }
    // Of today there may be nothing left to book, depending on when this runs.
    await page.getByRole('button', { name: 'The day after' }).click();
    await page.getByRole('button', { name: 'Book for a guest' }).click();
    await page.getByRole('radio').first().waitFor();
    await shot(page, `book ${name}`);
    expect(await barriers(page)).toEqual([]);
    await page.goto(`${site.server.url}/office/tables`);
    await page.getByRole('button', { name: 'Change table 5' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.goto(`${site.server.url}/office/orders`);
    await page.getByRole('link', { name: '#8', exact: true }).click();
    await page.getByRole('button', { name: 'Discount' }).click();
    await page.getByRole('form', { name: 'Discount' }).waitFor();
    await shot(page, `order ${name}`);
    expect(await barriers(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(false);
    expect(visit.complaints).toEqual([]);
  });
});

describe('the orders desk', () => {
  test('takes an order to its end, with a payment and a part of it given back', async () => {
    await using visit = await site.visitAs('manager', '/office/orders');
    const { page } = visit;
    await page.getByText('Live', { exact: true }).waitFor();
    const { id, number, items } = await ordered('Chinotto');
    await page.getByRole('link', { name: `#${number}` }).click();
    const sheet = page.getByRole('dialog', { name: `Order #${number}` });
    await sheet.getByRole('button', { name: 'Confirm' }).click();
    await sheet.getByText('Confirmed').first().waitFor();
    await sheet.getByRole('button', { name: 'Confirm' }).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement !== document.body')).toBe(true);
    await sheet.getByRole('button', { name: 'To the kitchen' }).click();
    // What happens elsewhere is seen here.
    for (const { id: orderItemId, state } of items) {
      if (state === 'queued') await manager.kitchen.finishItem.mutate({ orderItemId });
    }
    await sheet.getByRole('button', { name: 'Ready' }).click();
    await sheet.getByRole('button', { name: 'Record a payment' }).click();
    await sheet.getByRole('button', { name: /^Paid / }).click();
    await sheet.getByText('Paid, card').waitFor();
    await sheet.getByRole('button', { name: 'Complete' }).click();
    await sheet.getByText('Completed').first().waitFor();

    await sheet.getByRole('button', { name: 'Refund', exact: true }).click();
    await sheet.getByLabel('Amount').fill('99');
    await sheet.getByLabel('Why').fill('It was flat.');
    await sheet.getByRole('button', { name: 'Give back' }).click();
    await sheet.getByText('is left to be given back').waitFor();
    await sheet.getByLabel('Amount').fill('1,20');
    await sheet.getByRole('button', { name: 'Give back' }).click();
    await sheet.getByText('Partly refunded').waitFor();
    await shot(page, 'order refunded');

    const order = await manager.orders.show.query({ orderId: id });
    expect(order).toMatchObject({ state: 'completed', payment: 'part_refunded', refunded: 120 });
    expect(visit.complaints).toEqual([]);
  });

  test('gives a delivery to the crew, and takes something off the bill', async () => {
    const { id, number } = await ordered('Tagliere', 'delivery');
    await using visit = await site.visitAs('manager', `/office/orders/${id}`);
    const { page } = visit;
    const sheet = page.getByRole('dialog', { name: `Order #${number}` });
    await sheet.getByRole('button', { name: 'Give to the crew' }).click();
    await sheet.getByLabel('Who brings it').selectOption({ label: 'Delivery Crew, at work' });
    await sheet.getByRole('button', { name: 'Save' }).click();
    await sheet.getByText('Given to Delivery Crew').waitFor();

    await sheet.getByRole('button', { name: 'Discount' }).click();
    await sheet.getByLabel('Percent').fill('50');
    await sheet.getByLabel('Why').fill('They waited long.');
    await sheet.getByRole('button', { name: 'Take off' }).click();
    await sheet.getByText('Discount: They waited long.').waitFor();

    const order = await manager.orders.show.query({ orderId: id });
    expect(order).toMatchObject({ assigneeName: 'Delivery Crew', total: 850 });
    expect(visit.complaints).toEqual([]);
  });

  test('asks why before it calls an order off, by keys alone', async () => {
    const { id, number } = await ordered('Burrata');
    await using visit = await site.visitAs('manager', '/office/orders');
    const { page } = visit;
    await page.getByLabel('Search').fill(`${number}`);
    const link = page.getByRole('link', { name: `#${number}`, exact: true });
    const found = () => page.getByRole('link', { name: /^#/u }).count();
    await expect.poll(found, { timeout: 20_000 }).toBe(1);
    await link.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Cancel the order' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('The guest left.');
    await page.keyboard.press('Enter');
    await page.getByText('Cancelled: The guest left.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('No orders fit that.').waitFor();
    expect(await manager.orders.show.query({ orderId: id })).toMatchObject({ state: 'cancelled' });
    expect(visit.complaints).toEqual([]);
  });

  test('shows a waiter what a waiter may do, and no refunds or discounts', async () => {
    const { id } = await ordered('Caponata');
    await using visit = await site.visitAs('waiter', `/office/orders/${id}`);
    const { page } = visit;
    await page.getByRole('button', { name: 'Record a payment' }).waitFor();
    expect(await page.getByRole('button', { name: 'Discount' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Refund' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Today' }).count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });
});

describe('today', () => {
  test('counts an order placed meanwhile, and knows who is on a break', async () => {
    await using visit = await site.visitAs('manager', '/office/today');
    const { page } = visit;
    const tile = page.locator('dl > div', { has: page.getByText('Orders', { exact: true }) });
    const count = async () => Number(await tile.locator('dd').first().textContent());
    await page.getByText('Live', { exact: true }).waitFor();
    await tile.waitFor();
    const before = await count();
    const crew = await site.client('delivery_crew');
    await crew.shifts.startBreak.mutate({});
    const { items } = await manager.menu.list.query({ search: 'Gelato' });
    await manager.menu.items.setStock.mutate({
      itemId: items[0]?.id ?? '',
      mode: 'count',
      left: 2,
    });
    await ordered('Limonata');
    await expect.poll(count, { timeout: 20_000 }).toBe(before + 1);
    await page.getByText('1 on a break').waitFor();
    const shift = page.getByRole('list', { name: 'On shift now' });
    await shift.getByText('On a break').waitFor();
    expect(await shift.getByRole('listitem').count()).toBe(10);
    await crew.shifts.endBreak.mutate({});

    await page.getByText('2 left').waitFor();
    await page.getByRole('link', { name: 'Gelato' }).click();
    await page.getByRole('switch', { name: 'Gelato: on sale' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});

describe('tables and reservations', () => {
  test('a table is made, booked by phone, cannot go, and its guests are called off', async () => {
    await using visit = await site.visitAs('manager', '/office/tables');
    const { page } = visit;
    await page.getByRole('button', { name: 'New table' }).click();
    await page.getByLabel('Name or number').fill('5');
    await page.getByLabel('Seats, at least').fill('18');
    await page.getByLabel('Seats, at most').fill('20');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Another table has that name.').waitFor();
    await page.getByLabel('Name or number').fill('Round one');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Table Round one' }).waitFor();

    await page.getByRole('link', { name: 'Reservations' }).click();
    await page.getByRole('button', { name: 'The day after' }).click();
    await page.getByRole('button', { name: 'Seat Famiglia Rossi' }).waitFor();
    await page.getByRole('button', { name: 'Book for a guest' }).click();
    await page.getByLabel('Guests', { exact: true }).fill('19');
    await page.getByRole('radio', { name: '19:30' }).check();
    await page.getByLabel('Name').fill('Choir');
    await page.getByRole('button', { name: /^Book .*19:30/u }).click();
    await page.getByText('Choir has table Round one.').waitFor();
    await page.getByRole('button', { name: 'Seat Choir' }).click();
    await page.getByText('That is too early').first().waitFor();
    await page.getByRole('button', { name: 'Confirm Customer' }).click();
    await page.getByRole('button', { name: 'Seat Customer' }).waitFor();
    expect(await page.evaluate('document.activeElement !== document.body')).toBe(true);

    await page.getByRole('link', { name: 'Tables' }).click();
    await page.getByRole('button', { name: 'Change table Round one' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('It is reserved, so it stays.').waitFor();
    await shot(page, 'table reserved');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('link', { name: 'See who comes' }).click();
    await page.getByRole('button', { name: 'Call off Choir' }).click();
    await page.getByLabel('Why, for the guest').fill('The roof leaks.');
    await shot(page, 'call off');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Call off' }).click();
    await page.getByText('Nobody has reserved.').waitFor();

    await page.getByRole('link', { name: 'Tables' }).click();
    await page.getByRole('button', { name: 'Change table Round one' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Table Round one is gone.').waitFor();
    const { items } = await manager.tables.list.query({ limit: 100 });
    expect(items.map(({ name }) => name)).not.toContain('Round one');
    expect(visit.complaints).toEqual([]);
  });

  test('a day that is over offers the next one', async () => {
    await using visit = await site.visitAs('manager', '/office/reservations');
    const { page } = visit;
    await page.getByRole('button', { name: 'Book for a guest' }).click();
    const day = page.getByLabel('Day of the visit');
    await day.fill('2026-03-02');
    await page.getByText('There is no time left to book on that day.').waitFor();
    await page.getByRole('button', { name: 'Look at Tuesday 3 March' }).click();
    expect(await day.inputValue()).toBe('2026-03-03');
    expect(await barriers(page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('a party is seated, shown at its table, and leaves', async () => {
    const now = new Date(Math.floor(Date.now() / 900_000) * 900_000);
    const said = { startsAt: now, party: 2, forGuest: true, customerName: 'Signora Verdi' };
    const { tables } = await waiter.reservations.request.mutate(said);
    await using visit = await site.visitAs('waiter', '/office/reservations');
    const { page } = visit;
    await page.getByRole('button', { name: 'Seat Signora Verdi' }).click();
    await page.getByText('Signora Verdi: seated.').waitFor();
    await page.getByRole('link', { name: 'Tables' }).click();
    await page.getByText('Seated: Signora Verdi, 2').waitFor();
    const card = page.getByRole('listitem').filter({ hasText: 'Signora Verdi' });
    await card.getByText(`Table ${tables[0]?.name}`).first().waitFor();
    await page.getByRole('link', { name: 'Reservations' }).click();
    await page.getByRole('button', { name: 'They left Signora Verdi' }).click();
    await page.getByText('Nobody has reserved.').waitFor();
    await page.getByLabel('With those that are over').check();
    await page.getByText('Left', { exact: true }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});
