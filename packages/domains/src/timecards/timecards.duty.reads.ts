import { after, MINUTE } from '@comanda/kernel/time';
import { onShiftCapabilities } from '@comanda/kernel/projections';
import { type Reader, reading } from '@comanda/storage/reading';
import type { StaffContext } from '../context.ts';
import { clockFor } from '../restaurants/restaurants.reads.ts';
import { nextShift } from '../shifts/shifts.reads.ts';
import type { Timecard } from './timecards.entity.ts';
import { isOnBreak } from './timecards.rules.ts';

type Asking = Pick<StaffContext, 'em' | 'clock' | 'actor' | 'restaurantId' | 'settings'>;

/** Off duty, and whether that is refused or only logged; what OFF_SHIFT tells of it. */
export interface OffDuty {
  isRefused: boolean;
  onBreak: boolean;
  nextShift: { shiftId: string; startsAt: Date; endsAt: Date; clockInFrom: Date } | null;
}

/**
 * Why the caller may not do what asks for a shift; nothing for whoever is at work, whoever needs no
 * shift for anything, and wherever it is not asked for.
 */
export async function offDuty(ctx: Asking): Promise<OffDuty | undefined> {
  const { actor, restaurantId, settings } = ctx;
  if (onShiftCapabilities(actor.role).length === 0) return undefined;
  const card = await reading<typeof Timecard>(ctx.em)
    .selectFrom('Timecard')
    .where('openFor', '=', actor.id)
    .select(['breaks'])
    .executeTakeFirst();
  const onBreak = card !== undefined && isOnBreak(card);
  if (card && !onBreak) return undefined;
  const { terms } = await clockFor(ctx, restaurantId);
  const gate = terms.gate ?? settings.shiftGate;
  if (gate === 'off') return undefined;
  const nextShift = await coming(ctx, terms.windowMinutes);
  return { isRefused: gate === 'enforced', onBreak, nextShift };
}

/** Whether somebody is clocked in there, and not on a break. */
export async function isAtWork(
  { em }: Reader,
  { personId, restaurantId }: { personId: string; restaurantId: string },
): Promise<boolean> {
  const card = await reading<typeof Timecard>(em)
    .selectFrom('Timecard')
    .where('openFor', '=', personId)
    .where('restaurantId', '=', restaurantId)
    .select(['breaks'])
    .executeTakeFirst();
  return card !== undefined && !isOnBreak(card);
}

/** The next shift of the caller, and from when on it can be clocked in for. */
async function coming(ctx: Asking, windowMinutes: number): Promise<OffDuty['nextShift']> {
  const next = await nextShift(ctx, { personId: ctx.actor.id, now: ctx.clock.now() });
  if (!next) return null;
  const { id: shiftId, startsAt, endsAt } = next;
  return { shiftId, startsAt, endsAt, clockInFrom: after(startsAt, -windowMinutes * MINUTE) };
}
