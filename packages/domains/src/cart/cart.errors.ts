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
  OPTIONS_INVALID: refusal(
    'CONFLICT',
    'These options cannot be had with this item.',
    'Nothing was added. `details.options` are the options, and groups of options, that do not fit; `menu.show` has those that do.',
    z.object({ options: z.array(z.string()) }),
  ),
});
