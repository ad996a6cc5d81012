import type Database from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  SelectQueryNode,
} from 'kysely';

/** More texts than the queries have shapes; what is over was of shapes that hardly come again. */
const MAX_KEPT = 400;

const TRANSACTIONS = new Set(['begin immediate', 'commit', 'rollback']);

export interface Answered {
  rows: Record<string, unknown>[];
  /** How many rows an insert or update hit. */
  hit: number;
}

/** Prepares a statement once, and not each time that it is asked for. */
export class PreparedConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #kept = new Map<string, Database.Statement>();
  #streams = 0;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { parameters } = query;
    const statement = comesAgain(query) ? this.#prepared(query.sql) : this.#prepare(query.sql);
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return {
      insertId: BigInt(lastInsertRowid),
      numAffectedRows: BigInt(changes),
      rows: [],
    };
  }

  /** Whether a transaction is open, whoever's it is. */
  get isInTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** Whether nothing is open or under way that a statement would have to wait for, or be refused by. */
  get isAtHand(): boolean {
    return this.#database.open && this.#streams === 0;
  }

  /** At once: SQLite answers before anybody else has a turn. For what comes again, with bound values. */
  answer(text: string, parameters: readonly unknown[]): Answered {
    const statement = this.#prepared(text);
    if (statement.reader) return { rows: statement.all(parameters) as Answered['rows'], hit: 0 };
    return { rows: [], hit: statement.run(parameters).changes };
  }

  /** Of its own each time: a statement that is being iterated can do nothing else. */
  async *streamQuery<Row>({ sql, parameters, query }: CompiledQuery) {
    if (!SelectQueryNode.is(query)) throw new Error('Only what is selected can be streamed.');
    this.#streams += 1;
    try {
      for (const row of this.#prepare(sql).iterate(parameters)) yield { rows: [row as Row] };
    } finally {
      this.#streams -= 1;
    }
  }

  /** SQLite itself prepares it anew when a migration has changed its tables. */
  #prepared(text: string): Database.Statement {
    const kept = this.#kept.get(text);
    if (kept) return kept;
    const statement = this.#prepare(text);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(text, statement);
    return statement;
  }

  #prepare(text: string): Database.Statement {
    return this.#database.prepare(text);
  }
}

/** The unit of work writes its values into the text; there each is its own statement. */
function comesAgain({ query, parameters, sql }: CompiledQuery): boolean {
  return query.kind !== 'RawNode' || parameters.length > 0 || TRANSACTIONS.has(sql);
}
