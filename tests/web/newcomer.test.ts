import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putIn, toCheckout } from './ordering.ts';
import { barriers, openSite, shot, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site[Symbol.asyncDispose]());

/** The number of the order that a page is about. */
async function numberOn(page: Page): Promise<string> {
  const heading = page.getByRole('heading', { name: /^Order \d+$/ });
  return ((await heading.textContent()) ?? '').replace('Order ', '');
}

test('the five minutes of the README: ordered, cooked, handed over and gone home', async () => {
  // 1. Order, as a guest whom nobody knows and with the budgets of one.
  await using guest = await site.visit('/', { narrow: true });
  const { page } = guest;
  await putIn(page, 'Burrata');
  await shot(page, 'menu');
  await toCheckout(page, 'Ada');
  await page.getByRole('button', { name: /^Place order/ }).click();
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
  const number = await numberOn(page);
  await shot(page, 'order');

  // 2. Cook it.
  await using cook = await site.visitAs('chef', '/kitchen');
  const ticket = cook.page.getByRole('article', { name: `Order ${number},` });
  await ticket.waitFor();
  await shot(cook.page, 'kitchen');
  await ticket.getByRole('button', { name: 'Burrata' }).click();
  await ticket.getByRole('button', { name: 'All done: ready' }).click();
  await page.getByText('Ready to pick up').first().waitFor();

  // 3. Hand it over.
  await using manager = await site.visitAs('manager', '/office/orders');
  await manager.page.getByRole('link', { name: `#${number}`, exact: true }).click();
  const sheet = manager.page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Record a payment' }).click();
  await sheet.getByRole('button', { name: /^Paid / }).click();
  await sheet.getByRole('button', { name: 'Complete' }).click();
  await page.getByText('Picked up').first().waitFor();

  // 4. Go home.
  await cook.page.getByRole('link', { name: 'My work' }).click();
  await cook.page.getByRole('button', { name: 'Clock out' }).click();
  await cook.page.getByRole('button', { name: 'Clock in' }).waitFor();

  const { items } = await (
    await site.client('manager')
  ).orders.list.query({ sort: 'newest', limit: 1 });
  expect(items).toMatchObject([{ number: Number(number), state: 'completed', payment: 'paid' }]);
  expect([...guest.complaints, ...cook.complaints, ...manager.complaints]).toEqual([]);
});

test.each([
  ['/office/today', 'today'],
  ['/office/shifts', 'shifts'],
  ['/office/menu', 'office'],
])('the pictures of the README: %s', async (path, name) => {
  await using visit = await site.visitAs('manager', path);
  await visit.page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });

  await shot(visit.page, name);

  expect(await barriers(visit.page)).toEqual([]);
  expect(visit.complaints).toEqual([]);
});
