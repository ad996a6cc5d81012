import { Breaker, OPEN_MS } from './breaker.ts';
import { GcraStore } from './gcra-store.ts';
import {
  type Answer,
  assertAffordable,
  type Policy,
  type QuotaStore,
  QuotaUnavailable,
} from './store.ts';

export interface FallbackOptions {
  /** How many processes share the limits; in trouble each counts for itself, up to its share. */
  processes: () => number;
  now?: () => number;
  onDegraded?: (error: unknown) => void;
  onRecovered?: () => void;
  /** At most one line of trouble and one of recovery a minute. */
  log?: (line: string) => void;
}

const MINUTE_MS = 60_000;

/**
 * The shared store while it answers, else a local one with this process's share of every limit: stricter or
 * looser by a few units, never open. As slow as one failure of the shared store, and that only until the breaker opens.
 */
export class FallbackStore implements QuotaStore {
  readonly #shared: QuotaStore;
  readonly #local: GcraStore;
  readonly #options: FallbackOptions;
  readonly #now: () => number;
  readonly #breaker: Breaker;
  readonly #counts = { degraded: 0, unavailable: 0 };
  readonly #toldAt = { trouble: -Infinity, recovery: -Infinity };

  constructor(shared: QuotaStore, options: FallbackOptions) {
    this.#shared = shared;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#local = new GcraStore(this.#now);
    this.#breaker = new Breaker({
      now: this.#now,
      onOpen: (error) => options.onDegraded?.(error),
      onClose: () => this.#recovered(),
    });
  }

  /** Whether the shared store is left alone for now. */
  get degraded(): boolean {
    return this.#breaker.open;
  }

  /** How many share the limits, as far as is known. */
  get processes(): number {
    return Math.max(1, this.#options.processes());
  }

  /** Since the start: answers by the local share, and calls of closed policies that were turned away. */
  get counts(): Readonly<{ degraded: number; unavailable: number }> {
    return this.#counts;
  }

  /** @throws QuotaUnavailable for a closed policy while the shared store is in trouble. */
  async consume(key: string, policy: Policy, cost = 1): Promise<Answer> {
    assertAffordable(policy, cost);
    return this.#ask(
      (store) => store.consume(key, policy, cost),
      () => this.#consumeShare(key, policy, cost),
    );
  }

  async refund(key: string, policy: Policy, cost = 1): Promise<void> {
    assertAffordable(policy, cost);
    return this.#ask(
      (store) => store.refund(key, policy, cost),
      () => {
        const share = this.#share(policy);
        this.#local.refund(key, share, affordable(share, cost));
      },
    );
  }

  async #ask<T>(ask: (shared: QuotaStore) => T | Promise<T>, otherwise: () => T): Promise<T> {
    const ticket = this.#breaker.enter();
    if (ticket === undefined) return otherwise();
    try {
      const told = await ask(this.#shared);
      this.#breaker.succeeded(ticket);
      return told;
    } catch (error) {
      this.#breaker.failed(ticket, error);
      this.#tell('trouble', `Quotas are counted by this process alone: ${reason(error)}`);
    }
    return otherwise();
  }

  #consumeShare(key: string, policy: Policy, cost: number): Answer {
    if (policy.unshared === 'closed') {
      this.#counts.unavailable += 1;
      throw new QuotaUnavailable(policy, OPEN_MS);
    }
    this.#counts.degraded += 1;
    const share = this.#share(policy);
    return { ...this.#local.consume(key, share, affordable(share, cost)), degraded: true };
  }

  #share(policy: Policy): Policy {
    const [first, ...others] = policy.windows;
    const cut = (window: typeof first) => ({
      ...window,
      limit: Math.ceil(window.limit / this.processes),
    });
    return { ...policy, windows: [cut(first), ...others.map(cut)] };
  }

  #recovered(): void {
    this.#options.onRecovered?.();
    this.#tell('recovery', `Quotas are shared again; ${this.#counts.degraded} answers were not`);
  }

  #tell(about: 'trouble' | 'recovery', line: string): void {
    const now = this.#now();
    if (now - this.#toldAt[about] < MINUTE_MS) return;
    this.#toldAt[about] = now;
    this.#options.log?.(line);
  }
}

/** A call dearer than the whole share takes all of it. */
function affordable(share: Policy, cost: number): number {
  return Math.min(cost, ...share.windows.map((window) => window.limit));
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
