import type { Liveness } from '../house/live.ts';

const WORDS: Record<Liveness, string> = {
  live: 'Live',
  'catching up': 'Catching up',
  offline: 'Offline',
  refused: 'Not connected',
};

/** Whether the page shows what is, by a dot and a word. */
export function Lamp({ liveness }: { liveness: Liveness }) {
  return (
    <span className={`lamp is-${liveness.replace(' ', '-')}`} role="status">
      {WORDS[liveness]}
    </span>
  );
}
