import type { Client, OrderView } from '@comanda/client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, openSite, roomy, shot, type Site, sticksOut, type Visit } from './site.ts';

let site: Site;
let manager: Client;
beforeAll(async () => {
  site = await openSite();
  await roomy(site, ['manager', 'waiter']);
  manager = await site.client('manager');
});
afterAll(() => site[Symbol.asyncDispose]());

const PHONE = { narrow: true };
const AT_NIGHT = { narrow: true, dark: true };

async function expectFit({ page, complaints }: Visit, name: string): Promise<void> {
  await shot(page, name);
  // What the header covers while one scrolls is no small target.
  await page.evaluate('window.scrollTo(0, 0)');
  expect(await barriers(page)).toEqual([]);
  expect(await sticksOut(page)).toBe(false);
  expect(complaints).toEqual([]);
}

const said = (page: Page, sentence: string | RegExp) => page.getByText(sentence).first().waitFor();
const isLive = (page: Page) => page.getByText('Live', { exact: true }).waitFor();

const HOUR_MS = 3_600_000;

async function personOf(username: string): Promise<string> {
  const { items } = await manager.people.list.query({ search: username });
  return items.find((person) => person.username === username)?.id ?? '';
}

describe('the clock', () => {
  test('is pressed out and in, and for a break, by keyboard alone', async () => {
    await using visit = await site.visitAs('employee', '/work', PHONE);
    const { page } = visit;
    await said(page, /^At work since/);
    await said(page, /^Worked today 4:0\d:\d\d$/);
    await expectFit(visit, 'at work');

    await page.getByRole('button', { name: 'Start a break' }).press('Enter');
    await said(page, /^On a break since/);
    await expectFit(visit, 'on a break');
    await page.getByRole('button', { name: 'End the break' }).press('Enter');
    await said(page, /^At work since/);
    await page.getByRole('button', { name: 'Clock out' }).press('Enter');
    await said(page, 'You are not at work.');
    await expectFit(visit, 'off work');
    await page.getByRole('button', { name: 'Clock in' }).press('Enter');
    await said(page, /^At work since/);

    const { items } = await manager.shifts.onNow.query();
    const personId = await personOf('employee');
    expect(items.filter((one) => one.personId === personId)).toMatchObject([{ onBreak: false }]);
  });

  test('says when the next shift is to somebody who has none now', async () => {
    const personId = await personOf('prep_cook');
    const { items } = await manager.shifts.list.query({ personId });
    const [now] = items;
    const begins = new Date(Date.now() + 2 * HOUR_MS);
    await manager.shifts.update.mutate({
      shiftId: now?.id ?? '',
      startsAt: new Date(Date.now() - 6 * HOUR_MS),
      endsAt: new Date(Date.now() - HOUR_MS),
    });
    await manager.shifts.schedule.mutate({
      personId,
      startsAt: begins,
      endsAt: new Date(begins.getTime() + 2 * HOUR_MS),
      publish: true,
    });
    await using visit = await site.visitAs('prep_cook', '/work', AT_NIGHT);
    const { page } = visit;
    await page.getByRole('button', { name: 'Clock out' }).click();
    await page.getByRole('button', { name: 'Clock in' }).click();

    await said(page, /You have no shift now\. The next one begins .*; you can clock in from/);
    await expectFit(visit, 'no shift');
    expect(await page.getByRole('button', { name: 'Clock in' }).count()).toBe(1);
  });

  test('wants to know the place only where the restaurant does', async () => {
    const { clock, version } = await manager.restaurants.show.query();
    const far = { latitude: 44.4056, longitude: 8.9463, withinMeters: 100 };
    await manager.restaurants.update.mutate({ expectedVersion: version, clock: { site: far } });
    await using visit = await site.visitAs('sous_chef', '/work', PHONE);
    const { page, context } = visit;
    await page.getByRole('button', { name: 'Clock out' }).click();
    await page.getByRole('button', { name: 'Clock in' }).click();
    await said(page, /This restaurant wants to know where you are/);

    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 44.41, longitude: 8.9463 });
    await page.getByRole('button', { name: 'Clock in' }).click();
    await said(page, /^You are 489 m away\. Come within 100 m/);
    await expectFit(visit, 'too far');
    await context.setGeolocation({ latitude: 44.4057, longitude: 8.9463 });
    await page.getByRole('button', { name: 'Clock in' }).click();
    await said(page, /^At work since/);

    await manager.restaurants.update.mutate({ clock: { site: clock.site } });
    expect(visit.complaints).toEqual([]);
  });
});

