import { TRPCClientError } from '@trpc/client';
import type { RefusalDetails } from './api.ts';
import type { Call } from './calls.ts';

/** A refusal as the service told it. */
export interface Told {
  code: string;
  httpStatus: number;
  reason: string;
  details: unknown;
  path?: string;
  requestId?: string;
}

interface Facts<Reason, Details> {
  reason: Reason;
  details: Details;
  requestId?: string | undefined;
  /** As it travelled. */
  told?: { data: Told } | undefined;
  cause?: unknown;
}

// In types it is a plain Error, so that whoever installs the client needs no types of tRPC;
// at run time it is one of tRPC's, which its own client and TanStack Query pass on as it is.
const Base = TRPCClientError as unknown as new (
  message: string,
  options?: { cause?: unknown; result?: unknown },
) => Error;

/** What every call rejects with: a refusal of the service, or a fault. */
export class CallError<Reason extends string = string, Details = unknown> extends Base {
  /** The code of the refusal, or `FAULT`. */
  readonly reason: Reason;
  /** What belongs to this reason; see the catalogue. */
  readonly details: Details;
  /** Names the request in the logs of the service. */
  readonly requestId: string | undefined;
  /** The refusal as it travelled; nothing when the service did not answer. */
  declare readonly data: Told | undefined;

  /** Made by the client. */
  constructor(
    message: string,
    { reason, details, requestId, told, cause }: Facts<Reason, Details>,
  ) {
    super(message, { cause, ...(told && { result: { error: told } }) });
    Object.setPrototypeOf(this, new.target.prototype);
    this.name = 'CallError';
    this.reason = reason;
    this.details = details;
    this.requestId = requestId;
  }
}

/** Why a call failed though nobody refused it. */
export interface FaultDetails {
  /**
   * `unreachable`: no answer came · `answer`: what came is not the service's, such as a proxy's page ·
   * `deadline`: it took too long · `aborted`: its signal fired · `server`: something broke over there, or
   * it answered with a code that this client does not know · `client`: it was never sent, as its input
   * cannot be, or the queue of `pace` is full.
   */
  because: 'unreachable' | 'answer' | 'deadline' | 'aborted' | 'server' | 'client';
  /** The service's code, such as `INTERNAL`. */
  code?: string;
  /** The HTTP status of the answer, if there was one. */
  status?: number;
  contentType?: string;
  /** How long the other side asked to wait. */
  retryAfterMs?: number;
}

/** Everything that went wrong and is no declared refusal. */
export type Fault = CallError<'FAULT', FaultDetails>;

// Looked up by code, the compiler makes each once, and not anew for every call.
type Refusals = { [Code in keyof RefusalDetails]: CallError<Code, RefusalDetails[Code]> };

/** A refusal with this code, its details typed. */
export type Refused<Code extends keyof RefusalDetails> = Refusals[Code];

/** Every way in which a call with these codes can end badly. */
export type ErrorOf<Code extends string> = Refused<Code & keyof RefusalDetails> | Fault;

/** Whether the service refused with this code; then `error.details` are its details. */
export function refusedWith<Code extends keyof RefusalDetails>(
  error: unknown,
  code: Code,
): error is Refused<Code> {
  return error instanceof CallError && error.reason === code;
}

/** Makes a fault. */
export function fault(
  message: string,
  details: FaultDetails,
  more: Pick<Facts<unknown, unknown>, 'requestId' | 'told' | 'cause'> = {},
): Fault {
  return new CallError(message, { reason: 'FAULT', details, ...more });
}

/** Whether it is a fault: nobody refused, but something on the way or over there broke. */
export function isFault(error: unknown): error is Fault {
  return error instanceof CallError && error.reason === 'FAULT';
}

/** What `safe()` answers: the data, or the error. */
export type Safe<Data, Code extends string> =
  | readonly [data: Data, error: undefined]
  | readonly [data: undefined, error: ErrorOf<Code>];

/**
 * Waits for a call without throwing.
 *
 * @example
 * const [signedIn, error] = await safe(comanda.auth.login.mutate({ identifier, password }));
 * if (error?.reason === 'QUOTA_EXCEEDED') wait(error.details.retryAfterMs);
 */
export async function safe<Data, Code extends string>(
  call: Call<Data, Code>,
): Promise<Safe<Data, Code>> {
  try {
    return [await call, undefined];
  } catch (error) {
    if (error instanceof CallError) return [undefined, error as ErrorOf<Code>];
    throw error;
  }
}
