import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';

export type Tables = Record<string, Record<string, unknown>>;

/** For storage's own mechanisms: entities and properties by name, bound values, and neither tenancy nor audit. */
export function tablesOf(em: SqlEntityManager): Kysely<Tables> {
  return em.getKysely({
    tableNamingStrategy: 'entity',
    columnNamingStrategy: 'property',
    convertValues: true,
  });
}
