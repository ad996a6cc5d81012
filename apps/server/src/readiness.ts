import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { SECOND } from '@comanda/kernel/time';
import type { Database } from '@comanda/storage/connect';
import { obstacleIn, tryToRead, tryToWrite } from '@comanda/storage/probing';
import type { Pressure } from './pressure.ts';

/** Why a server had better not be sent calls, in the words of `/ready`. */
export const REASONS = [
  'draining',
  'database',
  'disk',
  'read_only',
  'event_loop',
  'memory',
] as const;
export type Reason = (typeof REASONS)[number];

const LOOK_EVERY_MS = SECOND;
/** A database that is only busy is waited for: calls are refused one by one meanwhile. */
const PATIENCE_MS = { slow: 10 * SECOND, busy: 30 * SECOND };
/** Of a database server only writing tells whether there is room again. */
const FULL_FOR_MS = 5 * SECOND;

const { STORAGE_FULL, DB_UNAVAILABLE, DB_BUSY } = kernelErrors;
const SUSPICIOUS = new Set<string>([STORAGE_FULL.code, DB_UNAVAILABLE.code, DB_BUSY.code]);

interface Parts {
  database: Database;
  pressure: Pressure;
  isDraining: () => boolean;
}

/**
 * Whether this server should be sent calls. Reading is tried at most once a second, and writing only after a
 * call has run into something: until it works again.
 */
export class Readiness {
  readonly #parts: Parts;
  #lookedAt = -Infinity;
  #looked: Promise<Reason | undefined> = Promise.resolve(undefined);
  #asked: Promise<'fine' | ReturnType<typeof obstacleIn>> | undefined;
  #suspected = false;
  #fullAt = -Infinity;
  #troubledSince: number | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Told how every call ended. */
  noticed(outcome: string): void {
    if (!SUSPICIOUS.has(outcome)) return;
    this.#suspected = true;
    if (outcome === STORAGE_FULL.code) this.#fullAt = performance.now();
  }

  async reasons(): Promise<Reason[]> {
    const { isDraining, pressure } = this.#parts;
    if (isDraining()) return ['draining'];
    const trouble = await this.#trouble();
    return [...(trouble ? [trouble] : []), ...pressure.reasons()];
  }

  #trouble(): Promise<Reason | undefined> {
    const now = performance.now();
    if (now - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = now;
      this.#looked = this.#look();
    }
    return this.#looked;
  }

  async #look(): Promise<Reason | undefined> {
    const found = await this.#answered();
    const now = performance.now();
    if (found !== 'slow' && found !== 'busy') {
      this.#troubledSince = undefined;
      if (found !== 'fine') return found;
      const isServer = this.#parts.database.dialect !== 'sqlite';
      return isServer && now - this.#fullAt < FULL_FOR_MS ? 'disk' : undefined;
    }
    this.#troubledSince ??= now;
    return now - this.#troubledSince >= PATIENCE_MS[found] ? 'database' : undefined;
  }

  /** What hangs is asked no second time meanwhile: it would only stand in line as well. */
  async #answered() {
    this.#asked ??= this.#ask().finally(() => (this.#asked = undefined));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'slow'>((resolve) => {
      timer = setTimeout(() => resolve('slow'), LOOK_EVERY_MS);
    });
    try {
      return await Promise.race([this.#asked, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #ask() {
    const isSuspected = this.#suspected;
    this.#suspected = false;
    try {
      await (isSuspected ? tryToWrite : tryToRead)(this.#parts.database);
      return 'fine';
    } catch (error) {
      this.#suspected ||= isSuspected;
      return obstacleIn(error);
    }
  }
}
