import type { Client, ClientOptions } from '@comanda/client';
import { inTurn, parallel } from '../auth/callers.ts';
import { guestOf } from '../faults/shoppers.ts';
import { OF_SEVERAL_SERVERS, untilAnswered } from '../orders/patience.ts';
import { times } from '../recording.ts';
import type { Site } from './site.ts';

/** What is busy for a moment is asked again, however often: how fast the machine is, is not the point. */
const PATIENT = { retry: { attempts: 1_000, baseMs: 50 } } as const;

/** So many clients of one caller: the calls of each travel by themselves, to whichever server. */
export function hands(site: Site, count: number, options: Partial<ClientOptions>): Client[] {
  return times(count, () => site.client({ ...PATIENT, ...options }));
}

/** For calls without a key, which the client repeats for nobody: these have done nothing. */
export function patiently<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  return untilAnswered(call, OF_SEVERAL_SERVERS);
}

const WAVE = 10;

interface Wish {
  count: number;
  /** What is put into each cart, in this order. */
  wanted: (nth: number) => { itemId: string; quantity?: number }[];
}

/** A guest with something in their cart. */
export interface Guest {
  id: string;
  headers: Record<string, string>;
  client: Client;
  cartVersion: number;
}

/** They come ten at a time: what is at once is what they do then. */
export async function guests(site: Site, { count, wanted }: Wish): Promise<Guest[]> {
  const waves = await inTurn(Math.ceil(count / WAVE), (wave) =>
    parallel(Math.min(WAVE, count - wave * WAVE), async (at) => {
      const { id, headers } = await guestOf(site);
      const client = site.client({ ...PATIENT, headers });
      let cartVersion = 0;
      for (const line of wanted(wave * WAVE + at)) {
        ({ version: cartVersion } = await client.cart.add.mutate(line));
      }
      return { id, headers, client, cartVersion };
    }),
  );
  return waves.flat();
}

interface Stock {
  left: number;
  /** Units in all orders. */
  sold: number;
  orders: number;
}

/** What the database says of a counted item. */
export function stockOf({ fleet }: Site, itemId: string): Promise<Stock> {
  return fleet.premises.look(async (ask) => {
    const [row = {}] = await ask(`select stock_left as stockLeft,
      (select coalesce(sum(quantity), 0) from order_item where item_id = '${itemId}') as sold,
      (select count(distinct order_id) from order_item where item_id = '${itemId}') as orders
      from menu_item where id = '${itemId}'`);
    const { stockLeft, sold, orders } = row;
    return { left: Number(stockLeft), sold: Number(sold), orders: Number(orders) };
  });
}