describe('shifts and hours', () => {
  test('are there for two weeks, and a new one comes by itself', async () => {
    await using visit = await site.visitAs('employee', '/work/shifts', AT_NIGHT);
    const { page } = visit;
    await isLive(page);
    await said(page, /worked of/);
    await expectFit(visit, 'shifts');

    const startsAt = new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 9 * HOUR_MS);
    await manager.shifts.schedule.mutate({
      personId: await personOf('employee'),
      startsAt,
      endsAt: new Date(startsAt.getTime() + HOUR_MS / 2),
      note: 'Only the big party',
      publish: true,
    });

    await said(page, 'Only the big party');
    // Two weeks ago nobody of the demo worked, whatever day it is.
    await page.getByRole('button', { name: 'Week before' }).click();
    await page.getByRole('button', { name: 'Week before' }).click();
    await said(page, /worked of 0 min planned/);
    expect(visit.complaints).toEqual([]);
  });
});

describe('tasks', () => {
  test('are written down, done and removed; those of a manager only done', async () => {
    const assigneeId = await personOf('employee');
    await manager.tasks.create.mutate({ title: 'Count the spoons', assigneeId });
    await using visit = await site.visitAs('employee', '/work/tasks', PHONE);
    const { page } = visit;
    await said(page, 'From Manager');
    await page.getByLabel('What is to be done').fill('Sharpen the knives');
    await page.getByLabel('By when').fill('2030-01-01T10:00');
    await page.getByLabel('What is to be done').press('Enter');
    const own = page.getByRole('listitem').filter({ hasText: 'Sharpen the knives' });
    await own.getByText(/^Due .*10:00/).waitFor();
    await expectFit(visit, 'tasks');

    expect(await page.getByRole('button', { name: 'Remove Count the spoons' }).count()).toBe(0);
    await page.getByLabel('Count the spoons').click();
    await page.getByRole('listitem').filter({ hasText: 'spoons' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Remove Sharpen the knives' }).click();
    await own.waitFor({ state: 'hidden' });

    const { items } = await manager.tasks.list.query({ assigned: true });
    expect(items).toMatchObject([{ title: 'Count the spoons', completed: true }]);
  });

  test('keep their time, though nobody knows yet by which clock', async () => {
    await using visit = await site.visitAs('employee', '/work/tasks', PHONE);
    const { page } = visit;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/restaurants\.show/, async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    await page.getByLabel('What is to be done').fill('Order lemons');
    await page.getByLabel('By when').fill('2030-01-01T10:00');
    await page.getByLabel('What is to be done').press('Enter');
    await page
      .getByRole('button', { name: 'Write it down' })
      .and(page.locator('[aria-busy=true]'))
      .waitFor();
    release();

    const own = page.getByRole('listitem').filter({ hasText: 'Order lemons' });
    await own.getByText(/^Due .*10:00/).waitFor();
    await page.getByRole('button', { name: 'Remove Order lemons' }).click();
    await own.waitFor({ state: 'hidden' });
    expect(visit.complaints).toEqual([]);
  });

  test('are given to somebody by whoever plans', async () => {
    await using visit = await site.visitAs('manager', '/work/tasks');
    const { page } = visit;
    await page.getByLabel('What is to be done').fill('Water the lemons');
    await page.getByLabel('For', { exact: true }).selectOption({ label: 'Waiter (Waiter)' });
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByLabel('Show').selectOption('Given to others');

    await said(page, 'For waiter');
    await expectFit(visit, 'tasks given');
    const waiter = await site.client('waiter');
    const { items } = await waiter.tasks.list.query({});
    expect(items).toMatchObject([{ title: 'Water the lemons', assignedBy: 'Manager' }]);
  });
});

async function cooks({ id: orderId }: Pick<OrderView, 'id'>): Promise<void> {
  const { items } = await manager.orders.show.query({ orderId });
  for (const { id } of items.filter(({ state }) => state === 'queued')) {
    await manager.kitchen.finishItem.mutate({ orderItemId: id });
  }
  const { version: expectedVersion } = await manager.orders.show.query({ orderId });
  await manager.orders.advance.mutate({ orderId, expectedVersion, to: 'ready' });
}

describe('a waiter', () => {
  test('takes an order at a table, brings it, and is paid', async () => {
    await using visit = await site.visitAs('waiter', '/work/floor', PHONE);
    const { page } = visit;
    await page.getByRole('link', { name: /^Table 1 .*New/ }).waitFor();
    await isLive(page);
    await expectFit(visit, 'tables');

    await page.getByRole('link', { name: /^Table 8/ }).click();
    await page.getByRole('link', { name: 'Take an order' }).click();
    await page.getByLabel('Find a dish').fill('carb');
    await page.getByRole('button', { name: 'Add Carbonara' }).click();
    await page.getByLabel('Rigatoni').check();
    await page.getByLabel('A note for the kitchen').fill('No pepper');
    await expectFit(visit, 'how guests want it');
    await page.getByRole('button', { name: 'Add to the order' }).click();
    await page.getByRole('button', { name: 'One Carbonara more' }).click();
    await expectFit(visit, 'order so far');
    // A phone throws pages away that nobody looks at.
    await page.reload();
    await page.getByText('Rigatoni, No pepper').waitFor();
    await page.getByRole('button', { name: /^Send to the kitchen/ }).click();

    await page.getByRole('heading', { name: 'Table 8' }).waitFor();
    const order = page.getByRole('article');
    await order.getByText('“No pepper”').waitFor();
    await order.getByRole('button', { name: 'Confirm' }).click();
    await order.getByText('Confirmed', { exact: true }).waitFor();
    const { items } = await manager.orders.list.query({ limit: 1 });
    const [taken] = items;
    if (!taken) throw new Error('Nothing was taken.');
    await cooks(taken);
    await order.getByRole('button', { name: 'Served' }).click();
    await order.getByRole('button', { name: 'Take the payment' }).click();
    await expectFit(visit, 'payment');
    await page.getByRole('button', { name: 'Card' }).click();
    await order.getByText('Paid', { exact: true }).waitFor();
    await expectFit(visit, 'table paid');
    await order.getByRole('button', { name: 'Completed' }).click();

    await said(page, 'Nothing ordered at this table.');
    const done = await manager.orders.show.query({ orderId: taken.id });
    expect(done).toMatchObject({ state: 'completed', payment: 'paid', tableName: '8', units: 2 });
  });

  test('adds a round, and hears of what others do', async () => {
    const waiter = await site.client('waiter');
    const { items: tables } = await waiter.tables.list.query({});
    const tableId = tables.find(({ name }) => name === '9')?.id ?? '';
    const { items } = await waiter.menu.list.query({ search: 'Chinotto', limit: 1 });
    const lines = [{ itemId: items[0]?.id ?? '' }];
    await using visit = await site.visitAs('waiter', `/work/floor/table/${tableId}`, AT_NIGHT);
    const { page } = visit;
    await isLive(page);

    const { number } = await waiter.orders.take.mutate({ tableId, lines });
    await page.getByRole('heading', { name: `Order ${number}` }).waitFor();
    await page.getByRole('link', { name: 'Another round' }).click();
    await page.getByLabel('Find a dish').fill('bruschetta');
    await page.getByRole('button', { name: /^Bruschetta .* with a note$/ }).click();
    await page.getByLabel('A note for the kitchen').fill('No garlic');
    await page.getByRole('button', { name: 'Add to the order' }).click();
    await page.getByRole('button', { name: /^Send to the kitchen/ }).click();

    await page.getByRole('article').getByText('“No garlic”').waitFor();
    await expectFit(visit, 'another round');
    const { items: orders } = await manager.orders.list.query({ tableId });
    expect(orders).toMatchObject([{ number, units: 2 }]);
  });

  test('sends an order once, though no answer comes and the button is pressed again', async () => {
    const { items: tables } = await manager.tables.list.query({});
    const tableId = tables.find(({ name }) => name === '11')?.id ?? '';
    await using visit = await site.visitAs('waiter', `/work/floor/table/${tableId}/take`, PHONE);
    const { page } = visit;
    let isLost = true;
    await page.route('**/trpc/orders.take*', async (route) => {
      const response = await route.fetch();
      await (isLost ? route.abort() : route.fulfill({ response }));
    });

    await page.getByRole('button', { name: 'Add Chinotto', exact: true }).click();
    await page.getByRole('button', { name: /^Send to the kitchen/ }).click();
    await said(page, /^The restaurant cannot be reached/);
    isLost = false;
    await page.getByRole('button', { name: /^Send to the kitchen/ }).click();
    await page.getByRole('heading', { name: 'Table 11' }).waitFor();

    const { items } = await manager.orders.list.query({ tableId });
    expect(items).toHaveLength(1);
  });

  test('who is not clocked in is led to the clock', async () => {
    await using visit = await site.visitAs('waiter', '/work', PHONE);
    const { page } = visit;
    await page.getByRole('button', { name: 'Clock out' }).click();
    await said(page, 'You are not at work.');
    await page.getByRole('link', { name: 'Tables and orders' }).click();
    await said(page, 'You are not clocked in.');
    await expectFit(visit, 'tables off shift');

    await page.getByRole('link', { name: 'To the clock' }).click();
    await page.getByRole('button', { name: 'Clock in' }).click();
    await said(page, /^At work since/);
    await page.getByRole('link', { name: 'Tables and orders' }).click();

    await page.getByRole('link', { name: /^Table 12/ }).waitFor();
    expect(await page.getByText('You are not clocked in.').count()).toBe(0);
  });
});

describe('the delivery crew', () => {
  test('takes a delivery, rides, and hands it over', async () => {
    await using visit = await site.visitAs('delivery_crew', '/work/deliveries', AT_NIGHT);
    const { page } = visit;
    await isLive(page);
    const take = page.getByRole('button', { name: /^Take it/ }).first();
    const name = (await take.getAttribute('aria-label')) ?? '';
    const number = Number(/\d+/.exec(name)?.[0]);
    await expectFit(visit, 'deliveries');

    await take.click();
    const order = page.getByRole('article', { name: `Order ${number}` });
    await order.getByText('Via Garibaldi 7').waitFor();
    await order.getByRole('button', { name: 'Out for delivery' }).click();
    await order.getByText('On the road').waitFor();
    await expectFit(visit, 'on the road');
    await order.getByRole('button', { name: 'Bring it back' }).click();
    await page.getByLabel('Why').fill('Nobody opens.');
    await expectFit(visit, 'bring it back');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Yes' }).click();
    // Back at the counter it is anybody's again.
    await take.click();
    await order.getByRole('button', { name: 'Out for delivery' }).click();
    await order.getByRole('button', { name: 'Delivered' }).click();
    await order.waitFor({ state: 'hidden' });

    const { items } = await manager.orders.list.query({ search: `${number}`, type: 'delivery' });
    expect(items.find((one) => one.number === number)).toMatchObject({ state: 'completed' });
  });
});
