import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';

export const cartErrors = defineErrors({
  CART_LINE_FULL: refusal(
    'CONFLICT',
    'A cart line cannot hold that many units.',
    'Nothing was added. A line holds up to `details.max` units.',
    z.object({ units: z.int(), max: z.int() }),
  ),
  CART_FULL: refusal(
    'CONFLICT',
    'The cart cannot hold another line.',
    'Remove a line first; a cart holds up to `details.max` of them.',
    z.object({ max: z.int() }),
  ),
});
