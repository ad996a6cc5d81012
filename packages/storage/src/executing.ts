import type { SqlEntityManager } from '@mikro-orm/sql';
import { CompiledQuery, type Kysely } from 'kysely';
import { atHand } from './at-hand.ts';
import type { Answered } from './sqlite.prepared.ts';
import { OneWriterDriver } from './sqlite.ts';
import { timed } from './statements.ts';

/**
 * Runs one statement in the open transaction of a unit of work: its text is the same every time, and every
 * value is bound. For storage's own mechanisms; neither tenancy nor audit sees it.
 */
export async function executed(
  em: SqlEntityManager,
  text: string,
  values: readonly unknown[],
): Promise<Answered> {
  const transaction = em.getTransactionContext<Kysely<unknown>>();
  if (!transaction) throw new Error('Such a statement belongs in a transaction.');
  const here = atHand(em);
  try {
    if (here) return await timed(em, text, async () => here.answer(text, values));
    const query = CompiledQuery.raw(text, [...values]);
    const result = await timed(em, text, () => transaction.executeQuery(query));
    return { rows: result.rows as Answered['rows'], hit: Number(result.numAffectedRows ?? 0) };
  } catch (error) {
    throw em.getDriver().convertException(error as Error);
  }
}

/** How rows are kept from being changed by others: on SQLite by being seen, for nobody else is in a transaction. */
export type Holding = 'locked' | 'seen';

/** How this unit of work holds rows until its transaction ends. */
export function holding(em: SqlEntityManager): Holding {
  if (!em.isInTransaction()) throw new Error('Rows are held in a transaction.');
  return em.getDriver() instanceof OneWriterDriver ? 'seen' : 'locked';
}

/** A query that holds what it reads. */
export function held<Query extends { forUpdate(): Query }>(how: Holding, query: Query): Query {
  return how === 'locked' ? query.forUpdate() : query;
}
