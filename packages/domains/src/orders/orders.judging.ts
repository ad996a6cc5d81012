import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import { type OffDuty, offDuty } from '../timecards/timecards.duty.reads.ts';
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
  return situation(ctx, judged, await offDuty(ctx));
}

function situation(
  ctx: StaffContext,
  { order, items }: Judged,
  off: OffDuty | undefined,
): Situation {
  const { actor, clock, settings } = ctx;
  const { role, id } = actor;
  const ownOrder = isOwn(watcherOf(ctx), order);
  return {
    order: { ...plain(order), items },
    caller: { role, id, ownOrder, onShift: off === undefined },
    now: clock.now(),
    settings,
  };
}

function plain({ state, type, placedAt, payment, assigneeId }: Judged['order']) {
  return { state, type, placedAt, payment, assigneeId };
}

/** Refuses a move that is none, or not this caller's to make, or comes too early. */
export async function judged(ctx: StaffContext, held: Held, move: Move): Promise<void> {
  const off = await offDuty(ctx);
  const verdict = judgeMove(situation(ctx, held, off), move);
  if (verdict !== 'ok') throw refusalOf(verdict, off);
}

function refusalOf(verdict: MoveNo, off: OffDuty = NOT_ON_SHIFT) {
  switch (verdict.no) {
    case 'ILLEGAL_TRANSITION': {
      const { from, to, allowed } = verdict;
      return orderErrors.ILLEGAL_TRANSITION({ from, to, allowed });
    }
    case 'FORBIDDEN':
      return accessErrors.FORBIDDEN({ capability: verdict.capability });
    case 'OFF_SHIFT':
      return accessErrors.OFF_SHIFT(off);
    default:
      return orderErrors.ORDER_UNREADY({ needs: NEEDS[verdict.no] });
  }
}

const NOT_ON_SHIFT = { onBreak: false, nextShift: null };

const NEEDS = {
  REASON_REQUIRED: 'reason',
  REFUND_CHOICE_REQUIRED: 'refundChoice',
  CREW_REQUIRED: 'crew',
  NOT_PAID: 'paid',
  ITEMS_NOT_DONE: 'itemsDone',
  NO_NEW_ITEMS: 'newItems',
} as const;
