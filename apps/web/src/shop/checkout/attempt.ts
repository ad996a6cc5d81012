import type { PlaceOrder } from '@comanda/client';
import { newId } from '../../house/new-id.ts';
import { inTab } from '../../house/kept.ts';

const PLACE = 'comanda.order-attempt';

/**
 * An order that was sent and of which nobody knows yet what became. It outlives a reload: as long as
 * it is kept, the same is asked with the same key, and the restaurant makes one order of it.
 */
export interface Attempt {
  asked: PlaceOrder & { idempotencyKey: string };
  /** Who asked: the id of an account, or `guest`. Keys of one are not known of another. */
  by: string;
  /** How often no answer came. */
  lost: number;
}

export function readAttempt(): Attempt | undefined {
  const text = inTab.get(PLACE);
  return text === null ? undefined : (JSON.parse(text) as Attempt);
}

export function keepAttempt(attempt: Attempt): Attempt {
  inTab.set(PLACE, JSON.stringify(attempt));
  return attempt;
}

export function forgetAttempt(): void {
  inTab.remove(PLACE);
}

/** Written down before anything is sent. */
export function beginAttempt(asked: PlaceOrder, by: string): Attempt {
  return keepAttempt({ asked: { ...asked, idempotencyKey: newId() }, by, lost: 0 });
}
