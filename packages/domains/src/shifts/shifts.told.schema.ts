import { z } from 'zod';
import { ShiftView } from './shifts.schema.ts';

/** The topic of what is told about shifts. */
export const SHIFTS = 'shifts';

/** An event as it is kept. */
export const ToldShift = z.object({
  kind: z.enum(['published', 'changed', 'cancelled']),
  /** Whose it was before. */
  wasFor: z.string(),
  shift: ShiftView,
});
export type ToldShift = z.infer<typeof ToldShift>;
