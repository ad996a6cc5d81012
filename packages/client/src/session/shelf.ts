/** What is needed of `localStorage`. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface Shelf {
  get(): string | null;
  set(text: string | null): void;
}

/** One text in `localStorage`; in memory where there is none, or it is full or forbidden. */
export function shelf(key: string, storage?: TextStorage): Shelf {
  // Reading the global already throws where cookies are blocked.
  const place = () => storage ?? localStorage;
  let own: string | null = null;
  let refused = false;
  return {
    get: () => {
      try {
        return refused ? own : place().getItem(key);
      } catch {
        return own;
      }
    },
    set: (text) => {
      own = text;
      if (text !== null && does(() => place().setItem(key, text))) {
        refused = false;
      } else {
        // When there is no room either: no other tab should find what is outdated.
        const removed = does(() => place().removeItem(key));
        refused = text !== null || !removed;
      }
    },
  };
}

function does(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
