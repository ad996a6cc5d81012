import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finishedOf, isLive, takes, ticketOf } from './kitchens.ts';
import { barriers, openSite, shot, type Site, sticksOut } from './site.ts';

const SIZES = [
  ['on a wall', { width: 1920, height: 1080 }],
  ['on a tablet', { width: 1024, height: 768 }],
  ['narrow', { width: 390, height: 844 }],
] as const;
const [, ...BY_HAND] = SIZES;
const fine = (sizes: readonly (typeof SIZES)[number][]) =>
  sizes.map(([size]) => ({ size, sticksOut: false, barriers: [] }));

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site[Symbol.asyncDispose]());

/** What is wrong with the page as it is, at these sizes. */
async function looks(page: Page, name: string, sizes: readonly (typeof SIZES)[number][]) {
  const found: { size: string; sticksOut: boolean; barriers: string[] }[] = [];
  for (const [size, viewport] of sizes) {
    await page.setViewportSize(viewport);
    await shot(page, `kitchen ${name} ${size}`);
    found.push({ size, sticksOut: await sticksOut(page), barriers: await barriers(page) });
  }
  return found;
}

describe('the screen of the kitchen', () => {
  test.each([
    ['light', false],
    ['dark', true],
  ])('is there for everybody, at every size, %s', async (theme, dark) => {
    const manager = await site.client('manager');
    const said = { note: 'Severe nut allergy', instructions: 'Birthday: a candle, please.' };
    const order = await takes(manager, ['Bufalina', 'Tiramis'], said);
    await using visit = await site.visitAs('chef', '/kitchen', { dark });
    const { page } = visit;
    await ticketOf(page, order).waitFor();
    await isLive(page);

    const board = await looks(page, theme, SIZES);
    await page.getByRole('button', { name: 'Recall order 9' }).click();
    await page.getByRole('dialog', { name: 'Order 9, Table 4' }).waitFor();
    const sheet = await looks(page, `recall ${theme}`, BY_HAND);
    await page.getByRole('button', { name: 'Sold out Margherita' }).click();
    await page.getByRole('alertdialog').waitFor();
    const asked = await looks(page, `sold out ${theme}`, BY_HAND.slice(1));

    expect(board).toEqual(fine(SIZES));
    expect(sheet).toEqual(fine(BY_HAND));
    expect(asked).toEqual(fine(BY_HAND.slice(1)));
    expect(visit.complaints).toEqual([]);
  });

  test('can be touched with wet hands: everything is 56 pixels and more', async () => {
    await using visit = await site.visitAs('chef', '/kitchen');
    const { page } = visit;
    await isLive(page);
    await page.locator('.kitchen-ticket').first().waitFor();

    const small = await page.evaluate(
      `[...document.querySelectorAll('main button')].map((one) => [one.textContent, one.getBoundingClientRect()])
        .filter(([, { width, height }]) => Math.min(width, height) < 56).map(([text]) => text)`,
    );

    expect(small).toEqual([]);
  });
});

describe('whoever has no business there', () => {
  test('is told so, and where else to go', async () => {
    await using visit = await site.visitAs('waiter', '/kitchen');
    const { page } = visit;

    await page.getByText('You are here as waiter, and cannot see the tickets.').waitFor();

    expect(await page.getByRole('link', { name: 'To my work' }).getAttribute('href')).toBe('/work');
    expect(await barriers(page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('signs in first', async () => {
    await using visit = await site.visit('/kitchen');

    await visit.page.waitForURL(/\/sign-in\?to=\/kitchen$/);

    expect(visit.complaints).toEqual([]);
  });

  test('is asked to clock in, and sees the tickets as soon as they have', async () => {
    const cook = await site.client('sous_chef');
    await using visit = await site.visitAs('sous_chef', '/kitchen');
    const { page } = visit;
    await isLive(page);

    await cook.shifts.clockOut.mutate({});
    const ticket = page.locator('.kitchen-ticket').first();
    await ticket.getByRole('button', { name: /All done/ }).click();
    await page.getByRole('heading', { name: 'You are not clocked in' }).waitFor();
    const off = await looks(page, 'off shift', BY_HAND);
    const to = await page.getByRole('link', { name: 'Clock in' }).getAttribute('href');
    await cook.shifts.clockIn.mutate({});
    await page.getByRole('button', { name: 'Look again' }).click();
    await ticket.waitFor();

    expect(off).toEqual(fine(BY_HAND));
    expect(to).toBe('/work');
    expect(await finishedOf(page, { number: 10 }).count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  test('and is on a break, is told that', async () => {
    const cook = await site.client('head_chef');
    await cook.shifts.startBreak.mutate({ paid: true });
    await using visit = await site.visitAs('head_chef', '/kitchen');

    await visit.page.getByRole('heading', { name: 'You are on a break' }).waitFor();
    const link = visit.page.getByRole('link', { name: 'End the break' });

    expect(await link.getAttribute('href')).toBe('/work');
  });
});
