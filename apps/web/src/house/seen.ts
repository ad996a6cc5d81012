import { useEffect, useState } from 'react';

const UNSEEN_MS = 30_000;

/**
 * Whether somebody may be looking at this tab: not any more once it has been in the background for
 * half a minute. A browser opens few connections to one house, and a person few streams.
 */
export function useSeen(): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(leaving);
      if (document.visibilityState === 'visible') setSeen(true);
      else leaving = setTimeout(() => setSeen(false), UNSEEN_MS);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(leaving);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return isSeen;
}
