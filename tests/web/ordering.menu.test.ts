import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, type Shop, PATIENTLY } from './ordering.ts';
import { barriers, shot, sticksOut } from './site.ts';

const SCRIPTS_AT_MOST = 150_000;
const SHIFT_AT_MOST = 0.1;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

function dishesOn(page: Page): Promise<string[]> {
  return page.getByRole('main').getByRole('heading', { level: 3 }).allTextContents();
}

/** Waits until the menu shows these dishes and no others. */
async function expectDishes(page: Page, ...names: string[]): Promise<void> {
  await expect.poll(() => dishesOn(page), PATIENTLY).toEqual(names);
}

describe('the menu', () => {
  test('is small to load, and nothing in it jumps on a slow line', async () => {
    await using visit = await shop.site.visit('/sign-in');
    const { context } = visit;
    await using page = await context.newPage();
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 400_000,
      uploadThroughput: 100_000,
    });
    await page.goto(`${shop.site.server.url}/`, { waitUntil: 'networkidle' });
    await page.getByRole('link', { name: 'Burrata' }).waitFor();

    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
    const shift = await page.evaluate(`new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) sum += value;
      }).observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => setTimeout(() => resolve(sum), 0));
    })`);

    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(SCRIPTS_AT_MOST);
    expect(shift).toBeLessThan(SHIFT_AT_MOST);
  });

  test('is searched while one types, and narrowed by filters', async () => {
    await using visit = await shop.site.visit('/', { narrow: true });
    const { page } = visit;
    const search = page.getByLabel('Search the menu');
    await search.fill('tirami');
    await expectDishes(page, 'Tiramisù');
    await search.fill('something else entirely');
    await page.getByText('Nothing on the menu is like that.').waitFor();
    await search.fill('pecorino');
    await expectDishes(page, 'Amatriciana', 'Cacio e pepe', 'Carbonara');

    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('egg').check();
    await expectDishes(page, 'Amatriciana', 'Cacio e pepe');
    await page.getByLabel('Costs at most').fill('13,50');
    await expectDishes(page, 'Cacio e pepe');
    await shot(page, 'filters narrow');
    expect(await barriers(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(false);
    await page.getByRole('button', { name: 'Take all filters off' }).click();
    await page.getByLabel('Favourites of the house').check();
    await expectDishes(page, 'Carbonara');
    await page.getByRole('button', { name: 'Take all filters off' }).click();
    await page.getByLabel('Sort').selectOption('Cheapest first');
    await expectDishes(page, 'Cacio e pepe', 'Amatriciana', 'Carbonara');
    expect(visit.complaints).toEqual([]);
  });

  test('reads on until the course is there that somebody goes to', async () => {
    await using visit = await shop.site.visit('/', { narrow: true });
    const { page } = visit;
    await page.getByRole('link', { name: 'Burrata' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Bevande' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Bevande' }).click();
    await page.getByRole('link', { name: 'Chinotto' }).waitFor();
    const isAtTop = `(() => {
      const { top } = document.activeElement.getBoundingClientRect();
      const { bottom } = document.querySelector('.menu-tabs').getBoundingClientRect();
      return document.activeElement.textContent + (top >= bottom && top < innerHeight / 2);
    })()`;
    await expect.poll(() => page.evaluate(isAtTop), PATIENTLY).toBe('Bevandetrue');
    await page.locator('.menu-tab[aria-current]', { hasText: 'Bevande' }).waitFor();
    await shot(page, 'jumped narrow');
  });

  test('tells what is sold out, and that the house takes a break', async () => {
    const { id: itemId } = await shop.dish('Caponata');
    await shop.manager.menu.items.setAvailability.mutate({ itemId, available: false });
    const until = new Date(Date.now() + 3_600_000);
    await shop.manager.restaurants.pause.mutate({ until, message: 'Too many guests.' });
    await using visit = await shop.site.visit('/dish/caponata');
    const { page } = visit;
    const sheet = page.getByRole('dialog', { name: 'Caponata' });

    await sheet.getByText('Sold out for now.').waitFor();
    expect(await sheet.getByRole('button', { name: 'Sold out' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.waitForURL(`${shop.site.server.url}/`);
    await page.getByText('Taking a break').waitFor();
    await page.getByText(/Too many guests\. Orders again from/).waitFor();
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Without what is sold out').check();
    await expect.poll(() => dishesOn(page), PATIENTLY).not.toContain('Caponata');
    await shot(page, 'paused wide');
    expect(await barriers(page)).toEqual([]);

    await shop.manager.restaurants.resume.mutate({});
    await shop.manager.menu.items.setAvailability.mutate({ itemId, available: true });
  });

  test('opens a dish by its address alone, and says where there is none', async () => {
    await using visit = await shop.site.visit('/dish/vermentino', { narrow: true });
    const { page } = visit;
    await page.getByRole('dialog', { name: 'Vermentino' }).getByText('sulphites').waitFor();
    await page.goto(`${shop.site.server.url}/dish/no-such-dish`);
    await page.getByText('There is no such dish, or not any more.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.waitForURL(`${shop.site.server.url}/`);
    expect(visit.complaints).toEqual([]);
  });

  test('a dish is closed by going back', async () => {
    await using visit = await shop.site.visit('/', { narrow: true });
    const { page } = visit;
    await page.getByRole('link', { name: 'Burrata' }).click();
    const sheet = page.getByRole('dialog', { name: 'Burrata' });
    await sheet.waitFor();
    expect(page.url()).toBe(`${shop.site.server.url}/dish/burrata`);
    await page.goBack();
    await sheet.waitFor({ state: 'hidden' });
    expect(page.url()).toBe(`${shop.site.server.url}/`);
  });

  test('shows photos where there are some', async () => {
    const { id: itemId } = await shop.dish('Burrata');
    await using visit = await shop.site.visit('/sign-in', { narrow: true });
    const { page } = visit;
    const picture = new Blob([await page.screenshot()], { type: 'image/png' });
    const { id: pictureId } = await shop.manager.files.upload.mutate(picture);
    await shop.manager.menu.items.setPhoto.mutate({ itemId, pictureId });
    await page.goto(`${shop.site.server.url}/`);
    await page.getByRole('link', { name: 'Burrata' }).click();
    await page.getByRole('dialog').getByRole('img', { name: 'Burrata' }).waitFor();
    await expect
      .poll(
        () => page.evaluate('document.querySelector(".dish-photo").naturalWidth > 0'),
        PATIENTLY,
      )
      .toBe(true);
    await shot(page, 'photo narrow');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await shot(page, 'photo in menu narrow');
    expect(visit.complaints).toEqual([]);
  });
});
