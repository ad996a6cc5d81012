import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finishedOf, isLive, PATIENCE, takes, ticketOf } from './kitchens.ts';
import { openSite, type Site, type Visit } from './site.ts';

let site: Site;
let kitchen: Visit;
let page: Page;
let manager: Awaited<ReturnType<Site['client']>>;

// One screen on the wall for all of it, as in a kitchen.
beforeAll(async () => {
  site = await openSite();
  manager = await site.client('manager');
  kitchen = await site.visitAs('master_chef', '/kitchen');
  ({ page } = kitchen);
  await isLive(page);
});
afterAll(() => site[Symbol.asyncDispose]());

const dish = (order: { number: number }, name: string) =>
  ticketOf(page, order).getByRole('button', { name });

describe('a new ticket', () => {
  test('comes by itself, and is announced', async () => {
    const order = await takes(manager, ['Calzone'], { note: 'No gluten' });
    await ticketOf(page, order).waitFor();

    const told = page.getByText(`New order ${order.number}, Eaten here: 1 × Calzone.`);
    expect(await told.getAttribute('role')).toBe('status');
    expect(await ticketOf(page, order).textContent()).toMatch(
      /New.*Not accepted.*Allergy No gluten/,
    );
  });

  test('is told by how close the promise is, in words, while time goes by', async () => {
    const order = await takes(manager, ['Marinara']);
    const { orderId, version } = await placeOf(order.id);
    await manager.orders.advance.mutate({ orderId, expectedVersion: version, to: 'confirmed' });
    const ticket = ticketOf(page, order);
    await ticket.getByText(/^On time: \d+ min left$/).waitFor();

    await page.evaluate('window.was = Date.now; Date.now = () => window.was() + 30 * 60_000;');
    await ticket.getByText(/^Late by \d+ min$/).waitFor();
    const late = await ticket.getAttribute('class');
    await page.evaluate('Date.now = window.was;');
    await ticket.getByText(/^On time/).waitFor();

    expect(late).toContain('is-late');
  });

  test('is accepted by a tap', async () => {
    const order = await takes(manager, ['Marinara']);
    await ticketOf(page, order).getByRole('button', { name: 'Accept' }).click();
    await ticketOf(page, order).getByText('Not accepted').waitFor({ state: 'detached' });
    await ticketOf(page, order)
      .getByText(/^On time/)
      .waitFor();

    expect((await placeOf(order.id)).state).toBe('confirmed');
  });

  test('that is called off is taken down, and that is said', async () => {
    const order = await takes(manager, ['Calzone']);
    await ticketOf(page, order).waitFor();

    const { orderId, version } = await placeOf(order.id);
    await manager.orders.cancel.mutate({ orderId, expectedVersion: version });
    await page.getByText(`Order ${order.number} was called off.`).first().waitFor();

    expect(await ticketOf(page, order).count()).toBe(0);
  });

  test('of another round says which', async () => {
    const order = await takes(manager, ['Calzone']);
    await takes(manager, ['Tiramis'], { orderId: order.id });

    await page.getByRole('article').getByText('Round 2').waitFor();
    expect(await page.getByRole('article', { name: `Order ${order.number},` }).count()).toBe(2);
  });
});

async function placeOf(orderId: string) {
  const { version, state, items } = await manager.orders.show.query({ orderId });
  return { orderId, version, state, items: items.map((item) => item.state) };
}

