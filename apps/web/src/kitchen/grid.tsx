import { useRef } from 'react';
import { Nothing } from '../parts/notice.tsx';
import type { Card } from './cards.ts';
import type { Cooking } from './cooking.ts';
import { useTicketFocus } from './ticket-focus.ts';
import { Ticket } from './ticket.tsx';
import { paceOf } from './words.ts';

interface GridProps {
  cards: readonly Card[];
  cooking: Cooking;
  now: number;
  fresh: ReadonlySet<string>;
  isOff: boolean;
  open: (key: string) => void;
}

/** What is to be cooked, the oldest first. */
export function Grid({ cards, cooking, now, fresh, isOff, open }: GridProps) {
  const frame = useRef<HTMLDivElement>(null);
  useTicketFocus(frame);
  return (
    <div ref={frame} className="kitchen-tickets">
      {cards.map((card) => (
        <Ticket
          key={card.key}
          card={card}
          cooking={cooking}
          {...paceOf(card.ticket, now)}
          isFresh={fresh.has(card.key)}
          isOff={isOff}
          onOpen={open}
        />
      ))}
      {cards.length === 0 && (
        <Nothing>
          <p>Nothing to cook. New tickets come by themselves.</p>
        </Nothing>
      )}
    </div>
  );
}
