import { BoundedMap } from '@comanda/kernel/bounded-map';
import type { Clock } from '@comanda/kernel/time';
import { levelOf } from '@comanda/kernel/roles';
import { SECOND } from '@comanda/kernel/time';
import { Together } from '@comanda/kernel/together';
import type { Database, EntityManager } from '@comanda/storage/connect';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { Shown } from '../context.ts';
import { type Actor, hatOf } from './auth.actor.ts';
import { passStandings, sessionStandings, type Standing } from './auth.standing.reads.ts';
import { hashOf } from './credentials/refresh-tokens.ts';

/** How long another process may go on believing what was revoked elsewhere. */
const REMEMBERED_MS = 4 * SECOND;
/** Of whoever is looked at again and again it is asked ahead by so much. */
const AHEAD_MS = SECOND;
const MAX_REMEMBERED = 10_000;

type Token = Extract<Shown, { kind: 'session' | 'pass' }>;

/** Who stands behind a token right now: looked up on every call, remembered for a few seconds. */
export class Standings {
  /** Nothing is ever loaded into it, or written by it. */
  readonly #em: EntityManager;
  readonly #clock: Clock;
  readonly #remembered = new BoundedMap<string, { standing: Standing; until: number }>(
    MAX_REMEMBERED,
  );
  /** Calls that come at once ask once. */
  readonly #asking = new Map<string, Promise<Standing | undefined>>();
  readonly #together = {
    session: new Together((ids) => sessionStandings(this.#em, ids)),
    pass: new Together((hashes) => passStandings(this.#em, hashes)),
  };
  /** Counts the changes made here, so that an answer read before one is not remembered after it. */
  #changes = 0;

  constructor(database: Database, clock: Clock) {
    this.#em = acrossRestaurants(database, { clock, author: GUARD });
    this.#clock = clock;
  }

  async actorOf(token: Token): Promise<Actor | undefined> {
    const standing = await this.#standing(token.kind, keyOf(token));
    if (!standing || !standsFor(standing, token, this.#clock.now())) return undefined;
    return actorFrom(standing, token);
  }

  /**
   * The same for whoever watches, as far as it can be said without waiting; undefined where it has to be
   * asked. What is about to be forgotten is asked for meanwhile, so that they are seldom waited for.
   */
  stands(token: Token, now: Date): boolean | undefined {
    const key = keyOf(token);
    const known = this.#known(key, now.getTime());
    if (!known) return undefined;
    if (known.until - now.getTime() < AHEAD_MS) {
      this.#asked(token.kind, key, now.getTime()).catch(() => undefined);
    }
    return standsFor(known.standing, token, now);
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
    const known = this.#known(key, now);
    return known ? known.standing : this.#asked(kind, key, now);
  }

  #known(key: string, now: number): { standing: Standing; until: number } | undefined {
    const known = this.#remembered.get(key);
    return known && now < known.until && now >= known.until - REMEMBERED_MS ? known : undefined;
  }

  #asked(kind: Token['kind'], key: string, now: number): Promise<Standing | undefined> {
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
    const standing = await this.#together[kind].ask(key);
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

/** A pass is found by its hash, which is made once for all who show it. */
const hashes = new WeakMap<Token, string>();

function keyOf(token: Token): string {
  if (token.kind === 'session') return token.sessionId;
  const hash = hashes.get(token) ?? hashOf(token.token);
  hashes.set(token, hash);
  return hash;
}

/** A session stands for the hat that its token names, and no other. */
function standsFor(standing: Standing, token: Token, now: Date): boolean {
  return (
    isGood(standing, now) && (token.kind === 'pass' || token.hat === hatOf(standing.membership))
  );
}

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
