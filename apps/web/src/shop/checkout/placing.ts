import { CallError, isFault, type OrderView, type PlaceOrder } from '@comanda/client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useOnline } from '../../house/live.ts';
import { type Attempt, beginAttempt, forgetAttempt, keepAttempt, readAttempt } from './attempt.ts';

const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;

/** After these it is sure that nothing was ordered. All else leaves open whether an earlier try got there. */
const SURE = new Set([
  'AMOUNT_TOO_LARGE',
  'CART_EMPTY',
  'CART_ISSUES',
  'FORBIDDEN',
  'GUEST_TOKEN_INVALID',
  'IDEMPOTENCY_MISMATCH',
  'NOT_FOUND',
  'PRICE_CHANGED',
  'RESTAURANT_REQUIRED',
  'SOLD_OUT',
  'TYPE_NOT_OFFERED',
  'UNAUTHENTICATED',
  'VALIDATION',
  'VERSION_CONFLICT',
]);

interface Told {
  onPlaced: (order: OrderView, wasInDoubt: boolean) => void;
  onRefused: (error: CallError) => void;
}

export interface Placing {
  /** Sent, with no answer yet. */
  attempt: Attempt | undefined;
  isAsking: boolean;
  /** An answer was lost, or the page was loaded again before it came. */
  isInDoubt: boolean;
  /** Why there was no answer. */
  why: unknown;
  place: (asked: PlaceOrder) => void;
  askAgain: () => void;
  giveUp: () => void;
}

/**
 * Orders once: whatever is pressed, lost or loaded again, the same number is asked for until an
 * answer is there. `by` is who is here, as in `Attempt`; nothing as long as that is not known.
 */
export function usePlacing(by: string | undefined, told: Told): Placing {
  const { ask, ...standing } = useAsking(told);
  const { attempt, isAsking, why } = standing;
  const online = useOnline();
  const askAgain = () => {
    const kept = readAttempt();
    if (kept && kept.by === by) void ask(kept);
  };
  const again = useEffectEvent(askAgain);
  useEffect(() => {
    if (!attempt || isAsking || !online || by === undefined) return undefined;
    const waiting = setTimeout(() => again(), waitFor(attempt, why));
    return () => clearTimeout(waiting);
  }, [attempt, isAsking, why, online, by]);
  useEffect(() => {
    const back = () => again();
    window.addEventListener('online', back);
    return () => window.removeEventListener('online', back);
  }, []);
  return {
    ...standing,
    askAgain,
    place: (asked) => {
      // The second of two quick taps finds the first one written down.
      if (by !== undefined && !readAttempt()) void ask(beginAttempt(asked, by));
    },
  };
}

function useAsking({ onPlaced, onRefused }: Told) {
  const [attempt, setAttempt] = useState(readAttempt);
  const [isAsking, setIsAsking] = useState(false);
  const [isInDoubt, setIsInDoubt] = useState(attempt !== undefined);
  const [why, setWhy] = useState<unknown>(null);
  const underWay = useRef(false);

  const over = () => {
    forgetAttempt();
    setAttempt(undefined);
    setIsInDoubt(false);
    setWhy(null);
  };
  const ask = async (asking: Attempt) => {
    if (underWay.current) return;
    underWay.current = true;
    setAttempt(asking);
    setIsAsking(true);
    try {
      const order = await comanda.orders.place.mutate(asking.asked);
      over();
      onPlaced(order, isInDoubt || asking.lost > 0);
    } catch (error) {
      if (error instanceof CallError && SURE.has(error.reason)) {
        over();
        onRefused(error);
      } else {
        setAttempt(keepAttempt({ ...asking, lost: asking.lost + 1 }));
        setIsInDoubt(true);
        setWhy(error);
      }
    } finally {
      underWay.current = false;
      setIsAsking(false);
    }
  };
  return { attempt, isAsking, isInDoubt, why, ask, giveUp: over };
}

/** By itself: at once after a reload, else after longer and longer waits. */
function waitFor({ lost }: Attempt, why: unknown): number {
  // Nothing went wrong in this page: it was loaded again while the first answer was on its way.
  if (why === null) return 0;
  const asked = why instanceof CallError && !isFault(why) ? retryAfter(why.details) : 0;
  return Math.max(asked, Math.min(LONGEST_MS, FIRST_MS * 2 ** (lost - 1)));
}

function retryAfter(details: unknown): number {
  const { retryAfterMs } = (details ?? {}) as { retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' ? retryAfterMs : 0;
}
