import { createHash } from 'node:crypto';
import { digestOf } from '@comanda/kernel/digest';
import { keyedErrors } from '@comanda/kernel/keyed.errors';
import { SECOND } from '@comanda/kernel/time';
import { wire } from '@comanda/kernel/wire';
import { wireText } from '@comanda/kernel/wire-text';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { canonical } from './canonical.ts';
import type { Database } from './connect.ts';
import { executed } from './executing.ts';
import { forgetRows } from './forgetting.ts';
import { KeyedAnswer } from './keyed.entity.ts';
import { provenanceOf } from './provenance.ts';
import { remembered } from './remembering.ts';
import type { Placeholders } from './remembering.query.ts';
import { inTransaction, type Work } from './transaction.ts';
import { inserted } from './writing.tables.ts';

const PATIENCE_MS = 2 * SECOND;

/** A call that may be repeated. */
export interface Keyed {
  restaurantId: string | null;
  /** The account, guest or pass whose keys these are. */
  callerId: string;
  procedure: string;
  key: string;
  /** The input as it was parsed; its `idempotencyKey` does not count. */
  asked: unknown;
}

/**
 * Runs `work` in one transaction, and once for a key: whoever comes with it again gets the same answer.
 * Work that is refused or fails leaves nothing, and its key may be used again.
 */
export async function onceByKey<Ctx extends Work, Answer>(
  ctx: Ctx,
  keyed: Keyed,
  work: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer> {
  const { em } = ctx;
  if (em.isInTransaction()) throw new Error('A call with a key has a transaction of its own.');
  refuseOutOfReach(em, keyed);
  const call = callOf(keyed);
  const underway = underwayOn(em);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const another = underway.get(call.id);
    if (another) await over(another, until - performance.now());
    const kept = await keptAnswer(em, call);
    if (kept) return kept.answer as Answer;
    if (underway.has(call.id)) continue;
    const mine = inTransaction(ctx, (ctx) => once(ctx, call, work));
    underway.set(call.id, mine);
    try {
      return await mine;
    } catch (error) {
      if (!(error instanceof AnsweredElsewhere)) throw error;
    } finally {
      underway.delete(call.id);
    }
  }
}

/** Forgets what was answered before a point in time. */
export function forgetAnswers(database: Database, before: Date): Promise<void> {
  return forgetRows(database, { name: KeyedAnswer.name, key: 'id', property: 'at', before });
}

interface Call extends Pick<Keyed, 'restaurantId' | 'procedure'> {
  id: string;
  asked: string;
}

function callOf({ restaurantId, callerId, procedure, key, asked }: Keyed): Call {
  return {
    id: digestOf(canonical([restaurantId, callerId, key])),
    restaurantId,
    procedure,
    asked: createHash('sha256')
      .update(canonical(withoutKey(asked)))
      .digest('hex'),
  };
}

function withoutKey(asked: unknown): unknown {
  return isRecord(asked) ? { ...asked, idempotencyKey: undefined } : asked;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Calls of this process that are being worked on: who comes second waits without a connection. */
const underway = new WeakMap<object, Map<string, Promise<unknown>>>();

function underwayOn(em: SqlEntityManager): Map<string, Promise<unknown>> {
  const database = em.getDriver();
  const calls = underway.get(database) ?? new Map<string, Promise<unknown>>();
  underway.set(database, calls);
  return calls;
}

/** Waits until the other call is through, whatever became of it. */
async function over(another: Promise<unknown>, patienceMs: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(inProgress()), patienceMs);
  try {
    await Promise.race([another.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

const keptAs = remembered<typeof KeyedAnswer>()((rows, { id }: Placeholders<{ id: string }>) =>
  rows.selectFrom('KeyedAnswer').where('id', '=', id).select(['procedure', 'asked', 'answer']),
);

async function keptAnswer(
  em: SqlEntityManager,
  { id, procedure, asked }: Call,
): Promise<{ answer: unknown } | undefined> {
  const kept = await keptAs.first(em, { id });
  if (!kept) return undefined;
  if (kept.procedure !== procedure || kept.asked !== asked) {
    throw keyedErrors.IDEMPOTENCY_MISMATCH();
  }
  return { answer: wire.output.deserialize(kept.answer as Serialized) };
}

type Serialized = Parameters<typeof wire.output.deserialize>[0];

async function once<Ctx extends Work, Answer>(
  ctx: Ctx,
  call: Call,
  work: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer> {
  await claim(ctx.em, call);
  const answer = await work(ctx);
  const kept = wireText(answer);
  await executed(ctx.em, 'update keyed_answer set answer = ? where id = ?', [kept, call.id]);
  return answer;
}

/** Before any work: a second process with this key waits here until the first is through. */
async function claim(em: SqlEntityManager, call: Call): Promise<void> {
  const at = provenanceOf(em).clock.now();
  try {
    await inserted(em, KeyedAnswer, [{ ...call, answer: {}, at }]);
  } catch (error) {
    const { code, errno } = error as { code?: unknown; errno?: unknown };
    if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || errno === DUPLICATE) {
      throw new AnsweredElsewhere();
    }
    throw errno === LOCK_WAIT ? inProgress() : error;
  }
}

/** MySQL and MariaDB. */
const DUPLICATE = 1062;
const LOCK_WAIT = 1205;

/** Rolls back: by now there is an answer to be read. */
class AnsweredElsewhere extends Error {}

function inProgress() {
  return keyedErrors.IDEMPOTENCY_IN_PROGRESS({ retryAfterMs: SECOND });
}

function refuseOutOfReach(em: SqlEntityManager, { restaurantId }: Keyed): void {
  const { reach } = provenanceOf(em);
  if (reach !== 'all' && reach !== restaurantId) {
    throw new Error('A keyed call of another restaurant was about to be answered.');
  }
}
