import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';

/** How the guard says no, before a procedure runs. */
export const accessErrors = defineErrors({
  UNAUTHENTICATED: refusal(
    'UNAUTHORIZED',
    'Sign in first.',
    'Call `auth.login`, or show a device pass.',
  ),
  TOKEN_INVALID: refusal(
    'UNAUTHORIZED',
    'This token is not valid, or not any more.',
    'Refresh the session, as the client does by itself; if that is refused too, sign in again.',
  ),
  GUEST_TOKEN_INVALID: refusal(
    'UNAUTHORIZED',
    'This guest token is not valid, or not any more.',
    'Call `cart.open` for another one, or sign in.',
  ),
  FORBIDDEN: refusal(
    'FORBIDDEN',
    'Your role may not do this.',
    '`permissions.mine` says what you may do, `permissions.matrix` which roles have `details.capability`.',
    z.object({ capability: z.string() }),
  ),
  OFF_SHIFT: refusal(
    'FORBIDDEN',
    'This is for people who are on shift.',
    'Clock in with `shifts.clockIn`, or end your break; `details.nextShift` tells from when on you can. Without a shift, ask your manager.',
    z.object({
      onBreak: z.boolean(),
      nextShift: z
        .object({
          shiftId: z.uuid(),
          startsAt: z.date(),
          endsAt: z.date(),
          clockInFrom: z.date(),
        })
        .nullable(),
    }),
  ),
});
