import { SECOND } from '@comanda/kernel/time';
import { liveErrors } from './live.errors.ts';

const LIMITS = { perPerson: 5, perNetwork: 20, perProcess: 500 };
const RETRY_AFTER_MS = 5 * SECOND;

interface Watcher {
  actor: { id: string };
  network: string;
}

/** The streams that are open in this process, so that nobody opens them all. */
export class Streams {
  readonly #people = new Map<string, number>();
  readonly #networks = new Map<string, number>();
  readonly #limits: typeof LIMITS;
  #open = 0;

  constructor(limits = LIMITS) {
    this.#limits = limits;
  }

  get open(): number {
    return this.#open;
  }

  /** Counts one more, or refuses it; answers what to call when it is closed, once or more often. */
  enter({ actor, network }: Watcher): () => void {
    const { perPerson, perNetwork, perProcess } = this.#limits;
    refuseAbove(perPerson, this.#people.get(actor.id));
    refuseAbove(perNetwork, this.#networks.get(network));
    refuseAbove(perProcess, this.#open);
    const count = (by: 1 | -1) => {
      add(this.#people, actor.id, by);
      add(this.#networks, network, by);
      this.#open += by;
    };
    let isOpen = true;
    count(1);
    return () => {
      if (isOpen) count(-1);
      isOpen = false;
    };
  }
}

function refuseAbove(limit: number, open = 0): void {
  if (open < limit) return;
  throw liveErrors.TOO_MANY_STREAMS({ limit, retryAfterMs: RETRY_AFTER_MS });
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
