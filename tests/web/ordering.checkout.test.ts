import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCart, openShop, putIn, type Shop, toCheckout, PATIENTLY } from './ordering.ts';
import { barriers, shot } from './site.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const cartOn = (page: Page) => page.getByRole('dialog', { name: 'Your cart' });
const onward = (page: Page) => cartOn(page).getByRole('button', { name: 'Go to checkout' });

async function totalOf(guest: string): Promise<number[]> {
  const orders = (await shop.orders()).filter(({ customerName }) => customerName === guest);
  return orders.map(({ total }) => total);
}

describe('the checkout', () => {
  test('asks when the price has changed', async () => {
    const { id: itemId, price } = await shop.dish('Panna cotta');
    await using visit = await shop.site.visit('/', { narrow: true });
    const { page } = visit;
    await page.getByLabel('Search the menu').fill('panna');
    await putIn(page, 'Panna cotta');
    await toCheckout(page, 'Dear');
    await shop.manager.menu.items.update.mutate({ itemId, price: 800 });
    await page.getByRole('button', { name: 'Place order €6.50' }).click();

    await page.getByText('It costs €8.00 now; it was €6.50 a moment ago.').waitFor();
    expect(await totalOf('Dear')).toEqual([]);
    await shot(page, 'price changed narrow');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Order for €8.00' }).click();
    await page.waitForURL(/\/orders\//);
    expect(await totalOf('Dear')).toEqual([800]);
    await shop.manager.menu.items.update.mutate({ itemId, price });
  });

  test('leads back to the line that is sold out', async () => {
    const { id: itemId } = await shop.dish('Caponata');
    await using visit = await shop.site.visit('/');
    const { page } = visit;
    await putIn(page, 'Caponata');
    await putIn(page, 'Burrata');
    await toCheckout(page, 'Late');
    await shop.manager.menu.items.setAvailability.mutate({ itemId, available: false });
    await page.getByRole('button', { name: 'Place order' }).click();

    await cartOn(page).getByText('Sold out. Remove it to go on.').waitFor();
    await cartOn(page).getByRole('button', { name: 'Remove Caponata' }).click();
    await expect.poll(() => onward(page).getAttribute('aria-disabled'), PATIENTLY).toBe('false');
    await onward(page).click();
    await cartOn(page).waitFor({ state: 'hidden' });
    await page.getByText('Caponata is sold out. Nothing was ordered.').waitFor();
    await page.getByRole('button', { name: 'Place order €12.50' }).click();
    await page.waitForURL(/\/orders\//);
    expect(await totalOf('Late')).toEqual([1_250]);
    await shop.manager.menu.items.setAvailability.mutate({ itemId, available: true });
    expect(visit.complaints).toEqual([]);
  });

  test('orders what is seen, not what another window has made of it', async () => {
    await using visit = await shop.site.visit('/');
    const { page, context } = visit;
    await putIn(page, 'Burrata');
    await toCheckout(page, 'Windows');
    await using other = await context.newPage();
    await other.goto(`${shop.site.server.url}/`);
    await putIn(other, 'Caponata');
    await page.getByRole('button', { name: 'Place order €12.50' }).click();

    await page.getByText(/Your cart was changed in another window/).waitFor();
    await page.getByRole('button', { name: 'Place order €21.50' }).click();
    await page.waitForURL(/\/orders\//);
    expect(await totalOf('Windows')).toEqual([2_150]);
  });

  test('reckons tax, service and tip as the service does, and follows what is offered', async () => {
    const terms = { taxInclusive: false, serviceChargeBps: 1_250, deliveryFee: 250 };
    const { ordering } = await shop.manager.restaurants.update.mutate({ ordering: terms });
    await using visit = await shop.site.visit('/');
    const { page } = visit;
    await putIn(page, 'Carbonara', ['Spaghetti']);
    await page.getByLabel('Search the menu').fill('acqua');
    await putIn(page, 'Acqua frizzante');
    await toCheckout(page, 'Taxed');
    await page.getByLabel('Another amount').check();
    await page.getByLabel('Your tip, in EUR').fill('1,99');
    await page.getByLabel('Eat here').check();
    await page.getByLabel('Your table').fill('12');
    await shot(page, 'checkout taxed wide');
    const types = ['pickup', 'delivery'] as const;
    await shop.manager.restaurants.update.mutate({ ordering: { types: [...types] } });
    await page.getByRole('button', { name: /^Place order/ }).click();
    await page.getByText(/it does pick up and delivery\. Nothing was ordered/).waitFor();
    await shop.manager.restaurants.update.mutate({ ordering: { types: ordering.types } });
    await page.reload();
    // 17.50 of food, 2.19 for service, tax on both at 10 and 22 percent, and the tip.
    await page.getByRole('button', { name: 'Place order €24.05' }).click();
    await page.waitForURL(/\/orders\//);

    expect(await totalOf('Taxed')).toEqual([2_405]);
    const [order] = (await shop.orders()).filter(({ customerName }) => customerName === 'Taxed');
    const { instructions } = await shop.manager.orders.show.query({ orderId: order?.id ?? '' });
    expect(instructions).toBe('Table 12.');
    const before = { taxInclusive: true, serviceChargeBps: 0, deliveryFee: 0 };
    await shop.manager.restaurants.update.mutate({ ordering: before });
  });

  test('takes no order below the minimum, or while the house takes a break', async () => {
    await shop.manager.restaurants.update.mutate({ ordering: { minimum: 2_000 } });
    await shop.manager.restaurants.pause.mutate({ until: null, message: 'A wedding.' });
    await using visit = await shop.site.visit('/', { narrow: true });
    const { page } = visit;
    await putIn(page, 'Burrata');
    await openCart(page);
    await cartOn(page).getByText('€7.50 more, please').waitFor();
    await cartOn(page)
      .getByText(/No orders are taken right now/)
      .waitFor();
    expect(await onward(page).getAttribute('aria-disabled')).toBe('true');
    await page.goto(`${shop.site.server.url}/checkout`);
    const place = page.getByRole('button', { name: /^Place order/ });
    await place.waitFor();
    expect(await place.getAttribute('aria-disabled')).toBe('true');
    await shot(page, 'checkout closed narrow');
    expect(await barriers(page)).toEqual([]);
    await shop.manager.restaurants.resume.mutate({});
    await shop.manager.restaurants.update.mutate({ ordering: { minimum: 0 } });
  });
});
