import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';

const Planned = z.object({
  shiftId: z.uuid(),
  startsAt: z.date(),
  endsAt: z.date(),
  /** From when on it can be clocked in for. */
  clockInFrom: z.date(),
});

export const timecardErrors = defineErrors({
  NO_SCHEDULED_SHIFT: refusal(
    'CONFLICT',
    'No scheduled shift found for current time. Please contact your manager.',
    '`details.next` is the next shift and from when on it can be clocked in for; a manager may let somebody in without one, with a reason.',
    z.object({ next: Planned.nullable() }),
  ),
  ALREADY_CLOCKED_IN: refusal(
    'CONFLICT',
    'This person is clocked in already.',
    'They are at work since `details.since`; clock out first, in another restaurant if it was there.',
    z.object({ since: z.date() }),
  ),
  NOT_CLOCKED_IN: refusal(
    'CONFLICT',
    'You are not clocked in.',
    'Clock in with `shifts.clockIn`; whoever did in another restaurant switches there first (`auth.switchRestaurant`). A card that was forgotten is closed some hours after the end of the shift.',
  ),
  BREAK_STATE: refusal(
    'CONFLICT',
    'A break is on already, or none is.',
    'One break is on at a time; `details.onBreak` says how it is.',
    z.object({ onBreak: z.boolean() }),
  ),
  TOO_FAR: refusal(
    'FORBIDDEN',
    'This is too far from the restaurant to clock in.',
    'Send `place` from within `details.withinMeters` of the restaurant; `details.meters` is null where none was sent.',
    z.object({ meters: z.int().nullable(), withinMeters: z.int() }),
  ),
  OWN_CARD: refusal('FORBIDDEN', 'Nobody corrects their own timecard.', 'Ask another manager.'),
  CARD_OVERLAP: refusal(
    'CONFLICT',
    'This person has another timecard for that time.',
    'Correct that one first, or choose times beside it; `details.with` is null when it is of another restaurant.',
    z.object({ with: z.object({ inAt: z.date(), outAt: z.date().nullable() }).nullable() }),
  ),
});
