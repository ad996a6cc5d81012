import { DomainError } from '@comanda/kernel/errors';
import { databaseRefusal } from '@comanda/storage/failures';
import type { Head } from '@comanda/storage/outbox';
import type { Subscription } from './feed.ts';
import { idOf } from './place.ts';
import { MAX_WAITING, tooFarBehind } from './queue.ts';
import type { Ear, Event } from './reader.ts';

/** Whoever is told at once, and not waited for. */
export interface Listener<Out> {
  /** False: there is no room for more before `ready`. */
  tell(id: string, out: Out): boolean;
  ready(): Promise<void>;
  /** What is told while `work` is done may go out as one. */
  together(work: () => void): void;
  /** Nothing more is told, and why. */
  end(reason: unknown): void;
  /** Nobody listens any more. */
  readonly isOver: boolean;
}

/** What is asked again and again while somebody watches. */
export interface Watching<Out> {
  accept: (event: Event) => Promise<Out | undefined> | Out | undefined;
  mayGoOn: () => Promise<void> | undefined;
  leave: () => void;
}

/** From where they are told. */
interface Beginning<Out> {
  /** Nothing for whoever goes on behind an event. */
  first: Out | undefined;
  place: number;
  head: Head | undefined;
  subscription: Subscription;
  missed: (seq: number) => Promise<Event[]>;
}

/** Tells one watcher what happens as it is heard; waits only where something has to be asked. */
export class Teller<Out> implements Ear {
  readonly #accept: Watching<Out>['accept'];
  readonly #mayGoOn: Watching<Out>['mayGoOn'];
  readonly #leave: () => void;
  readonly #listener: Listener<Out>;
  readonly #asTold: (reason: unknown) => unknown;
  /** The last event that was heard. */
  #at = 0;
  /** What was heard while something is waited for. */
  #waiting: Event[] | undefined;
  /** Why it ends, once what is waited for was told. */
  #reason: Error | undefined;
  #checking = false;
  #over = false;

  constructor(
    { accept, mayGoOn, leave }: Watching<Out>,
    listener: Listener<Out>,
    asTold: (reason: unknown) => unknown = (reason) => reason,
  ) {
    this.#accept = accept;
    this.#mayGoOn = mayGoOn;
    this.#leave = leave;
    this.#listener = listener;
    this.#asTold = asTold;
  }

  /** First what was missed, a page at a time, then whatever comes. */
  async begin({ first, place, head, subscription, missed }: Beginning<Out>): Promise<void> {
    this.#at = place;
    try {
      if (first !== undefined) await this.#say(idOf(head), first);
      const until = Math.max(head?.seq ?? 0, subscription.from);
      while (this.#at < until && !this.#isOver) {
        const page = await missed(this.#at);
        for (const event of page) await this.#tell(event);
        if (page.length === 0) this.#at = until;
      }
      if (!this.#isOver) subscription.handOver(this);
    } catch (error) {
      this.#end(error);
    }
  }

  hear(events: readonly Event[]): void {
    if (events.length === 1) this.#hear(events);
    else if (events.length > 1) this.#listener.together(() => this.#hear(events));
  }

  /** Whether they may still watch, where nothing happens for long. */
  check(): void {
    if (this.#listener.isOver) return this.#end(tooFarBehind());
    if (this.#checking || this.#over) return;
    try {
      const asked = this.#mayGoOn();
      if (!asked) return;
      this.#checking = true;
      void asked
        .catch((error: unknown) => this.#endUnlessUnknown(error))
        .finally(() => (this.#checking = false));
    } catch (error) {
      this.#endUnlessUnknown(error);
    }
  }

  end(reason: Error): void {
    if (!this.#waiting) return this.#end(reason);
    this.#reason ??= reason;
    this.#waiting.length = 0;
  }

  get #isOver(): boolean {
    return this.#over || this.#listener.isOver;
  }

  #hear(events: readonly Event[]): void {
    for (const event of events) {
      if (this.#isOver || this.#reason) return;
      if (this.#waiting) {
        if (this.#waiting.length === MAX_WAITING) return this.end(tooFarBehind());
        this.#waiting.push(event);
        continue;
      }
      try {
        const later = this.#tell(event);
        if (later) void this.#goOn(later, (this.#waiting = []));
      } catch (error) {
        this.#end(error);
      }
    }
  }

  async #goOn(later: Promise<void>, waiting: Event[]): Promise<void> {
    try {
      await later;
      for (let next = waiting.shift(); next && !this.#isOver; next = waiting.shift()) {
        await this.#tell(next);
      }
      if (this.#reason) this.#end(this.#reason);
      this.#waiting = undefined;
    } catch (error) {
      this.#end(error);
    }
  }

  /** Whoever has gone without a word leaves their place, too. */
  #end(reason: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#leave();
    if (!this.#listener.isOver) this.#listener.end(this.#asTold(reason));
  }

  /** Nothing to wait for, as a rule: who watches is known, and what is told of the event is made. */
  #tell(event: Event): Promise<void> | undefined {
    if (event.seq <= this.#at) return undefined;
    const asked = this.#mayGoOn();
    return asked ? asked.then(() => this.#judge(event)) : this.#judge(event);
  }

  #judge(event: Event): Promise<void> | undefined {
    const out = this.#accept(event);
    this.#at = event.seq;
    if (out instanceof Promise) return out.then((said) => this.#say(idOf(event), said));
    return this.#say(idOf(event), out);
  }

  #say(id: string, out: Out | undefined): Promise<void> | undefined {
    if (out === undefined || this.#isOver || this.#listener.tell(id, out)) return undefined;
    return this.#listener.ready();
  }

  #endUnlessUnknown(error: unknown): void {
    if (!isUnknown(error)) this.#end(error);
  }
}

/** While the database is away nothing can be said of anybody, and nothing is told to them. */
export function isUnknown(error: unknown): boolean {
  return !(error instanceof DomainError) && databaseRefusal(error) !== undefined;
}
