import { tracked } from '@trpc/server';

export interface Tick {
  at: Date;
  n: number;
  padding: string;
}

interface Reading {
  /** The last event there will be. */
  until?: number | undefined;
  size?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Events that can be watched: kept until they are trimmed, numbered from 1. */
export class Ticks {
  #last = 0;
  #trimmed = 0;
  #news = Promise.withResolvers<void>();
  /** How many readers there are, and how many events they took. */
  open = 0;
  taken = 0;

  add(count = 1): void {
    this.#last += count;
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  /** Keeps nothing that has come so far. */
  trim(): void {
    this.#trimmed = this.#last;
  }

  /** Where somebody goes on who has read up to `id`, or who comes anew; nothing when that is lost. */
  placeOf(id: string | undefined): number | undefined {
    const place = id === undefined ? this.#last : Number(id);
    return place < this.#trimmed ? undefined : place;
  }

  async *after(place: number, { until = Infinity, size = 0, signal }: Reading) {
    this.open += 1;
    const left = new Promise<never>((_, reject) => signal?.addEventListener('abort', reject));
    left.catch(() => undefined);
    try {
      for (let n = place + 1; n <= until; n += 1) {
        while (n > this.#last) await Promise.race([this.#news.promise, left]);
        this.taken += 1;
        yield tracked(String(n), { at: new Date(n), n, padding: 'x'.repeat(size) });
      }
    } finally {
      this.open -= 1;
    }
  }
}
