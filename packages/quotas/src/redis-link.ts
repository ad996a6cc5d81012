import { hash } from 'node:crypto';

import { Redis } from 'ioredis';

/** Runs a Lua script that touches one key; `timeoutMs` for what may take longer than a call. */
export interface Scripts {
  run(
    lua: string,
    key: string,
    args: readonly (string | number)[],
    timeoutMs?: number,
  ): Promise<unknown>;
}

// A connection that owes an answer for so long is dead; of a peer that vanished without a word TCP tells after minutes.
const DEAF_AFTER_MS = 1_000;

/**
 * A connection that answers or fails within `timeoutMs`, at once while there is none, and comes back by
 * itself. Opening it waits for nothing.
 */
export class RedisLink implements Scripts {
  readonly client: Redis;
  readonly #timeoutMs: number;
  readonly #shas = new Map<string, string>();
  #trouble: Error | undefined;
  #leaving = false;

  constructor(url: string, { timeoutMs = 50 }: { timeoutMs?: number } = {}) {
    this.#timeoutMs = timeoutMs;
    this.client = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      commandTimeout: Math.max(DEAF_AFTER_MS, timeoutMs),
      connectTimeout: 1_000,
      disconnectTimeout: 500,
      retryStrategy: (attempt) => Math.min(50 * attempt, 500),
      // After a fail-over the name may lead to the new master.
      reconnectOnError: (error) => error.message.includes('READONLY'),
    });
    this.client.on('error', (error: Error) => {
      this.#trouble = error;
    });
    this.client.on('ready', () => {
      this.#trouble = undefined;
    });
    this.client.on('close', () => {
      this.#leaving = false;
    });
  }

  async run(
    ...[lua, key, args, timeoutMs = this.#timeoutMs]: Parameters<Scripts['run']>
  ): Promise<unknown> {
    if (this.client.status !== 'ready') throw this.#trouble ?? new Error('Redis is not connected');
    return within(timeoutMs, this.#evaluate(lua, key, args));
  }

  close(): void {
    this.client.disconnect();
  }

  async #evaluate(lua: string, key: string, args: readonly (string | number)[]): Promise<unknown> {
    const sha = this.#shas.get(lua) ?? hash('sha1', lua);
    this.#shas.set(lua, sha);
    try {
      return await this.client.evalsha(sha, 1, key, ...args);
    } catch (error) {
      if (says(error, 'Command timed out')) this.#leave();
      // Redis forgets its scripts when it restarts.
      if (!says(error, 'NOSCRIPT')) throw error;
      return await this.client.eval(lua, 1, key, ...args);
    }
  }

  // Not ioredis' socketTimeout: its timer outlives the connection and cuts the next one.
  #leave(): void {
    if (this.#leaving || this.client.status !== 'ready') return;
    this.#leaving = true;
    this.client.disconnect(true);
  }
}

/** A process that was busy reads what has come in before it calls the other side late. */
function within<T>(ms: number, asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`Redis did not answer within ${ms} ms`));
    const timer = setTimeout(() => setImmediate(late), ms);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function says(error: unknown, beginning: string): boolean {
  return error instanceof Error && error.message.startsWith(beginning);
}
