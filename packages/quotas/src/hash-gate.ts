import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

import Bottleneck from 'bottleneck';

import { GateFull } from './gate-full.ts';

export interface HashGateOptions {
  readonly permits?: number;
  readonly queue?: number;
  readonly waitMs?: number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Lets few hashes run at once. A permit belongs to the hash: it stays taken when the caller has gone. */
export class HashGate {
  readonly #bottleneck: Bottleneck;
  readonly #permits: number;
  readonly #places: number;
  readonly #waitMs: number;
  readonly #wait: (ms: number) => Promise<unknown>;
  /** In the order they came. Who gives up leaves at once, and costs those behind them nothing. */
  readonly #queue = new Set<() => void>();
  #running = 0;

  constructor({
    permits = Math.max(1, availableParallelism() - 1),
    queue = 20,
    waitMs = 1_000,
    wait = idle,
  }: HashGateOptions = {}) {
    this.#permits = permits;
    this.#places = permits + queue;
    this.#waitMs = waitMs;
    this.#wait = wait;
    // No `expiration`: in 2.19.5 an expiring job can leak its permit. Nobody waits inside: there, one who
    // gave up still takes a turn, and on a busy event loop 20 of them take longer than the next may wait.
    this.#bottleneck = new Bottleneck({ maxConcurrent: permits });
    this.#bottleneck.on('error', (fault: Error) => process.emitWarning(fault));
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /** @throws GateFull at once when no place is free, or when `work` has not started after `waitMs`; it then never runs. */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running + this.#queue.size >= this.#places) {
      return Promise.reject(new GateFull(this.#waitMs));
    }
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const start = () => void this.#held(work).then(resolve, reject);
    this.#queue.add(start);
    void this.#wait(this.#waitMs).then(() => {
      if (this.#queue.delete(start)) reject(new GateFull(this.#waitMs));
    });
    this.#startNext();
    return promise;
  }

  #startNext(): void {
    const [start] = this.#queue;
    if (!start || this.#running >= this.#permits) return;
    this.#queue.delete(start);
    start();
  }

  async #held<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await this.#bottleneck.schedule(work);
    } finally {
      this.#running -= 1;
      this.#startNext();
    }
  }
}

function idle(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false });
}
