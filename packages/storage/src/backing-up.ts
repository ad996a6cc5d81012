import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Database as Connected } from './connect.ts';

// Whole SQLite files, past the entities: what is backed up or restored may have an older schema than they.

/** What a copy holds. */
export interface Contents {
  /** Names of the migrations that made it. */
  steps: string[];
  /** How many rows, by table. */
  rows: Record<string, number>;
}

/** Somebody may be in the midst of a checkpoint. */
const PATIENCE_MS = 5_000;

/**
 * Writes a copy while others read and write: what was committed when it began, and nothing half. Nothing
 * that was removed is in it, not even in pages that are free, as it would be in a copy of the file.
 */
export function copyDatabase(from: string, to: string): void {
  using source = opened(from);
  source.prepare('vacuum into ?').run(to);
}

/** What SQLite finds wrong; nothing when all is well. */
export function flawsIn(file: string): string[] {
  try {
    using copy = opened(file);
    const found = copy.pragma('integrity_check') as { integrity_check: string }[];
    const said = found.map(({ integrity_check }) => integrity_check).filter((is) => is !== 'ok');
    const orphans = (copy.pragma('foreign_key_check') as { table: string }[]).length;
    return orphans === 0 ? said : [...said, `${orphans} rows refer to nothing`];
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return [error.message];
  }
}

export function contentsOf(file: string): Contents {
  using copy = opened(file);
  const tables = namesIn(copy);
  const steps = tables.includes('schema_migrations')
    ? copy.prepare('select name from schema_migrations order by id').pluck().all()
    : [];
  const count = (table: string) =>
    copy.prepare(`select count(*) from "${table}"`).pluck().get() as number;
  return {
    steps: steps as string[],
    rows: Object.fromEntries(tables.map((table) => [table, count(table)])),
  };
}

/** By id, whether a picture hangs somewhere; one that does not may be without its files. */
export function picturesNamedIn(file: string): Map<string, boolean> {
  using copy = opened(file);
  if (!namesIn(copy).includes('picture')) return new Map();
  const rows = copy.prepare('select id, loose_since is null from picture').raw().all();
  return new Map((rows as [string, number][]).map(([id, hangs]) => [id, hangs === 1]));
}

interface Sessions {
  /** Left as they were; missing: ended at this time. */
  endedAt?: Date;
}

/** Makes a copy fit to be served again; answers how many streams begin anew, and how many sessions and passes it holds that were open. */
export function revive(file: string, { endedAt }: Sessions): { streams: number; open: number } {
  using copy = opened(file);
  const tables = namesIn(copy);
  const holders = ['session', 'device_pass'].filter((table) => tables.includes(table));
  const all = copy.transaction(() => {
    let open = 0;
    for (const table of holders) {
      const where = 'ended_at is null';
      open += copy.prepare(`select count(*) from ${table} where ${where}`).pluck().get() as number;
      if (!endedAt) continue;
      const end = `update ${table} set ended_at = ?, end_reason = 'restored' where ${where}`;
      copy.prepare(end).run(endedAt.getTime());
    }
    if (!tables.includes('stream_head')) return { streams: 0, open };
    const heads = copy.prepare('select restaurant_id from stream_head').pluck().all();
    const renew = copy.prepare('update stream_head set epoch = ? where restaurant_id = ?');
    for (const id of heads) renew.run(newEpoch(), id);
    return { streams: heads.length, open };
  });
  return all.immediate();
}

/** Who was erased since then, as the log of this database tells; undefined when it cannot be read. */
export function erasedSince(file: string, since: Date): string[] | undefined {
  try {
    using old = opened(file);
    if (!namesIn(old).includes('audit_entry')) return [];
    const found = old.prepare(
      "select distinct target_id from audit_entry where target = 'Erasure' and at >= ?",
    );
    return found.pluck().all(since.getTime()) as string[];
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return undefined;
  }
}

/** Brings everything into the one file; false when that cannot be done, because it is damaged. */
export function foldLog(file: string): boolean {
  try {
    using database = opened(file);
    database.pragma('wal_checkpoint(truncate)');
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return false;
  }
  return !existsSync(`${file}-wal`);
}

/** Closed at the end of the scope. */
function opened(file: string): Database.Database & Disposable {
  const database = new Database(file, { fileMustExist: true, timeout: PATIENCE_MS });
  database.pragma('trusted_schema = 0');
  database.function('lower', { deterministic: true }, (text) =>
    typeof text === 'string' ? text.toLowerCase() : text,
  );
  return Object.assign(database, { [Symbol.dispose]: () => database.close() });
}

function namesIn(database: Database.Database): string[] {
  const named = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'";
  return database.prepare(`${named} order by name`).pluck().all() as string[];
}

/** As those of the outbox: eight letters and digits. */
function newEpoch(): string {
  return randomBytes(4).toString('hex');
}

/** The same on a database server, once a dump was played into it. */
export async function reviveOnServer(
  { orm }: Connected,
  { endedAt }: Sessions,
): Promise<{ streams: number; open: number }> {
  const connection = orm.em.getConnection();
  const heads = await connection.execute<{ id: string }[]>(
    'select restaurant_id as id from stream_head',
  );
  for (const { id } of heads) {
    const renew = 'update stream_head set epoch = ? where restaurant_id = ?';
    await connection.execute(renew, [newEpoch(), id], 'run');
  }
  let open = 0;
  for (const table of ['session', 'device_pass']) {
    const where = 'ended_at is null';
    const [found] = await connection.execute<{ open: number }[]>(
      `select count(*) as open from ${table} where ${where}`,
    );
    open += Number(found?.open ?? 0);
    if (!endedAt) continue;
    const end = `update ${table} set ended_at = ?, end_reason = 'restored' where ${where}`;
    await connection.execute(end, [endedAt.toISOString().slice(0, -1).replace('T', ' ')], 'run');
  }
  return { streams: heads.length, open };
}
