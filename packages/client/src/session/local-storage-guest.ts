import type { GuestStore } from './guest-store.ts';
import { shelf, type TextStorage } from './shelf.ts';

/**
 * A guest who is known again after the page is closed, and in all tabs, by a token in
 * `localStorage`. Where there is no `localStorage` it is kept in memory.
 */
export function localStorageGuest({
  key = 'comanda.guest',
  storage,
}: { key?: string; storage?: TextStorage } = {}): GuestStore {
  const { get, set } = shelf(key, storage);
  return {
    read: () => get() ?? undefined,
    write: (token) => set(token ?? null),
  };
}
