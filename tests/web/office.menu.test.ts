import { createClient, type ItemView } from '@comanda/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, openSite, roomy, shot, type Site, sticksOut } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await roomy(site, ['manager', 'waiter']);
});
afterAll(() => site[Symbol.asyncDispose]());

async function itemNamed(name: string): Promise<ItemView> {
  const client = await site.client('manager');
  const { items } = await client.menu.list.query({ search: name });
  const item = items.find((each) => each.name === name);
  if (!item) throw new Error(`${name} is not on the menu.`);
  return item;
}

/** What somebody sees who just looks at the menu. */
async function asGuestsSee(name: string): Promise<ItemView | undefined> {
  const guest = createClient({ url: site.server.url });
  const { items } = await guest.menu.list.query({ search: name });
  return items.find((each) => each.name === name);
}

const LOOKS = [
  ['wide and light', {}],
  ['narrow and dark', { narrow: true, dark: true }],
] as const;

describe('the menu desk', () => {
  test.each(LOOKS)('can be read and used by everybody, %s', async (name, look) => {
    await using visit = await site.visitAs('manager', '/office/menu', look);
    const { page } = visit;
    await page.getByRole('heading', { name: 'Burrata' }).waitFor();
    await shot(page, `menu ${name}`);
    expect(await barriers(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(false);

    // One item is enough for what lies over the page, and looked through sooner.
    await page.getByLabel('Search').fill('Carbonara');
    await page.getByRole('heading', { name: 'Burrata' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit Carbonara' }).click();
    await page.getByRole('dialog', { name: 'Carbonara' }).waitFor();
    await shot(page, `menu item ${name}`);
    expect(await barriers(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(false);
    await page.keyboard.press('Escape');

    for (const [button, title] of [
      ['Options of Carbonara', 'Options of Carbonara'],
      ['Stock of Carbonara', 'Stock of Carbonara'],
      ['Categories', 'Categories'],
      ['As a file', 'The menu as a file'],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('dialog', { name: title }).waitFor();
      await shot(page, `menu ${title} ${name}`);
      expect(await barriers(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(visit.complaints).toEqual([]);
  });

  test('asks before what was typed is lost, and only then', async () => {
    await using visit = await site.visitAs('manager', '/office/menu');
    const { page } = visit;
    const sheet = page.getByRole('dialog', { name: 'Caponata' });
    await page.getByRole('button', { name: 'Edit Caponata' }).click();
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Edit Caponata' }).click();
    await sheet.getByLabel('Description').fill('Sweet and sour');
    await page.keyboard.press('Escape');
    const ask = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await ask.waitFor();
    expect(await barriers(page)).toEqual([]);
    await ask.getByRole('button', { name: 'No' }).click();
    expect(await sheet.getByLabel('Description').inputValue()).toBe('Sweet and sour');
    await page.keyboard.press('Escape');
    await ask.getByRole('button', { name: 'Leave' }).click();
    await sheet.waitFor({ state: 'detached' });

    expect((await asGuestsSee('Caponata'))?.description).not.toBe('Sweet and sour');
    expect(visit.complaints).toEqual([]);
  });

  test('takes an item off the menu of the guests by one key, and tells how few are left', async () => {
    await using visit = await site.visitAs('manager', '/office/menu');
    const { page } = visit;
    const sale = page.getByRole('switch', { name: 'Burrata: on sale' });
    await sale.focus();
    await page.keyboard.press('Space');
    await page.getByText('Burrata is off, for now.').waitFor();
    expect(await asGuestsSee('Burrata')).toMatchObject({ now: { because: 'SOLD_OUT' } });
    await page.keyboard.press('Space');
    await page.getByText('Burrata is on sale again.').waitFor();
    expect(await asGuestsSee('Burrata')).toMatchObject({ now: { orderable: true } });

    await page.getByRole('button', { name: 'Stock of Burrata' }).click();
    await page.getByLabel('How it is kept').selectOption('count');
    await page.getByLabel('How many there are').fill('3');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Low: 3 left').waitFor();
    expect((await itemNamed('Burrata')).staff).toMatchObject({ stockMode: 'count', stockLeft: 3 });
    expect(visit.complaints).toEqual([]);
  });

  test('makes an item with a question and a photo, and guests see it', async () => {
    await using visit = await site.visitAs('manager', '/office/menu');
    const { page } = visit;
    await page.getByRole('button', { name: 'New item' }).click();
    await page.getByRole('button', { name: 'Put on the menu' }).click();
    await page.getByText('It needs a name.').waitFor();
    await page.getByLabel('Name').fill('Pandolce');
    await page.getByLabel('Category').last().selectOption({ label: 'Dolci' });
    await page.getByLabel('Price').fill('6,5');
    await page.getByLabel('Tax in %').fill('10');
    await page.getByLabel('Allergens').fill('gluten, nuts');
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByLabel('Question', { exact: true }).fill('Size');
    await page.getByLabel('Option', { exact: true }).fill('For two');
    await page.getByLabel('Adds').fill('4.20');
    await page.getByRole('button', { name: 'Put on the menu' }).click();
    await page.getByText('Pandolce is on the menu. Give it a photo').waitFor();
    await page.getByLabel('Photo').setInputFiles(picture());
    await page.getByText('The photo hangs.').waitFor();
    await shot(page, 'menu new item');

    const item = await asGuestsSee('Pandolce');
    expect(item).toMatchObject({ price: 650, taxBps: 1_000, allergens: ['gluten', 'nuts'] });
    expect(item?.options).toMatchObject([{ name: 'Size', options: [{ priceDelta: 420 }] }]);
    expect(item?.photoId).toEqual(expect.any(String));
    expect(visit.complaints).toEqual([]);
  });

  test('refuses what is no picture, in words', async () => {
    await using visit = await site.visitAs('manager', '/office/menu');
    const { page } = visit;
    await page.getByRole('button', { name: 'Edit Tagliere' }).click();
    const text = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') };
    await page.getByLabel('Photo').setInputFiles(text);
    await page.getByText('That is no picture that can be shown.').waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('tells a manager that another was quicker, and keeps what both said', async () => {
    await using visit = await site.visitAs('manager', '/office/menu');
    const { page } = visit;
    await page.getByRole('button', { name: 'Edit Tiramisù' }).click();
    const admin = await site.client('admin');
    const { id: itemId } = await itemNamed('Tiramisù');
    await admin.menu.items.update.mutate({ itemId, price: 777, description: 'Theirs' });
    await page.getByLabel('Price').fill('9');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else changed this meanwhile.').waitFor();
    await page.getByText('Price: now €7.77, yours €9.00').waitFor();
    await shot(page, 'menu conflict');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save what I changed' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await itemNamed('Tiramisù')).toMatchObject({ price: 900, description: 'Theirs' });
    expect(visit.complaints).toEqual([]);
  });

  test('removes an item and puts it back, and says why a category cannot go', async () => {
    await using visit = await site.visitAs('manager', '/office/menu');
    const { page } = visit;
    await page.getByRole('button', { name: 'Remove Caponata' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Caponata is off the menu.').waitFor();
    await page.getByLabel('Show').selectOption('removed');
    await page.getByRole('button', { name: 'Put back Caponata' }).click();
    await page.getByText('Caponata is on the menu again.').waitFor();
    await itemNamed('Caponata');

    await page.getByRole('button', { name: 'Categories' }).click();
    await page.getByRole('button', { name: 'Remove Primi' }).click();
    await page.getByText('items are still in Primi.').waitFor();
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.getByRole('heading', { name: 'Amatriciana' }).waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('makes a category, moves it up, renames it and takes it away', async () => {
    await using visit = await site.visitAs('manager', '/office/menu');
    const { page } = visit;
    await page.getByRole('button', { name: 'Categories' }).click();
    const rows = page.getByRole('list', { name: 'Categories' }).getByRole('listitem');
    await page.getByLabel('New category').fill('Specials');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Move Specials up' }).click();
    await rows.nth(5).getByText('Specials').first().waitFor();
    await page.getByRole('button', { name: 'Change Specials' }).click();
    await page.getByLabel('Title').fill('Of the day');
    await page.getByRole('button', { name: 'Save' }).click();
    await rows.nth(5).getByText('Of the day').first().waitFor();
    const { items } = await (await site.client('chef')).menu.categories.list.query();
    expect(items.map(({ title }) => title).slice(-2)).toEqual(['Of the day', 'Bevande']);
    await page.getByRole('button', { name: 'Remove Of the day' }).click();
    await page.getByText('Of the day is gone.').waitFor();
    expect(visit.complaints).toEqual([]);
  });

  test('gives the menu as a file, and takes one in or says which row is wrong', async () => {
    await using visit = await site.visitAs('manager', '/office/menu');
    const { page } = visit;
    await page.getByRole('button', { name: 'As a file' }).click();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await coming).suggestedFilename()).toBe('menu.json');

    const client = await site.client('manager');
    const { items } = await client.menu.export.query();
    const [first] = items.filter(({ name }) => name === 'Gelato');
    await bring({ items: [{ ...first, price: -1 }] });
    await page.getByText('Gelato, price:').waitFor();
    await bring({ items: [{ ...first, price: 525 }] });
    await page.getByText('0 items added, 1 changed.').waitFor();
    expect(await itemNamed('Gelato')).toMatchObject({ price: 525 });
    expect(visit.complaints).toEqual([]);

    async function bring(menu: object) {
      const buffer = Buffer.from(JSON.stringify(menu));
      const file = { name: 'menu.json', mimeType: 'application/json', buffer };
      await page.getByLabel('Bring a file in', { exact: true }).last().setInputFiles(file);
      await page.getByRole('button', { name: 'Bring it in' }).click();
    }
  });

  test('gives a chef the switch and the stock, and no prices to change', async () => {
    await using visit = await site.visitAs('chef', '/office/menu');
    const { page } = visit;
    await page.getByRole('switch', { name: 'Burrata: on sale' }).waitFor();
    expect(await page.getByRole('button', { name: /^(Edit|Remove) /u }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'New item' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Categories' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Options of Carbonara' }).click();
    await page.getByRole('switch', { name: 'Guanciale: on sale' }).click();
    await page.getByText('Guanciale is off, for now.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Without Guanciale').first().waitFor();
    await shot(page, 'menu chef');
    expect(visit.complaints).toEqual([]);
  });
});

/** The smallest picture that there is: one dot. */
function picture() {
  const dot =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return { name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') };
}