describe('cooking', () => {
  test('goes by touch, item by item, until the order is ready', async () => {
    const order = await takes(manager, ['Calzone', 'Tiramis']);
    await dish(order, 'Calzone').click();
    await ticketOf(page, order)
      .getByText(/^Cooking/)
      .waitFor();
    const begun = await placeOf(order.id);
    await dish(order, 'Calzone').click();
    await dish(order, 'Tiramis').click();
    await dish(order, 'Tiramis').click();
    await ticketOf(page, order).getByRole('button', { name: 'Order ready' }).click();
    await finishedOf(page, order).waitFor();
    await expect.poll(() => placeOf(order.id), PATIENCE).toMatchObject({ state: 'ready' });

    expect(begun).toMatchObject({ state: 'preparing', items: ['cooking', 'queued'] });
    expect(await ticketOf(page, order).count()).toBe(0);
  });

  test('goes by one tap for a whole ticket', async () => {
    const order = await takes(manager, ['Calzone', 'Tiramis']);
    await ticketOf(page, order).getByRole('button', { name: 'All done: ready' }).click();
    await finishedOf(page, order).waitFor();

    await expect
      .poll(() => placeOf(order.id), PATIENCE)
      .toMatchObject({ state: 'ready', items: ['done', 'done'] });
  });

  test('goes by the keyboard alone', async () => {
    const order = await takes(manager, ['Calzone', 'Tiramis']);
    const ticket = ticketOf(page, order);
    await ticket.waitFor();
    await page.keyboard.press('ArrowRight');
    const all = await page.locator('.kitchen-ticket').count();
    for (let nth = 1; nth < all; nth++) await page.keyboard.press('ArrowRight');
    const at = await page.evaluate('document.activeElement.getAttribute("aria-label")');
    for (const _ of ['start', 'finish', 'start', 'finish']) await page.keyboard.press('Enter');
    await ticket.getByRole('button', { name: 'Order ready' }).waitFor();
    await page.keyboard.press('Enter');
    await finishedOf(page, order).waitFor();
    const isAtNext = await page.evaluate('document.activeElement.matches(".kitchen-ticket")');
    await expect.poll(() => placeOf(order.id), PATIENCE).toMatchObject({ state: 'ready' });

    expect({ at, isAtNext }).toEqual({ at: `Order ${order.number}, Eaten here`, isAtNext: true });
  });

  test('tells its keys, and letters can be switched off', async () => {
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.getByLabel('Letters and numbers work, too').uncheck();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.keyboard.press('r');
    const open = await page.getByRole('dialog').count();
    await page.getByRole('button', { name: 'Keys' }).click();
    await keys.getByLabel('Letters and numbers work, too').check();
    await page.keyboard.press('Escape');

    expect(open).toBe(0);
  });

  test('is taken up again: what was finished is recalled, by touch and by key', async () => {
    const order = await takes(manager, ['Calzone', 'Tiramis']);
    const done = ticketOf(page, order).getByRole('button', { name: 'All done: ready' });
    await done.click();
    await expect.poll(() => placeOf(order.id), PATIENCE).toMatchObject({ state: 'ready' });

    await finishedOf(page, order).click();
    await page.getByRole('button', { name: 'Recall Calzone' }).click();
    await expect
      .poll(() => placeOf(order.id), PATIENCE)
      .toMatchObject({ state: 'preparing', items: ['cooking', 'done'] });
    await done.click();
    await expect.poll(() => placeOf(order.id), PATIENCE).toMatchObject({ state: 'ready' });
    await page.keyboard.press('r');
    await page.getByRole('dialog', { name: `Order ${order.number},` }).waitFor();
    await page.getByLabel('Why something is recalled').selectOption('To be cooked again');
    await page.getByRole('button', { name: 'Recall Tiramis' }).click();
    await expect
      .poll(() => placeOf(order.id), PATIENCE)
      .toMatchObject({ items: ['done', 'cooking'] });

    const { history } = await manager.orders.show.query({ orderId: order.id });
    expect(history.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['Finished by mistake', 'To be cooked again']),
    );
  });
});

describe('two screens', () => {
  let other: Visit;
  beforeAll(async () => {
    other = await site.visitAs('chef', '/kitchen?station=oven');
    await isLive(other.page);
  });
  afterAll(() => other[Symbol.asyncDispose]());

  test('see what happens on the other, each its own station', async () => {
    const order = await takes(manager, ['Calzone', 'Tiramis']);
    await ticketOf(other.page, order).waitFor();
    const shown = await ticketOf(other.page, order).textContent();
    await dish(order, 'Calzone').click();
    const hisCalzone = ticketOf(other.page, order).getByRole('button', { name: 'Calzone' });
    await hisCalzone.getByText(/^Cooking/).waitFor();
    await ticketOf(other.page, order).getByRole('button', { name: 'All done here' }).click();
    await finishedOf(other.page, order).waitFor();
    await dish(order, 'Calzone').getByText(/^Done/).waitFor();
    await ticketOf(page, order).getByRole('button', { name: 'All done: ready' }).click();

    await expect.poll(() => placeOf(order.id), PATIENCE).toMatchObject({ state: 'ready' });
    expect(shown).not.toContain('Tiramis');
  });

  test('stay at their station, also when they are loaded anew', async () => {
    const { page } = other;
    await page.goto(`${site.server.url}/kitchen`);
    await page.waitForURL(/\/kitchen\?station=oven$/);
    await page.getByRole('button', { name: /^oven/, pressed: true }).waitFor();
    await isLive(page);

    await page.keyboard.press('0');
    await page.waitForURL(/\/kitchen$/);
    await page.keyboard.press('1');
    await page.waitForURL(/station=fryer$/);

    expect(await page.getByRole('button', { pressed: true }).count()).toBe(1);
  });
});

