import { Button } from '../parts/button.tsx';
import type { Card } from './cards.ts';
import { placeOf } from './words.ts';

interface FinishedProps {
  cards: readonly Card[];
  open: (key: string) => void;
}

/** What was just done, for whoever was too quick: the way back is a recall. */
export function Finished({ cards, open }: FinishedProps) {
  return (
    <section className="kitchen-finished" aria-labelledby="finished">
      <h2 id="finished" className="kitchen-finished-title">
        Just finished
      </h2>
      {cards.length === 0 && <p className="aside">Nothing yet.</p>}
      <ul className="kitchen-finished-list">
        {cards.map(({ key, ticket }) => (
          <li key={key} className="kitchen-finished-ticket">
            <span>
              <b className="kitchen-finished-number">{ticket.number}</b> {placeOf(ticket)}
              {ticket.round > 1 && `, round ${ticket.round}`}
            </span>
            <Button onClick={() => open(key)}>
              Recall<span className="unseen"> order {ticket.number}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
