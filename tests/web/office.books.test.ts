import { createClient } from '@comanda/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, openSite, shot, type Site, sticksOut } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site[Symbol.asyncDispose]());

const asGuest = () => createClient({ url: site.server.url }).restaurants.show.query();

describe('the audit desk', () => {
  test('shows what was just done, and finds it', async () => {
    const manager = await site.client('manager');
    const [chef] = (await manager.people.list.query({ role: 'sous_chef' })).items;
    await manager.people.setLevel.mutate({ personId: chef?.id ?? '', level: 2 });
    await using visit = await site.visitAs('manager', '/office/audit');
    const { page } = visit;
    await page.getByLabel('Action').fill('people.setLevel');
    await page.getByText('1 entry').waitFor();
    const entry = page.getByRole('listitem').filter({ hasText: 'people.setLevel' });
    await entry.getByText('Manager').first().waitFor();
    await entry.locator('summary').click();
    await entry.getByRole('row', { name: 'Level – 2' }).waitFor();
    await shot(page, 'audit found');
    expect(await barriers(page)).toEqual([]);

    await entry.getByRole('button', { name: 'Its whole story' }).click();
    await page.getByText('Only what happened to one Membership.').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.getByLabel('Who').fill('nobody of that name');
    await page.getByText('Nothing fits.').waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('is closed to a chef', async () => {
    await using visit = await site.visitAs('chef', '/office/audit');
    await visit.page.getByText('This desk is not open to your role.').waitFor();
    expect(await visit.page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
  });
});

describe('the restaurant desk', () => {
  test('changes the hours that guests see', async () => {
    await using visit = await site.visitAs('manager', '/office/restaurant');
    const { page } = visit;
    const hours = page.getByRole('form', { name: 'Opening hours' });
    await hours.getByLabel('Monday, time 1, from').fill('11:00');
    await hours.getByLabel('Monday, time 1, until').fill('15:00');
    await hours.getByRole('button', { name: 'Add a time on Monday' }).click();
    await hours.getByLabel('Monday, time 2, from').fill('14:00');
    await hours.getByLabel('Monday, time 2, until').fill('22:00');
    await hours.getByRole('button', { name: 'Save' }).click();
    await hours.getByText('Monday, time 2: overlaps an earlier one of the day.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await hours.getByLabel('Monday, time 2, from').fill('18:00');
    await hours.getByLabel('Monday, time 2, until').fill('02:00');
    await hours.getByText('until the next day').waitFor();
    await hours.getByRole('button', { name: 'Take time 1 of Tuesday away' }).click();
    await hours.getByRole('button', { name: 'Add a day' }).click();
    await hours.getByLabel('On', { exact: true }).last().fill('2030-01-01');
    await shot(page, 'restaurant hours');
    await hours.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();

    const { hours: told } = await asGuest();
    expect(told?.weekly[1]).toEqual([
      { from: '11:00', to: '15:00' },
      { from: '18:00', to: '02:00' },
    ]);
    expect(told?.weekly[2]).toEqual([]);
    expect(told?.weekly[3]).toEqual([{ from: '00:00', to: '24:00' }]);
    expect(told?.exceptions['2030-01-01']).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('changes what is said and the terms, and never over somebody else', async () => {
    await using visit = await site.visitAs('manager', '/office/restaurant');
    const { page } = visit;
    const about = page.getByRole('form', { name: 'About' });
    await about.getByLabel('Phone').fill('+39 010 1');
    await about.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const ordering = page.getByRole('form', { name: 'Ordering' });
    await ordering.getByLabel('Delivery fee in EUR').fill('2,50');
    await ordering.getByLabel('Brought').click();
    await ordering.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await asGuest()).ordering.deliveryFee).toBe(250);
    expect((await asGuest()).ordering.types).toEqual(['dine_in', 'pickup']);

    const manager = await site.client('manager');
    await manager.restaurants.update.mutate({ phone: '+39 010 2', booking: { smallParty: 3 } });
    const booking = page.getByRole('form', { name: 'Reservations' });
    await booking.getByLabel('Largest party').fill('9');
    await booking.getByRole('button', { name: 'Save' }).click();
    await booking.getByText('Somebody else changed the restaurant meanwhile.').waitFor();
    expect(await booking.getByLabel('Largest party').inputValue()).toBe('9');
    await shot(page, 'restaurant conflict');
    await booking.getByRole('button', { name: 'Save what I changed' }).click();
    await expect.poll(async () => (await asGuest()).booking.maxParty).toBe(9);
    expect((await asGuest()).booking.smallParty).toBe(3);

    // What was agreed to in one part is not agreed to in another.
    await about.getByLabel('Address', { exact: true }).fill('Via Garibaldi 2');
    await about.getByRole('button', { name: 'Save' }).click();
    await about.getByText('Somebody else changed the restaurant meanwhile.').waitFor();
    await about.getByRole('button', { name: 'Show what is there' }).click();
    await expect.poll(() => about.getByLabel('Phone').inputValue()).toBe('+39 010 2');
    await about.getByLabel('Phone').fill('+39 010 1');
    await about.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await asGuest()).phone).toBe('+39 010 1');
    expect((await asGuest()).address).not.toBe('Via Garibaldi 2');
    expect(visit.complaints).toEqual([]);
  });

  test('pauses ordering, with a word to the guests', async () => {
    await using visit = await site.visitAs('manager', '/office/restaurant', { narrow: true });
    const { page } = visit;
    await page.getByRole('button', { name: 'Pause ordering' }).click();
    await page.getByLabel('A word to the guests').fill('The oven is being mended.');
    await shot(page, 'restaurant pause');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('“The oven is being mended.”').waitFor();
    const { paused } = (await asGuest()).standing;
    expect(paused?.message).toBe('The oven is being mended.');
    expect(paused?.until?.getTime()).toBeGreaterThan(Date.now());

    await page.getByRole('button', { name: 'Take orders again' }).click();
    await page.getByRole('button', { name: 'Pause ordering' }).waitFor();
    expect((await asGuest()).standing.paused).toBeUndefined();
    expect(await page.getByRole('button', { name: 'Open a restaurant' }).count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });
});

describe('the quotas desk', () => {
  test('shows managers who used how much, and lets admins set it', async () => {
    await using manager = await site.visitAs('manager', '/office/quotas');
    await manager.page.getByRole('rowheader', { name: 'Manager Manager' }).waitFor();
    await manager.page.getByText('100/min reads').first().waitFor();
    expect(await manager.page.getByRole('button', { name: /^Change/ }).count()).toBe(0);

    await using visit = await site.visitAs('admin', '/office/quotas');
    const { page } = visit;
    await page.getByRole('button', { name: 'Change what Waiter may use' }).click();
    await page.getByLabel('Reads').fill('much');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('is no rate such as 20/min').waitFor();
    await shot(page, 'quotas set');
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('Reads').fill('90/min, 2000/day');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText('90/min and 2000/day reads').waitFor();
    const waiter = await site.client('waiter');
    const { read } = await waiter.quotas.mine.query();
    expect(read.windows.map(({ limit }) => limit)).toEqual([90, 2_000]);

    await page.getByRole('button', { name: 'Change what Waiter may use' }).click();
    await page.getByRole('button', { name: 'Back to the preset' }).click();
    await page.getByText('90/min and 2000/day reads').waitFor({ state: 'detached' });
    expect([...manager.complaints, ...visit.complaints]).toEqual([]);
  });
});

describe('the recipes desk', () => {
  test('shows a waiter the card, and a chef how it is made', async () => {
    await using waiter = await site.visitAs('waiter', '/office/recipes');
    await waiter.page.getByRole('button', { name: 'Open Tiramisù' }).click();
    await waiter.page.getByText('mascarpone').last().waitFor();
    expect(await waiter.page.getByText('How it is made').count()).toBe(0);
    expect(await waiter.page.getByLabel('Secrecy').count()).toBe(0);

    await using chef = await site.visitAs('chef', '/office/recipes', { dark: true });
    await chef.page.getByRole('button', { name: 'Open Tiramisù' }).click();
    await chef.page.getByText('Beat yolks and sugar').waitFor();
    await shot(chef.page, 'recipes one, dark');
    expect(await barriers(chef.page)).toEqual([]);
    expect(await chef.page.getByText('Cotoletta').count()).toBe(0);
    expect(await chef.page.getByRole('button', { name: 'Change' }).count()).toBe(0);
    expect([...waiter.complaints, ...chef.complaints]).toEqual([]);
  });

  test('lets a head chef write as far as they reach', async () => {
    await using visit = await site.visitAs('head_chef', '/office/recipes');
    const { page } = visit;
    await page.getByRole('button', { name: 'Write a recipe down' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Name').fill('Pesto');
    await sheet.getByLabel('Secrecy').selectOption('advanced');
    await sheet.getByLabel('Ingredients').fill('basil\npine nuts');
    expect(await barriers(page)).toEqual([]);
    await levelOfHeadChef(2);
    await sheet.getByRole('button', { name: 'Write it down' }).click();
    await sheet.getByText('You write recipes up to basic.').waitFor();
    await shot(page, 'recipes too secret');
    await levelOfHeadChef(null);
    await sheet.getByRole('button', { name: 'Write it down' }).click();

    await page.getByLabel('Search').fill('pine');
    await page.getByRole('button', { name: 'Open Tiramisù' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Open Pesto' }).click();
    await page.getByRole('button', { name: 'Take out of the book' }).click();
    await page.getByRole('button', { name: 'Take it out' }).click();
    await page.getByText('No recipe fits.').waitFor();
    await page.getByLabel('Taken out of the book').check();
    await page.getByRole('button', { name: 'Restore Pesto' }).click();
    await page.getByText('None was taken out.').waitFor();
    await page.getByLabel('Taken out of the book').uncheck();
    await page.getByRole('button', { name: 'Open Pesto' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('opens the vault to the master chef, and to an admin who says why', async () => {
    await using master = await site.visitAs('master_chef', '/office/recipes/vault');
    await master.page.getByRole('button', { name: 'Open the vault' }).click();
    await master.page.getByText('Opening the vault is recorded').waitFor();
    expect(await barriers(master.page)).toEqual([]);
    await master.page.getByRole('button', { name: 'Open it' }).click();
    await master.page.getByText('Nobody guesses the day.').waitFor();
    await shot(master.page, 'recipes vault');

    await using visit = await site.visitAs('admin', '/office/recipes/vault');
    const { page } = visit;
    await page.getByLabel('Reason').fill('The cook is in hospital.');
    await page.getByRole('button', { name: 'Break the glass' }).click();
    await page.getByRole('button', { name: 'Break it' }).click();
    await page.getByText('Nobody guesses the day.').waitFor();
    expect(await barriers(page)).toEqual([]);
    const manager = await site.client('manager');
    const { items } = await manager.audit.list.query({ target: 'Vault' });
    expect(items.map(({ action }) => action)).toEqual([
      'SECRET_VAULT_BREAK_GLASS',
      'SECRET_VAULT_ACCESS',
    ]);
    expect([...master.complaints, ...visit.complaints]).toEqual([]);
  });
});

describe('the desks with books', () => {
  test.each([
    ['wide and light', {}],
    ['narrow and dark', { narrow: true, dark: true }],
  ])('are open to everybody who may sit there, %s', async (name, look) => {
    await using visit = await site.visitAs('admin', '/office/audit', look);
    const { page } = visit;
    for (const [desk, sign] of [
      ['audit', 'Its whole story'],
      ['quotas', 'Calls of the busiest roles'],
      ['recipes', 'Tiramisù'],
      ['recipes/cellar', 'Barolo'],
      ['recipes/vault', 'In an emergency'],
      ['restaurant', 'Opening hours'],
    ]) {
      await page.goto(`${site.server.url}/office/${desk}`);
      await page
        .getByText(sign ?? '')
        .first()
        .waitFor();
      await shot(page, `${desk?.replace('/', '-')} ${name}`);
      expect(await barriers(page)).toEqual([]);
      expect(await sticksOut(page)).toBe(false);
    }
    expect(visit.complaints).toEqual([]);
  });
});

describe('more than one restaurant', () => {
  // Last: with two of them, guests have to say which one they mean.
  test('are opened by an admin', async () => {
    await using visit = await site.visitAs('admin', '/office/restaurant');
    const { page } = visit;
    await page.getByRole('button', { name: 'Open a restaurant' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Name', { exact: true }).fill('Big Lemon');
    await sheet.getByLabel('Short name').fill('little-lemon');
    await sheet.getByRole('button', { name: 'Open it' }).click();
    await sheet.getByText('Another restaurant has this one.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await sheet.getByLabel('Short name').fill('');
    await sheet.getByRole('button', { name: 'Open it' }).click();
    await page.getByRole('region', { name: 'All restaurants' }).getByText('Big Lemon').waitFor();
    await page.getByRole('form', { name: 'About' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});

async function levelOfHeadChef(level: number | null): Promise<void> {
  const master = await site.client('master_chef');
  const [head] = (await master.people.list.query({ role: 'head_chef' })).items;
  await master.people.setLevel.mutate({ personId: head?.id ?? '', level });
}
