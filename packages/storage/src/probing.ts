import { rm, writeFile } from 'node:fs/promises';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { Database } from './connect.ts';
import { databaseRefusal, isReadOnly } from './failures.ts';

/** As much as a busy minute adds to the log; room for a single page may be left in a full one. */
const ROOM = 1024 * 1024;
const ON_SERVERS = 'update stream_head set seq = seq where 1 = 0';
/** Written down with every change, and read by nobody. */
const ON_SQLITE = 'pragma user_version = 0';

/** Rejects with what the database says when it answers no question. */
export async function tryToRead({ orm }: Database): Promise<void> {
  await orm.em.getConnection().execute('select 1');
}

/** Rejects with what stands in the way of a change. It changes nothing. */
export async function tryToWrite(database: Database): Promise<void> {
  const file = databaseFile(database);
  if (file !== undefined) await tryRoomBeside(file);
  const connection = database.orm.em.getConnection();
  const transaction = await connection.begin();
  try {
    const sql = database.dialect === 'sqlite' ? ON_SQLITE : ON_SERVERS;
    await connection.execute(sql, [], 'run', transaction);
    await connection.commit(transaction);
  } catch (error) {
    await connection.rollback(transaction).catch(() => undefined);
    throw error;
  }
}

async function tryRoomBeside(file: string): Promise<void> {
  const beside = `${file}-room`;
  try {
    await writeFile(beside, Buffer.alloc(ROOM), { mode: 0o600, flush: true });
  } finally {
    await rm(beside, { force: true }).catch(() => undefined);
  }
}

/** What stands in the way: of what `tryToRead` and `tryToWrite` reject with. */
export function obstacleIn(error: unknown): 'busy' | 'database' | 'disk' | 'read_only' {
  const { code } = error as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk';
  if (code === 'EROFS' || code === 'EACCES' || isReadOnly(error)) return 'read_only';
  const refused = databaseRefusal(error)?.code;
  if (refused === kernelErrors.STORAGE_FULL.code) return 'disk';
  const later = refused === kernelErrors.DB_BUSY.code || refused === kernelErrors.OVERLOADED.code;
  return later ? 'busy' : 'database';
}

/** Undefined for a database server, and in memory. */
export function databaseFile({ orm, dialect }: Database): string | undefined {
  const file = orm.config.get('dbName');
  return dialect === 'sqlite' && file !== ':memory:' ? file : undefined;
}
