import { setInterval as every } from 'node:timers/promises';
import { type Fault, type PlaceOrder } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { guestOf, type Said } from '../faults/shoppers.ts';
import { type Viewer, viewAt } from '../faults/watchers.ts';
import { times } from '../recording.ts';
import type { Site } from './site.ts';

const BUYERS = 6;
const PAUSE_MS = 100;
const WATCHERS = ['manager', 'waiter', 'chef', 'employee', 'head_chef', 'manager'] as const;

/** A call that its caller saw fail. */
interface Failed {
  what: 'look' | 'add' | 'place';
  reason: string;
  details: unknown;
}

/** Guests who look, fill their carts and order through the proxy, by the client as it comes. */
export interface Trade {
  /** Of every key that was ever sent. */
  readonly said: Said[];
  readonly failed: Failed[];
  /** How many calls were answered. */
  readonly answered: number;
  /** Nobody begins anything any more; resolves when what was begun is over. */
  end(): Promise<void>;
}

export async function startTrade(site: Site, itemId: string): Promise<Trade> {
  const said: Said[] = [];
  const failed: Failed[] = [];
  let answered = 0;
  const closing = new AbortController();
  const calling = async <Answer>(what: Failed['what'], call: Promise<Answer>) => {
    try {
      const answer = await call;
      answered += 1;
      return answer;
    } catch (error) {
      const { reason, details } = error as Fault;
      failed.push({ what, reason, details });
      return undefined;
    }
  };
  const guests = await Promise.all(times(BUYERS, () => guestOf(site)));
  const buying = guests.map(async ({ id: shopperId, headers }) => {
    const { cart, orders } = site.client({ headers });
    for await (const _ of every(PAUSE_MS)) {
      if (closing.signal.aborted) return;
      await calling('look', cart.show.query());
      const filled = await calling('add', cart.add.mutate({ itemId }));
      if (!filled) continue;
      const { version: cartVersion } = filled;
      const input: PlaceOrder = { idempotencyKey: newId(), cartVersion, type: 'pickup' };
      const order = await calling('place', orders.place.mutate(input));
      said.push({ shopperId, input, ...(order ? { outcome: 'told', order } : UNKNOWN) });
    }
  });
  const shopping = Promise.all(buying);
  shopping.catch(() => undefined);
  return {
    said,
    failed,
    get answered() {
      return answered;
    },
    end: async () => {
      closing.abort();
      await shopping;
    },
  };
}

const UNKNOWN = { outcome: 'unknown' } as const;

/** People of several roles who watch through the proxy, and have all begun to. */
export async function audience(site: Site) {
  const people = await site.fleet.premises.hire(WATCHERS);
  const viewers: Viewer[] = [];
  // One after the other: they would wait for the hash of their passwords anyway.
  for (const person of people) viewers.push(await viewAt({ url: site.nginx.url }, person));
  return {
    viewers,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(viewers.map((one) => one[Symbol.asyncDispose]()));
    },
  };
}
