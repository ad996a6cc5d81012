import { type Client, createClient, type OrderView } from '@comanda/client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, openSite, shot, type Site, sticksOut, type Visit } from './site.ts';

let site: Site;
let manager: Client;
let customer: Client;
beforeAll(async () => {
  site = await openSite();
  const admin = await site.client('admin');
  // All visits come from one address and one customer, and are many more than those of one evening.
  for (const role of ['anonymous', 'customer'] as const) {
    await admin.quotas.set.mutate({ role, reads: ['9000/min'], writes: ['900/min'] });
  }
  [manager, customer] = await Promise.all([site.client('manager'), site.client('customer')]);
});
afterAll(() => site[Symbol.asyncDispose]());

const LOOKS = [
  ['wide and light', {}],
  ['narrow and light', { narrow: true }],
  ['narrow and dark', { narrow: true, dark: true }],
] as const;

async function expectFit({ page, complaints }: Visit, name: string): Promise<void> {
  await shot(page, name);
  // What the header covers while one scrolls is no small target.
  await page.evaluate('window.scrollTo(0, 0)');
  expect(await barriers(page)).toEqual([]);
  expect(await sticksOut(page)).toBe(false);
  expect(complaints).toEqual([]);
}

async function fillCart(client: Client, search: string): Promise<number> {
  const { items } = await client.menu.list.query({ search, limit: 1 });
  const itemId = items[0]?.id ?? '';
  return (await client.cart.add.mutate({ itemId, quantity: 2 })).version;
}

async function placed(client: Client, dish = 'Tirami'): Promise<OrderView> {
  const cartVersion = await fillCart(client, dish);
  const customerName = 'Ada';
  return client.orders.place.mutate({ type: 'pickup', cartVersion, customerName });
}

/** As a browser tells a page that its tab came to the front, or left it. */
async function turns(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate(
    `Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
     document.dispatchEvent(new Event('visibilitychange'));`,
  );
}

async function moves(orderId: string, to: 'confirmed' | 'ready' | 'completed'): Promise<void> {
  const { version: expectedVersion } = await manager.orders.show.query({ orderId });
  await manager.orders.advance.mutate({ orderId, expectedVersion, to });
}

async function cooks({ id: orderId }: OrderView): Promise<void> {
  const { items } = await manager.orders.show.query({ orderId });
  for (const { id } of items.filter(({ state }) => state === 'queued')) {
    await manager.kitchen.finishItem.mutate({ orderItemId: id });
  }
}

async function pays({ id: orderId }: OrderView): Promise<void> {
  const { version: expectedVersion } = await manager.orders.show.query({ orderId });
  await manager.orders.recordPayment.mutate({ orderId, expectedVersion, method: 'card' });
}

const isNow = (page: Page, step: string) =>
  page.locator('[aria-current=step]').filter({ hasText: step }).waitFor();
const isLive = (page: Page) => page.getByText('Live', { exact: true }).waitFor();

