import { holds } from '@comanda/kernel/access';
import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import type { ShowTimesheet, Timesheet } from './timecards.schema.ts';
import { timesheetOf } from './timecards.timesheet.reads.ts';

/** One's own, or, for those who plan, anybody's and everybody's. */
export async function showTimesheet(
  ctx: StaffContext,
  { week, personId, csv }: ShowTimesheet,
): Promise<Timesheet> {
  const { actor, restaurantId } = ctx;
  const capability = 'shift.schedule';
  const plans = holds(actor.role, capability);
  if (!plans && personId !== undefined && personId !== actor.id) {
    throw accessErrors.FORBIDDEN({ capability });
  }
  const whose = plans ? personId : actor.id;
  return timesheetOf(ctx, { restaurantId, week, personId: whose, csv });
}
