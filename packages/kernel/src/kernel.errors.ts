import { defineErrors, refusal } from './errors.ts';

export interface ValidationDetails {
  issues: { path: string; message: string }[];
  /** How many further issues there were; the answer is capped. */
  more: number;
}

/** Refusals that procedures of any domain may give. */
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
});
