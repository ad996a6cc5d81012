import type { Client, OrderView } from '@comanda/client';
import type { Locator, Page } from 'playwright-core';

type Taking = Parameters<Client['orders']['take']['mutate']>[0];
type Order = Omit<Taking, 'lines'> & { note?: string };

/** Somebody takes an order of these dishes down, in another place than before the screen. */
export async function takes(
  client: Client,
  dishes: readonly string[],
  { note, ...order }: Order = {},
): Promise<OrderView> {
  const found = await Promise.all(
    dishes.map((search) => client.menu.list.query({ search, limit: 1 })),
  );
  const lines = found.flatMap(({ items }) =>
    items.map(({ id: itemId, options: groups }) => ({
      itemId,
      options: groups.flatMap(({ min, options }) =>
        options.slice(0, min).map(({ id: optionId }) => ({ optionId })),
      ),
      ...(note !== undefined && { note }),
    })),
  );
  return client.orders.take.mutate({ ...order, lines });
}

/** An order as it hangs on the screen; of several rounds the first. */
export function ticketOf(page: Page, { number }: { number: number }): Locator {
  return page.getByRole('article', { name: `Order ${number},` }).first();
}

/** The same below, among those that were just finished. */
export function finishedOf(page: Page, { number }: { number: number }): Locator {
  return page.getByRole('button', { name: `Recall order ${number}` });
}

export async function isLive(page: Page): Promise<void> {
  await page.getByText('Live', { exact: true }).waitFor();
}

/** For what happens behind the screen, on a machine that has other work, too. */
export const PATIENCE = { timeout: 20_000 };
