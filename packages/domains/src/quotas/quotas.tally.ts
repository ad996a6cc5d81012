import { type Caller, CALLERS } from '@comanda/kernel/access';
import { type Clock, HOUR } from '@comanda/kernel/time';
import type { RoleUsage, UsageCounts } from './quotas.usage.schema.ts';

export interface Who {
  role: Caller;
  accountId: string | null;
  restaurantId: string | null;
}

export type Kind = keyof UsageCounts;

/** What one person used in one hour, wearing one hat, and has not been written yet. */
interface Slot extends Who, UsageCounts {
  slot: string;
  hour: Date;
}

/** In one hour; who comes later is counted by role alone. */
const MAX_PEOPLE = 10_000;
/** When hours pile up that cannot be written, and for people with a great many hats. */
const MAX_SLOTS = 50_000;

const NOTHING: UsageCounts = { reads: 0, writes: 0, refused: 0 };

/** Who used what, in memory: cheap enough to be kept of every call. */
export class Tally {
  readonly #clock: Clock;
  readonly #totals = new Map(CALLERS.map((role) => [role, { role, ...NOTHING }]));
  readonly #slots = new Map<string, Slot>();
  /** The slots of this hour by person, else by restaurant: no name is built for a call. */
  readonly #near = new Map<string, Slot[]>();
  readonly #people = new Set<string>();
  #hour = { start: NaN, name: '' };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Since the start. */
  get totals(): RoleUsage[] {
    return Array.from(this.#totals.values(), (total) => ({ ...total }));
  }

  count(who: Who, kind: Kind, units: number): void {
    const total = this.#totals.get(who.role);
    if (total) total[kind] += units;
    this.#turnHour();
    this.#slotOf(who)[kind] += units;
  }

  /** What one person did, as far as it was not written. */
  pendingOf(accountId: string): UsageCounts {
    const own = { ...NOTHING };
    for (const slot of this.#slots.values()) {
      if (slot.accountId !== accountId) continue;
      own.reads += slot.reads;
      own.writes += slot.writes;
      own.refused += slot.refused;
    }
    return own;
  }

  /** What is to be written. It stays until it is settled. */
  pending(): Slot[] {
    return Array.from(this.#slots.values(), (slot) => ({ ...slot }));
  }

  /** Takes off what has been written; what came meanwhile stays. */
  settle(written: readonly Slot[]): void {
    this.#near.clear();
    for (const { slot: name, reads, writes, refused } of written) {
      const slot = this.#slots.get(name);
      if (!slot) continue;
      slot.reads -= reads;
      slot.writes -= writes;
      slot.refused -= refused;
      if (slot.reads + slot.writes + slot.refused === 0) this.#slots.delete(name);
    }
  }

  #turnHour(): void {
    const now = this.#clock.now().getTime();
    if (now >= this.#hour.start && now < this.#hour.start + HOUR) return;
    const start = now - (now % HOUR);
    this.#hour = { start, name: new Date(start).toISOString().slice(0, 13) };
    this.#near.clear();
    this.#people.clear();
  }

  #slotOf(who: Who): Slot {
    for (const slot of this.#near.get(keyOf(who)) ?? []) if (isOf(slot, who)) return slot;
    if (who.accountId === null || this.#hasRoomFor(who.accountId)) return this.#open(who);
    return this.#slotOf({ ...who, accountId: null });
  }

  #hasRoomFor(accountId: string): boolean {
    if (this.#slots.size >= MAX_SLOTS) return false;
    return this.#people.has(accountId) || this.#people.size < MAX_PEOPLE;
  }

  #open(who: Who): Slot {
    const { role, accountId, restaurantId } = who;
    const name = [this.#hour.name, restaurantId, accountId, role].join('|');
    const hour = new Date(this.#hour.start);
    const empty = { slot: name, hour, role, accountId, restaurantId, ...NOTHING };
    const slot = this.#slots.get(name) ?? empty;
    this.#slots.set(name, slot);
    this.#near.set(keyOf(who), [...(this.#near.get(keyOf(who)) ?? []), slot]);
    if (accountId !== null) this.#people.add(accountId);
    return slot;
  }
}

function keyOf({ accountId, restaurantId }: Who): string {
  return accountId ?? restaurantId ?? '';
}

function isOf(slot: Who, { role, accountId, restaurantId }: Who): boolean {
  return slot.role === role && slot.accountId === accountId && slot.restaurantId === restaurantId;
}
