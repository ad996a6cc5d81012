import type { AnyEntity, EntityClass } from '@mikro-orm/core';
import type { InferClassEntityDB, SqlEntityManager } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import { provenanceOf } from './provenance.ts';
import { OwnRows } from './reading.tenancy.ts';
import { toldReads } from './statements.ts';
import { refuseOutsideTransaction } from './transaction.ts';

/** What a read needs of a context. */
export interface Reader {
  readonly em: SqlEntityManager;
}

interface Naming {
  tableNamingStrategy: 'entity';
  columnNamingStrategy: 'property';
  convertValues: true;
}

const NAMING: Naming = {
  tableNamingStrategy: 'entity',
  columnNamingStrategy: 'property',
  convertValues: true,
};

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
  if (!em.isInTransaction()) refuseOutsideTransaction();
  const { reach } = provenanceOf(em);
  const own = new OwnRows(em.getMetadata(), reach, deleted);
  return toldReads(em, em.getKysely(NAMING).withPlugin(own)) as never;
}
