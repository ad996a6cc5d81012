/** A few texts under names, kept beyond a reload. */
interface Kept {
  get(name: string): string | null;
  set(name: string, text: string): void;
  remove(name: string): void;
}

/** In this browser, for good. */
export const inBrowser = keptIn(() => localStorage);
/** In this tab, until it is closed. */
export const inTab = keptIn(() => sessionStorage);

/** Where a browser keeps nothing, as when all cookies are blocked, the page goes on without. */
function keptIn(storage: () => Storage): Kept {
  const memory = new Map<string, string>();
  const attempt = <Answer>(work: (storage: Storage) => Answer): Answer | undefined => {
    try {
      return work(storage());
    } catch {
      return undefined;
    }
  };
  return {
    get: (name) => attempt((kept) => kept.getItem(name)) ?? memory.get(name) ?? null,
    set: (name, text) => {
      memory.set(name, text);
      attempt((kept) => kept.setItem(name, text));
    },
    remove: (name) => {
      memory.delete(name);
      attempt((kept) => kept.removeItem(name));
    },
  };
}
