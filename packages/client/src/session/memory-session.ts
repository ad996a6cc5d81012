import { queue } from './locks.ts';
import type { SessionStore, Tokens } from './store.ts';

/** A session that ends with the page or the process. Clients may share one. */
export function memorySession(): SessionStore {
  let kept: Tokens | undefined;
  return {
    read: () => kept,
    write: (tokens) => {
      kept = tokens;
    },
    lock: queue(),
  };
}
