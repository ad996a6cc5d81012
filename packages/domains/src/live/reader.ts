import { setImmediate as othersTurn } from 'node:timers/promises';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { Happened, Head } from '@comanda/storage/outbox';

const PAGE = 100;
/** So many are told before others have their turn: each may be a write to a socket. */
const AT_ONCE = 500;

export interface Event extends Happened {
  epoch: string;
}

/** Hears everything that happens in a restaurant, in order. */
export interface Ear {
  hear(events: readonly Event[]): void;
  end(reason: Error): void;
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
  readonly ears = new Set<Ear>();
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
    for (const ear of this.ears) ear.end(reason);
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
    if (events.length === PAGE) this.#again = true;
    const newest = events.at(-1);
    if (!newest) return;
    this.#position = newest.seq;
    await this.#tell(events.map((event) => ({ ...event, epoch })));
  }

  /** Whoever comes in between is told it as well, and knows by the position that they have heard it. */
  async #tell(events: readonly Event[]): Promise<void> {
    let told = 0;
    for (const ear of this.ears) {
      if (this.#ended) return;
      ear.hear(events);
      told += events.length;
      if (told < AT_ONCE) continue;
      told = 0;
      await othersTurn();
    }
  }

  #lookLater(): void {
    if (this.#ended) return;
    const ms = this.#parts.lookEveryMs * (0.75 + Math.random() / 4);
    this.#timer = setTimeout(() => this.look(), ms).unref();
  }
}
