import { CallError, type FaultDetails } from '../errors.ts';
import type { ClientOptions, RetryOptions } from '../options.ts';
import { FOREVER_MS } from './deadline.ts';
import { type Link, type Op, step } from './step.ts';
import { pause } from './waiting.ts';

const MAX_WAIT_MS = 5_000;

const PASSING_STATUS = [408, 425, 429, 502, 503, 504];
/** They pass by themselves; a full disk does not. */
const PASSING = [
  'OVERLOADED',
  'DB_BUSY',
  'DB_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'IDEMPOTENCY_IN_PROGRESS',
];

/**
 * Repeats what failed for a while only, where a second time does no harm: a query, or a mutation
 * with a key. Any call can wait for its quota: refused by that, it did nothing.
 */
export function retry({
  attempts = 3,
  baseMs = 200,
  onQuota = 'refuse',
}: RetryOptions & Pick<ClientOptions, 'onQuota'> = {}): Link {
  return step(async (op, next) => {
    const repeatable = op.type === 'query' || op.context.keyed;
    let repeats = 0;
    let quotaWaits = 0;
    for (;;) {
      try {
        return await next(op);
      } catch (error) {
        let nth: number;
        if (onQuota === 'wait' && isQuota(error)) nth = quotaWaits++;
        else if (repeatable && repeats < attempts && passes(error)) nth = repeats++;
        else throw error;
        // On top of what was asked for, or all who were refused together would be back together.
        const jitter = Math.random() * Math.min(MAX_WAIT_MS, baseMs * 2 ** nth);
        const wait = askedFor(error) + jitter;
        if (wait >= timeLeft(op)) throw error;
        await pause(wait, op.signal);
      }
    }
  });
}

function isQuota(error: unknown): boolean {
  return error instanceof CallError && error.reason === 'QUOTA_EXCEEDED';
}

function passes(error: unknown): boolean {
  if (!(error instanceof CallError)) return false;
  if (error.reason !== 'FAULT') return PASSING.includes(error.reason);
  const { because, status = 0 } = error.details as FaultDetails;
  return because === 'unreachable' || (because === 'answer' && PASSING_STATUS.includes(status));
}

function askedFor(error: unknown): number {
  const { details } = error as { details: { retryAfterMs?: unknown } | null | undefined };
  return Math.max(0, Number(details?.retryAfterMs) || 0);
}

function timeLeft({ context: { endsAt } }: Op): number {
  return endsAt === undefined ? FOREVER_MS : endsAt - performance.now();
}
