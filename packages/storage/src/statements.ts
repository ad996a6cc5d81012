import { DefaultLogger, type LogContext } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Database } from './connect.ts';

/** What was asked of the database: with a placeholder for every value. */
export interface Statement {
  text: string;
  tookMs: number;
  failed: boolean;
}

export type Listener = (statement: Statement) => void;

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

/** Who hears of what an entity manager asks. */
export function listenerOf({ config }: SqlEntityManager): Listener | undefined {
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
