import { defineErrors, refusal } from '@comanda/kernel/errors';
import { z } from 'zod';
import { ReservationState } from './reservations.states.schema.ts';

export const reservationErrors = defineErrors({
  NO_TABLE: refusal(
    'CONFLICT',
    'No table is free for that party at that time.',
    'Nothing was reserved. Ask for one of `details.alternatives`, which are the nearest that are free.',
    z.object({ alternatives: z.array(z.object({ startsAt: z.date(), endsAt: z.date() })) }),
  ),
  NOT_BOOKABLE: refusal(
    'CONFLICT',
    'This restaurant does not reserve tables so.',
    '`details.why`: the restaurant is `closed` for a part of the stay, the start is before `details.earliest` (`notice`) or after `details.latest` (`horizon`), or the `party` is larger than `details.maxParty`.',
    z.object({
      why: z.enum(['closed', 'notice', 'horizon', 'party']),
      earliest: z.date(),
      latest: z.date(),
      maxParty: z.int(),
    }),
  ),
  RESERVATION_LIMIT: refusal(
    'CONFLICT',
    'Nobody reserves more often ahead than that in one restaurant.',
    'Nothing was reserved. Cancel one of the `details.max` that are to come, or call the restaurant.',
    z.object({ max: z.int() }),
  ),
  RESERVATION_STATE: refusal(
    'CONFLICT',
    'A reservation does not go from the one state to the other.',
    'Somebody may have been quicker: from `details.state` it can go to `details.allowed`.',
    z.object({ state: ReservationState, allowed: z.array(ReservationState) }),
  ),
  RESERVATION_EARLY: refusal(
    'CONFLICT',
    'It is too early for that.',
    'Come back at `details.from`.',
    z.object({ from: z.date() }),
  ),
  RESERVATION_LATE: refusal(
    'CONFLICT',
    'It is too late to cancel this.',
    'That could be done until `details.until`. Call the restaurant.',
    z.object({ until: z.date() }),
  ),
});
