import type { Context } from '@comanda/domains/context';
import { refusalIn } from '@comanda/domains/telling';
import type { TRPCError } from '@trpc/server';
import { PublicCopies } from '../caching.ts';
import { retryAfter } from '../refusing.ts';

/** tRPC's own, and what CORS asks for, which tRPC would overwrite. */
const VARY = { vary: 'Origin, trpc-accept, accept' };
/** Of an answer that caches keep: and whether the client is of this version. */
const KEPT_VARY = ['trpc-accept', 'x-comanda-contract'];
/** Left out, or left over from a stream, where tRPC refuses early. */
const AT_ONCE = { 'content-type': 'application/json', 'cache-control': 'no-store' };

interface Answered {
  /** Missing where the request could not even be read. */
  ctx: Context | undefined;
  errors: TRPCError[];
  /** What is told, as far as it is known; nothing of what is told bit by bit. */
  body: (() => string) | undefined;
}

/** What an answer says of itself: who may keep it, what is left of the budgets, and when to come again. */
export function headersFor({ ctx, errors, body }: Answered): Record<string, string> {
  const kept = errors.length > 0 || body === undefined ? undefined : keptOf(ctx, body);
  return {
    ...(body === undefined ? {} : AT_ONCE),
    // What a cache hands on is of nobody's budget.
    ...(kept ?? { ...VARY, ...ctx?.announcement.headers() }),
    ...waitOf(errors),
  };
}

function keptOf(ctx: Context | undefined, body: () => string): Record<string, string> | undefined {
  const { copies, calls } = ctx ?? {};
  if (!(copies instanceof PublicCopies) || calls === undefined) return undefined;
  return copies.headersOf({ calls, body: body(), vary: KEPT_VARY });
}

function waitOf(errors: TRPCError[]): Record<string, string> {
  const waits = errors.flatMap((error) => {
    const { retryAfterMs } = (refusalIn(error)?.details ?? {}) as { retryAfterMs?: number };
    return retryAfterMs === undefined ? [] : [retryAfterMs];
  });
  return waits.length > 0 ? { 'retry-after': retryAfter(Math.max(...waits)) } : {};
}
