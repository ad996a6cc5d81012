import { setTimeout as delay } from 'node:timers/promises';
import { type Caller, CALLERS } from '@comanda/kernel/access';
import { type Clock, SECOND } from '@comanda/kernel/time';
import { type ByKind, type RolePolicies, withRates } from '@comanda/quotas/role-policies';
import type { Database } from '@comanda/storage/connect';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { type RatesSet, ratesSet } from './quotas.reads.ts';

/** How long another process may go on with numbers that were changed elsewhere. */
const REMEMBERED_MS = 5 * SECOND;
const PATIENCE_MS = 250;
/** From then on they are read anew, while calls go on with the old ones. */
const RENEWED_MS = 2 * SECOND;

/** What every role may use right now: the numbers of the preset, and those an admin has set instead. */
export class RoleBudgets {
  readonly preset: RolePolicies;
  readonly #database: Database;
  readonly #clock: Clock;
  #current: RolePolicies;
  #readAt = -Infinity;
  #renewal: Promise<RolePolicies> | undefined;
  /** Nothing was read yet, or what was has been changed here. */
  #unknown = true;
  /** Counts the changes made here, so that numbers read before one are not remembered after it. */
  #changes = 0;

  constructor(preset: RolePolicies, { database, clock }: { database: Database; clock: Clock }) {
    this.preset = preset;
    this.#current = preset;
    this.#database = database;
    this.#clock = clock;
  }

  /** A promise only when what is remembered is too old. */
  current(): RolePolicies | Promise<RolePolicies> {
    const age = Math.abs(this.#clock.now().getTime() - this.#readAt);
    if (age < RENEWED_MS) return this.#current;
    this.#renewal ??= this.#read().finally(() => {
      this.#renewal = undefined;
    });
    if (age < REMEMBERED_MS) return this.#current;
    return this.#unknown ? this.#renewal : Promise.race([this.#renewal, this.#afterAWhile()]);
  }

  /** Makes what was changed here be felt by the very next call. */
  forget(): void {
    this.#changes++;
    this.#readAt = -Infinity;
    this.#unknown = true;
  }

  /** A database that does not answer holds up no call for long. */
  async #afterAWhile(): Promise<RolePolicies> {
    await delay(PATIENCE_MS, undefined, { ref: false });
    return this.#current;
  }

  /** While the database cannot tell, the last numbers hold. */
  async #read(): Promise<RolePolicies> {
    const readAt = this.#clock.now().getTime();
    const before = this.#changes;
    const em = acrossRestaurants(this.#database, { clock: this.#clock, author: METER });
    const set = await ratesSet({ em }).catch(() => undefined);
    if (before !== this.#changes) return this.#read();
    if (set) this.#current = withSet(this.preset, set);
    this.#unknown = false;
    this.#readAt = readAt;
    return this.#current;
  }
}

const METER = {
  actorId: null,
  actorName: null,
  role: 'system',
  action: 'quotas',
  requestId: 'quotas',
  address: null,
};

function withSet(preset: RolePolicies, set: readonly RatesSet[]): RolePolicies {
  const changed: Partial<Record<Caller, ByKind>> = {};
  for (const { role, ...rates } of set) {
    const caller = CALLERS.find((name) => name === role);
    if (caller) changed[caller] = readable(caller, preset[caller], rates);
  }
  return { ...preset, ...changed };
}

/** Rates that this version cannot read leave the preset's: written by hand, or by a newer one. */
function readable(...[caller, given, rates]: Parameters<typeof withRates>): ByKind {
  try {
    return withRates(caller, given, rates);
  } catch {
    return given;
  }
}
