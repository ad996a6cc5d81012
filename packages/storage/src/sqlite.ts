import { AbstractSqlDriver, SqlitePlatform } from '@mikro-orm/sql';
import { type Configuration, type Dictionary } from '@mikro-orm/core';
import { SqliteConnection } from '@mikro-orm/sqlite';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryCompiler,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { LastingCompiler } from './sqlite.compiler.ts';
import { PreparedConnection } from './sqlite.prepared.ts';
import { refuseOutsideTransaction } from './transaction.ts';

/** Set at boot and read back; `synchronous` 2 is FULL, so what was answered survives a power cut. */
const PRAGMAS = {
  busy_timeout: 250,
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  wal_autocheckpoint: 1000,
  journal_size_limit: 64 * 1024 * 1024,
  trusted_schema: 0,
  cache_size: -16_000,
} as const;

/** What `begin` said when it failed. */
interface Opening {
  refusal?: Error;
}

/** The one connection, and what is told past Kysely. */
interface Shared {
  connection: PreparedConnection;
  opening: Opening;
}

/** SQLite's plain `begin` takes the write lock only at the first write, and then fails instead of waiting. */
class ImmediateDriver extends SqliteDriver {
  readonly #database: Database.Database;
  readonly #connection: DatabaseConnection;
  readonly #opening: Opening;

  constructor(database: Database.Database, { connection, opening }: Shared) {
    super({ database });
    this.#database = database;
    this.#connection = connection;
    this.#opening = opening;
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.#connection);
  }

  /** Never throws: Kysely keeps the connection after a `begin` that failed, and all others wait for ever. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    } catch (error) {
      this.#opening.refusal = error as Error;
    }
  }

  /** On a full disk SQLite has rolled back by itself. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Database.Database;
  readonly #shared: Shared;

  constructor(database: Database.Database, shared: Shared) {
    super({ database });
    this.#database = database;
    this.#shared = shared;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database, this.#shared);
  }

  override createQueryCompiler(): QueryCompiler {
    return new LastingCompiler();
  }
}

export class OneWriterConnection extends SqliteConnection {
  readonly #opening: Opening = {};
  #handle: Database.Database | undefined;
  #prepared: PreparedConnection | undefined;

  override createKyselyDialect(options: Dictionary): Dialect {
    const { file } = options as { file: string | Buffer };
    this.#handle = new Database(file);
    setPragmas(this.#handle);
    foldAllLetters(this.#handle);
    const connection = new PreparedConnection(this.#handle);
    this.#prepared = connection;
    return new ImmediateDialect(this.#handle, { connection, opening: this.#opening });
  }

  /** Where statements are answered at once, once it is there. */
  get prepared(): PreparedConnection | undefined {
    return this.#prepared;
  }

  override async getNativeClient(): Promise<Database.Database> {
    await this.ensureConnection();
    return this.requireNativeClient(this.#handle);
  }

  override begin: SqliteConnection['begin'] = async (options) => {
    const transaction = await super.begin(options);
    const { refusal } = this.#opening;
    if (refusal === undefined) return transaction;
    delete this.#opening.refusal;
    await transaction.rollback().execute();
    throw refusal;
  };

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

/** SQLite's own `lower` knows ASCII only, and nobody would find Élodie. */
function foldAllLetters(database: Database.Database): void {
  database.function('lower', { deterministic: true }, (text) =>
    typeof text === 'string' ? text.toLowerCase() : text,
  );
}
