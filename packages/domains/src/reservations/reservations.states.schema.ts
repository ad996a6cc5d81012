import { z } from 'zod';

export const RESERVATION_STATES = [
  'requested',
  'confirmed',
  'seated',
  'completed',
  'cancelled',
  'no_show',
] as const;

export const ReservationState = z.enum(RESERVATION_STATES);
export type ReservationState = z.infer<typeof ReservationState>;

/** A table as it was called when it was reserved. */
export const KeptTable = z.object({ id: z.uuid(), name: z.string() });
export type KeptTable = z.infer<typeof KeptTable>;
