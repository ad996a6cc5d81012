import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, openSite, shot, type Site, sticksOut } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site[Symbol.asyncDispose]());

describe('the way in', () => {
  test.each([
    ['wide and light', {}],
    ['narrow and dark', { narrow: true, dark: true }],
  ])('is open to everybody, %s', async (name, look) => {
    await using visit = await site.visit('/sign-in', look);
    const { page } = visit;
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();

    await shot(page, `sign-in ${name}`);

    expect(await barriers(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(false);
    expect(visit.complaints).toEqual([]);
  });

  test('says what is wrong, and lets in who is right', async () => {
    await using visit = await site.visit('/sign-in');
    const { page } = visit;
    await page.getByLabel('Name, e-mail or phone').fill('waiter');
    await page.getByLabel('Password').fill('something else');
    await page.getByLabel('Password').press('Enter');
    await page.getByText('Name or password is wrong.').waitFor();

    await page.getByLabel('Password').fill(site.server.passwords['waiter'] ?? '');
    await page.getByLabel('Password').press('Enter');
    await page.waitForURL(`${site.server.url}/work`);

    expect(visit.complaints).toEqual([]);
  });
});
