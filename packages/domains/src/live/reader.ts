import { setImmediate as othersTurn } from 'node:timers/promises';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { Happened, Head } from '@comanda/storage/outbox';
import type { Queue } from './queue.ts';

const PAGE = 100;

export interface Event extends Happened {
  epoch: string;
}

export type Read = (
  seq: number,
  limit: number,
) => Promise<{ head: Head | undefined; events: Happened[] }>;

interface Parts {
  read: Read;
  lookEveryMs: number;
  onEnd: () => void;
  /** Told after every look, with the error if it failed. */
  onRead: (error?: unknown) => void;
}

/** Reads what happens in one restaurant, one look after the other, and hands it to everybody in line. */
export class Reader {
  readonly queues = new Set<Queue<Event>>();
  readonly #parts: Parts;
  #position: number;
  #epoch: string | undefined;
  #looking: Promise<void> | undefined;
  #again = false;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(head: Head | undefined, parts: Parts) {
    this.#position = head?.seq ?? 0;
    this.#epoch = head?.epoch;
    this.#parts = parts;
    this.#lookLater();
  }

  /** The newest event that was handed out. */
  get position(): number {
    return this.#position;
  }

  /** Resolves when nothing is being read. */
  get done(): Promise<void> {
    return this.#looking ?? Promise.resolve();
  }

  /** Whether those events are a continuation of what was read here: not after a restore, nor when they are trimmed. */
  goesOnTo(head: Head | undefined): boolean {
    if (this.#epoch === undefined) return (head?.trimmed ?? 0) === 0;
    return head?.epoch === this.#epoch && head.trimmed <= this.#position;
  }

  /** Looks for what is new. While it is looking already, it looks once more after that. */
  look(): void {
    this.#again = true;
    if (this.#ended || this.#looking) return;
    clearTimeout(this.#timer);
    this.#looking = this.#lookOn().then(() => {
      this.#looking = undefined;
      if (this.#again) this.look();
      else this.#lookLater();
    });
  }

  end(reason: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    for (const queue of this.queues) queue.end(reason);
    this.#parts.onEnd();
  }

  async #lookOn(): Promise<void> {
    try {
      while (this.#again && !this.#ended) {
        this.#again = false;
        await this.#readPage();
        await othersTurn();
      }
      this.#parts.onRead();
    } catch (error) {
      this.#again = false;
      if (!this.#ended) this.#parts.onRead(error);
    }
  }

  async #readPage(): Promise<void> {
    const { head, events } = await this.#parts.read(this.#position, PAGE);
    if (!this.goesOnTo(head)) return this.end(kernelErrors.STREAM_RESET());
    const epoch = (this.#epoch ??= head?.epoch) ?? '';
    for (const event of events) {
      const told = { ...event, epoch };
      this.#position = event.seq;
      for (const queue of this.queues) queue.push(told);
    }
    if (events.length === PAGE) this.#again = true;
  }

  #lookLater(): void {
    if (this.#ended) return;
    const ms = this.#parts.lookEveryMs * (0.75 + Math.random() / 4);
    this.#timer = setTimeout(() => this.look(), ms).unref();
  }
}
