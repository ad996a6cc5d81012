import { after } from '@comanda/kernel/time';
import { reading } from '@comanda/storage/reading';
import type { CallContext } from '../context.ts';
import type { Shift } from '../shifts/shifts.entity.ts';
import { Timecard } from './timecards.entity.ts';
import { breaksUntil, forgottenAt, LONGEST_SHIFT_MS } from './timecards.rules.ts';

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
  const shifts = await shiftsDuring(ctx, card);
  const at = forgottenAt(card, { shifts, now: ctx.clock.now() });
  if (!at) return;
  closeCard(card, { at, flag: 'forgotten' });
  await ctx.em.flush();
}

/** Whoever clocks in for another shift has ended the one before, whether or not they said so. */
export async function closeEarlier(
  ctx: Asking,
  { personId, shiftId }: { personId: string; shiftId: string },
): Promise<void> {
  const card = await openCardOf(ctx, personId);
  if (!card || card.shiftId === shiftId) return;
  const now = ctx.clock.now();
  const ends = (await shiftsDuring(ctx, card))
    .map(({ endsAt }) => endsAt)
    .filter((at) => at <= now);
  if (ends.length === 0) return;
  const at = new Date(Math.max(card.inAt.getTime(), ...ends.map(Number)));
  closeCard(card, { at, flag: 'forgotten' });
  await ctx.em.flush();
}

/** Of whoever works on, their next shift counts as well. */
function shiftsDuring({ em, clock }: Asking, { personId, restaurantId, inAt, shiftId }: Timecard) {
  return reading<typeof Shift>(em)
    .selectFrom('Shift')
    .where('personId', '=', personId)
    .where('restaurantId', '=', restaurantId)
    .where('state', '=', 'published')
    .where('startsAt', '>', after(inAt, -LONGEST_SHIFT_MS))
    .where('startsAt', '<=', clock.now())
    .where(({ eb, or }) => or([eb('endsAt', '>', inAt), eb('id', '=', shiftId ?? '')]))
    .select(['endsAt'])
    .execute();
}

/** When the work of a card is to end by its own shift; null where nobody has planned it. */
export async function shiftEndOf({ em }: Asking, { shiftId }: Timecard): Promise<Date | null> {
  if (shiftId === null) return null;
  const shift = await reading<typeof Shift>(em)
    .selectFrom('Shift')
    .where('id', '=', shiftId)
    .select(['endsAt'])
    .executeTakeFirst();
  return shift?.endsAt ?? null;
}
