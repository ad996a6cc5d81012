import { bucketId } from './bucket-id.ts';
import { answer, drained } from './gcra.ts';
import { type Answer, assertAffordable, type Policy, type QuotaStore } from './store.ts';

interface Bucket {
  readonly used: readonly number[];
  readonly at: number;
  readonly fullAt: number;
}

/**
 * Quotas of one process, decided and charged in one synchronous step. Past `maxKeys` live keys every
 * new key of a policy shares one bucket with the others: too strict for a while rather than unbounded.
 */
export class GcraStore implements QuotaStore {
  readonly #now: () => number;
  readonly #maxKeys: number;
  readonly #buckets = new Map<string, Bucket>();
  readonly #shared = new Map<string, Bucket>();
  #broom = this.#buckets.entries();

  constructor(now: () => number = () => performance.now(), maxKeys = 200_000) {
    this.#now = now;
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#buckets.size;
  }

  consume(key: string, policy: Policy, cost = 1): Answer {
    assertAffordable(policy, cost);
    const now = this.#now();
    this.#sweep(now);
    const { shelf, id } = this.#place(key, policy);
    const present = shelf.get(id);
    const used = usedNow(present, policy, now);
    const said = answer(policy, used, cost);
    const after = said.allowed ? used.map((units) => units + cost) : used;
    // A look or a refusal stamps too: after a clock stepped back, draining goes on from here.
    if (present || cost > 0) shelf.set(id, bucket(policy, after, now));
    return said;
  }

  refund(key: string, policy: Policy, cost = 1): void {
    assertAffordable(policy, cost);
    const now = this.#now();
    const { shelf, id } = this.#place(key, policy);
    const present = shelf.get(id);
    if (!present) return;
    const used = usedNow(present, policy, now).map((units) => Math.max(0, units - cost));
    shelf.set(id, bucket(policy, used, now));
  }

  #place(key: string, policy: Policy): { shelf: Map<string, Bucket>; id: string } {
    const id = bucketId(policy, key);
    const own = this.#buckets.size < this.#maxKeys || this.#buckets.has(id);
    return own ? { shelf: this.#buckets, id } : { shelf: this.#shared, id: policy.name };
  }

  /** Two a call: faster than one call can add, and no timer. */
  #sweep(now: number): void {
    for (let looked = 0; looked < 2; looked += 1) {
      const next = this.#broom.next();
      if (next.done) {
        this.#broom = this.#buckets.entries();
        return;
      }
      const [id, { fullAt }] = next.value;
      if (fullAt <= now) this.#buckets.delete(id);
    }
  }
}

function usedNow(present: Bucket | undefined, policy: Policy, now: number): number[] {
  return policy.windows.map((window, i) =>
    present ? drained(window, present.used[i] ?? 0, now - present.at) : 0,
  );
}

function bucket(policy: Policy, used: readonly number[], now: number): Bucket {
  const toFull = policy.windows.map((window, i) => ((used[i] ?? 0) * window.ms) / window.limit);
  return { used, at: now, fullAt: now + Math.max(...toFull) };
}
