import { SECOND } from '@comanda/kernel/time';
import { PING } from './frames.ts';
import type { Line } from './line.ts';

interface Terms {
  pingMs: number;
  longestMs: number;
}

/** One timer for all lines: a sign of life where nothing was said for long, and the end of what was open for long. */
export class LineClock {
  readonly #lines = new Set<Line>();
  readonly #pingAfter: number;
  readonly #longest: number;
  #timer: NodeJS.Timeout | undefined;

  constructor({ pingMs, longestMs }: Terms) {
    this.#pingAfter = Math.floor(pingMs / SECOND);
    this.#longest = Math.floor(longestMs / SECOND);
  }

  watch(line: Line): void {
    this.#lines.add(line);
    if (!this.#timer) this.#timer = this.#later();
  }

  #later(): NodeJS.Timeout {
    return setTimeout(() => this.#go(), SECOND).unref();
  }

  #go(): void {
    for (const line of this.#lines) {
      if (line.isOver) {
        this.#lines.delete(line);
        continue;
      }
      line.openFor += 1;
      line.quietFor += 1;
      // As on a lost line, so that the client comes back.
      if (line.openFor >= this.#longest) line.end();
      else if (line.quietFor >= this.#pingAfter) line.say(PING);
    }
    this.#timer = this.#lines.size > 0 ? this.#later() : undefined;
  }
}
