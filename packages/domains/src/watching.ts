import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { SECOND } from '@comanda/kernel/time';
import { transportErrors } from '@comanda/kernel/transport.errors';
import type { TRPCError } from '@trpc/server';
import type { Actor } from './auth/auth.actor.ts';
import type { Context, WatchedCall } from './context.ts';
import { isOfTransport, refusalIn } from './telling.ts';

interface Named {
  path: string;
  type: WatchedCall['kind'];
}

type Ended = { ok: true } | { ok: false; error: TRPCError };

/** Tells the house of a call, and how it ended. `work` is given what has to be in its context for that. */
export function underWatch<Result extends Ended>(
  { watch, requestId }: Context,
  { path, type, refusals }: Named & { refusals: readonly string[] | undefined },
  work: (inside: object) => Promise<Result>,
): Promise<Result> {
  const call: WatchedCall = {
    procedure: path,
    kind: type,
    requestId,
    role: 'unknown',
    outcome: 'fault',
  };
  return watch.around(call, async () => {
    const result = await work({ call });
    call.outcome = result.ok ? 'ok' : outcomeOf(result.error, refusals);
    return result;
  });
}

/** What is not declared is told as a fault, and is one. */
function outcomeOf(error: TRPCError, refusals: readonly string[] | undefined): string {
  const refused = refusalIn(error);
  const isTold = refused && (isOfTransport(refused) || refusals?.includes(refused.code));
  return isTold && refused.code !== transportErrors.INTERNAL.code ? refused.code : 'fault';
}

/** For whoever watches; the guard knows it first. */
export function tellRole(ctx: Context, actor: Actor | null): void {
  (ctx as Context & { call: WatchedCall }).call.role = actor?.role ?? 'anonymous';
}

/** Before anything is done for the call. Whoever only goes on with a session, or ends one, costs no hash. */
export function shedWhenLoaded(
  { load }: Context,
  { path, type, signsInOrOut = false }: Named & { signsInOrOut: boolean | undefined },
): void {
  const goesOn = path === 'auth.refresh' || path === 'auth.logout';
  const kind = type === 'subscription' ? 'stream' : signsInOrOut && !goesOn ? 'sign-in' : 'other';
  if (load.sheds(kind)) throw kernelErrors.OVERLOADED({ retryAfterMs: SECOND });
}
