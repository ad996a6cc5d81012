import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

import Bottleneck from 'bottleneck';

/** The gate had no place, or no permit came free in time: try again, nothing was hashed. */
export class GateFull extends Error {
  override readonly name = 'GateFull';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('Too many hashes are under way.');
    this.retryAfterMs = retryAfterMs;
  }
}

export interface HashGateOptions {
  readonly permits?: number;
  readonly queue?: number;
  readonly waitMs?: number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Lets few hashes run at once. A permit belongs to the hash: it stays taken when the caller has gone. */
export class HashGate {
  readonly #bottleneck: Bottleneck;
  readonly #places: number;
  readonly #waitMs: number;
  readonly #wait: (ms: number) => Promise<unknown>;
  #taken = 0;
  #running = 0;
  #waiting = 0;

  constructor({
    permits = Math.max(1, availableParallelism() - 1),
    queue = 20,
    waitMs = 1_000,
    wait = idle,
  }: HashGateOptions = {}) {
    this.#places = permits + queue;
    this.#waitMs = waitMs;
    this.#wait = wait;
    // No `expiration`: in 2.19.5 an expiring job can leak its permit.
    this.#bottleneck = new Bottleneck({
      maxConcurrent: permits,
      highWater: queue,
      strategy: Bottleneck.strategy.OVERFLOW,
    });
    this.#bottleneck.on('error', (fault: Error) => process.emitWarning(fault));
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** @throws GateFull at once when no place is free, or when `work` has not started after `waitMs`; it then never runs. */
  run<T>(work: () => Promise<T>): Promise<T> {
    // Counted here, because Bottleneck tells a surplus only after everything submitted before it.
    if (this.#taken >= this.#places) return Promise.reject(new GateFull(this.#waitMs));
    this.#taken += 1;
    const leaveQueue = this.#enterQueue();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const turn = async () => {
      if (leaveQueue()) await this.#count(work).then(resolve);
    };
    // The place is free again once Bottleneck has let go of it too, given-up waiters included.
    void this.#bottleneck
      .schedule(turn)
      .catch(reject)
      .finally(() => {
        this.#taken -= 1;
      });
    void this.#wait(this.#waitMs).then(() => leaveQueue() && reject(new GateFull(this.#waitMs)));
    return promise;
  }

  /** True for the first to ask, the permit or the clock. */
  #enterQueue(): () => boolean {
    let queued = true;
    this.#waiting += 1;
    return () => {
      if (!queued) return false;
      queued = false;
      this.#waiting -= 1;
      return true;
    };
  }

  async #count<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}

function idle(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false });
}
