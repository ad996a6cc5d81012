import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Policy, QuotaStore } from '@comanda/quotas/store';

const BETWEEN_MS = 10;
const HANG_LIMIT_MS = 20_000;

/** About 100 calls a second, each on a key of its own, until the end of the scope. */
export interface Traffic extends AsyncDisposable {
  /** Waits for the first call from now on whose answer is so, and tells after how many ms it came. */
  until(isSo: (answer: Answer) => boolean): Promise<number>;
  /** Ends it; answers how long the calls took, the slowest last. Rejects when one failed or hangs. */
  end(): Promise<number[]>;
}

export function traffic(store: QuotaStore, policy: Policy): Traffic {
  const calls: Promise<number>[] = [];
  const listeners = new Set<(answer: Answer) => void>();
  const stopped = new AbortController();

  async function call(): Promise<number> {
    const since = performance.now();
    const answer = await store.consume(`guest ${calls.length}`, policy);
    for (const listener of listeners) listener(answer);
    return performance.now() - since;
  }

  async function flow(): Promise<void> {
    while (!stopped.signal.aborted) {
      const one = call();
      one.catch(() => undefined); // told at the end
      calls.push(one);
      await pause(BETWEEN_MS);
    }
  }

  const flowing = flow();
  const end = async () => {
    stopped.abort();
    await flowing;
    const took = await hangless(Promise.all(calls), 'a call');
    return took.sort((a, b) => a - b);
  };
  return {
    until: (isSo) => {
      const since = performance.now();
      const seen = new Promise<number>((resolve) => {
        listeners.add((answer) => isSo(answer) && resolve(performance.now() - since));
      });
      return hangless(seen, 'such an answer');
    },
    end,
    [Symbol.asyncDispose]: async () => {
      await end().catch(() => undefined);
    },
  };
}

export function p99(sorted: readonly number[]): number {
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

function hangless<T>(promise: Promise<T>, what: string): Promise<T> {
  const limit = AbortSignal.timeout(HANG_LIMIT_MS);
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(new Error(`No end of ${what}`)));
  });
  return Promise.race([promise, late]);
}
