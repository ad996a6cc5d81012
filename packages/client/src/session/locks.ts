import { patiently, pause } from '../links/waiting.ts';
import type { SessionStore } from './store.ts';

type Lock = <T>(work: () => Promise<T>) => Promise<T>;

const WAIT_MS = 5_000;

/**
 * Runs `work` under the lock of the store. A lock that does not come in time, or breaks, is done
 * without: the service answers a refresh token that two have sent twice.
 */
export async function underLock<T>(store: SessionStore, work: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  const begin = () => (begun ??= work());
  if (store.lock) await patiently(WAIT_MS, async () => store.lock?.(begin));
  return begin();
}

/** One after the other, among those who hold this very lock. */
export function queue(): Lock {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

/** What one tab writes to `localStorage` another sees a moment later, lock or no lock. */
const SEEN_MS = 100;

/** One after the other, in all tabs of the browser where it can. */
export function lockOfTabs(name: string): Lock {
  const ownTab = queue();
  return async (work) => {
    // Missing in old browsers, and where the page did not come by https.
    const { locks } = (globalThis.navigator ?? {}) as Partial<Navigator>;
    if (!locks) return ownTab(work);
    const first = await locks.request(name, { ifAvailable: true }, async (lock) =>
      lock ? { done: await work() } : undefined,
    );
    return first ? first.done : locks.request(name, () => pause(SEEN_MS).then(work));
  };
}
