import { DefaultLogger, type LogContext } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type {
  Kysely,
  KyselyPlugin,
  PluginTransformQueryArgs,
  QueryId,
  RootOperationNode,
} from 'kysely';
import type { Database } from './connect.ts';

/** What was asked of the database: with a placeholder for every value. */
export interface Statement {
  text: string;
  tookMs: number;
  failed: boolean;
}

type Listener = (statement: Statement) => void;

/** Hears of every statement of the unit of work; tells it on where somebody listens. */
export class StatementLog extends DefaultLogger {
  listener: Listener | undefined;

  override logQuery({ query, took, level }: LogContext): void {
    if (query === undefined || took === undefined) return;
    this.listener?.({ text: query, tookMs: took, failed: level === 'error' });
  }
}

/** From now on all statements are told, in the asynchronous context of whoever asked. */
export function listenToStatements({ orm }: Database, listener: Listener): void {
  const log = orm.config.getLogger();
  if (log instanceof StatementLog) log.listener = listener;
}

function listenerOf({ config }: SqlEntityManager): Listener | undefined {
  const log = config.getLogger();
  return log instanceof StatementLog ? log.listener : undefined;
}

/** For what the unit of work does not time: the beginning and the end of a transaction. */
export async function timed<Answer>(
  em: SqlEntityManager,
  text: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const listener = listenerOf(em);
  if (!listener) return work();
  const begun = performance.now();
  let failed = true;
  try {
    const answer = await work();
    failed = false;
    return answer;
  } finally {
    listener({ text, tookMs: performance.now() - begun, failed });
  }
}

/** The same query builder; its reads are told where somebody listens, but for those that fail. */
export function toldReads<Schema>(em: SqlEntityManager, reads: Kysely<Schema>): Kysely<Schema> {
  const listener = listenerOf(em);
  return listener ? reads.withPlugin(new ToldReads(reads, listener)) : reads;
}

class ToldReads implements KyselyPlugin {
  readonly #reads: Pick<Kysely<never>, 'getExecutor'>;
  readonly #listener: Listener;
  readonly #asked = new WeakMap<QueryId, { node: RootOperationNode; at: number }>();

  constructor(reads: Pick<Kysely<never>, 'getExecutor'>, listener: Listener) {
    this.#reads = reads;
    this.#listener = listener;
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    this.#asked.set(queryId, { node, at: performance.now() });
    return node;
  }

  transformResult: NonNullable<KyselyPlugin['transformResult']> = async ({ queryId, result }) => {
    const asked = this.#asked.get(queryId);
    if (asked) {
      const { sql } = this.#reads.getExecutor().compileQuery(asked.node, queryId);
      this.#listener({ text: sql, tookMs: performance.now() - asked.at, failed: false });
    }
    return result;
  };
}
