import { useEffect, useRef, useState } from 'react';

const FRESH_MS = 12_000;

/** Tickets that have just come in, for long enough to be noticed from the stove. */
export function useFresh(): { keys: ReadonlySet<string>; add: (keys: string[]) => void } {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const timers = waiting.current;
    return () => timers.forEach(clearTimeout);
  }, []);
  const add = (fresh: string[]) => {
    setKeys((before) => new Set([...before, ...fresh]));
    const timer = setTimeout(() => {
      waiting.current.delete(timer);
      setKeys((before) => new Set([...before].filter((key) => !fresh.includes(key))));
    }, FRESH_MS);
    waiting.current.add(timer);
  };
  return { keys, add };
}
