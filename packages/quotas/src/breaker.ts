/** How long an open breaker keeps calls away before it lets one try. */
export const OPEN_MS = 1_000;
const FAILURES_TO_OPEN = 3;

export interface BreakerOptions {
  now: () => number;
  onOpen: (error: unknown) => void;
  onClose: () => void;
}

/** Opens after three failures in a row; then one call a second tries for all, until one succeeds. */
export class Breaker {
  readonly #options: BreakerOptions;
  #round = 0;
  #failures = 0;
  #nextTry: number | undefined;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get open(): boolean {
    return this.#nextTry !== undefined;
  }

  /** A ticket to report with, or undefined: do not even try. */
  enter(): number | undefined {
    if (this.#nextTry === undefined) return this.#round;
    const now = this.#options.now();
    if (now < this.#nextTry) return undefined;
    this.#nextTry = now + OPEN_MS;
    this.#round += 1;
    return this.#round;
  }

  succeeded(ticket: number): void {
    if (ticket !== this.#round) return;
    this.#failures = 0;
    if (!this.open) return;
    this.#nextTry = undefined;
    this.#options.onClose();
  }

  /** What comes too late, from before the breaker turned, counts no more. */
  failed(ticket: number, error: unknown): void {
    if (ticket !== this.#round || this.open) return;
    this.#failures += 1;
    if (this.#failures < FAILURES_TO_OPEN) return;
    this.#round += 1;
    this.#failures = 0;
    this.#nextTry = this.#options.now() + OPEN_MS;
    this.#options.onOpen(error);
  }
}
