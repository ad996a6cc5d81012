import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { type Clock, SECOND } from '@comanda/kernel/time';
import type { Database } from '@comanda/storage/connect';
import { eventsAfter, type Head } from '@comanda/storage/outbox';
import { within } from '@comanda/storage/tenancy';
import type { Log } from '../context.ts';
import { Queue } from './queue.ts';
import { type Ear, type Event, type Read, Reader } from './reader.ts';
import { Rounds, type Watched } from './rounds.ts';

/** Carries the word that there is something new to the other servers. A lost word costs time, never an event. */
export interface Wakes {
  publish(restaurantId: string): void;
  onWake(listener: (restaurantId: string) => void): void;
}

interface Parts {
  database: Database;
  clock: Clock;
  /** Without a word from anybody. */
  lookEveryMs: number;
  /** How old it may be, at most, what is known of whoever watches. */
  checkEveryMs: number;
  /** Left out: servers on one database do not tell each other. */
  wakes?: Wakes | undefined;
}

/** Somebody who wants to be told from now on. */
interface Joining {
  restaurantId: string;
  /** How far the events have come, as this one has just read. */
  head: Head | undefined;
  log: Log;
}

export interface Subscription {
  /** Everything behind this place is told. */
  readonly from: number;
  readonly events: Queue<Event>;
  /** From now on that ear is told, in place of the queue; what lies there goes to it first. */
  handOver(ear: Ear & Watched): void;
  leave(): void;
}

/** What happens in all restaurants, read once for all who watch in this process. */
export class Feed {
  /** In which it is looked whether those who are told at once may still watch. */
  readonly #rounds: Rounds;
  readonly #parts: Parts;
  readonly #readers = new Map<string, Reader>();
  readonly #outage = { reported: false };
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    // What is known of somebody may be as old as that by itself: the two must not add up.
    this.#rounds = new Rounds(parts.checkEveryMs / 5);
    parts.wakes?.onWake((restaurantId) => this.#readers.get(restaurantId)?.look());
  }

  /** How many restaurants are being watched. */
  get watched(): number {
    return this.#readers.size;
  }

  /** Says that there is something new: call it when what was told is committed. */
  wake(restaurantId: string): void {
    this.#readers.get(restaurantId)?.look();
    this.#parts.wakes?.publish(restaurantId);
  }

  join({ restaurantId, head, log }: Joining): Subscription {
    if (this.#closed) throw goingAway();
    const known = this.#readers.get(restaurantId);
    if (head && known?.goesOnTo(head) === false) known.end(kernelErrors.STREAM_RESET());
    const reader = this.#readers.get(restaurantId) ?? this.#open(restaurantId, head, log);
    const events = new Queue<Event>();
    let teller: (Ear & Watched) | undefined;
    reader.ears.add(events);
    return {
      from: reader.position,
      events,
      handOver: (to) => {
        const waiting = events.takeAll();
        teller = to;
        reader.ears.delete(events);
        reader.ears.add(teller);
        this.#rounds.add(teller);
        teller.hear(waiting);
      },
      leave: () => {
        reader.ears.delete(teller ?? events);
        if (teller) this.#rounds.remove(teller);
        if (reader.ears.size === 0) reader.end(goingAway());
      },
    };
  }

  /** Sends everybody away, and waits for what is being read. */
  async close(): Promise<void> {
    this.#closed = true;
    const readers = [...this.#readers.values()];
    for (const reader of readers) reader.end(goingAway());
    await Promise.all(readers.map((reader) => reader.done));
  }

  #open(restaurantId: string, head: Head | undefined, log: Log): Reader {
    const { database, clock, lookEveryMs } = this.#parts;
    const read: Read = async (seq, limit) => {
      const em = within(database, restaurantId, { clock, author: FEED });
      return eventsAfter(em, restaurantId, { seq, limit });
    };
    const reader: Reader = new Reader(head, {
      read,
      lookEveryMs,
      onEnd: () => {
        if (this.#readers.get(restaurantId) === reader) this.#readers.delete(restaurantId);
      },
      onRead: (error) => this.#report(error, log),
    });
    this.#readers.set(restaurantId, reader);
    return reader;
  }

  #report(error: unknown, log: Log): void {
    const failed = error !== undefined;
    if (failed && !this.#outage.reported) {
      log.warn({ err: error }, 'what happens cannot be read: streams stay open and wait');
    }
    this.#outage.reported = failed;
  }
}

const FEED = {
  actorId: null,
  actorName: null,
  role: 'system',
  action: 'live',
  requestId: 'live',
  address: null,
};

function goingAway() {
  return kernelErrors.OVERLOADED({ retryAfterMs: SECOND });
}
