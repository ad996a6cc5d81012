import type Bottleneck from 'bottleneck';
// @ts-expect-error the build for browsers comes without its types: they are those of the whole
import light from 'bottleneck/light.js';
import { fault } from './errors.ts';
import { FOREVER_MS } from './links/deadline.ts';
import { retryAfterMs } from './links/http.ts';
import { pause, unlessAborted } from './links/waiting.ts';
import type { Pace } from './options.ts';
import { type Quota, quotasIn } from './quota.ts';

/** How requests are spaced. */
export interface PaceOptions {
  /** Requests under way at once, reads and writes apart. @defaultValue 6 */
  maxConcurrent?: number;
  /** Requests that may wait for their turn; one more is a fault. @defaultValue 1000 */
  maxQueued?: number;
  /**
   * How long one request is held back, all in all. Then it is sent as it is, and the service says
   * whether the quota is used up. @defaultValue 10 000, so that it fits in the default deadline
   */
  maxWaitMs?: number;
}

type Limits = Required<PaceOptions>;

const Slots = light as typeof Bottleneck;
const JITTER_MS = 250;

/**
 * Spaces requests so that they stay within the quota which the service announces, and waits when it
 * is used up all the same. Before anything is announced, requests go straight. Clients that act for
 * the same person share one.
 *
 * @example
 * const comanda = createClient({ url: 'http://localhost:4000', pace: pace() });
 */
export function pace({
  maxConcurrent = 6,
  maxQueued = 1_000,
  maxWaitMs = 10_000,
}: PaceOptions = {}): Pace {
  const limits = { maxConcurrent, maxQueued, maxWaitMs: Math.min(maxWaitMs, FOREVER_MS / 2) };
  const reads = new Lane(limits);
  const writes = new Lane(limits);
  return {
    wrap: (fetch) => async (input, init) => {
      const request = input instanceof Request ? input : undefined;
      const address = input instanceof Request ? input.url : input.toString();
      const lane = (init?.method ?? request?.method ?? 'GET') === 'GET' ? reads : writes;
      const send = () => fetch(request?.clone() ?? input, init);
      return lane.run({ send, cost: costOf(address), signal: init?.signal ?? request?.signal });
    },
  };
}

interface Job {
  send: () => Promise<Response>;
  /** Calls that travel in it. */
  cost: number;
  signal: AbortSignal | null | undefined;
}

/** The service counts reads and writes apart, and so do the lanes. */
class Lane {
  readonly #limits: Limits;
  readonly #slots: Bottleneck;
  readonly #room = new Room();
  /** Whoever looks for room first goes first, however much room that takes. */
  #line: Promise<unknown> = Promise.resolve();
  #jobs = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    // Slots and nothing else: its reservoirs refill by a timer of their own, not when the service says.
    this.#slots = new Slots({ maxConcurrent: limits.maxConcurrent });
  }

  run(job: Job): Promise<Response> {
    const { maxConcurrent, maxQueued, maxWaitMs } = this.#limits;
    if (this.#jobs >= maxConcurrent + maxQueued) {
      throw fault(`${maxQueued} requests wait for the quota already.`, { because: 'client' });
    }
    this.#jobs += 1;
    const until = performance.now() + maxWaitMs;
    const done = this.#slots
      .schedule(() => this.#paced(job, until))
      .finally(() => (this.#jobs -= 1));
    return unlessAborted(job.signal, done);
  }

  async #paced(job: Job, until: number): Promise<Response> {
    for (;;) {
      await this.#turn(job, until);
      const response = await this.#sent(job);
      const wait = response.status === 429 ? retryAfterMs(response.headers) : undefined;
      if (wait === undefined || performance.now() + wait > until) return response;
      response.body?.cancel().catch(() => undefined); // so that its connection is free
      await pause(wait + Math.random() * JITTER_MS, job.signal);
    }
  }

  #turn({ cost, signal }: Job, until: number): Promise<void> {
    const turn = this.#line.then(async () => {
      for (;;) {
        const wait = this.#room.waitFor(cost);
        if (wait <= 0 || performance.now() + wait > until) break;
        await pause(wait, signal);
      }
      signal?.throwIfAborted();
      this.#room.take(cost);
    });
    this.#line = turn.catch(() => undefined);
    return turn;
  }

  async #sent({ send, cost }: Job): Promise<Response> {
    let told: readonly Quota[] | undefined;
    try {
      const response = await send();
      told = quotasIn(response.headers);
      return response;
    } finally {
      this.#room.answered(cost, told);
    }
  }
}

/** How much may be sent, as far as it was told. */
class Room {
  #told: readonly Quota[] = [];
  #toldAt = 0;
  /** Not counted yet in what was told. */
  #spent = 0;
  #underWay = 0;

  waitFor(cost: number): number {
    const waits = this.#told.map((quota) => refillMs(quota, this.#spent, cost));
    return this.#toldAt + Math.max(0, ...waits) - performance.now();
  }

  take(cost: number): void {
    this.#spent += cost;
    this.#underWay += cost;
  }

  answered(cost: number, told: readonly Quota[] | undefined): void {
    this.#underWay -= cost;
    if (!told) return;
    this.#told = told;
    this.#toldAt = performance.now();
    this.#spent = this.#underWay;
  }
}

/** How long after it was told there is room for that many more; one that never fits waits for a full window. */
function refillMs(
  { limit = 0, windowMs = 0, remaining, resetMs }: Quota,
  spent: number,
  cost: number,
) {
  const missing = spent + Math.min(cost, limit || cost) - remaining;
  if (missing <= 0) return 0;
  const each = limit > 0 ? windowMs / limit : 0;
  return (resetMs ?? each) + (missing - 1) * each;
}

/** A batch costs as many as the calls in it. */
function costOf(address: string): number {
  return address.replace(/\?.*/, '').split(/,|%2C/i).length;
}
