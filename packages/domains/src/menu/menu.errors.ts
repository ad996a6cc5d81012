import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';

export const menuErrors = defineErrors({
  MENU_SLUG_TAKEN: refusal(
    'CONFLICT',
    'Something else on this menu has that slug already.',
    'Choose another slug, or leave it out and let one be made from the name.',
  ),
  CATEGORY_IN_USE: refusal(
    'CONFLICT',
    'There are items in this category.',
    'Move or remove the `details.items` items first.',
    z.object({ items: z.int() }),
  ),
});
