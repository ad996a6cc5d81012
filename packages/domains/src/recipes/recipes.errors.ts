import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';
import { Secrecy } from './recipes.secrecy.schema.ts';

export const recipeErrors = defineErrors({
  RECIPE_TOO_SECRET: refusal(
    'FORBIDDEN',
    'Your level does not reach that far.',
    'Choose a secrecy up to `details.highest`, or ask somebody of a higher level.',
    z.object({ highest: Secrecy }),
  ),
});
