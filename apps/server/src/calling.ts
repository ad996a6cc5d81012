import type { Context } from '@comanda/domains/context';
import { isOfTransport, logUndeclared, refusalIn } from '@comanda/domains/telling';
import type { DomainError } from '@comanda/kernel/errors';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { type AnyTRPCRouter, TRPCError } from '@trpc/server';
import type { FastifyReply } from 'fastify';

interface Call {
  /** The whole name: `menu.items.update`. */
  path: string;
  input: unknown;
  /** Aborted when nobody waits any more. */
  signal: AbortSignal;
}

/** Calls a procedure in this process, through everything that stands before it. Rejects with what may be told. */
export async function call(router: AnyTRPCRouter, ctx: Context, { path, input, signal }: Call) {
  const caller = router.createCaller(ctx, { signal });
  const procedure = path
    .split('.')
    .reduce<Record<string, unknown>>((at, name) => at[name] as never, caller as never);
  try {
    return await (procedure as unknown as (input: unknown) => Promise<unknown>)(input);
  } catch (error) {
    throw toldOf(router, ctx, { path, error });
  }
}

/** What the procedure declares, and what any call may be told; all else is ours alone. */
export function toldOf(
  router: AnyTRPCRouter,
  { log, requestId }: Context,
  { path, error }: { path: string; error: unknown },
): DomainError {
  const refused = error instanceof TRPCError ? refusalIn(error) : undefined;
  if (!refused) return transportErrors.INTERNAL();
  const { meta } = (router._def.procedures as Record<string, Declaring>)[path]?._def ?? {};
  if (isOfTransport(refused) || meta?.refusals?.includes(refused.code)) return refused;
  logUndeclared(refused, { log, requestId, path });
  return transportErrors.INTERNAL();
}

interface Declaring {
  _def: { meta?: { refusals?: readonly string[] } };
}

/** Aborted when the line closes, whether all was said or not; and where a time is given, after that. */
export function untilGone({ raw }: FastifyReply, longestMs?: number): AbortSignal {
  const gone = new AbortController();
  const end = longestMs && setTimeout(() => gone.abort(), longestMs).unref();
  raw.once('close', () => {
    clearTimeout(end);
    gone.abort();
  });
  return gone.signal;
}
