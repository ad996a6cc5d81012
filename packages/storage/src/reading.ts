import type { AnyEntity, EntityClass } from '@mikro-orm/core';
import type { InferClassEntityDB, SqlEntityManager } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import { provenanceOf } from './provenance.ts';
import { type Asking, begunIn, planning } from './reading.executor.ts';
import type { Naming } from './reading.naming.ts';
import { type Plans, plansOf } from './reading.plans.ts';
import { listenerOf } from './statements.ts';
import { refuseOutsideTransaction } from './transaction.ts';

/** What a read needs of a context. */
export interface Reader {
  readonly em: SqlEntityManager;
}

/**
 * The typed query builder for reads: names of entities and properties, bound values, dates converted.
 * Rows of other restaurants and deleted rows are left out, whatever the query says.
 */
export function reading<Entities extends EntityClass<AnyEntity>>(
  em: SqlEntityManager,
): Kysely<InferClassEntityDB<Entities, Naming>> {
  return narrowed(em, 'hidden');
}

/** The same, but deleted rows are there as well: for lists of what can be brought back. */
export function readingDeletedToo<Entities extends EntityClass<AnyEntity>>(
  em: SqlEntityManager,
): Kysely<InferClassEntityDB<Entities, Naming>> {
  return narrowed(em, 'shown');
}

function narrowed(em: SqlEntityManager, deleted: 'hidden' | 'shown'): never {
  const { asking, plans } = narrowing(em, deleted);
  return planning(asking, plans) as never;
}

/** Where an entity manager reads, and the plans of what it may see. */
export function narrowing(
  em: SqlEntityManager,
  deleted: 'hidden' | 'shown',
): { asking: Asking; plans: Plans } {
  if (!em.isInTransaction()) refuseOutsideTransaction();
  const { reach } = provenanceOf(em);
  const kind = reach === null ? 'none' : reach === 'all' ? 'all' : 'one';
  return {
    asking: { ...begunIn(em), reach, listener: listenerOf(em) },
    plans: plansOf(em, `${kind} ${deleted}`),
  };
}
