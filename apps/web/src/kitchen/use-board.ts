import type { Ticket } from '@comanda/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { comanda } from '../house/comanda.ts';
import { type Liveness, useLive } from '../house/live.ts';
import { type Board, EMPTY, newsOf, withEvent, withReading } from './board.ts';

const AGAIN_MS = 5_000;
const PAGE = 100;

interface Reading {
  tickets: Ticket[];
  /** By how much the clock of the service is ahead of this one: ages are told by the former. */
  aheadMs: number;
}

/** Everything that hangs in the kitchen: what is to be cooked, and what may be recalled. */
async function readTickets(signal: AbortSignal): Promise<Reading> {
  const reading: Reading = { tickets: [], aheadMs: 0 };
  for (const ready of [false, true]) {
    let cursor: string | undefined;
    do {
      const asked = { ready, limit: PAGE, ...(cursor !== undefined && { cursor }) };
      const page = await comanda.kitchen.queue.query(asked, { signal });
      const [first] = page.items;
      if (first) reading.aheadMs = first.orderedAt.getTime() + first.ageMs - Date.now();
      reading.tickets.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  return reading;
}

type Change = (make: (board: Board) => Board) => void;
type News = ReturnType<typeof newsOf>;

export interface Hearing {
  board: Board;
  /** As it is at this moment, also between two pictures of the screen. */
  current: () => Board;
  change: Change;
  reread: () => void;
  aheadMs: number;
  liveness: Liveness;
  /** Why the stream is over, or what was wrong with reading. */
  why: unknown;
  /** When the board was known to be true last, before it was not. */
  asOf: Date | null;
  /** Opens the stream anew, after it was over. */
  again: () => void;
}

/** The board, as the service reads it out and tells its changes. */
export function useBoard(onNews: (news: News) => void): Hearing {
  const { board, current, change } = useKept(onNews);
  const { reread, aheadMs, isOwed, wrong } = useReading(current, change);
  const [tries, setTries] = useState(0);
  const again = useCallback(() => setTries((before) => before + 1), []);
  const live = useLive({
    open: (options) => comanda.kitchen.watch.subscribe(undefined, options),
    name: `kitchen ${tries}`,
    onEvent: (event) => {
      // From here on nothing is missed: what is read now is complete.
      if (event.kind === 'ready') reread();
      else change((board) => withEvent(board, event));
    },
    onGap: reread,
    // The bell is heard from any tab.
    evenUnseen: true,
  });
  const liveness = live.liveness === 'live' && isOwed ? 'catching up' : live.liveness;
  const asOf = useLastLive(liveness);
  const why = live.why ?? wrong;
  return { board, current, change, reread, aheadMs, liveness, why, asOf, again };
}

function useKept(onNews: (news: News) => void) {
  const [board, setBoard] = useState(EMPTY);
  const now = useRef(EMPTY);
  const tell = useRef(onNews);
  useEffect(() => {
    tell.current = onNews;
  });
  const current = useCallback(() => now.current, []);
  const change = useCallback<Change>((make) => {
    const was = now.current;
    now.current = make(was);
    setBoard(now.current);
    tell.current(newsOf(was, now.current));
  }, []);
  return { board, current, change };
}

/** Reads when asked to, and again until it succeeds. */
function useReading(current: () => Board, change: Change) {
  const [asked, setAsked] = useState(0);
  const [answered, setAnswered] = useState({ ask: 0, aheadMs: 0 });
  const [wrong, setWrong] = useState<unknown>(null);
  const reread = useCallback(() => setAsked((before) => before + 1), []);
  useEffect(() => {
    if (asked === 0) return undefined;
    const leaving = new AbortController();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const since = current();
    readTickets(leaving.signal).then(
      ({ tickets, aheadMs }) => {
        if (leaving.signal.aborted) return;
        change((board) => withReading(board, tickets, since));
        setAnswered({ ask: asked, aheadMs });
        setWrong(null);
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        setWrong(error);
        waiting = setTimeout(reread, AGAIN_MS);
      },
    );
    return () => {
      leaving.abort();
      clearTimeout(waiting);
    };
  }, [asked, current, change, reread]);
  return { reread, aheadMs: answered.aheadMs, isOwed: answered.ask !== asked, wrong };
}

function useLastLive(liveness: Liveness): Date | null {
  const [last, setLast] = useState<Date | null>(null);
  useEffect(() => {
    if (liveness !== 'live') return undefined;
    return () => setLast(new Date());
  }, [liveness]);
  return last;
}
