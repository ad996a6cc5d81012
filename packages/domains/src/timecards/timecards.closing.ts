import { reading } from '@comanda/storage/reading';
import type { CallContext } from '../context.ts';
import type { Shift } from '../shifts/shifts.entity.ts';
import { Timecard } from './timecards.entity.ts';
import { breaksUntil, forgottenAt } from './timecards.rules.ts';

type Asking = Pick<CallContext, 'em' | 'clock'>;

export function openCardOf({ em }: Asking, personId: string): Promise<Timecard | null> {
  return em.findOne(Timecard, { openFor: personId });
}

/** Ends work, and a break that was on. */
export function closeCard(
  card: Timecard,
  { at, flag }: { at: Date; flag: Timecard['flag'] },
): void {
  Object.assign(card, { outAt: at, openFor: null, breaks: breaksUntil(card.breaks, at), flag });
}

/** Closes a card that its person has forgotten, at the time at which the work was to end. */
export async function forgetCard(ctx: Asking, personId: string): Promise<void> {
  const card = await openCardOf(ctx, personId);
  if (!card) return;
  const shiftEndsAt = await shiftEndOf(ctx, card);
  const at = forgottenAt(card, { shiftEndsAt, now: ctx.clock.now() });
  if (!at) return;
  closeCard(card, { at, flag: 'forgotten' });
  await ctx.em.flush();
}

/** When the work of a card is to end; null where nobody has planned it. */
export async function shiftEndOf({ em }: Asking, { shiftId }: Timecard): Promise<Date | null> {
  if (shiftId === null) return null;
  const shift = await reading<typeof Shift>(em)
    .selectFrom('Shift')
    .where('id', '=', shiftId)
    .select(['endsAt'])
    .executeTakeFirst();
  return shift?.endsAt ?? null;
}
