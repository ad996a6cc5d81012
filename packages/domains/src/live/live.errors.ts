import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';

export const liveErrors = defineErrors({
  TOO_MANY_STREAMS: refusal(
    'TOO_MANY_REQUESTS',
    'That many streams are open already.',
    'Close one, or share it: one stream tells a whole page. `details.limit` is how many may be open at once; the client tries again by itself.',
    z.object({ limit: z.int(), retryAfterMs: z.int() }),
  ),
});
