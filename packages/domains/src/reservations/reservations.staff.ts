import { cellOf } from '@comanda/kernel/access';
import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import { offDuty } from '../timecards/timecards.duty.reads.ts';

/** Refuses whoever may not do for others what everybody may do for themselves. */
export async function refuseUnlessManaging(ctx: StaffContext): Promise<void> {
  const capability = 'reservation.manage';
  const cell = cellOf(ctx.actor.role, capability);
  if (!cell.allowed) throw accessErrors.FORBIDDEN({ capability });
  const off = cell.onShift ? await offDuty(ctx) : undefined;
  if (off) throw accessErrors.OFF_SHIFT(off);
}
