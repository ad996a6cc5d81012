const WIDTH = 24;
/** What stood on the line is gone. */
export const CLEARED = '\r\u001b[K';

/** How far something has come; says nothing but to a terminal. */
export class Progress {
  readonly #screen: NodeJS.WriteStream | undefined;
  readonly #steps: number;

  constructor(screen: NodeJS.WriteStream | undefined, steps: number) {
    this.#screen = screen?.isTTY ? screen : undefined;
    this.#steps = steps;
    this.at(0);
  }

  at(step: number): void {
    const full = Math.round((WIDTH * step) / Math.max(1, this.#steps));
    const bar = '#'.repeat(full).padEnd(WIDTH, '.');
    this.#screen?.write(`\r[${bar}] ${step} of ${this.#steps}`);
  }

  /** Takes the bar away, so that what follows has a line of its own. */
  end(): void {
    this.#screen?.write(CLEARED);
  }
}
