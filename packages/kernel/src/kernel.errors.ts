import { z } from 'zod';
import { defineErrors, refusal } from './errors.ts';

const Issues = z.object({
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
  /** How many further issues there were; the answer is capped. */
  more: z.int(),
});
export type ValidationDetails = z.infer<typeof Issues>;

const Wait = z.object({ retryAfterMs: z.int() });

/** Refusals that procedures of any domain may give. */
export const kernelErrors = defineErrors({
  VALIDATION: refusal(
    'BAD_REQUEST',
    'The input is not what this procedure takes.',
    'Read `details.issues`: each names a path and what is wrong with it.',
    Issues,
  ),
  NOT_FOUND: refusal(
    'NOT_FOUND',
    'There is no such thing, or it is not yours to see.',
    'Check the id, and whether you are signed in to the right restaurant.',
    z.object({ what: z.string() }),
  ),
  VERSION_CONFLICT: refusal(
    'CONFLICT',
    'Somebody else changed this in the meantime.',
    'Read it again and repeat the change on what you find.',
  ),
  QUOTA_EXCEEDED: refusal(
    'TOO_MANY_REQUESTS',
    'That was too often. Wait a little.',
    'Wait `details.retryAfterMs` before the next try; the Retry-After header says the same.',
    Wait.extend({ scope: z.string(), limit: z.int(), resetAt: z.date() }),
  ),
  OVERLOADED: refusal(
    'SERVICE_UNAVAILABLE',
    'The service is busy right now.',
    'Try again after `details.retryAfterMs`. Nothing was changed.',
    Wait,
  ),
  DB_BUSY: refusal(
    'SERVICE_UNAVAILABLE',
    'The database is busy right now.',
    'Try again after `details.retryAfterMs`. Nothing was changed.',
    Wait,
  ),
  DB_UNAVAILABLE: refusal(
    'SERVICE_UNAVAILABLE',
    'The database cannot be reached right now.',
    'Try again after `details.retryAfterMs`. Nothing was changed.',
    Wait,
  ),
  STORAGE_FULL: refusal(
    'SERVICE_UNAVAILABLE',
    'There is no room left to store this.',
    'Nothing was changed. The operator has to make room.',
    Wait,
  ),
  OUTCOME_UNKNOWN: refusal(
    'SERVICE_UNAVAILABLE',
    'The call took too long; whether it took effect is not known.',
    'Read the state before repeating a change that carries no idempotency key.',
    Wait,
  ),
  STREAM_RESET: refusal(
    'CONFLICT',
    'What came behind that event is not kept any more.',
    'Read the whole state anew and start the stream without an id; the client does so, and tells a gap.',
  ),
});
