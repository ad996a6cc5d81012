import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, putIn, type Shop, toCheckout } from './ordering.ts';
import { barriers, shot, sticksOut } from './site.ts';

const PLACING = /\/trpc\/orders\.place/;
const IN_DOUBT = 'We do not know yet whether the restaurant got your order.';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

async function fill(page: Page, guest: string): Promise<void> {
  await putIn(page, 'Burrata');
  await toCheckout(page, guest);
}

/** The service gets every order, and no answer comes back. */
async function loseAnswers(page: Page | BrowserContext): Promise<() => Promise<void>> {
  await page.route(PLACING, async (route) => {
    await route.fetch();
    await route.abort();
  });
  return () => page.unrouteAll({ behavior: 'wait' });
}

async function expectOne(page: Page, guest: string): Promise<void> {
  await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
  const orders = (await shop.orders()).filter(({ customerName }) => customerName === guest);
  expect(orders.map(({ id }) => `${shop.site.server.url}/orders/${id}`)).toEqual([page.url()]);
}

describe('an order is placed once', () => {
  test('however quickly the button is pressed twice', async () => {
    await using visit = await shop.site.visit('/');
    const { page } = visit;
    await fill(page, 'Twice');
    const sent: string[] = [];
    // Calls of one moment travel together: each is named in the address.
    page.on('request', (request) => sent.push(...(request.url().match(/orders\.place/g) ?? [])));

    await page.getByRole('button', { name: 'Place order' }).waitFor();
    // In one go: nothing on the page can change between the two.
    await page.evaluate(`(() => {
      const button = document.querySelector('.checkout-bill [type=submit]');
      button.click();
      button.click();
    })()`);

    await expectOne(page, 'Twice');
    expect(sent).toEqual(['orders.place']);
    expect(visit.complaints).toEqual([]);
  });

  test('though its answer is lost: the page says so, and asks again by itself', async () => {
    await using visit = await shop.site.visit('/', { narrow: true });
    const { page } = visit;
    await fill(page, 'Lost');
    const find = await loseAnswers(page);

    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText(IN_DOUBT).waitFor();
    await shot(page, 'in doubt narrow');
    expect(await barriers(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(false);
    await find();

    await page.getByText('It was ordered once.').waitFor();
    await expectOne(page, 'Lost');
    expect(visit.complaints).toEqual([]);
  });

  test('though the page is loaded again in the middle', async () => {
    await using visit = await shop.site.visit('/', { dark: true });
    const { page, context } = visit;
    await fill(page, 'Again');
    const find = await loseAnswers(context);
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText(IN_DOUBT).waitFor();

    await page.reload();
    await page.getByText(IN_DOUBT).waitFor();
    expect(await barriers(page)).toEqual([]);
    await shot(page, 'in doubt dark');
    await page.getByRole('link', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Your order: no answer yet' }).click();
    await find();

    await expectOne(page, 'Again');
  });

  test('though it was loaded again before any answer could come', async () => {
    await using visit = await shop.site.visit('/');
    const { page } = visit;
    await fill(page, 'Early');
    const got = Promise.withResolvers<void>();
    let isFirst = true;
    await page.route(PLACING, async (route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      await route.fetch();
      // This one is never answered.
      return got.resolve();
    });
    await page.getByRole('button', { name: 'Place order' }).click();
    await got.promise;
    await page.reload();

    await page.getByText('It was ordered once.').waitFor();
    await expectOne(page, 'Early');
    expect(visit.complaints).toEqual([]);
  });

  test('when the network is back', async () => {
    await using visit = await shop.site.visit('/');
    const { page, context } = visit;
    await fill(page, 'Offline');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText('You are offline.').waitFor();
    await page.getByText(IN_DOUBT).waitFor();
    expect(await shop.orders()).not.toContainEqual(
      expect.objectContaining({ customerName: 'Offline' }),
    );

    await context.setOffline(false);

    await expectOne(page, 'Offline');
    expect(visit.complaints).toEqual([]);
  });

  test('though its guest signs in before an answer comes', async () => {
    await using visit = await shop.site.visit('/');
    const { page, context } = visit;
    await fill(page, 'Signed');
    const find = await loseAnswers(context);
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText(IN_DOUBT).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Name, e-mail or phone').fill('customer');
    await page.getByLabel('Password').fill(shop.site.server.passwords['customer'] ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${shop.site.server.url}/`);
    await find();

    await page.getByRole('link', { name: 'Your order: no answer yet' }).click();
    await page.getByText('it is among your orders now').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'I know what became of it' }).click();
    await page.getByText('There is nothing in your cart.').waitFor();

    const orders = (await shop.orders()).filter(({ customerName }) => customerName === 'Signed');
    expect(orders).toHaveLength(1);
    expect(visit.complaints).toEqual([]);
  });
});
