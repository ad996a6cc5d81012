import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';

export const authErrors = defineErrors({
  INVALID_CREDENTIALS: refusal(
    'UNAUTHORIZED',
    'Name or password is wrong.',
    'Check both. The answer is the same for an unknown name, a wrong password and a closed account.',
  ),
  TOKEN_REUSED: refusal(
    'UNAUTHORIZED',
    'This refresh token was used before, so the session was ended.',
    'Sign in again. Keep the newest refresh token, and let one place refresh.',
  ),
  ORIGIN_DENIED: refusal(
    'FORBIDDEN',
    'A page of this origin may not use a session cookie.',
    'Page and service have to be of one site, and the origin of the page in CORS_ORIGINS, unless it is the service’s own. A page of another site, and a program, keep their session elsewhere.',
  ),
  NOT_STAFF: refusal(
    'FORBIDDEN',
    'This door is for staff.',
    'Sign in at the customer door, or ask a manager for a membership. Where several restaurants invite you, name one with `restaurantId`.',
  ),
  STAFF_PROFILE_MISSING: refusal(
    'NOT_FOUND',
    'You do not work at that restaurant.',
    'Name a restaurant of your own, or none.',
  ),
  NAME_TAKEN: refusal(
    'CONFLICT',
    'Somebody has that name already.',
    'Choose another; `details.field` says which one is taken.',
    z.object({ field: z.enum(['username', 'email', 'phone']) }),
  ),
  PASSWORD_WEAK: refusal(
    'UNPROCESSABLE_CONTENT',
    'This password is too easy to guess.',
    'Take a longer one that is on nobody’s list and does not contain your name.',
    z.object({ because: z.enum(['common', 'contains_name']) }),
  ),
  CODE_INVALID: refusal(
    'UNAUTHORIZED',
    'This code is not valid, or not any more.',
    'Ask whoever gave it to you for a new one; a code works once, for half an hour.',
  ),
  SESSION_REQUIRED: refusal(
    'FORBIDDEN',
    'A device pass may not do this.',
    'Sign in with your password; passes are for work, not for the keys to the account.',
  ),
  ORDERS_OPEN: refusal(
    'CONFLICT',
    'Orders of this account are on their way; until they are closed, name and address are needed.',
    'Wait until they are completed, or have them cancelled; `details.open` says how many there are.',
    z.object({ open: z.int() }),
  ),
});
