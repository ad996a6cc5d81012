import type { ForkOptions } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Database } from './connect.ts';
import { bind, type Provenance, provenanceOf } from './provenance.ts';

type From = Database | SqlEntityManager;
export type Behind = Omit<Provenance, 'reach'>;

/** Sees and writes the rows of one restaurant, and rows of no restaurant. */
export function within(from: From, restaurantId: string, behind: Behind): SqlEntityManager {
  return fork(from, { ...behind, reach: restaurantId });
}

/** Sees only rows of no restaurant; rows of any restaurant do not exist for it. */
export function withoutRestaurant(from: From, behind: Behind): SqlEntityManager {
  return fork(from, { ...behind, reach: null });
}

/**
 * The one door across restaurants: for sign-in, administration and maintenance. Opened from an entity
 * manager it stays in that one's transaction.
 */
export function acrossRestaurants(from: SqlEntityManager): SqlEntityManager;
export function acrossRestaurants(from: Database, behind: Behind): SqlEntityManager;
export function acrossRestaurants(from: From, behind?: Behind): SqlEntityManager {
  const provenance = behind ?? provenanceOf(from as SqlEntityManager);
  return fork(from, { ...provenance, reach: 'all' }, { keepTransactionContext: true });
}

/** A fresh unit of work with the same reach and author; what a transaction runs in. */
export function renewed(em: SqlEntityManager): SqlEntityManager {
  return fork(em, provenanceOf(em));
}

function fork(from: From, provenance: Provenance, options: ForkOptions = {}): SqlEntityManager {
  const em = ('orm' in from ? from.orm.em : from).fork(options);
  const everywhere = provenance.reach === 'all';
  em.setFilterParams('tenant', {
    restaurantId: everywhere ? null : provenance.reach,
    everywhere,
  });
  bind(em, provenance);
  return em;
}
