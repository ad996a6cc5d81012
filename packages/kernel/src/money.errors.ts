import { z } from 'zod';
import { defineErrors, refusal } from './errors.ts';

export const moneyErrors = defineErrors({
  AMOUNT_TOO_LARGE: refusal(
    'UNPROCESSABLE_CONTENT',
    'This comes to more money than can be written down.',
    'Order less at once; `details.maxMinor` is the largest amount, in minor units.',
    z.object({ maxMinor: z.int() }),
  ),
});
