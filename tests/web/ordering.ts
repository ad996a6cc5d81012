import type { Client, ItemView } from '@comanda/client';
import type { Page } from 'playwright-core';
import { openSite, type Site } from './site.ts';

/** Longer than anything takes on a busy machine. */
export const PATIENTLY = { timeout: 20_000 };

/** The demo restaurant with somebody behind the counter. */
export interface Shop extends AsyncDisposable {
  site: Site;
  manager: Client;
  dish(name: string): Promise<ItemView>;
  /** The orders that were placed since the shop was opened, oldest first. */
  orders(): Promise<{ id: string; customerName: string; total: number }[]>;
}

export async function openShop(): Promise<Shop> {
  const site = await openSite();
  const [manager, admin] = await Promise.all([site.client('manager'), site.client('admin')]);
  // All visitors of a test come from one address, and one test is many visitors.
  await admin.quotas.set.mutate({ role: 'anonymous', reads: ['9000/min'], writes: ['900/min'] });
  const from = new Date();
  return {
    site,
    manager,
    dish: async (name) => {
      const { items } = await manager.menu.list.query({ search: name });
      const [dish] = items;
      if (!dish) throw new Error(`${name} is not on the menu.`);
      return dish;
    },
    orders: async () => {
      const { items } = await manager.orders.list.query({ from, sort: 'oldest', limit: 100 });
      return items;
    },
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
}

/** Opens a dish from the menu, and puts it into the cart as it comes. */
export async function putIn(page: Page, dish: string, options: string[] = []): Promise<void> {
  await page.getByRole('link', { name: dish, exact: true }).click();
  const sheet = page.getByRole('dialog', { name: dish });
  for (const option of options) await sheet.getByLabel(option).check();
  await sheet.getByRole('button', { name: 'Add to cart' }).click();
  await sheet.waitFor({ state: 'hidden' });
}

export async function openCart(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^View cart/ }).click();
  await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
}

/** From the cart to the checkout, filled in for somebody who fetches their food. */
export async function toCheckout(page: Page, name: string): Promise<void> {
  await openCart(page);
  await page.getByRole('button', { name: 'Go to checkout' }).click();
  await page.getByLabel('Pick up').check();
  await page.getByLabel('Your name').fill(name);
}
