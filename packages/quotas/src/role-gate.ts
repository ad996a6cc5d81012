import { AsyncResource } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import type { Caller } from '@comanda/kernel/access';
import Bottleneck from 'bottleneck';
import { GateFull } from './gate-full.ts';

/** The lowest goes in first. */
const PRIORITIES: Record<Caller, number> = {
  admin: 0,
  manager: 0,
  master_chef: 0,
  head_chef: 1,
  sous_chef: 2,
  chef: 3,
  waiter: 3,
  prep_cook: 4,
  delivery_crew: 4,
  employee: 5,
  customer: 6,
  anonymous: 7,
};

interface Waiter {
  readonly priority: number;
  readonly start: () => Promise<void>;
  readonly refuse: (reason: unknown) => void;
}

export interface RoleGateOptions {
  readonly slots?: number;
  readonly queue?: number;
  readonly waitMs?: number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Lets few slow procedures run at once; who waits goes in by role. A slot belongs to the work, not to its caller. */
export class RoleGate {
  readonly #bottleneck: Bottleneck;
  readonly #slots: number;
  readonly #places: number;
  readonly #waitMs: number;
  readonly #wait: (ms: number) => Promise<unknown>;
  /** The most important first, equals in the order they came. Who gives up leaves at once. */
  readonly #queue: Waiter[] = [];
  #turns = 0;
  #running = 0;

  constructor({ slots = 4, queue = 50, waitMs = 5_000, wait = idle }: RoleGateOptions = {}) {
    this.#slots = slots;
    this.#places = slots + queue;
    this.#waitMs = waitMs;
    this.#wait = wait;
    // Nobody waits inside: there nobody can leave, so those who gave up keep the living out (2.19.5), a role
    // counts only after a first-come lock, and of equals the one who waited longest is dropped.
    this.#bottleneck = new Bottleneck({ maxConcurrent: slots });
    this.#bottleneck.on('error', warn);
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * @throws GateFull when no place is free, a more important caller took it, or `work` has not started after
   * `waitMs`; the reason of `signal` when that came before the start. `work` then never runs.
   */
  async run<T>(caller: Caller, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const priority = PRIORITIES[caller];
    this.#makePlaceFor(priority);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // Otherwise it would run in the async context of whoever freed the slot, with an open transaction perhaps.
    const begin = AsyncResource.bind(async () => work());
    const waiter = { priority, start: () => begin().then(resolve, reject), refuse: reject };
    const giveUp = () => this.#refuse(waiter, signal?.reason);
    this.#enter(waiter);
    signal?.addEventListener('abort', giveUp);
    void this.#wait(this.#waitMs).then(() => this.#refuse(waiter, new GateFull(this.#waitMs)));
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #makePlaceFor(priority: number): void {
    if (this.#running + this.#queue.length < this.#places) return;
    const last = this.#queue.at(-1);
    if (!last || last.priority <= priority) throw new GateFull(this.#waitMs);
    this.#refuse(last, new GateFull(this.#waitMs));
  }

  #enter(waiter: Waiter): void {
    const before = this.#queue.findLastIndex(({ priority }) => priority <= waiter.priority);
    this.#queue.splice(before + 1, 0, waiter);
    this.#openSlots();
  }

  #refuse(waiter: Waiter, reason: unknown): void {
    const place = this.#queue.indexOf(waiter);
    if (place === -1) return;
    this.#queue.splice(place, 1);
    waiter.refuse(reason);
  }

  #openSlots(): void {
    const opening = () => this.#turns - this.#running;
    while (this.#turns < this.#slots && opening() < this.#queue.length) void this.#turn();
  }

  async #turn(): Promise<void> {
    this.#turns += 1;
    await this.#bottleneck.schedule(() => this.#startFirst()).catch(warn);
    this.#turns -= 1;
    this.#openSlots();
  }

  /** Asked only once a slot is open: until then anyone may still come first, or leave. */
  async #startFirst(): Promise<void> {
    const first = this.#queue.shift();
    if (!first) return;
    this.#running += 1;
    await first.start();
    this.#running -= 1;
  }
}

function warn(fault: Error): void {
  process.emitWarning(fault);
}

function idle(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false });
}
