import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { isBusyFile, isConflict } from './failures.ts';
import { countsOf } from './measuring.ts';
import { timed } from './statements.ts';
import { renewed } from './tenancy.ts';

const RETRIES = 5;
/** Each has waited for the file already, with the whole process standing still (busy_timeout). */
const RETRIES_ON_BUSY_FILE = 3;
const inside = new AsyncLocalStorage<{ open: boolean }>();

/** What a transaction needs of a context. */
export interface Work {
  em: SqlEntityManager;
  /** Runs once the change is durable: for what is remembered in memory. Never for business. */
  afterCommit: (effect: () => void) => void;
}

/**
 * Runs `work` in one transaction on a fresh unit of work. A lost race is repeated from the start, so
 * work does nothing but read and write through the `ctx` it is given.
 */
export async function inTransaction<Ctx extends Work, Answer>(
  ctx: Ctx,
  work: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer> {
  if (ctx.em.isInTransaction()) return work(ctx);
  refuseOutsideTransaction();
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(ctx, work);
    } catch (error) {
      const retries = isBusyFile(error) ? RETRIES_ON_BUSY_FILE : RETRIES;
      if (attempt > retries || !isConflict(error)) throw error;
      countsOf(ctx.em).retries += 1;
      await wait(Math.random() * 40 * 2 ** attempt);
    }
  }
}

async function once<Ctx extends Work, Answer>(
  ctx: Ctx,
  work: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer> {
  const em = renewed(ctx.em);
  const effects: (() => void)[] = [];
  const state = { open: true };
  await timed(em, 'begin', () => em.begin());
  try {
    const answer = await inside.run(state, async () => {
      const done = await work({ ...ctx, em, afterCommit: (effect) => effects.push(effect) });
      await timed(em, 'commit', () => em.commit());
      return done;
    });
    state.open = false;
    for (const effect of effects) effect();
    return answer;
  } catch (error) {
    state.open = false;
    await undone(em);
    throw error;
  }
}

/** On a lost connection this fails too; what went wrong first says more, and the server undoes it alone. */
async function undone(em: SqlEntityManager): Promise<void> {
  if (em.isInTransaction()) await em.rollback().catch(() => undefined);
}

/** A query beside the open transaction would wait for it for ever on SQLite's one connection: say so instead. */
export function refuseOutsideTransaction(): void {
  if (inside.getStore()?.open) {
    throw new Error(
      'A query went past the open transaction: use the ctx that inTransaction gives.',
    );
  }
}

export { LockMode, OptimisticLockError } from '@mikro-orm/core';
