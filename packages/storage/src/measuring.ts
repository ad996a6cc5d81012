import { statSync } from 'node:fs';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Database } from './connect.ts';
import { databaseFile } from './probing.ts';

interface Counts {
  /** Transactions that were done again from the start, after a lost race or on a busy file. */
  retries: number;
}

/** By driver, of which every connected database has one of its own. */
const counts = new WeakMap<object, Counts>();

/** Since the start. */
export function countsOf(em: SqlEntityManager): Counts {
  const driver = em.getDriver();
  const known = counts.get(driver) ?? { retries: 0 };
  counts.set(driver, known);
  return known;
}

/** Bytes in SQLite's log that are not in the file itself yet; undefined where there is no such log. */
export function logSizeOf(database: Database): number | undefined {
  const file = databaseFile(database);
  return file === undefined ? undefined : statSync(`${file}-wal`, { throwIfNoEntry: false })?.size;
}

interface Pool {
  _allConnections: { length: number };
  _freeConnections: { length: number };
  _connectionQueue: { length: number };
}

/** Of a database server; mysql2 has no other words for it. SQLite has one connection, and no pool. */
export async function connectionsOf({
  orm,
  dialect,
}: Database): Promise<Record<'busy' | 'idle' | 'waiting', number> | undefined> {
  if (dialect === 'sqlite') return undefined;
  const connection = orm.em.getConnection() as unknown as { getNativeClient(): Promise<Pool> };
  const pool = await connection.getNativeClient();
  const idle = pool._freeConnections.length;
  return {
    busy: pool._allConnections.length - idle,
    idle,
    waiting: pool._connectionQueue.length,
  };
}
