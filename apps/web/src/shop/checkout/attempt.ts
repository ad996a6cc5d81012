import type { PlaceOrder } from '@comanda/client';

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
  const text = sessionStorage.getItem(PLACE);
  return text === null ? undefined : (JSON.parse(text) as Attempt);
}

export function keepAttempt(attempt: Attempt): Attempt {
  sessionStorage.setItem(PLACE, JSON.stringify(attempt));
  return attempt;
}

export function forgetAttempt(): void {
  sessionStorage.removeItem(PLACE);
}

/** Written down before anything is sent. */
export function beginAttempt(asked: PlaceOrder, by: string): Attempt {
  return keepAttempt({ asked: { ...asked, idempotencyKey: newKey() }, by, lost: 0 });
}

/** `crypto.randomUUID` is there for pages by https alone. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
