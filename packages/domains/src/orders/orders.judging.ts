import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import { onDuty } from '../timecards/timecards.duty.actions.ts';
import { offDuty } from '../timecards/timecards.duty.reads.ts';
import type { Held } from './orders.changing.ts';
import { orderErrors } from './orders.errors.ts';
import { watcherOf } from './orders.reads.ts';
import { isOwn, type Seen } from './orders.sight.rules.ts';
import { judgeMove, type Move, type MoveNo, type Situation } from './orders.states.rules.ts';

interface Judged {
  order: Omit<Situation['order'], 'items'> & Pick<Seen, 'customerId' | 'guestId'>;
  items: Situation['order']['items'];
}

/** All that decides where an order may go, and whether this caller may take it there. */
export async function situationOf(ctx: StaffContext, judged: Judged): Promise<Situation> {
  const off = await offDuty(ctx);
  return situation(ctx, judged, { onShift: !off?.isRefused });
}

function situation(
  ctx: StaffContext,
  { order, items }: Judged,
  { onShift }: { onShift: boolean },
): Situation {
  const { actor, clock, settings } = ctx;
  const { role, id } = actor;
  const ownOrder = isOwn(watcherOf(ctx), order);
  return {
    order: { ...plain(order), items },
    caller: { role, id, ownOrder, onShift },
    now: clock.now(),
    settings,
  };
}

function plain({ state, type, placedAt, payment, assigneeId }: Judged['order']) {
  return { state, type, placedAt, payment, assigneeId };
}

/** Refuses a move that is none, or not this caller's to make, or comes too early. */
export async function judged(ctx: StaffContext, held: Held, move: Move): Promise<void> {
  const asked = judgeMove(situation(ctx, held, { onShift: false }), move);
  const isDuty = asked !== 'ok' && asked.no === 'OFF_SHIFT';
  if (isDuty) await onDuty(ctx);
  const verdict = isDuty ? judgeMove(situation(ctx, held, { onShift: true }), move) : asked;
  if (verdict !== 'ok') throw refusalOf(verdict);
}

function refusalOf(verdict: MoveNo) {
  switch (verdict.no) {
    case 'ILLEGAL_TRANSITION': {
      const { from, to, allowed } = verdict;
      return orderErrors.ILLEGAL_TRANSITION({ from, to, allowed });
    }
    case 'FORBIDDEN':
      return accessErrors.FORBIDDEN({ capability: verdict.capability });
    case 'OFF_SHIFT':
      throw new Error('Who is on shift was told to be on none.');
    default:
      return orderErrors.ORDER_UNREADY({ needs: NEEDS[verdict.no] });
  }
}

const NEEDS = {
  REASON_REQUIRED: 'reason',
  REFUND_CHOICE_REQUIRED: 'refundChoice',
  CREW_REQUIRED: 'crew',
  NOT_PAID: 'paid',
  ITEMS_NOT_DONE: 'itemsDone',
  NO_NEW_ITEMS: 'newItems',
} as const;
