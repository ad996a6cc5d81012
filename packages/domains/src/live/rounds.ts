/** Somebody who has to be looked at again and again. */
export interface Watched {
  check(): void;
}

/** Looks at everybody in one go, with one timer for all of them. */
export class Rounds {
  readonly #everyMs: number;
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  add(watched: Watched): void {
    this.#watched.add(watched);
    this.#timer ??= this.#later();
  }

  remove(watched: Watched): void {
    this.#watched.delete(watched);
    if (this.#watched.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Servers that were started together do not ask together. */
  #later(): NodeJS.Timeout {
    const patience = this.#everyMs * (0.8 + Math.random() / 5);
    return setTimeout(() => this.#go(), patience).unref();
  }

  #go(): void {
    this.#timer = this.#later();
    for (const watched of this.#watched) watched.check();
  }
}
