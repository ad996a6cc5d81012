import type { ReactNode } from 'react';
import { price } from '../../house/figures.ts';
import { Button } from '../../parts/button.tsx';
import { costOf, type DraftLine, optionsOf } from './draft.ts';

interface DraftProps {
  draft: readonly DraftLine[];
  currency: string;
  busy: boolean;
  onCount: (key: string, quantity: number) => void;
  onSend: () => void;
  /** What was said of it. */
  children: ReactNode;
}

/** What is written down and not sent yet; it stays in sight. */
export function Draft({ draft, currency, busy, onCount, onSend, children }: DraftProps) {
  const total = draft.reduce((sum, line) => sum + costOf(line), 0);
  return (
    <section className="card work-draft" aria-label="The order so far">
      <ul className="work-lines">
        {draft.map((line) => (
          <li key={line.key}>
            <span>
              {line.item.name}
              <span className="aside work-extras">
                {[...optionsOf(line).map(({ name }) => name), line.note]
                  .filter((part) => part !== '')
                  .join(', ')}
              </span>
            </span>
            <span className="work-quantity">
              <Button
                aria-label={`One ${line.item.name} less`}
                onClick={() => onCount(line.key, line.quantity - 1)}
              >
                −
              </Button>
              <span className="amount">{line.quantity}</span>
              <Button
                aria-label={`One ${line.item.name} more`}
                onClick={() => onCount(line.key, Math.min(99, line.quantity + 1))}
              >
                +
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {children}
      <Button kind="main" busy={busy} onClick={onSend}>
        Send to the kitchen · {price(total, currency)}
      </Button>
    </section>
  );
}
