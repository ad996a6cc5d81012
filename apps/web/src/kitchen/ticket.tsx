import { memo } from 'react';
import { Button } from '../parts/button.tsx';
import type { Card } from './cards.ts';
import type { Cooking } from './cooking.ts';
import { Dish, Note } from './dish.tsx';
import { placeOf, type Urgency } from './words.ts';

interface TicketProps {
  card: Card;
  cooking: Cooking;
  urgency: Urgency;
  told: string;
  age: string;
  isFresh: boolean;
  isOff: boolean;
  onOpen: (key: string) => void;
}

/** One round of an order. Tens of them hang here: each is drawn anew only when something of it changes. */
export const Ticket = memo(function Ticket(props: TicketProps) {
  const { card, cooking, urgency, isFresh, isOff, onOpen } = props;
  const { key, ticket, items } = card;
  const isNew = ticket.state === 'pending';
  return (
    <article
      className={`kitchen-ticket is-${urgency} ${isFresh ? 'is-fresh' : ''}`}
      aria-label={`Order ${ticket.number}, ${placeOf(ticket)}`}
      data-ticket={key}
      tabIndex={-1}
    >
      <Head {...props} />
      {ticket.instructions !== '' && <Note text={ticket.instructions} />}
      <ul className="kitchen-ticket-dishes">
        {items.map((item) => (
          <Dish
            key={item.id}
            item={item}
            isOff={isOff}
            onStep={() => cooking.step(ticket, item)}
            onDone={() => onOpen(key)}
          />
        ))}
      </ul>
      <footer className="kitchen-ticket-foot">
        {isNew && (
          <Button aria-disabled={isOff} onClick={() => cooking.accept(ticket)}>
            Accept
          </Button>
        )}
        <Button kind="main" aria-disabled={isOff} onClick={() => cooking.finish(card)}>
          {finishWord(card)}
          <span className="unseen">, order {ticket.number}</span>
        </Button>
      </footer>
    </article>
  );
});

function Head({ card: { key, ticket }, told, age, isFresh, onOpen }: TicketProps) {
  return (
    <header className="kitchen-ticket-head">
      <h2
        className="kitchen-ticket-number"
        aria-label={`Order ${ticket.number}, ${placeOf(ticket)}`}
      >
        {ticket.number} <span className="kitchen-ticket-place">{placeOf(ticket)}</span>
      </h2>
      <Button
        kind="quiet"
        className="kitchen-ticket-more"
        aria-label={`More about order ${ticket.number}`}
        onClick={() => onOpen(key)}
      >
        <span aria-hidden>⋯</span>
      </Button>
      <p className="kitchen-ticket-pace">
        {isFresh && <b className="kitchen-ticket-mark">New</b>}
        {ticket.round > 1 && <b className="kitchen-ticket-mark">Round {ticket.round}</b>}
        {ticket.state === 'pending' && <b className="kitchen-ticket-mark">Not accepted</b>}
        <b>{told}</b> <span>{age}</span>
      </p>
    </header>
  );
}

function finishWord({ items, left, isAllDone }: Card): string {
  if (isAllDone) return 'Order ready';
  const own = items.filter(({ state }) => state === 'queued' || state === 'cooking').length;
  return own === left ? 'All done: ready' : 'All done here';
}
