import { useEffect, useState } from 'react';

/** Keeps the screen lit while the page is to be seen, where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return undefined;
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      const held = await navigator.wakeLock.request('screen');
      if (isOver) await held.release();
      else lock = held;
    };
    // Refused, as on a low battery, the screen goes dark like any other.
    const ask = () => void hold().catch(() => undefined);
    ask();
    // It is lost whenever the page is out of sight.
    document.addEventListener('visibilitychange', ask);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}

/** The whole screen for the page, where the browser can. */
export function useFullScreen(): { isOffered: boolean; isFull: boolean; toggle: () => void } {
  const [isFull, setIsFull] = useState(() => document.fullscreenElement !== null);
  useEffect(() => {
    const look = () => setIsFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  const toggle = () => {
    const done = isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    // The browser says why by itself, and nothing else on the page depends on it.
    done.catch(() => undefined);
  };
  return { isOffered: document.fullscreenEnabled, isFull, toggle };
}