describe('an order', () => {
  test.each(LOOKS)('is found in the list, and looks well, %s', async (look, how) => {
    const { number } = await placed(customer);
    await using visit = await site.visitAs('customer', '/orders', how);
    const { page } = visit;
    await isLive(page);
    await expectFit(visit, `orders ${look}`);

    await page.getByRole('link', { name: `Order ${number}` }).click();
    await isNow(page, 'Placed');
    await isLive(page);
    await expectFit(visit, `order ${look}`);
    expect(page.url()).toMatch(/\/orders\/[0-9a-f-]{36}$/);
  });

  test('is followed from the counter to the hand, without loading the page again', async () => {
    const order = await placed(customer, 'Bruschetta');
    await using visit = await site.visitAs('customer', `/orders/${order.id}`);
    const { page, complaints } = visit;
    await isLive(page);
    await page.evaluate('window.isSamePage = true');

    await moves(order.id, 'confirmed');
    await isNow(page, 'Confirmed');
    await cooks(order);
    await isNow(page, 'Being prepared');
    await moves(order.id, 'ready');
    await isNow(page, 'Ready to pick up');
    await pays(order);
    await page.getByText('Paid', { exact: true }).waitFor();
    await moves(order.id, 'completed');
    await isNow(page, 'Picked up');
    await page.getByText('All that happened').click();
    await shot(page, 'order over');

    expect(await page.evaluate('window.isSamePage')).toBe(true);
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('that moves while the phone is offline is right again afterwards', async () => {
    const order = await placed(customer, 'Bruschetta');
    await using visit = await site.visitAs('customer', `/orders/${order.id}`, { narrow: true });
    const { page, context } = visit;
    await isLive(page);

    await context.setOffline(true);
    await page.getByText('Offline', { exact: true }).waitFor();
    await expectFit(visit, 'order offline');
    await moves(order.id, 'confirmed');
    await cooks(order);
    await moves(order.id, 'ready');
    await context.setOffline(false);

    await isNow(page, 'Ready to pick up');
    await isLive(page);
    await page.getByText('All that happened').click();
    for (const step of ['Placed', 'Confirmed', 'Being prepared', 'Ready to pick up']) {
      await page.locator('.orders-history').getByText(step).first().waitFor();
    }
    expect(visit.complaints).toEqual([]);
  });

  test('in a tab that nobody looks at holds no line, and is right again for whoever does', async () => {
    const order = await placed(customer, 'Bruschetta');
    await using visit = await site.visitAs('customer', `/orders/${order.id}`);
    const { page } = visit;
    await isLive(page);
    await page.clock.install();

    const closed = page.waitForEvent('requestfailed', (one) => one.url().includes('orders.watch'));
    await turns(page, 'hidden');
    await page.clock.fastForward(31_000);
    await closed;
    await moves(order.id, 'confirmed');
    await cooks(order);
    await turns(page, 'visible');

    await isNow(page, 'Being prepared');
    await isLive(page);
    expect(visit.complaints).toEqual([]);
  });

  test('of a guest without an account is seen by them, and by nobody else', async () => {
    let token: string | undefined;
    const keeping = { read: () => token, write: (next: string | undefined) => void (token = next) };
    const guest = createClient({ url: site.server.url, guest: keeping });
    await guest.cart.open.mutate();
    const order = await placed(guest);
    await using own = await site.visit('/');
    await own.page.evaluate(`localStorage.setItem('comanda.guest', ${JSON.stringify(token)})`);

    await own.page.goto(`${site.server.url}/orders/${order.id}`);
    await isNow(own.page, 'Placed');
    await own.page.getByText('To cancel it, call').waitFor();
    await isLive(own.page);
    await moves(order.id, 'confirmed');
    await isNow(own.page, 'Confirmed');
    await using other = await site.visit(`/orders/${order.id}`);
    await other.page.getByRole('heading', { name: 'No such order' }).waitFor();

    await expectFit(other, 'order of somebody else');
    expect(own.complaints).toEqual([]);
  });

  test('is called off by keyboard alone', async () => {
    const order = await placed(customer);
    await using visit = await site.visitAs('customer', `/orders/${order.id}`);
    const { page } = visit;
    await page.getByRole('button', { name: 'Cancel the order' }).press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await expectFit(visit, 'order to be cancelled');

    await page.getByLabel('Why, if you like').fill('The bus is late.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Cancelled: The bus is late.').waitFor();

    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
    expect(await customer.orders.show.query({ orderId: order.id })).toMatchObject({
      state: 'cancelled',
    });
  });

  test('that the kitchen has begun is not called off, and that is said', async () => {
    const order = await placed(customer, 'Bruschetta');
    await using visit = await site.visitAs('customer', '/orders');
    const { page } = visit;
    // Nothing tells this page that the order moves.
    await page.route('**/trpc/orders.watch*', (route) => route.abort());
    await page.getByRole('link', { name: `Order ${order.number}` }).click();
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    const ask = page.getByRole('alertdialog');
    await ask.waitFor();
    await cooks(order);

    await ask.getByRole('button', { name: 'Cancel it' }).click();
    await ask.getByText('The order moved on just now.').waitFor();
    await ask.getByRole('button', { name: 'Cancel it' }).click();
    await ask.getByText('It is too late for that here').waitFor();

    await expectFit(visit, 'too late to cancel');
    await ask.getByRole('button', { name: 'No' }).click();
    await page.getByRole('button', { name: 'Cancel the order' }).waitFor({ state: 'hidden' });
    expect(await customer.orders.show.query({ orderId: order.id })).toMatchObject({
      state: 'preparing',
    });
  });

  test('is ordered again in one press', async () => {
    const order = await placed(customer);
    await using visit = await site.visitAs('customer', `/orders/${order.id}`);
    const { page, complaints } = visit;
    await page.getByRole('button', { name: 'Order again' }).click();
    await page.waitForURL(/\/checkout$/);

    const { lines } = await customer.cart.show.query();
    await customer.cart.clear.mutate();
    expect(lines).toMatchObject([{ name: 'Tiramisù', quantity: 2 }]);
    expect(complaints).toEqual([]);
  });
});
