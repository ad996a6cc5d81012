import type { SqlEntityManager } from '@mikro-orm/sql';
import { type Kysely, NOOP_QUERY_EXECUTOR } from 'kysely';
import { type Asking, begunIn, building, planning } from './reading.executor.ts';
import { type Plans, plansOf } from './reading.plans.ts';
import { type Built, type Placeholders, RememberedQuery } from './remembering.query.ts';

export type Tables = Record<string, Record<string, unknown>>;

/** For storage's own mechanisms: entities and properties by name, bound values, and neither tenancy nor audit. */
export function tablesOf(em: SqlEntityManager): Kysely<Tables> {
  const { asking, plans } = askingTables(em);
  return planning(asking, plans);
}

/** The same, for a query that is built and compiled once. */
export function rememberedTables<Asked extends object>(
  build: (rows: Kysely<Tables>, asked: Placeholders<Asked>) => Built,
): RememberedQuery {
  return new RememberedQuery((asked) =>
    build(building(NOOP_QUERY_EXECUTOR), asked as Placeholders<Asked>),
  );
}

/** Nobody hears of what storage asks for itself. */
export function askingTables(em: SqlEntityManager): { asking: Asking; plans: Plans } {
  const asking = { ...begunIn(em), reach: null, listener: undefined };
  return { asking, plans: plansOf(em, 'tables') };
}
