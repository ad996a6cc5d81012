import type { ReactNode } from 'react';
import { inWords } from '../house/wording.ts';
import { Button } from './button.tsx';

interface NoticeProps {
  kind?: 'good' | 'warn' | 'bad' | 'plain';
  children: ReactNode;
}

/** A sentence that stays on the page. */
export function Notice({ kind = 'plain', children }: NoticeProps) {
  return (
    <div className={`notice is-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** What went wrong with reading the page, and a way to try again. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <Notice kind="bad">
      <p>{inWords(error)}</p>
      {retry && <Button onClick={retry}>Try again</Button>}
    </Notice>
  );
}

/** Where nothing is yet, and what to do about it. */
export function Nothing({ children }: { children: ReactNode }) {
  return <div className="nothing">{children}</div>;
}

/** Holds the place of what is on its way, so that nothing jumps when it comes. */
export function Waiting({ rows = 3, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div className="waiting" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="waiting-row" />
      ))}
    </div>
  );
}
