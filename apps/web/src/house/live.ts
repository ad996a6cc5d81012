import type { Stream, StreamOptions, StreamState } from '@comanda/client';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useSeen } from './seen.ts';

/** What a page can say about what it shows. */
export type Liveness = 'live' | 'catching up' | 'offline' | 'refused';

interface Watching<Data> {
  /** Opens the stream. */
  open: (options: StreamOptions) => Stream<Data, string>;
  /** Which stream it is: another name opens another one, `null` none. */
  name: string | null;
  onEvent: (data: Data) => void;
  /** Events may be missing: read everything anew. Told after a gap, and when the stream ended. */
  onGap: () => void;
  /** Goes on in a tab in the background: somebody listens to it. */
  evenUnseen?: boolean;
}

/** Follows a stream for as long as the page is open, and says how fresh the page is. */
export function useLive<Data>(watching: Watching<Data>): { liveness: Liveness; why: unknown } {
  const { open, name, onEvent, onGap, evenUnseen = false } = watching;
  const [state, setState] = useState<StreamState | 'over'>('connecting');
  const [why, setWhy] = useState<unknown>(null);
  const online = useOnline();
  const opened = useEffectEvent(open);
  const heard = useEffectEvent(onEvent);
  const missed = useEffectEvent(onGap);
  const isSeen = useSeen() || evenUnseen;
  const wasLeft = useRef(false);

  useEffect(() => {
    if (name === null) return undefined;
    if (!isSeen) {
      wasLeft.current = true;
      return undefined;
    }
    const leaving = new AbortController();
    const onState = (now: StreamState) => {
      setState(now);
      if (now !== 'open' || !wasLeft.current) return;
      wasLeft.current = false;
      missed();
    };
    const follow = async () => {
      setState('connecting');
      setWhy(null);
      for await (const step of opened({ signal: leaving.signal, onState })) {
        if (step.type === 'gap') missed();
        else heard(step.data);
      }
    };
    follow().catch((error: unknown) => {
      if (leaving.signal.aborted) return;
      setWhy(error);
      setState('over');
    });
    return () => leaving.abort();
  }, [name, isSeen]);

  if (state === 'over') return { liveness: 'refused', why };
  if (!online) return { liveness: 'offline', why };
  if (state === 'open') return { liveness: 'live', why };
  return { liveness: state === 'waiting' ? 'offline' : 'catching up', why };
}

/** Whether the browser has a network at all. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return online;
}

/** The moment, told anew every so often, for pages that show ages. */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(ticking);
  }, [everyMs]);
  return now;
}
