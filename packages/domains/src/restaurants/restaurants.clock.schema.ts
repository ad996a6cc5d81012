import { z } from 'zod';

/**
 * A place on earth, in degrees.
 * @public the contract names it
 */
export const Spot = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** On which terms a restaurant's staff clock in, and what that opens to them. */
export const ClockTerms = z.strictObject({
  /** Whether what asks for a shift is refused to whoever is on none, or only logged. Null: as the server is set up. */
  gate: z.enum(['enforced', 'warn', 'off']).nullable(),
  /** How long before its start a shift can be clocked in for. */
  windowMinutes: z.int().min(0).max(240),
  /** Where staff have to be to clock in. Null: anywhere. */
  site: Spot.extend({ withinMeters: z.int().min(10).max(10_000) }).nullable(),
});
export type ClockTerms = z.infer<typeof ClockTerms>;
