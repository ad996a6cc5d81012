import { defineErrors, refusal } from './errors.ts';

export interface ValidationDetails {
  issues: { path: string; message: string }[];
  /** How many further issues there were; the answer is capped. */
  more: number;
}

/** Refusals that any procedure, or the transport itself, may give. */
export const kernelErrors = defineErrors({
  VALIDATION: refusal<ValidationDetails>(
    'BAD_REQUEST',
    'The input is not what this procedure takes.',
    'Read `details.issues`: each names a path and what is wrong with it.',
  ),
  NOT_FOUND: refusal<{ what: string }>(
    'NOT_FOUND',
    'There is no such thing, or it is not yours to see.',
    'Check the id, and whether you are signed in to the right restaurant.',
  ),
  VERSION_CONFLICT: refusal(
    'CONFLICT',
    'Somebody else changed this in the meantime.',
    'Read it again and repeat the change on what you find.',
  ),
  QUOTA_EXCEEDED: refusal<{ scope: string; limit: number; resetAt: Date; retryAfterMs: number }>(
    'TOO_MANY_REQUESTS',
    'That was too often. Wait a little.',
    'Wait `details.retryAfterMs` before the next try; the Retry-After header says the same.',
  ),
  OVERLOADED: refusal<{ retryAfterMs: number }>(
    'SERVICE_UNAVAILABLE',
    'The service is busy right now.',
    'Try again after `details.retryAfterMs`. Nothing was changed.',
  ),
  DB_BUSY: refusal<{ retryAfterMs: number }>(
    'SERVICE_UNAVAILABLE',
    'The database is busy right now.',
    'Try again after `details.retryAfterMs`. Nothing was changed.',
  ),
  DB_UNAVAILABLE: refusal<{ retryAfterMs: number }>(
    'SERVICE_UNAVAILABLE',
    'The database cannot be reached right now.',
    'Try again after `details.retryAfterMs`. Nothing was changed.',
  ),
  STORAGE_FULL: refusal<{ retryAfterMs: number }>(
    'SERVICE_UNAVAILABLE',
    'There is no room left to store this.',
    'Nothing was changed. The operator has to make room.',
  ),
  OUTCOME_UNKNOWN: refusal<{ retryAfterMs: number }>(
    'SERVICE_UNAVAILABLE',
    'The call took too long; whether it took effect is not known.',
    'Read the state before repeating a change that carries no idempotency key.',
  ),
  UNSUPPORTED_MEDIA_TYPE: refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    'Bodies are JSON, not compressed.',
    'Send `Content-Type: application/json` and no `Content-Encoding`.',
  ),
  PAYLOAD_TOO_LARGE: refusal(
    'PAYLOAD_TOO_LARGE',
    'The body is too large.',
    'Send less in one call; the limit is 64 KiB.',
  ),
  METHOD_NOT_ALLOWED: refusal(
    'METHOD_NOT_SUPPORTED',
    'This method is not used here.',
    'Queries go by GET or POST, mutations by POST.',
  ),
  BATCH_TOO_LARGE: refusal<{ limit: number }>(
    'BAD_REQUEST',
    'Too many calls in one batch.',
    'Split the batch; `details.limit` calls may travel together.',
  ),
  NOT_BATCHABLE: refusal(
    'BAD_REQUEST',
    'Sign-in calls travel alone, never in a batch.',
    'Send the call by itself.',
  ),
  BAD_HOST: refusal(
    'BAD_REQUEST',
    'The Host header names no host that is served here.',
    'Call the service by its published name.',
  ),
  ORIGIN_DENIED: refusal(
    'FORBIDDEN',
    'Cookie sessions are for the listed origins only.',
    'Add the origin to CORS_ORIGINS, or sign in without a cookie session.',
  ),
  TOO_MANY_REQUESTS_FROM_ADDRESS: refusal<{ retryAfterMs: number }>(
    'TOO_MANY_REQUESTS',
    'This address sends too many requests.',
    'Slow down; Retry-After says how long.',
  ),
  NO_SUCH_PROCEDURE: refusal(
    'NOT_FOUND',
    'There is no such procedure or address.',
    'Check the name; the client knows them all.',
  ),
  INTERNAL: refusal(
    'INTERNAL_SERVER_ERROR',
    'Something went wrong on our side.',
    'Try again; if it stays, tell the operator the request id.',
  ),
});
