import { type AnyRefusal, DomainError, type Refusal } from '@comanda/kernel/errors';
import { kernelErrors, type ValidationDetails } from '@comanda/kernel/kernel.errors';
import { transportErrors } from '@comanda/kernel/transport.errors';
import { GateFull } from '@comanda/quotas/gate-full';
import { QuotaUnavailable } from '@comanda/quotas/store';
import { databaseRefusal } from '@comanda/storage/failures';
import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server';
import type { TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODE_NUMBER } from '@trpc/server/rpc';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { ZodError } from 'zod';
import type { Log } from './context.ts';
import type { Followed } from './live/follow.ts';

/** A refusal as it travels. */
export interface ToldShape<Code extends string = string, Details = unknown> {
  message: string;
  code: TRPC_ERROR_CODE_NUMBER;
  data: {
    code: TRPC_ERROR_CODE_KEY;
    httpStatus: number;
    reason: Code;
    details: Details;
    path?: string;
    requestId?: string;
  };
}

export type Told<R extends AnyRefusal> =
  R extends Refusal<infer Code, infer Details> ? ToldShape<Code, Details> : never;

interface Where {
  requestId: string | undefined;
  path: string | undefined;
}

type OfTransport =
  | (typeof transportErrors)[keyof typeof transportErrors]
  | typeof kernelErrors.VALIDATION
  | typeof kernelErrors.QUOTA_EXCEEDED;

const ofAnyCall = new Set<string>([
  ...Object.keys(transportErrors),
  'VALIDATION',
  'QUOTA_EXCEEDED',
]);

/** Whether any call may be refused so, declared or not. */
export function isOfTransport({ code }: { code: string }): boolean {
  return ofAnyCall.has(code);
}

/** Writes for the caller what no procedure declares: a refusal of the transport, else INTERNAL and not a word more. */
export function tellTransport(error: TRPCError, where: Where): Told<OfTransport> {
  const refused = refusalIn(error) ?? ofTransport(error);
  const known = refused && (isOfTransport(refused) || givenLate.has(error));
  return tell<OfTransport>(known ? refused : transportErrors.INTERNAL(), where);
}

/** Declared refusals of streams that had begun: tRPC asks no procedure how those are told. */
const givenLate = new WeakSet<TRPCError>();

interface Stream extends Where {
  log: Log;
  /** What its procedure declares. */
  codes: ReadonlySet<string>;
  /** Aborted when nobody listens any more; what is thrown then is nobody's concern. */
  signal: AbortSignal | undefined;
}

/** Passes the events on; what goes wrong among them is told or hidden as it is in any call. */
export async function* toldLate<Event>(events: AsyncIterable<Event>, stream: Stream) {
  try {
    yield* events;
  } catch (thrown) {
    throw late(thrown, stream);
  }
}

function late(thrown: unknown, stream: Stream): unknown {
  if (stream.signal?.aborted) return thrown;
  const error = asTransportError(getTRPCErrorFromUnknown(thrown), stream);
  const refused = refusalIn(error);
  if (refused && stream.codes.has(refused.code)) givenLate.add(error);
  else if (refused && !isOfTransport(refused)) logUndeclared(refused, stream);
  return error;
}

type Listener = Parameters<Followed<unknown>['pour']>[0];

/** What may be poured out past tRPC; any other stream is taken one by one. */
export type Pour = (listener: Listener) => void;

/** Pours the same events out, and what goes wrong among them as well. */
export function pouredLate(events: AsyncIterable<unknown>, stream: Stream): Pour | undefined {
  if (!('pour' in events)) return undefined;
  const followed = events as Followed<unknown>;
  const asTold = lateAs(stream);
  return (listener) => followed.pour(listener, asTold);
}

/** A function of its own: it stays while somebody listens, and holds on to nothing else. */
function lateAs(stream: Stream): (reason: unknown) => unknown {
  return (reason) => late(reason, stream);
}

/** Where a stream leaves how it is poured out, for whoever stands outside. */
export interface Streaming {
  stream: { pour?: Pour | undefined };
}

const POUR = Symbol('pour');

/** The same events in the hands of whoever writes them out. */
export function pourOf(events: unknown): Pour | undefined {
  return (events as { [POUR]?: Pour })[POUR];
}

export function withPour<Events extends object>(events: Events, pour: Pour | undefined): Events {
  return Object.assign(events, { [POUR]: pour });
}

