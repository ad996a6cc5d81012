import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Load } from '@comanda/domains/context';
import { SECOND } from '@comanda/kernel/time';

const LOOK_MS = SECOND / 4;
/** Three seconds: a stall is told for as long, and forgotten then. */
const KEPT = 12;
/** One stall makes calls late and nothing worse. Only a loop that falls behind again and again has too much to do. */
const IN_A_ROW = 3;

/** From where on what is dear is turned away, and from where on everything is. */
const LIMITS = { lagMs: [SECOND, 2 * SECOND], heap: [0.85, 0.9] } as const;
/** Something had to wait for longer: others had better be asked. */
const LATE_MS = SECOND;

/** Where all calls are turned away nothing is allocated, and so V8 would see no reason to look what is garbage. */
const COLLECT_EVERY_MS = 10 * SECOND;

interface Parts {
  /** How much of the heap is used. Left out: by this process. */
  heap?: () => number;
  /** Takes out what nobody needs any more. */
  collect?: () => void;
  now?: () => number;
}

/** How far this process is behind with its work, and how much room it has left. */
export class Pressure implements Load {
  readonly #heapUsed: () => number;
  readonly #collect: () => void;
  readonly #now: () => number;
  readonly #lags: number[] = [];
  #heap = 0;
  #dueAt = Infinity;
  #collectedAt = -Infinity;

  constructor(parts: Parts = {}) {
    const { heap = heapOfProcess, collect = collectGarbage, now = () => performance.now() } = parts;
    this.#heapUsed = heap;
    this.#collect = collect;
    this.#now = now;
  }

  /** Before that, nothing presses: a start has long steps of its own. */
  start(): void {
    this.#dueAt = this.#now() + LOOK_MS;
    setInterval(() => this.#look(), LOOK_MS).unref();
  }

  /** The longest that anything had to wait for its turn in the last seconds. */
  get lagMs(): number {
    return Math.max(0, this.#now() - this.#dueAt, ...this.#lags);
  }

  get heap(): number {
    return this.#heap;
  }

  reasons(): ('event_loop' | 'memory')[] {
    const [, heap] = LIMITS.heap;
    return [
      ...(this.lagMs > LATE_MS ? (['event_loop'] as const) : []),
      ...(this.#heap >= heap ? (['memory'] as const) : []),
    ];
  }

  sheds(call: Parameters<Load['sheds']>[0]): boolean {
    const at = call === 'other' ? 1 : 0;
    return this.#heap >= LIMITS.heap[at] || this.#lastingLagMs() >= LIMITS.lagMs[at];
  }

  #lastingLagMs(): number {
    return this.#lags.length < IN_A_ROW ? 0 : Math.min(...this.#lags.slice(-IN_A_ROW));
  }

  #look(): void {
    const now = this.#now();
    this.#lags.push(now - this.#dueAt);
    if (this.#lags.length > KEPT) this.#lags.shift();
    this.#dueAt = now + LOOK_MS;
    this.#heap = this.#heapUsed();
    if (this.#heap >= LIMITS.heap[1] && now - this.#collectedAt >= COLLECT_EVERY_MS) {
      this.#collectedAt = now;
      this.#collect();
      this.#heap = this.#heapUsed();
    }
  }
}

/** V8 counts its nursery in the limit, at its largest, and dies when everything else has filled up. */
const NURSERY = 192 * 1024 * 1024;

export function heapLimit(): number {
  return getHeapStatistics().heap_size_limit - NURSERY;
}

/** From 0 to 1. */
export function heapOfProcess(): number {
  const used = getHeapSpaceStatistics()
    .filter(({ space_name: name }) => !name.startsWith('new_'))
    .reduce((sum, { space_used_size: size }) => sum + size, 0);
  return used / heapLimit();
}

/** Node hands it out by a flag only. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
