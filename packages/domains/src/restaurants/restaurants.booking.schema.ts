import { z } from 'zod';

/** Tables are held by quarters of an hour. */
const quarters = (min: number, max: number) => z.int().min(min).max(max).multipleOf(15);

/** On which terms tables are reserved. */
export const BookingTerms = z.strictObject({
  maxParty: z.int().min(1).max(100),
  /** Up to how many count as a small party. */
  smallParty: z.int().min(0).max(100),
  /** How long small parties stay. */
  smallMinutes: quarters(15, 720),
  /** How long larger parties stay. */
  largeMinutes: quarters(15, 720),
  /** How long a table stays free behind a party. */
  bufferMinutes: quarters(0, 240),
  /** How long before they come guests have to ask. */
  noticeMinutes: z.int().min(0).max(10_080),
  /** How far ahead tables can be reserved. */
  horizonDays: z.int().min(1).max(365),
  /** Until how long before they come guests may cancel. */
  cancelMinutes: z.int().min(0).max(10_080),
  /** How late guests may be before they count as not coming. */
  noShowMinutes: z.int().min(0).max(240),
  /** Whether a request is confirmed by being made. */
  autoConfirm: z.boolean(),
});
export type BookingTerms = z.infer<typeof BookingTerms>;
