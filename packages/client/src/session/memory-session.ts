import { held } from './held.ts';
import { queue } from './locks.ts';
import type { SessionStore, Tokens } from './store.ts';

/** A session that ends with the page or the process. Clients may share one. */
export function memorySession(): SessionStore {
  return { ...held<Tokens>(), lock: queue() };
}
