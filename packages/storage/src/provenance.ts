import type { EntityManager } from '@mikro-orm/core';
import type { Clock } from '@comanda/kernel/time';

/** Who and what stands behind a change; every audit row carries it. */
export interface Author {
  actorId: string | null;
  actorName: string | null;
  role: string;
  /** What was asked for: the procedure's path, or a command's name. */
  action: string;
  requestId: string;
  address: string | null;
}

export interface Provenance {
  clock: Clock;
  author: Author;
  /** The restaurant whose rows may be touched; null: rows of no restaurant; 'all': the one door across. */
  reach: string | null | 'all';
}

const known = new WeakMap<EntityManager, Provenance>();

/** Binds an entity manager to who uses it; storage does this when it forks, nobody else. */
export function bind(em: EntityManager, provenance: Provenance): void {
  known.set(em, provenance);
}

/** Throws when the entity manager was not forked by storage: then nobody could say who wrote. */
export function provenanceOf(em: EntityManager): Provenance {
  const provenance = known.get(em);
  if (!provenance) throw new Error('This entity manager was not opened by storage.');
  return provenance;
}
