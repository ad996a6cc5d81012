import { randomUUID } from 'node:crypto';

import type { Scripts } from './redis-link.ts';

const EVERY_MS = 5_000;
/** Who has not been heard of for so long has stopped. */
const GONE_AFTER_MS = 15_000;

const CALL_IN = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])
`;
const LEAVE = `return redis.call('ZREM', KEYS[1], ARGV[1])`;
const KEY = 'q:{processes}';

/** Counts the servers that share a Redis, so that each knows its share of a limit while Redis is away. */
export class Census {
  readonly #scripts: Scripts;
  readonly #id = randomUUID();
  #count = 1;
  /** How often in a row fewer were told. */
  #fewer = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
  }

  /** As many as there were when it was last known; at first this one alone. */
  get count(): number {
    return this.#count;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.callIn(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#scripts.run(LEAVE, KEY, [this.#id]).catch(() => undefined);
  }

  /**
   * While Redis is away the last count stands. So it does when fewer are told once: a Redis that was
   * started anew hears of them one by one.
   */
  async callIn(): Promise<void> {
    const told = await this.#scripts
      .run(CALL_IN, KEY, [this.#id, GONE_AFTER_MS], EVERY_MS)
      .catch(() => undefined);
    if (typeof told !== 'number' || told < 1) return;
    this.#fewer = told < this.#count ? this.#fewer + 1 : 0;
    if (this.#fewer === 1) return;
    this.#count = told;
    this.#fewer = 0;
  }
}
