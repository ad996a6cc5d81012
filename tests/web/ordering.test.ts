import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCart, openShop, type Shop, PATIENTLY } from './ordering.ts';
import { barriers, shot, sticksOut, type Visit } from './site.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const LOOKS = [
  ['wide and light', {}],
  ['wide and dark', { dark: true }],
  ['narrow and light', { narrow: true }],
  ['narrow and dark', { narrow: true, dark: true }],
] as const;

async function expectFit({ page, complaints }: Visit, name: string): Promise<void> {
  await shot(page, name);
  expect(await barriers(page)).toEqual([]);
  expect(await sticksOut(page)).toBe(false);
  expect(complaints).toEqual([]);
}

describe('from the menu to an order', () => {
  test.each(LOOKS)('a guest gets there, %s', async (look, how) => {
    await using visit = await shop.site.visit('/', how);
    const { page } = visit;
    const guest = `Ada ${look}`;
    await page.getByRole('link', { name: 'Burrata' }).waitFor();
    await expectFit(visit, `menu ${look}`);

    await page.getByRole('link', { name: 'Carbonara' }).click();
    const sheet = page.getByRole('dialog', { name: 'Carbonara' });
    await sheet.getByRole('button', { name: 'Add to cart' }).click();
    await sheet.getByText('Choose 1 first.').waitFor();
    await expectFit(visit, `dish ${look}`);
    await sheet.getByLabel('Rigatoni').check();
    await sheet.getByLabel('Guanciale').check();
    await sheet.getByLabel('A note for the kitchen').fill('Little pepper');
    await sheet.getByRole('button', { name: 'One more: Carbonara' }).click();
    await sheet.getByRole('button', { name: 'Add to cart €34.00' }).click();
    await sheet.waitFor({ state: 'hidden' });
    await openCart(page);
    await page.getByText('Rigatoni, Guanciale').waitFor();
    await expectFit(visit, `cart ${look}`);

    await page.getByRole('button', { name: 'Go to checkout' }).click();
    await page.getByLabel('Delivery').check();
    await page.getByLabel('Your name').fill(guest);
    await page.getByLabel('Address').fill('Via del Campo 5');
    await page.getByLabel('Telephone').fill('+39 010 555');
    await page.getByLabel('10 % · €3.40').check();
    await expectFit(visit, `checkout ${look}`);
    await page.getByRole('button', { name: 'Place order €37.40' }).click();
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
    await page.getByText(/The restaurant has your order: number \d+\./).waitFor();

    const orders = (await shop.orders()).filter(({ customerName }) => customerName === guest);
    expect(orders).toMatchObject([{ total: 3_740 }]);
    expect(visit.complaints).toEqual([]);
  });
});

/** Presses a key until the focus is on what is called so. */
async function keyTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const focused = `(() => {
    const { activeElement: at } = document;
    return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
  })()`;
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press(key);
    if (name.test(String(await page.evaluate(focused)))) return;
  }
  throw new Error(`${name} is not reached by ${key}.`);
}

describe('by the keyboard alone', () => {
  test('somebody orders, and never loses their place', async () => {
    await using visit = await shop.site.visit('/');
    const { page } = visit;
    await page.getByRole('link', { name: 'Burrata' }).waitFor();
    await keyTo(page, /^Carbonara$/);
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Carbonara' });
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await expect
      .poll(() => page.evaluate('document.activeElement.textContent'), PATIENTLY)
      .toBe('Carbonara');

    await page.keyboard.press('Enter');
    await sheet.waitFor();
    await keyTo(page, /^Add to cart/);
    await page.keyboard.press('Enter');
    // Nothing was chosen: the focus is on the question.
    await expect.poll(() => page.evaluate('document.activeElement.type'), PATIENTLY).toBe('radio');
    await page.keyboard.press('Space');
    await keyTo(page, /^Add to cart/);
    await page.keyboard.press('Enter');
    await sheet.waitFor({ state: 'hidden' });
    await expect
      .poll(() => page.evaluate('document.activeElement.textContent'), PATIENTLY)
      .toBe('Carbonara');

    await keyTo(page, /^View cart/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect
      .poll(() => page.evaluate('document.activeElement.textContent'), PATIENTLY)
      .toMatch(/^View cart/);
    await page.keyboard.press('Enter');
    await keyTo(page, /^One more: Carbonara$/);
    await page.keyboard.press('Enter');
    await keyTo(page, /^Go to checkout$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Checkout' }).waitFor();
    await keyTo(page, /^Your name$/);
    await page.keyboard.type('Keys');
    await keyTo(page, /^Place order/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);

    const orders = (await shop.orders()).filter(({ customerName }) => customerName === 'Keys');
    expect(orders).toMatchObject([{ total: 2_900 }]);
    expect(visit.complaints).toEqual([]);
  });
});
