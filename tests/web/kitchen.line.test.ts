import type { Client, OrderView } from '@comanda/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFolder, startServer } from '../faults/server.ts';
import { isLive, PATIENCE, takes, ticketOf } from './kitchens.ts';
import { openSite, shot, type Site, type Visit } from './site.ts';

// Known here, so that another server may go on with it.
const data = dataFolder();
let site: Site;
let kitchen: Visit;
let manager: Client;
beforeAll(async () => {
  site = await openSite({ DATA_DIR: data.path });
  manager = await site.client('manager');
  kitchen = await site.visitAs('chef', '/kitchen');
  await isLive(kitchen.page);
});
afterAll(async () => {
  await site[Symbol.asyncDispose]();
  data[Symbol.dispose]();
});

/** How often each of them hangs there. */
async function hung(orders: OrderView[]): Promise<number[]> {
  const names = orders.map(({ number }) => `Order ${number},`);
  return Promise.all(names.map((name) => kitchen.page.getByRole('article', { name }).count()));
}

describe('a line that breaks', () => {
  test('is told, taps are refused, and afterwards everything is there, once', async () => {
    const { page, context } = kitchen;
    const before = await takes(manager, ['Calzone']);
    await ticketOf(page, before).waitFor();

    await context.setOffline(true);
    await page.getByText(/^Offline\. This is how it was at \d\d:\d\d\./).waitFor();
    await shot(page, 'kitchen offline');
    const meanwhile = [
      await takes(manager, ['Calzone']),
      await takes(manager, ['Marinara', 'Tiramis']),
    ];
    await ticketOf(page, before).getByRole('button', { name: 'Calzone' }).click({ force: true });
    await page.getByText('this can be done once the kitchen is connected again').first().waitFor();
    const untouched = await ticketOf(page, before)
      .getByText(/^Cooking/)
      .count();
    await context.setOffline(false);
    await isLive(page);
    for (const order of meanwhile) await ticketOf(page, order).waitFor();

    expect(untouched).toBe(0);
    expect(await hung([before, ...meanwhile])).toEqual([1, 1, 1]);
    await expect
      .poll(() => manager.orders.show.query({ orderId: before.id }), PATIENCE)
      .toMatchObject({ state: 'pending', items: [{ state: 'queued' }] });
  });

  test('or a server that is killed: the screen says so, and goes on with the next', async () => {
    const { page } = kitchen;
    const before = await takes(manager, ['Calzone']);
    await ticketOf(page, before).waitFor();

    site.server.kill('SIGKILL');
    await site.server.exited;
    await page.getByText('Offline', { exact: true }).waitFor();
    const shownOffline = await hung([before]);
    const env = { PORT: `${site.server.port}` };
    await using _next = await startServer({ dataDir: data.path, env });
    const meanwhile = await takes(manager, ['Marinara']);
    await isLive(page);
    await ticketOf(page, meanwhile).waitFor();
    const button = ticketOf(page, before).getByRole('button', { name: 'Calzone' });
    await button.click();
    await button.getByText(/^Cooking/).waitFor();
    await expect
      .poll(() => manager.orders.show.query({ orderId: before.id }), PATIENCE)
      .toMatchObject({ items: [{ state: 'cooking' }] });

    expect(shownOffline).toEqual([1]);
    expect(await hung([before, meanwhile])).toEqual([1, 1]);
    expect(kitchen.complaints).toEqual([]);
  });
});
