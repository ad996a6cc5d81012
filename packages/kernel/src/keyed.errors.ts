import { z } from 'zod';
import { defineErrors, refusal } from './errors.ts';

/** How a call that carries an idempotency key may be refused, besides what it may be refused for anyway. */
export const keyedErrors = defineErrors({
  IDEMPOTENCY_MISMATCH: refusal(
    'UNPROCESSABLE_CONTENT',
    'This key was used for another call.',
    'Nothing was changed. Take a new key for every call, and the same one only to repeat it word for word.',
  ),
  IDEMPOTENCY_IN_PROGRESS: refusal(
    'CONFLICT',
    'The first call with this key is still being worked on.',
    'Repeat it with the same key after `details.retryAfterMs`; the answer will be that of the first.',
    z.object({ retryAfterMs: z.int() }),
  ),
});
