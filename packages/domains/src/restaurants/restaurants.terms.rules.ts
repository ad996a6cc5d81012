import type { BookingTerms } from './restaurants.booking.schema.ts';
import type { ClockTerms } from './restaurants.clock.schema.ts';
import type { OrderingTerms } from './restaurants.ordering.schema.ts';

const ORDERING: OrderingTerms = {
  types: ['dine_in', 'pickup', 'delivery'],
  taxInclusive: true,
  serviceChargeBps: 0,
  deliveryFee: 0,
  minimum: 0,
  autoConfirm: false,
  prepMinutes: 20,
};

const CLOCK: ClockTerms = { gate: null, windowMinutes: 15, site: null };

const BOOKING: BookingTerms = {
  maxParty: 20,
  smallParty: 4,
  smallMinutes: 90,
  largeMinutes: 120,
  bufferMinutes: 0,
  noticeMinutes: 60,
  horizonDays: 60,
  cancelMinutes: 120,
  noShowMinutes: 15,
  autoConfirm: false,
};

type Kept<Terms> = Partial<Terms> | null;

// What holds, whether or not anybody has ever said so.
export const orderingTerms = (kept: Kept<OrderingTerms>) => ({ ...ORDERING, ...kept });
export const clockTerms = (kept: Kept<ClockTerms>) => ({ ...CLOCK, ...kept });
export const bookingTerms = (kept: Kept<BookingTerms>) => ({ ...BOOKING, ...kept });

type Changes<Terms> = { [Term in keyof Terms]?: Terms[Term] | undefined };

/** What was not named stays as it is. */
export function termsWith<Terms extends object>(terms: Terms, changes: Changes<Terms>): Terms {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...terms, ...Object.fromEntries(named) };
}
