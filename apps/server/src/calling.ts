import type { Context } from '@comanda/domains/context';
import { isOfTransport, logUndeclared, refusalIn } from '@comanda/domains/telling';
import type { DomainError } from '@comanda/kernel/errors';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { type AnyTRPCProcedure, type AnyTRPCRouter, TRPCError } from '@trpc/server';
import type { FastifyReply } from 'fastify';
import { run } from './running.ts';

interface Call {
  /** The whole name: `menu.items.update`. */
  path: string;
  input: unknown;
  /** Aborted when nobody waits any more. */
  signal: AbortSignal;
}

/** Calls a procedure in this process, through everything that stands before it. Rejects with what may be told. */
export async function call(router: AnyTRPCRouter, ctx: Context, { path, input, signal }: Call) {
  const procedure = (router._def.procedures as Record<string, AnyTRPCProcedure>)[path];
  if (!procedure) throw transportErrors.NO_SUCH_PROCEDURE();
  const { type } = procedure._def;
  const getRawInput = () => Promise.resolve(input);
  try {
    return await run(procedure, { path, getRawInput, ctx, type, signal, batchIndex: 0 });
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

/** Aborted when the line closes before all was said; and where a time is given, after that. */
export function untilGone({ raw }: FastifyReply, longestMs?: number): AbortSignal {
  const gone = new AbortController();
  const end = longestMs && setTimeout(() => gone.abort(), longestMs).unref();
  raw.once('close', () => {
    clearTimeout(end);
    if (!raw.writableFinished) gone.abort();
  });
  if (raw.destroyed) gone.abort(); // who has hung up by now closes nothing any more
  return gone.signal;
}
