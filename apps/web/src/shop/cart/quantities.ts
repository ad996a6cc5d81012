import { useSyncExternalStore } from 'react';
import { comanda } from '../../house/comanda.ts';
import { here } from '../../house/restaurant.ts';
import { freshCart, keepCart } from './cart-data.ts';

const CALM_MS = 600;

interface Pending {
  /** How many somebody wants of a line, by its key, as long as the service has not said yes. */
  wanted: ReadonlyMap<string, number>;
  /** Why the last change did not come about. */
  wrong: unknown;
}

let pending: Pending = { wanted: new Map(), wrong: null };
let calm: ReturnType<typeof setTimeout> | undefined;
let sending: Promise<void> = Promise.resolve();
const watchers = new Set<() => void>();

/** Quantities that were asked for and not yet answered; they outlive the sheet in which they were asked. */
export function usePending(): Pending {
  return useSyncExternalStore(watch, () => pending);
}

/** Many presses in a row become one call. */
export function want(key: string, quantity: number): void {
  becomes({ wanted: new Map(pending.wanted).set(key, quantity), wrong: null });
  clearTimeout(calm);
  calm = setTimeout(() => void settle(), CALM_MS);
}

/** Sends now what is wanted, one line after the other; resolves when all is answered. */
export function settle(): Promise<void> {
  clearTimeout(calm);
  sending = sending.then(sendAll);
  return sending;
}

/** Nobody wants another number of this line any more: it is gone. */
export function forgetWanted(key: string): void {
  const wanted = new Map(pending.wanted);
  wanted.delete(key);
  becomes({ ...pending, wanted });
}

async function sendAll(): Promise<void> {
  for (const [key, quantity] of pending.wanted) {
    try {
      await keepCart(await comanda.cart.setQuantity.mutate({ ...here(), key, quantity }));
    } catch (wrong) {
      becomes({ ...pending, wrong });
      await freshCart().catch(() => null);
    }
    // Another number in the meantime has a call of its own.
    if (pending.wanted.get(key) === quantity) forgetWanted(key);
  }
}

function becomes(next: Pending): void {
  pending = next;
  for (const told of watchers) told();
}

function watch(told: () => void): () => void {
  watchers.add(told);
  return () => watchers.delete(told);
}
