import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putIn, toCheckout } from './ordering.ts';
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

  test('leads on to the desk that was asked for', async () => {
    await using visit = await site.visit('/office/orders?state=ready');
    const { page } = visit;
    await page.getByLabel('Name, e-mail or phone').fill('waiter');
    await page.getByLabel('Password').fill(site.server.passwords['waiter'] ?? '');
    await page.getByLabel('Password').press('Enter');

    await page.waitForURL(`${site.server.url}/office/orders?state=ready`);
    expect(visit.complaints).toEqual([]);
  });

  test.each(['//elsewhere.example', '/\\elsewhere.example', '/\t/elsewhere.example'])(
    'never leads out of the house: %j',
    async (to) => {
      await using visit = await site.visit(`/sign-in?to=${encodeURIComponent(to)}`);
      const { page } = visit;
      await page.getByLabel('Name, e-mail or phone').fill('waiter');
      await page.getByLabel('Password').fill(site.server.passwords['waiter'] ?? '');
      await page.getByLabel('Password').press('Enter');

      await page.waitForURL(`${site.server.url}/work`);
      expect(visit.complaints).toEqual([]);
    },
  );

  test('says in words for people what is wrong with a new password', async () => {
    await using visit = await site.visit('/sign-in');
    const { page } = visit;
    await page.getByRole('button', { name: 'Make one' }).click();
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByLabel('Password').fill('short');
    await page.getByLabel('Password').press('Enter');

    await page.getByText('At least 8 characters, please.').waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('says so when a session was ended elsewhere, and whose desk is whose', async () => {
    await using visit = await site.visitAs('waiter', '/office/audit');
    const { page } = visit;
    await page.getByText('This desk is not open to your role.').waitFor();
    const waiter = await site.client('waiter');
    await waiter.auth.sessions.revokeOthers.mutate();

    await page.getByRole('link', { name: 'My work' }).click();
    await page.getByText('You were signed out').waitFor();
    await page.getByLabel('Name, e-mail or phone').fill('waiter');
    await page.getByLabel('Password').fill(site.server.passwords['waiter'] ?? '');
    await page.getByLabel('Password').press('Enter');
    await page.waitForURL(`${site.server.url}/work`);

    expect(await page.getByText('You were signed out').count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  test('is in sight on a phone, and so is the way out', async () => {
    await using visit = await site.visitAs('chef', '/kitchen', { narrow: true });
    const account = visit.page.getByRole('link', { name: 'Chef', exact: true });

    const box = await account.boundingBox();

    expect((box?.x ?? 390) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  });
});

test('a browser that keeps nothing shows the menu, takes an order down and lets people in', async () => {
  await using visit = await site.visit('/');
  const { page } = visit;
  await page.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });`);
  await page.reload();

  await putIn(page, 'Burrata');
  await toCheckout(page, 'Ada');
  await page.getByRole('button', { name: /^Place order/ }).waitFor();
  await page.goto(`${site.server.url}/kitchen`);
  await page.getByRole('heading').first().waitFor();

  expect(await page.getByText('This page broke').count()).toBe(0);
  expect(visit.complaints).toEqual([]);
});
