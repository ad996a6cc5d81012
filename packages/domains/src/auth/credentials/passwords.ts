import { randomBytes } from 'node:crypto';
import { HashGate } from '@comanda/quotas/hash-gate';
import argon2 from 'argon2';

export interface HashCost {
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/** The floor that OWASP names for argon2id. */
export const RECOMMENDED_COST: HashCost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** What a stored hash may cost us: a corrupt row must not ask for 100 GB. */
const BOUNDS: HashCost = { memoryKiB: 262_144, passes: 10, lanes: 4 };
const FORMAT =
  /^\$argon2id\$v=19\$m=(?<m>\d{1,7}),(?:t=(?<t>\d{1,3}),p=(?<p>\d{1,3})|p=(?<lanes>\d{1,3}),t=(?<passes>\d{1,3}))\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{22,86}$/;

/** Hashes and compares passwords, few at a time, with equal work for every kind of no. */
export class Passwords {
  readonly gate: HashGate;
  readonly #cost: HashCost;
  #nobodys: Promise<string> | undefined;
  #count = 0;

  constructor(cost: HashCost = RECOMMENDED_COST, gate: HashGate = new HashGate()) {
    this.#cost = cost;
    this.gate = gate;
  }

  /** How many hashes were computed so far. */
  get count(): number {
    return this.#count;
  }

  hash(password: string): Promise<string> {
    return this.gate.run(() => this.#compute(password));
  }

  /** Exactly one hash, whether there is a stored one, a corrupt one or none. */
  async matches(stored: string | null, password: string): Promise<boolean> {
    const usable = stored !== null && isUsable(stored);
    const digest = usable ? stored : await this.#nobody();
    const same = await this.gate.run(() => {
      this.#count++;
      return argon2.verify(digest, password);
    });
    return usable && same;
  }

  /** Whether a hash that just matched was made with less work than is asked for today. */
  isWeak(stored: string): boolean {
    const cost = costOf(stored);
    return !cost || cost.memoryKiB < this.#cost.memoryKiB || cost.passes < this.#cost.passes;
  }

  /** A hash of nothing that anybody knows, made with today's parameters. */
  #nobody(): Promise<string> {
    this.#nobodys ??= this.#hashed(randomBytes(32).toString('base64'));
    return this.#nobodys;
  }

  /** To be called once at start, so that the first failed sign-in takes as long as the second. */
  async warm(): Promise<void> {
    await this.#nobody();
  }

  #compute(password: string): Promise<string> {
    this.#count++;
    return this.#hashed(password);
  }

  #hashed(password: string): Promise<string> {
    const { memoryKiB: memoryCost, passes: timeCost, lanes: parallelism } = this.#cost;
    return argon2.hash(password, { type: argon2.argon2id, memoryCost, timeCost, parallelism });
  }
}

function costOf(stored: string): HashCost | undefined {
  const cost = FORMAT.exec(stored)?.groups;
  if (!cost) return undefined;
  const { m, t = cost['passes'], p = cost['lanes'] } = cost;
  return { memoryKiB: Number(m), passes: Number(t), lanes: Number(p) };
}

function isUsable(stored: string): boolean {
  const cost = costOf(stored);
  if (!cost) return false;
  const { memoryKiB, passes, lanes } = cost;
  const fits = memoryKiB <= BOUNDS.memoryKiB && passes <= BOUNDS.passes && lanes <= BOUNDS.lanes;
  return fits && passes >= 1 && lanes >= 1 && memoryKiB >= 8 * lanes;
}
