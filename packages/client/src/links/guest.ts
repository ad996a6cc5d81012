import { type Guests, isGuestRefused } from '../session/guests.ts';
import { type Link, step } from './step.ts';

/**
 * Shows with every call who the guest is, learns it from `cart.open`, and forgets it with whatever
 * makes the token worthless. It stands above `retry`, so that a call stays that of one guest.
 */
export function guest(guests: Guests): Link {
  return step(async (op, next) => {
    const { token, becomes } = await guests();
    let kept = token;
    try {
      const answer = await next({ ...op, context: { ...op.context, guest: token } });
      if (op.path === 'cart.open') kept = (answer as Opened | null)?.token ?? kept;
      // Their cart is now that of whoever signed in.
      if (op.path === 'auth.login' || op.path === 'auth.register') kept = undefined;
      return answer;
    } catch (error) {
      if (isGuestRefused(error)) kept = undefined;
      throw error;
    } finally {
      if (kept !== token) await becomes(kept);
    }
  });
}

interface Opened {
  token: string | null;
}
