import { lockOfTabs } from './locks.ts';
import { shelf, type TextStorage } from './shelf.ts';
import type { SessionStore, Tokens } from './store.ts';

/**
 * A session that outlives the page and is shared by all tabs, in `localStorage`; scripts of the page
 * can read it there. Where there is no `localStorage` it is kept in memory.
 */
export function localStorageSession({
  key = 'comanda.session',
  storage,
}: { key?: string; storage?: TextStorage } = {}): SessionStore {
  const { get, set } = shelf(key, storage);
  return {
    read: () => tokensIn(get()),
    write: (tokens) => set(tokens ? JSON.stringify(tokens) : null),
    lock: lockOfTabs(key),
  };
}

/** Nothing when somebody else wrote there. */
function tokensIn(text: string | null): Tokens | undefined {
  try {
    const tokens = JSON.parse(text ?? '') as Tokens;
    return typeof tokens.accessToken === 'string' ? tokens : undefined;
  } catch {
    return undefined;
  }
}
