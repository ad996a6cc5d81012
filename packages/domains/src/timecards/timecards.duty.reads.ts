import { after, MINUTE } from '@comanda/kernel/time';
import { onShiftCapabilities } from '@comanda/kernel/projections';
import type { Reader } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import type { StaffContext } from '../context.ts';
import { clockFor } from '../restaurants/restaurants.reads.ts';
import { nextShift } from '../shifts/shifts.reads.ts';
import type { Timecard } from './timecards.entity.ts';
import { isOnBreak } from './timecards.rules.ts';

type Asking = Pick<StaffContext, 'em' | 'clock' | 'actor' | 'restaurantId' | 'settings'>;

// Asked by every call of the kitchen and the floor: built once.
const openCard = remembered<typeof Timecard>()((
  rows,
  { personId, restaurantId }: Placeholders<{ personId: string; restaurantId?: string }>,
) => {
  const open = rows.selectFrom('Timecard').where('openFor', '=', personId).select(['breaks']);
  return restaurantId ? open.where('restaurantId', '=', restaurantId) : open;
});

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
  const card = await openCard.first(ctx.em, { personId: actor.id });
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
  const card = await openCard.first(em, { personId, restaurantId });
  return card !== undefined && !isOnBreak(card);
}

/** The next shift of the caller, and from when on it can be clocked in for. */
async function coming(ctx: Asking, windowMinutes: number): Promise<OffDuty['nextShift']> {
  const next = await nextShift(ctx, { personId: ctx.actor.id, now: ctx.clock.now() });
  if (!next) return null;
  const { id: shiftId, startsAt, endsAt } = next;
  return { shiftId, startsAt, endsAt, clockInFrom: after(startsAt, -windowMinutes * MINUTE) };
}
