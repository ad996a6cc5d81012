import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { SECOND } from '@comanda/kernel/time';

/** So many events may wait for one reader. */
export const MAX_WAITING = 256;

/** What one reader has still to take; who does not keep up is sent away to come back later. */
export class Queue<Item extends object> {
  #items: Item[] = [];
  #end: Error | undefined;
  #wake: (() => void) | undefined;

  push(item: Item): void {
    if (this.#end) return;
    if (this.#items.length < MAX_WAITING) this.#items.push(item);
    else this.end(tooFarBehind());
    this.#wake?.();
  }

  hear(items: readonly Item[]): void {
    for (const item of items) this.push(item);
  }

  /** All that was not taken, at once. Throws the reason when it was ended. */
  takeAll(): Item[] {
    if (this.#end) throw this.#end;
    return this.#items.splice(0);
  }

  /** Ends it with the first reason given; what was not taken by then is not given out any more. */
  end(reason: Error): void {
    this.#end ??= reason;
    this.#items = [];
    this.#wake?.();
  }

  /** Waits for the next one; nothing when none came in time. Throws the reason when it was ended. */
  async next(patienceMs: number): Promise<Item | undefined> {
    if (!this.#end && this.#items.length === 0) await this.#news(patienceMs);
    if (this.#end) throw this.#end;
    return this.#items.shift();
  }

  #news(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), patienceMs).unref();
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }
}

export function tooFarBehind(): Error {
  return kernelErrors.OVERLOADED({ retryAfterMs: SECOND });
}
