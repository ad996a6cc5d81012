import { type Caller, CALLERS } from '@comanda/kernel/access';
import { type Clock, SECOND } from '@comanda/kernel/time';
import { type ByKind, type RolePolicies, withRates } from '@comanda/quotas/role-policies';
import type { Database } from '@comanda/storage/connect';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { type RatesSet, ratesSet } from './quotas.reads.ts';

/** How long another process may go on with numbers that were changed elsewhere. */
const REMEMBERED_MS = 5 * SECOND;
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
    return age < REMEMBERED_MS ? this.#current : this.#renewal;
  }

  /** Makes what was changed here be felt by the very next call. */
  forget(): void {
    this.#changes++;
    this.#readAt = -Infinity;
  }

  /** While the database cannot tell, the last numbers hold. */
  async #read(): Promise<RolePolicies> {
    const readAt = this.#clock.now().getTime();
    const before = this.#changes;
    const em = acrossRestaurants(this.#database, { clock: this.#clock, author: METER });
    const set = await ratesSet({ em }).catch(() => undefined);
    if (before !== this.#changes) return this.#read();
    if (set) this.#current = withSet(this.preset, set);
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
    if (caller) changed[caller] = withRates(caller, preset[caller], rates);
  }
  return { ...preset, ...changed };
}
