import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCart, openShop, putIn, type Shop, PATIENTLY } from './ordering.ts';
import { barriers, shot, sticksOut } from './site.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

const cartOn = (page: Page) => page.getByRole('dialog', { name: 'Your cart' });
const onward = (page: Page) => cartOn(page).getByRole('button', { name: 'Go to checkout' });

describe('the cart', () => {
  test('survives a reload and a sign-in', async () => {
    await using visit = await shop.site.visit('/', { narrow: true });
    const { page } = visit;
    await putIn(page, 'Burrata');
    await page.reload();
    await page.getByRole('link', { name: 'View cart 1 €12.50' }).waitFor();

    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Name, e-mail or phone').fill('customer');
    await page.getByLabel('Password').fill(shop.site.server.passwords['customer'] ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'View cart 1 €12.50' }).click();
    await cartOn(page).getByRole('heading', { name: 'Burrata' }).waitFor();
    expect(await page.evaluate('localStorage.getItem("comanda.guest")')).toBe(null);
    await cartOn(page).getByRole('button', { name: 'Remove Burrata' }).click();
    await page.getByText('There is nothing in your cart yet.').waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('many presses are one change, and what was taken out can be put back', async () => {
    await using visit = await shop.site.visit('/');
    const { page } = visit;
    await putIn(page, 'Caponata');
    await openCart(page);
    let changes = 0;
    page.on('request', (request) => {
      if (request.url().includes('/trpc/cart.setQuantity')) changes += 1;
    });
    const more = cartOn(page).getByRole('button', { name: 'One more: Caponata' });
    for (let press = 0; press < 4; press += 1) await more.click();
    await cartOn(page).getByText('€45.00').first().waitFor();
    await expect.poll(() => cartOn(page).getByText('€45.00').count(), PATIENTLY).toBe(2);
    expect(changes).toBe(1);

    await cartOn(page).getByRole('button', { name: 'Remove Caponata' }).click();
    await cartOn(page).getByText('Caponata is out of the cart.').waitFor();
    await expect
      .poll(() => page.evaluate('document.activeElement.textContent'), PATIENTLY)
      .toBe('Undo');
    await page.keyboard.press('Enter');
    await cartOn(page).getByRole('heading', { name: 'Caponata' }).waitFor();
    await expect.poll(() => cartOn(page).getByText('€45.00').count(), PATIENTLY).toBe(2);
    expect(visit.complaints).toEqual([]);
  });

  test('says what has run out, and lets it be mended there', async () => {
    const caponata = await shop.dish('Caponata');
    const tagliere = await shop.dish('Tagliere');
    await using visit = await shop.site.visit('/', { narrow: true, dark: true });
    const { page } = visit;
    await putIn(page, 'Caponata');
    await putIn(page, 'Tagliere');
    await putIn(page, 'Tagliere');
    await putIn(page, 'Tagliere');
    const away = { itemId: caponata.id, available: false };
    await shop.manager.menu.items.setAvailability.mutate(away);
    await shop.manager.menu.items.setStock.mutate({ itemId: tagliere.id, mode: 'count', left: 2 });
    await openCart(page);

    await cartOn(page).getByText('Sold out. Remove it to go on.').waitFor();
    await cartOn(page).getByText('Only 2 left. Take fewer, or remove it.').waitFor();
    expect(await onward(page).getAttribute('aria-disabled')).toBe('true');
    await shot(page, 'cart sold out narrow dark');
    expect(await barriers(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(false);
    await cartOn(page).getByRole('button', { name: 'Take 2' }).click();
    await cartOn(page).getByRole('button', { name: 'Remove Caponata' }).click();
    await expect.poll(() => onward(page).getAttribute('aria-disabled'), PATIENTLY).toBe('false');

    await shop.manager.menu.items.setAvailability.mutate({ ...away, available: true });
    await shop.manager.menu.items.setStock.mutate({ itemId: tagliere.id, mode: 'none' });
    expect(visit.complaints).toEqual([]);
  });

  test('tells a new price, and takes a yes to it', async () => {
    const { id: itemId, price } = await shop.dish('Marinara');
    await using visit = await shop.site.visit('/');
    const { page } = visit;
    await putIn(page, 'Marinara', ['Classic']);
    await shop.manager.menu.items.update.mutate({ itemId, price: price + 150 });
    await openCart(page);
    await cartOn(page).getByText('Costs €9.50 now; it was €8.00.').waitFor();
    await shot(page, 'cart price wide');
    await cartOn(page).getByRole('button', { name: 'Fine, €9.50' }).click();
    await cartOn(page)
      .getByText(/it was €8.00/)
      .waitFor({ state: 'hidden' });
    expect(visit.complaints).toEqual([]);
    await shop.manager.menu.items.update.mutate({ itemId, price });
  });

  test('lets options be chosen again that cannot be had any more', async () => {
    const { id: itemId, options } = await shop.dish('Diavola');
    const [base] = options;
    const wholemeal = base?.options.find(({ name }) => name === 'Wholemeal')?.id;
    if (wholemeal === undefined) throw new Error('There is no such pizza.');
    const option = { itemId, optionId: wholemeal };
    await using visit = await shop.site.visit('/');
    const { page } = visit;
    await putIn(page, 'Diavola', ['Wholemeal', 'Rocket']);
    await shop.manager.menu.items.setAvailability.mutate({ ...option, available: false });
    await openCart(page);
    await cartOn(page).getByRole('button', { name: 'Choose again' }).click();

    const sheet = page.getByRole('dialog', { name: 'Diavola' });
    await expect.poll(() => sheet.getByLabel('Rocket').isChecked(), PATIENTLY).toBe(true);
    await sheet.getByLabel('Classic').check();
    await sheet.getByRole('button', { name: 'Change' }).click();
    await cartOn(page).getByText('Classic, Rocket').waitFor();
    expect(await cartOn(page).getByRole('heading', { name: 'Diavola' }).count()).toBe(1);
    await page.goBack();
    await cartOn(page).waitFor({ state: 'hidden' });
    await shop.manager.menu.items.setAvailability.mutate({ ...option, available: true });
    expect(visit.complaints).toEqual([]);
  });

  test('a dish says why it does not go in', async () => {
    const { id: itemId, options } = await shop.dish('Margherita');
    const [base] = options;
    const classic = base?.options.find(({ name }) => name === 'Classic')?.id;
    if (classic === undefined) throw new Error('There is no such pizza.');
    await using visit = await shop.site.visitAs('customer', '/');
    const { page } = visit;
    const customer = await shop.site.client('customer');
    const { id: burrata } = await shop.dish('Burrata');
    await customer.cart.add.mutate({ itemId: burrata, quantity: 99 });

    await page.getByRole('link', { name: 'Burrata' }).click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText('100 with what is in your cart already; 99 is the most.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Margherita' }).click();
    await page.getByRole('dialog').getByLabel('Classic').check();
    const gone = { itemId, optionId: classic };
    await shop.manager.menu.items.setAvailability.mutate({ ...gone, available: false });
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText('This cannot be had so any more: Classic. Choose again.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await shot(page, 'dish refused wide');
    await page.getByRole('dialog').getByLabel('Wholemeal').check();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await shop.manager.menu.items.setAvailability.mutate({ ...gone, available: true });
    await customer.cart.clear.mutate({});
  });
});
