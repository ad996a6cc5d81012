import { AbstractSqlDriver, SqlitePlatform } from '@mikro-orm/sql';
import { type Configuration, type Dictionary } from '@mikro-orm/core';
import { SqliteConnection } from '@mikro-orm/sqlite';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { refuseOutsideTransaction } from './transaction.ts';

/** RELIABILITY: set at boot and read back; `synchronous` 2 is FULL, so what was answered survives a power cut. */
const PRAGMAS = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 250,
  wal_autocheckpoint: 1000,
  journal_size_limit: 64 * 1024 * 1024,
  trusted_schema: 0,
  cache_size: -16_000,
} as const;

/** SQLite's plain `begin` takes the write lock only at the first write, and then fails instead of waiting. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver({ database: this.#database });
  }
}

export class OneWriterConnection extends SqliteConnection {
  #handle: Database.Database | undefined;

  override createKyselyDialect(options: Dictionary): Dialect {
    const { file } = options as { file: string | Buffer };
    this.#handle = new Database(file);
    setPragmas(this.#handle);
    return new ImmediateDialect(this.#handle);
  }

  override async getNativeClient(): Promise<Database.Database> {
    await this.ensureConnection();
    return this.requireNativeClient(this.#handle);
  }

  override execute: SqliteConnection['execute'] = (...args) => {
    const [, , , transaction] = args;
    if (!transaction) refuseOutsideTransaction();
    return super.execute(...args);
  };
}

export class OneWriterDriver extends AbstractSqlDriver<OneWriterConnection> {
  constructor(config: Configuration) {
    super(config, new SqlitePlatform(), OneWriterConnection, ['kysely', 'better-sqlite3']);
  }
}

function setPragmas(database: Database.Database): void {
  const inMemory = database.memory;
  for (const [name, wanted] of Object.entries(PRAGMAS)) {
    if (inMemory && name === 'journal_mode') continue;
    database.pragma(`${name} = ${wanted}`);
    const found = database.pragma(name, { simple: true });
    if (found !== wanted) {
      throw new Error(`SQLite does not keep ${name} = ${wanted}: it says ${String(found)}.`);
    }
  }
}
