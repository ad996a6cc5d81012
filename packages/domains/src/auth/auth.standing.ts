import { BoundedMap } from '@comanda/kernel/bounded-map';
import type { Clock } from '@comanda/kernel/time';
import { levelOf } from '@comanda/kernel/roles';
import { SECOND } from '@comanda/kernel/time';
import type { Database } from '@comanda/storage/connect';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { Shown } from '../context.ts';
import { type Actor, hatOf } from './auth.actor.ts';
import { passStanding, sessionStanding, type Standing } from './auth.reads.ts';
import { hashOf } from './credentials/refresh-tokens.ts';

/** How long another process may go on believing what was revoked elsewhere. */
const REMEMBERED_MS = 4 * SECOND;
const MAX_REMEMBERED = 10_000;

type Token = Extract<Shown, { kind: 'session' | 'pass' }>;

/** Who stands behind a token right now: looked up on every call, remembered for a few seconds. */
export class Standings {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #remembered = new BoundedMap<string, { standing: Standing; until: number }>(
    MAX_REMEMBERED,
  );
  /** Calls that come at once ask once. */
  readonly #asking = new Map<string, Promise<Standing | undefined>>();
  /** Counts the changes made here, so that an answer read before one is not remembered after it. */
  #changes = 0;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async actorOf(token: Token): Promise<Actor | undefined> {
    const key = token.kind === 'session' ? token.sessionId : hashOf(token.token);
    const standing = await this.#standing(token.kind, key);
    const now = this.#clock.now();
    if (!standing || !isGood(standing, now)) return undefined;
    const { membership } = standing;
    if (token.kind === 'session' && token.hat !== hatOf(membership)) {
      return undefined;
    }
    return actorFrom(standing, token);
  }

  /** Makes what was changed here be felt by the very next call. */
  forget({ accountId }: { accountId: string }): void {
    this.#changes++;
    this.#asking.clear();
    for (const [key, { standing }] of this.#remembered) {
      if (standing.accountId === accountId) this.#remembered.delete(key);
    }
  }

  async #standing(kind: Token['kind'], key: string): Promise<Standing | undefined> {
    const now = this.#clock.now().getTime();
    const known = this.#remembered.get(key);
    if (known && now < known.until && now >= known.until - REMEMBERED_MS) return known.standing;
    const asked = this.#asking.get(key);
    if (asked) return asked;
    const asking = this.#ask(kind, key, now).finally(() => {
      if (this.#asking.get(key) === asking) this.#asking.delete(key);
    });
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(kind: Token['kind'], key: string, now: number): Promise<Standing | undefined> {
    const before = this.#changes;
    const em = acrossRestaurants(this.#database, { clock: this.#clock, author: GUARD });
    const standing = await (kind === 'session' ? sessionStanding(em, key) : passStanding(em, key));
    this.#remembered.delete(key);
    if (!standing || before !== this.#changes) return standing;
    this.#remembered.set(key, { standing, until: now + REMEMBERED_MS });
    return standing;
  }
}

const GUARD = {
  actorId: null,
  actorName: null,
  role: 'system',
  action: 'guard',
  requestId: 'guard',
  address: null,
};

function isGood({ endedAt, expiresAt, closed, membership }: Standing, now: Date): boolean {
  if (endedAt !== null || now >= expiresAt || closed) return false;
  return membership === null || membership.works;
}

function actorFrom({ id, accountId, name, membership, expiresAt }: Standing, token: Token): Actor {
  const role = membership?.role ?? 'customer';
  return {
    id: accountId,
    name,
    role,
    level: levelOf(role, membership?.level as Parameters<typeof levelOf>[1]),
    membership: membership && { id: membership.id, restaurantId: membership.restaurantId },
    via: {
      kind: token.kind,
      id,
      expiresAt: token.kind === 'session' ? token.expiresAt : expiresAt,
    },
  };
}
