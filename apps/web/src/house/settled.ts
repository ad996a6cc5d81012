import { useEffect, useState } from 'react';

/** What was typed, once the typing has paused: every look-up counts against the quota. */
export function useSettled(typed: string, afterMs = 300): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const waiting = setTimeout(() => setSettled(typed), afterMs);
    return () => clearTimeout(waiting);
  }, [typed, afterMs]);
  return settled;
}
