import { defineErrors, refusal } from '@comanda/kernel/errors';

/** How the guard says no, before a procedure runs. */
export const accessErrors = defineErrors({
  UNAUTHENTICATED: refusal(
    'UNAUTHORIZED',
    'Sign in first.',
    'Call `auth.login` and send the access token as `Authorization: Bearer …`.',
  ),
  TOKEN_INVALID: refusal(
    'UNAUTHORIZED',
    'This token is not valid, or not any more.',
    'Refresh the session; if that is refused too, sign in again.',
  ),
  FORBIDDEN: refusal<{ capability: string }>(
    'FORBIDDEN',
    'Your role may not do this.',
    'docs/access.md says which roles have `details.capability`; `permissions.mine` says what you may do.',
  ),
  OFF_SHIFT: refusal('FORBIDDEN', 'This is for people who are on shift.', 'Clock in first.'),
});
