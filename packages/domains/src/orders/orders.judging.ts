import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
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
export function situationOf(
  ctx: Pick<StaffContext, 'actor' | 'clock' | 'settings'>,
  { order, items }: Judged,
): Situation {
  const { actor, clock, settings } = ctx;
  const { role, id } = actor;
  const ownOrder = isOwn(watcherOf(ctx), order);
  // There are no shifts yet, so nobody is on one.
  const onShift = settings.shiftGate !== 'enforced';
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
export function judged(ctx: StaffContext, held: Held, move: Move): void {
  const verdict = judgeMove(situationOf(ctx, held), move);
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
      return accessErrors.OFF_SHIFT();
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
