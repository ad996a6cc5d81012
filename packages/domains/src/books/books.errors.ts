import { defineErrors, refusal } from '@comanda/kernel/errors';

export const bookErrors = defineErrors({
  ISBN_TAKEN: refusal(
    'CONFLICT',
    'Another book has that ISBN already.',
    'Leave the ISBN out, or look the other one up with `books.list`. A removed book frees its own.',
  ),
});
