import { defineErrors, refusal } from '@comanda/kernel/errors';

export const restaurantErrors = defineErrors({
  SLUG_TAKEN: refusal(
    'CONFLICT',
    'Another restaurant has that slug already.',
    'Choose another slug, or leave it out and let one be made from the name.',
  ),
  RESTAURANT_REQUIRED: refusal(
    'BAD_REQUEST',
    'There is more than one restaurant here: say which.',
    'Send `restaurantId`; `restaurants.list` has them all.',
  ),
});
