import { SqlEntityManager } from '@mikro-orm/sql';
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
  return fork(from, { ...provenance, reach: 'all' }, { keepsTransaction: true });
}

/** A fresh unit of work with the same reach and author; what a transaction runs in. */
export function renewed(em: SqlEntityManager): SqlEntityManager {
  return fork(em, provenanceOf(em));
}

function fork(
  from: From,
  provenance: Provenance,
  { keepsTransaction = false }: { keepsTransaction?: boolean } = {},
): SqlEntityManager {
  const origin = 'orm' in from ? from.orm.em : from;
  const em = unused(origin);
  if (keepsTransaction) em.setTransactionContext(origin.getTransactionContext());
  const everywhere = provenance.reach === 'all';
  em.setFilterParams('tenant', {
    restaurantId: everywhere ? null : provenance.reach,
    everywhere,
  });
  bind(em, provenance);
  return em;
}

/**
 * What MikroORM's own `fork` comes to, where there is nothing to be copied: every call needs one or two, and that
 * one sets and resets the configuration of all.
 */
function unused(em: SqlEntityManager): SqlEntityManager {
  return new SqlEntityManager(
    em.config,
    em.getDriver(),
    em.getMetadata(),
    false,
    em.getEventManager(),
  );
}
