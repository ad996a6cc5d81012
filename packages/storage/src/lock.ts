import Database from 'better-sqlite3';

export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/** A connection that nobody refers to is collected, and its lock with it. */
const held = new Set<Database.Database>();

/**
 * One server per SQLite file: two would each keep sessions and quotas of their own in memory. The lock
 * is the operating system's, so a killed process leaves none behind.
 */
export function lockDatabase(file: string): { release(): void } {
  const lock = new Database(`${file}.lock`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = delete');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new DataInUse(
      `Another Comanda server is using ${file}. Stop it first, or choose another DATA_DIR.`,
    );
  }
  held.add(lock);
  return {
    release: () => {
      held.delete(lock);
      lock.close();
    },
  };
}
