import { after, type Clock, HOUR, MINUTE, SECOND } from '@comanda/kernel/time';
import { addUp, forgetBefore } from '@comanda/storage/adding-up';
import type { Database } from '@comanda/storage/connect';
import type { Log } from '../context.ts';
import { UsageHour } from './quotas.entity.ts';
import { type Kind, Tally, type Who } from './quotas.tally.ts';
import type { RoleUsage, UsageCounts } from './quotas.usage.schema.ts';

const FLUSH_MS = 10 * SECOND;
/** A day, and the hour that it began in. */
const KEPT_MS = 25 * HOUR;

/**
 * Who used what in the last day, over all processes. A process that is killed takes the last seconds
 * along; one that stops does not.
 */
export class Usage {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #tally: Tally;
  #log: Pick<Log, 'warn'> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  #forgotAt = -Infinity;
  #warnedAt = -Infinity;

  constructor({ database, clock }: { database: Database; clock: Clock }) {
    this.#database = database;
    this.#clock = clock;
    this.#tally = new Tally(clock);
  }

  /** Since the start of this process. */
  get totals(): RoleUsage[] {
    return this.#tally.totals;
  }

  count(who: Who, kind: Kind, units = 1): void {
    this.#tally.count(who, kind, units);
  }

  /** With what one person did since it was written. */
  withPending(accountId: string, written: UsageCounts): UsageCounts {
    const { reads, writes, refused } = this.#tally.pendingOf(accountId);
    return {
      reads: written.reads + reads,
      writes: written.writes + writes,
      refused: written.refused + refused,
    };
  }

  /** Writes what was counted until now, one flush after the other. What could not be written is kept. */
  flush(): Promise<void> {
    this.#next ??= this.#last.then(() => {
      this.#next = undefined;
      return this.#write();
    });
    this.#last = this.#next.catch(() => undefined);
    return this.#next;
  }

  start(log: Pick<Log, 'warn'>): void {
    this.#log = log;
    this.#timer = setInterval(() => void this.#tryToFlush(), FLUSH_MS);
    this.#timer.unref();
  }

  /** Writes a last time. Never fails: no server stays for a statistic. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush().catch((error: unknown) =>
      this.#log?.warn({ err: error }, 'the last counts of who used what are lost'),
    );
  }

  async #write(): Promise<void> {
    const pending = this.#tally.pending();
    await addUp(this.#database, UsageHour, pending);
    this.#tally.settle(pending);
    await this.#forgetSometimes();
  }

  async #forgetSometimes(): Promise<void> {
    const now = this.#clock.now();
    if (now.getTime() - this.#forgotAt < HOUR) return;
    this.#forgotAt = now.getTime();
    const before = after(now, -KEPT_MS);
    await forgetBefore(this.#database, UsageHour, { property: 'hour', before });
  }

  async #tryToFlush(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      const now = this.#clock.now().getTime();
      if (now - this.#warnedAt < MINUTE) return;
      this.#warnedAt = now;
      this.#log?.warn({ err: error }, 'who used what is kept in memory: it cannot be written');
    }
  }
}