/**
 * tRPC asks for an event ahead, and waits for it only once its reader has taken the one before: a failure
 * in between would be an unhandled rejection, and end the process.
 */
export function askedAhead<Events extends AsyncGenerator>(events: Events): Events {
  const { next } = events;
  events.next = (...sent) => {
    const asked = next.apply(events, sent);
    asked.catch(() => undefined);
    return asked;
  };
  return events;
}

export function logUndeclared(
  { code }: DomainError,
  { log, requestId, path }: Where & { log: Log },
) {
  log.error({ requestId, path, code }, 'a refusal that the procedure does not declare');
}

/** Writes a refusal for the caller. */
export function tell<R extends AnyRefusal>(
  refused: DomainError,
  { requestId, path }: Where,
): Told<R> {
  const code = codeOf(refused);
  return {
    message: refused.message,
    code: TRPC_ERROR_CODES_BY_KEY[code],
    data: {
      code,
      httpStatus: refused.status,
      reason: refused.code,
      details: refused.details,
      ...(path !== undefined && { path }),
      ...(requestId !== undefined && { requestId }),
    },
  } satisfies ToldShape as Told<R>;
}

/** tRPC has no word for 426 and 406: they travel under those that come nearest. */
function codeOf({ kind }: DomainError): TRPC_ERROR_CODE_KEY {
  if (kind === 'NOT_ACCEPTABLE') return 'BAD_REQUEST';
  return kind === 'UPGRADE_REQUIRED' ? 'PRECONDITION_FAILED' : kind;
}

export function refusalIn(error: TRPCError): DomainError | undefined {
  return error.cause instanceof DomainError ? error.cause : undefined;
}

/** Turns whatever was thrown in a procedure into a refusal, or logs it and hides it. */
export function asTransportError(
  error: TRPCError,
  { log, requestId, path }: Where & { log: Log },
): TRPCError {
  const refused = refusalIn(error) ?? known(error.cause) ?? ofTransport(error);
  if (refused) {
    return new TRPCError({ code: codeOf(refused), message: refused.message, cause: refused });
  }
  log.error({ err: error.cause ?? error, path, requestId }, 'fault');
  const hidden = transportErrors.INTERNAL();
  return new TRPCError({ code: codeOf(hidden), message: hidden.message, cause: hidden });
}

function known(cause: unknown): DomainError | undefined {
  if (cause instanceof GateFull || cause instanceof QuotaUnavailable) {
    return kernelErrors.OVERLOADED({ retryAfterMs: cause.retryAfterMs });
  }
  return databaseRefusal(cause);
}

/** What tRPC itself says no to, in our words. */
function ofTransport(error: TRPCError): DomainError | undefined {
  if (error.cause instanceof ZodError && error.code === 'BAD_REQUEST') {
    return kernelErrors.VALIDATION(issuesOf(error.cause));
  }
  switch (error.code) {
    case 'NOT_FOUND':
      return transportErrors.NO_SUCH_PROCEDURE();
    case 'METHOD_NOT_SUPPORTED':
      return transportErrors.METHOD_NOT_ALLOWED();
    case 'PAYLOAD_TOO_LARGE':
      return transportErrors.PAYLOAD_TOO_LARGE();
    case 'UNSUPPORTED_MEDIA_TYPE':
      return transportErrors.UNSUPPORTED_MEDIA_TYPE();
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
      return unreadable(error);
    default:
      return undefined;
  }
}

function unreadable(error: TRPCError): DomainError {
  if (error.message.startsWith('Batch call exceeds'))
    return transportErrors.BATCH_TOO_LARGE({ limit: MAX_BATCH });
  const message = 'the request cannot be read as JSON of this procedure';
  return kernelErrors.VALIDATION({ issues: [{ path: '', message }], more: 0 });
}

export const MAX_BATCH = 10;
const MAX_ISSUES = 20;
const MAX_TEXT = 120;

/** At most 20 issues, none of them quoting what was sent: the answer stays small whatever the input. */
function issuesOf({ issues }: ZodError): ValidationDetails {
  const told = issues.slice(0, MAX_ISSUES).map(({ path, message, code }) => ({
    path: path.map(String).join('.').slice(0, MAX_TEXT),
    message: (code === 'unrecognized_keys' ? 'unknown keys are not accepted' : message).slice(
      0,
      MAX_TEXT,
    ),
  }));
  return { issues: told, more: issues.length - told.length };
}
