import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ControlledTransaction } from 'kysely';
import type { PreparedConnection } from './sqlite.prepared.ts';
import { OneWriterDriver } from './sqlite.ts';

/**
 * Where this unit of work is answered at once: on SQLite in its own transaction, and without one as long as
 * nobody else is in theirs. Everywhere else statements wait for a connection, which takes longer than many
 * of them do.
 */
export function atHand(em: SqlEntityManager): PreparedConnection | undefined {
  const driver = em.getDriver();
  const connection = driver instanceof OneWriterDriver && driver.getConnection().prepared;
  if (!connection || !connection.isAtHand) return undefined;
  const own = em.getTransactionContext<ControlledTransaction<unknown>>();
  if (!own) return connection.isInTransaction ? undefined : connection;
  const isOver = own.isCommitted || own.isRolledBack;
  return connection.isInTransaction && !isOver ? connection : undefined;
}
