import type { Clock } from '@comanda/kernel/time';

/** A clock that stands still until a test turns it. */
export class TestClock implements Clock {
  #now: Date;

  constructor(start = new Date('2026-06-01T12:00:00.000Z')) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  advance(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }

  set(to: Date): void {
    this.#now = to;
  }
}
