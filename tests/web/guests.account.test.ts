import { type Client, createClient } from '@comanda/client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, openSite, shot, type Site, sticksOut, type Visit } from './site.ts';

let site: Site;
let admin: Client;
beforeAll(async () => {
  site = await openSite();
  admin = await site.client('admin');
  // All visits come from one address and one customer, and are many more than those of one evening.
  for (const role of ['anonymous', 'customer', 'waiter'] as const) {
    await admin.quotas.set.mutate({ role, reads: ['9000/min'], writes: ['900/min'] });
  }
});
afterAll(() => site[Symbol.asyncDispose]());

const LOOKS = [
  ['wide and light', {}],
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

const DAY_MS = 86_400_000;
/** A day on the calendar of the demo restaurant. */
function dayAhead(days: number): string {
  const at = new Date(Date.now() + days * DAY_MS);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome' }).format(at);
}
const said = (page: Page, sentence: string | RegExp) => page.getByText(sentence).first().waitFor();

async function signIn(page: Page, identifier: string, password: string): Promise<void> {
  await page.getByLabel('Name, e-mail or phone').fill(identifier);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Password').press('Enter');
}

describe('a table', () => {
  test.each(LOOKS)('is chosen first, signed in for then, and reserved, %s', async (look, how) => {
    const day = dayAhead('narrow' in how ? 9 : 8);
    await using visit = await site.visit('/reserve', how);
    const { page } = visit;
    await page.getByLabel('Day', { exact: true }).fill(day);
    await page.getByLabel('How many').selectOption('3');
    await page.getByRole('button', { name: '19:30', exact: true }).click();
    await expectFit(visit, `reserve ${look}`);

    await page.getByRole('link', { name: 'Sign in to reserve' }).click();
    await signIn(page, 'customer', site.server.passwords['customer'] ?? '');
    await page.getByRole('heading', { name: /19:30, for 3$/ }).waitFor();
    expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe(day);
    await page.getByLabel('A wish, if you have one').fill('A high chair');
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();

    await said(page, 'Asked for. The restaurant will say yes soon.');
    const own = page.getByRole('listitem').filter({ hasText: '19:30, 3 people' }).first();
    await own.getByText('“A high chair”').waitFor();
    await expectFit(visit, `reserved ${look}`);
    await own.getByRole('button', { name: /^Cancel/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel it' }).click();
    await own.getByText('Cancelled', { exact: true }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('that somebody else was quicker for is had a little earlier or later', async () => {
    const date = dayAhead(12);
    await using visit = await site.visitAs('customer', `/reserve?date=${date}&party=4`);
    const { page } = visit;
    await page.getByRole('button', { name: '20:00', exact: true }).click();
    await page.getByRole('button', { name: 'Reserve', exact: true }).waitFor();

    const waiter = await site.client('waiter');
    const { items } = await waiter.reservations.availability.query({ date, party: 4 });
    const at = items.find(({ startsAt }) => isAt(startsAt, '20:00'))?.startsAt ?? new Date(0);
    // One party of four after the other, until no table is left for another.
    const takes = { startsAt: at, party: 4, forGuest: true, customerName: 'Rossi' };
    const taken = async (): Promise<number> => {
      const day = await waiter.reservations.availability.query({ date, party: 4 });
      if (day.items.find(({ startsAt }) => startsAt.getTime() === at.getTime())?.free !== true) {
        return 0;
      }
      await waiter.reservations.request.mutate(takes);
      return 1 + (await taken());
    };
    expect(await taken()).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();
    await said(page, /Somebody was quicker/);
    await expectFit(visit, 'reserve no table');

    const nearest = page.getByRole('status').getByRole('button');
    expect(await nearest.count()).toBe(3);
    await nearest.first().click();
    await said(page, /, for 4$/);
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();
    await said(page, 'Asked for. The restaurant will say yes soon.');
  });

  test('that cannot be reserved any more, or not yet, is told why', async () => {
    const soon = new Date(Math.ceil(Date.now() / 900_000) * 900_000);
    const start = soon.toISOString();
    const address = `/reserve?date=${dayAhead(0)}&party=2&at=${start}`;
    await using visit = await site.visitAs('customer', address);
    const { page } = visit;
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();
    await said(page, /^That is too soon: choose .* or later, or call \+39/);

    await page.goto(`${site.server.url}/reserve?date=2020-01-01&party=2`);
    await said(page, 'The restaurant takes no reservations on this day.');
    expect(await barriers(page)).toEqual([]);
    await shot(page, 'reserve a day that is over');
    await page.getByRole('button', { name: /^Look at / }).click();
    expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe(dayAhead(0));
  });
});

describe('a reservation', () => {
  test('that the house has cancelled in the meantime is shown as it is', async () => {
    const date = dayAhead(15);
    await using visit = await site.visitAs('customer', `/reserve?date=${date}&party=2`);
    const { page } = visit;
    await page.getByRole('button', { name: '20:00', exact: true }).click();
    await page.getByRole('button', { name: 'Reserve', exact: true }).click();
    const own = page.getByRole('listitem').filter({ hasText: '20:00, 2 people' }).first();
    await own.getByRole('button', { name: /^Cancel/ }).click();
    const ask = page.getByRole('alertdialog');
    await ask.waitFor();

    const waiter = await site.client('waiter');
    const { items } = await waiter.reservations.list.query({ date });
    const [booked] = items;
    await waiter.reservations.confirm.mutate({ reservationId: booked?.id ?? '' });
    await waiter.reservations.cancel.mutate({ reservationId: booked?.id ?? '', reason: 'Flooded' });
    await ask.getByRole('button', { name: 'Cancel it' }).click();
    await ask.getByText('It has changed in the meantime.').waitFor();
    await expectFit(visit, 'reservation changed');
    await ask.getByRole('button', { name: 'No' }).click();

    await own.getByText('Why: Flooded.').waitFor();
    expect(await own.getByRole('button', { name: /^Cancel/ }).count()).toBe(0);
  });
});

function isAt(moment: Date, time: string): boolean {
  const format = { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Rome' } as const;
  return moment.toLocaleTimeString('en-GB', format) === time;
}

/** The smallest PNG there is: one red dot. */
const RED_DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

describe('an account', () => {
  test.each(LOOKS)('is looked at, %s', async (look, how) => {
    await using visit = await site.visitAs('customer', '/account', how);
    const { page } = visit;
    await page.getByLabel('First name').waitFor();
    await expectFit(visit, `account ${look}`);
    await page.getByRole('link', { name: 'Sign-ins' }).click();
    await said(page, 'This one');
    await expectFit(visit, `sign-ins ${look}`);
    await page.getByRole('link', { name: 'Work and limits' }).click();
    await said(page, /of \d+ left in/);
    await expectFit(visit, `limits ${look}`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('is changed, and another’s name is not taken', async () => {
    await using visit = await site.visitAs('customer', '/account');
    const { page } = visit;
    await page.getByLabel('Name to sign in with').fill('waiter');
    await page.getByRole('button', { name: 'Save' }).click();
    await said(page, 'Somebody has that already. Choose another.');
    await page.getByLabel('Name to sign in with').fill('customer');
    await page.getByLabel('Website').fill('ftp://example.org');
    await page.getByLabel('Website').press('Enter');
    await said(page, 'this is no address of a page');
    await page.getByLabel('Website').fill('https://example.org');
    await page.getByLabel('First name').fill('Ada');
    await page.getByRole('button', { name: 'Save' }).click();
    await said(page, 'Saved.');

    await page.getByRole('navigation', { name: 'Rooms' }).getByText('Ada').waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('gets a picture, which has to be one', async () => {
    await using visit = await site.visitAs('customer', '/account');
    const { page } = visit;
    const file = page.getByLabel('Picture file');
    const text = { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('hello') };
    await file.setInputFiles(text);
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await said(page, 'This file is no picture that can be shown.');
    await file.setInputFiles({ ...text, buffer: RED_DOT });
    await page.getByRole('img', { name: 'What you chose' }).waitFor();
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await said(page, 'Your picture is up.');

    await page.getByRole('img', { name: 'You, as others see you' }).waitFor();
    await expectFit(visit, 'account with picture');
    await page.getByRole('button', { name: 'Take it down' }).click();
    await said(page, 'Your picture is gone.');
    expect(visit.complaints).toEqual([]);
  });

  test('ends other sign-ins, and gives a pass to a device', async () => {
    await site.client('customer');
    await using visit = await site.visitAs('customer', '/account/sign-ins');
    const { page } = visit;
    await page.getByRole('button', { name: 'End all others' }).click();
    await said(page, /sign-ins? ended\.$/);
    await page.getByRole('button', { name: 'End all others' }).waitFor({ state: 'hidden' });

    await page.getByLabel('What it is for').fill('The door');
    await page.getByLabel('What it is for').press('Enter');
    const token = (await page.locator('.account-token').textContent()) ?? '';
    await expectFit(visit, 'pass issued');
    const terminal = createClient({ url: site.server.url, token: () => token });
    expect(await terminal.profile.show.query()).toMatchObject({ username: 'customer' });
    await page.getByRole('button', { name: 'End the pass The door' }).click();
    await said(page, 'That pass is over.');
    await expect(terminal.profile.show.query()).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
  });

  test('gets another password, and is erased once nothing is under way', async () => {
    const eva = createClient({ url: site.server.url });
    const [password, next] = ['four plates and a spoon', 'five plates and a spoon'];
    await eva.auth.register.mutate({ username: 'eva', password, firstName: 'Eva' });
    const { items } = await eva.menu.list.query({ search: 'Tirami', limit: 1 });
    const { version } = await eva.cart.add.mutate({ itemId: items[0]?.id ?? '' });
    const order = await eva.orders.place.mutate({ type: 'pickup', cartVersion: version });
    await using visit = await site.visit('/sign-in?to=/account/sign-ins');
    const { page } = visit;
    await signIn(page, 'eva', password);

    await page.getByLabel('The one you have').fill('not this one');
    await page.getByLabel('The new one').fill(next);
    await page.getByLabel('The new one').press('Enter');
    await said(page, 'This is not your password.');
    await page.getByLabel('The one you have').fill(password);
    await page.getByLabel('The new one').press('Enter');
    await said(page, 'Changed, and signed out everywhere else.');

    await page.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByLabel('Your password').fill(next);
    await page.getByRole('button', { name: 'Erase it for good' }).click();
    await said(page, 'An order of yours is still on the way.');
    await expectFit(visit, 'erase refused');
    const reason = 'Asked for by phone.';
    await admin.orders.cancel.mutate({ orderId: order.id, expectedVersion: order.version, reason });
    await page.getByRole('button', { name: 'Erase it for good' }).click();
    await said(page, 'Your account is erased. Goodbye!');
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});

describe('several restaurants', () => {
  test('are told apart: one is chosen, and then one goes on', async () => {
    await admin.restaurants.create.mutate({ name: 'Second Fig', address: 'Vico del Fico 2' });
    await using visit = await site.visit('/reserve?party=5', { narrow: true });
    const { page } = visit;
    await page.getByRole('heading', { name: 'Choose a restaurant' }).waitFor();
    await page.getByRole('button', { name: 'Little Lemon' }).waitFor();
    await expectFit(visit, 'at');

    await page.getByLabel('Search').fill('fig');
    await page.getByRole('button', { name: 'Little Lemon' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Second Fig' }).click();

    await page.getByRole('heading', { name: 'Reserve a table' }).waitFor();
    expect(await page.getByLabel('How many').inputValue()).toBe('5');
    await page.getByRole('link', { name: 'Second Fig' }).waitFor();
    await page.getByRole('link', { name: 'Restaurants' }).click();
    await page.getByRole('button', { name: 'Second Fig You are here' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('invite people, who say yes in their account', async () => {
    const { items } = await admin.restaurants.list.query({ search: 'Second Fig' });
    const restaurantId = items[0]?.id ?? '';
    await admin.people.create.mutate({ restaurantId, existing: 'customer', role: 'waiter' });
    await using visit = await site.visitAs('customer', '/account/work');
    const { page } = visit;
    await said(page, 'Second Fig invites you as waiter.');
    await expectFit(visit, 'invited');

    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('link', { name: 'To my work' }).click();

    await page.getByRole('heading', { name: 'Today' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});
