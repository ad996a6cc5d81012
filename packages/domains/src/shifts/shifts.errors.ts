import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';

export const shiftErrors = defineErrors({
  SHIFT_OVERLAP: refusal(
    'CONFLICT',
    'This person has another shift at that time.',
    '`details.with` is that shift; its id is null when it is in another restaurant.',
    z.object({
      with: z.object({ shiftId: z.uuid().nullable(), startsAt: z.date(), endsAt: z.date() }),
    }),
  ),
  SHIFT_CANCELLED: refusal(
    'CONFLICT',
    'This shift was cancelled.',
    'Schedule another one with `shifts.schedule`.',
  ),
  SHIFT_BEGUN: refusal(
    'CONFLICT',
    'Somebody has clocked in for this shift already.',
    'It can be neither cancelled nor given to somebody else; its times can be changed.',
  ),
});