describe('somebody quicker', () => {
  test('is told of softly, and what they did is shown', async () => {
    const order = await takes(manager, ['Calzone']);
    await ticketOf(page, order).waitFor();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/trpc/kitchen.startItem*', async (route) => {
      await held;
      await route.continue();
    });
    await dish(order, 'Calzone').click();
    await dish(order, 'Calzone')
      .getByText(/^Cooking/)
      .waitFor();
    const [item] = order.items;
    await manager.kitchen.finishItem.mutate({ orderItemId: item?.id ?? '' });
    release();
    await page.getByText('Somebody was quicker: that is done already.').waitFor();
    await page.unroute('**/trpc/kitchen.startItem*');

    await ticketOf(page, order).getByRole('button', { name: 'Order ready' }).waitFor();

    expect(await dish(order, 'Calzone').getByText(/^Done/).count()).toBe(1);
  });

  test('who finished a part of it is in nobody’s way when the rest is done', async () => {
    const order = await takes(manager, ['Calzone', 'Tiramis']);
    await ticketOf(page, order).waitFor();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/trpc/kitchen.finishItem*', async (route) => {
      await held;
      await route.continue();
    });
    await ticketOf(page, order).getByRole('button', { name: 'All done: ready' }).click();
    await finishedOf(page, order).waitFor();
    const [item] = order.items;
    await manager.kitchen.finishItem.mutate({ orderItemId: item?.id ?? '' });
    release();

    await expect.poll(() => placeOf(order.id), PATIENCE).toMatchObject({ state: 'ready' });
    await page.unroute('**/trpc/kitchen.finishItem*');
  });
});

describe('what has run out', () => {
  test('is taken off the menu after a question, and put back', async () => {
    const order = await takes(manager, ['Marinara']);
    const available = async () =>
      (await manager.menu.list.query({ search: 'Marinara' })).items.map((item) => item.available);
    await ticketOf(page, order)
      .getByRole('button', { name: /^More about/ })
      .click();
    await page.getByRole('button', { name: 'Sold out Marinara' }).click();
    const before = await available();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sold out' }).click();
    await page.getByText('Marinara is sold out.').first().waitFor();
    const after = await available();
    await page.getByRole('button', { name: 'Put back Marinara' }).click();
    await page.getByText('Marinara is on the menu again.').first().waitFor();
    await page.keyboard.press('Escape');

    expect([before, after, await available()]).toEqual([[true], [false], [true]]);
  });
});

describe('the sound', () => {
  test('rings for a new ticket once it is on, and stays on', async () => {
    const rings = () => page.evaluate('window.rings') as Promise<number>;
    await kitchen.context.addInitScript(`
      window.rings = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...at) {
        if (this.context.state === 'running') window.rings += 1;
        return start.apply(this, at);
      };`);
    await page.reload();
    await isLive(page);
    await ticketOf(page, await takes(manager, ['Calzone'])).waitFor();
    const silent = await rings();
    await page.getByRole('button', { name: 'Sound: off' }).click();
    await expect.poll(rings, PATIENCE).toBe(2);
    await ticketOf(page, await takes(manager, ['Calzone'])).waitFor();
    await expect.poll(rings, PATIENCE).toBe(4);
    await page.reload();
    await page.getByRole('button', { name: 'Sound: on' }).getByText('after a tap').waitFor();
    await page.getByRole('heading', { name: 'Kitchen' }).click();
    await page.getByText('after a tap').waitFor({ state: 'detached' });

    expect(silent).toBe(0);
  });
});

test('nothing went wrong behind it', () => {
  expect(kitchen.complaints).toEqual([]);
});
