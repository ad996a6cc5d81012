import type {
  AnyEntity,
  EntityClass,
  EntityKey,
  FilterQuery,
  RequiredEntityData,
} from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { base } from './base.entity.ts';
import { provenanceOf } from './provenance.ts';

/**
 * Puts these rows in the place of those that `where` finds, in the transaction of the change that they
 * are made from. For what can be made anew at any time, and is therefore not audited.
 */
export async function reindex<Entity extends AnyEntity>(
  em: SqlEntityManager,
  index: EntityClass<Entity>,
  { where, rows }: { where: FilterQuery<Entity>; rows: RequiredEntityData<Entity>[] },
): Promise<void> {
  const { className, properties, filters } = em.getMetadata().get<Entity>(index);
  if (Object.keys(base).some((column) => (column as EntityKey) in properties)) {
    throw new Error(`${className} is no index: write it through the unit of work.`);
  }
  if (!em.isInTransaction()) throw new Error('An index and what it is made from change together.');
  const { reach } = provenanceOf(em);
  const isOwn = (row: { restaurantId?: unknown }) => row.restaurantId === reach;
  if (filters['tenant'] && reach !== 'all' && !rows.every(isOwn)) {
    throw new Error(`A ${className} of another restaurant was about to be written.`);
  }
  await em.nativeDelete(index, where);
  if (rows.length > 0) await em.insertMany(index, rows);
}
