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
import { tablesOf } from './tables.ts';

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

/** By column, the value or the values that it may have. */
type Wanted = Record<string, string | number | readonly string[]>;

/**
 * Copies what another row says into these, deleted ones as well, so that an index may hold it: no
 * version and no audit entry tells of it, because the change of that other row has them. Takes hidden
 * columns only, which nobody is shown. Tells how many there are.
 */
export async function copyInto<Entity extends AnyEntity>(
  em: SqlEntityManager,
  entity: EntityClass<Entity>,
  { where, set }: { where: Wanted; set: Record<string, number> },
): Promise<number> {
  const { className, properties } = em.getMetadata().get<Entity>(entity);
  if (!em.isInTransaction()) throw new Error('A copy and what it is made from change together.');
  if (!Object.keys(set).every((column) => properties[column as EntityKey<Entity>]?.hidden)) {
    throw new Error(`This is more than a copy in ${className}: write it through the unit of work.`);
  }
  const { reach } = provenanceOf(em);
  const own = reach === 'all' ? where : { ...where, restaurantId: reach };
  let update = tablesOf(em).updateTable(className).set(set);
  for (const [column, value] of Object.entries(own)) {
    update =
      typeof value === 'object'
        ? update.where(column, 'in', value)
        : update.where(column, '=', value);
  }
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
