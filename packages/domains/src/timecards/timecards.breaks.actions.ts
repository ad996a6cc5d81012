import { kernelErrors } from '@comanda/kernel/kernel.errors';
import type { StaffContext } from '../context.ts';
import { cardAtWork, keyed } from './timecards.clock.actions.ts';
import type { Timecard } from './timecards.entity.ts';
import { timecardErrors } from './timecards.errors.ts';
import { showTimecard } from './timecards.reads.ts';
import { isOnBreak, MAX_BREAKS } from './timecards.rules.ts';
import type { EndBreak, StartBreak, TimecardView } from './timecards.schema.ts';

/** Off duty for a while; the card stays open. */
export function startBreak(ctx: StaffContext, input: StartBreak): Promise<TimecardView> {
  return changing(ctx, { procedure: 'shifts.startBreak', input }, (card, now) => {
    if (isOnBreak(card)) throw timecardErrors.BREAK_STATE({ onBreak: true });
    if (card.breaks.length >= MAX_BREAKS) {
      const issue = { path: '', message: `a card holds ${MAX_BREAKS} breaks at most` };
      throw kernelErrors.VALIDATION({ issues: [issue], more: 0 });
    }
    const started = { paid: input.paid, startedAt: now.getTime(), endedAt: null, cut: false };
    card.breaks = [...card.breaks, started];
  });
}

export function endBreak(ctx: StaffContext, input: EndBreak): Promise<TimecardView> {
  return changing(ctx, { procedure: 'shifts.endBreak', input }, (card, now) => {
    if (!isOnBreak(card)) throw timecardErrors.BREAK_STATE({ onBreak: false });
    card.breaks = card.breaks.map((one) =>
      one.endedAt === null ? { ...one, endedAt: now.getTime() } : one,
    );
  });
}

function changing(
  ctx: StaffContext,
  call: { procedure: string; input: { idempotencyKey: string } },
  change: (card: Timecard, now: Date) => void,
): Promise<TimecardView> {
  return keyed(ctx, call, async (ctx) => {
    const card = await cardAtWork(ctx);
    change(card, ctx.clock.now());
    await ctx.em.flush();
    return showTimecard(ctx, card.id);
  });
}
