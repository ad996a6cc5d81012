import { shortKey } from './bucket-id.ts';
import { answer, drained } from './gcra.ts';
import { type Answer, assertAffordable, type Policy, type QuotaStore } from './store.ts';

/** What one key has used of each window, as it stood at an instant. Changed where it lies: every call has one. */
interface Bucket {
  readonly key: string;
  readonly used: number[];
  at: number;
  fullAt: number;
}

/** The buckets of one policy by key. */
type Shelf = Map<string, Bucket>;

/**
 * Quotas of one process, decided and charged in one synchronous step. Past `maxKeys` live keys every
 * new key of a policy shares one bucket with the others: too strict for a while rather than unbounded.
 */
export class GcraStore implements QuotaStore {
  readonly #now: () => number;
  readonly #maxKeys: number;
  /** By the names of their policies: no name is made up for a call. */
  readonly #shelves = new Map<string, Shelf>();
  /** One bucket for each policy. */
  readonly #shared: Shelf = new Map();
  #size = 0;
  #swept: Shelf = new Map();
  #broom = this.#swept.values();
  #round = this.#shelves.values();

  constructor(now: () => number = () => performance.now(), maxKeys = 200_000) {
    this.#now = now;
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#size;
  }

  consume(key: string, policy: Policy, cost = 1): Answer {
    assertAffordable(policy, cost);
    const now = this.#now();
    this.#sweep(now);
    const known = this.#find(shortKey(key), policy);
    if (!known && cost === 0) return answer(policy, NOTHING, 0);
    const bucket = known ?? this.#add(shortKey(key), policy, now);
    // A look or a refusal stamps too: after a clock stepped back, draining goes on from here.
    drain(bucket, policy, now);
    const said = answer(policy, bucket.used, cost);
    put(bucket, policy, said.allowed ? cost : 0);
    return said;
  }

  refund(key: string, policy: Policy, cost = 1): void {
    assertAffordable(policy, cost);
    const bucket = this.#find(shortKey(key), policy);
    if (!bucket) return;
    drain(bucket, policy, this.#now());
    put(bucket, policy, -cost);
  }

  /** Of a key that is not known, while there is no room for it, what it shares with others. */
  #find(key: string, { name }: Policy): Bucket | undefined {
    const own = this.#shelves.get(name)?.get(key);
    return own ?? (this.#size < this.#maxKeys ? undefined : this.#shared.get(name));
  }

  #add(key: string, { name }: Policy, at: number): Bucket {
    const bucket = { key, used: [], at, fullAt: at };
    if (this.#size >= this.#maxKeys) {
      this.#shared.set(name, bucket);
      return bucket;
    }
    const shelf = this.#shelves.get(name) ?? new Map<string, Bucket>();
    this.#shelves.set(name, shelf.set(key, bucket));
    this.#size += 1;
    return bucket;
  }

  /** Two a call: faster than one call can add, and no timer. */
  #sweep(now: number): void {
    for (let looked = 0; looked < 2; looked += 1) {
      const { value: bucket } = this.#broom.next();
      if (!bucket) this.#turnToNextShelf();
      else if (bucket.fullAt <= now && this.#swept.delete(bucket.key)) this.#size -= 1;
    }
  }

  #turnToNextShelf(): void {
    let { value: shelf } = this.#round.next();
    if (!shelf) {
      this.#round = this.#shelves.values();
      ({ value: shelf } = this.#round.next());
    }
    if (!shelf) return;
    this.#swept = shelf;
    this.#broom = shelf.values();
  }
}

const NOTHING: readonly number[] = [];

function drain(bucket: Bucket, { windows }: Policy, now: number): void {
  const elapsedMs = now - bucket.at;
  const { used } = bucket;
  for (const [at, window] of windows.entries()) {
    used[at] = drained(window, used[at] ?? 0, elapsedMs);
  }
  used.length = windows.length;
  bucket.at = now;
}

/** So many more, or fewer, in every window. */
function put(bucket: Bucket, { windows }: Policy, units: number): void {
  const { used, at } = bucket;
  let toFull = 0;
  for (const [nth, { limit, ms }] of windows.entries()) {
    const now = Math.max(0, (used[nth] ?? 0) + units);
    used[nth] = now;
    toFull = Math.max(toFull, (now * ms) / limit);
  }
  bucket.fullAt = at + toFull;
}
