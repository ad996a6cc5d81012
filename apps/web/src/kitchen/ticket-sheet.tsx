import type { OrderItemView, Ticket } from '@comanda/client';
import { useState } from 'react';
import { comanda } from '../house/comanda.ts';
import { useDoing } from '../house/doing.ts';
import { useMay } from '../house/who.ts';
import { Ask } from '../parts/ask.tsx';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/field.tsx';
import { Sheet } from '../parts/sheet.tsx';
import type { Cooking } from './cooking.ts';
import { Note } from './dish.tsx';
import { dishName, placeOf } from './words.ts';

/** The first is meant by whoever is in a hurry. */
const REASONS = ['Finished by mistake', 'Something was missing', 'To be cooked again'];

interface TicketSheetProps {
  /** The one that is open, as it is now. */
  ticket: Ticket;
  cooking: Cooking;
  isOff: boolean;
  onClose: () => void;
}

/** What is done to a ticket more seldom: taking up again what was done, and what has run out. */
export function TicketSheet({ ticket, cooking, isOff, onClose }: TicketSheetProps) {
  const [reason, setReason] = useState(REASONS[0] ?? '');
  const may = useMay();
  const hasDone = ticket.items.some(({ state }) => state === 'done');
  return (
    <Sheet open title={`Order ${ticket.number}, ${placeOf(ticket)}`} onClose={onClose}>
      {isOff && <p>Offline: nothing can be done here until the kitchen is connected again.</p>}
      {ticket.instructions !== '' && <Note text={ticket.instructions} />}
      {hasDone && (
        <Choice
          label="Why something is recalled"
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        >
          {REASONS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Choice>
      )}
      <ul className="kitchen-lines">
        {ticket.items.map((item) => (
          <li key={item.id} className="kitchen-line">
            <span className="kitchen-line-name">{dishName(item)}</span>
            {item.state === 'done' && (
              <Button
                kind="main"
                aria-disabled={isOff}
                onClick={() => {
                  cooking.recall(ticket, item, reason);
                  onClose();
                }}
              >
                Recall<span className="unseen"> {item.name}</span>
              </Button>
            )}
            {item.state !== 'done' && (
              <Badge tone={item.state === 'cooking' ? 'busy' : 'plain'}>
                {item.state === 'cooking' ? 'Cooking' : 'New'}
              </Badge>
            )}
            {may('menu.availability') && <SoldOut item={item} isOff={isOff} />}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** Takes a dish off the menu until it is put back: "86", as kitchens say. */
function SoldOut({ item, isOff }: { item: OrderItemView; isOff: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  const [isOut, setIsOut] = useState(false);
  const { run, busy } = useDoing({
    call: (available: boolean) =>
      comanda.menu.items.setAvailability.mutate({ itemId: item.itemId, available }),
    said: (_, available) =>
      available ? `${item.name} is on the menu again.` : `${item.name} is sold out.`,
    onDone: (_, available) => {
      setIsOut(!available);
      setIsAsking(false);
    },
    touches: ['menu', 'kitchen'],
  });
  return (
    <>
      <Button
        busy={busy}
        aria-disabled={isOff}
        onClick={() => {
          if (isOut) run(true);
          else if (!isOff) setIsAsking(true);
        }}
      >
        {isOut ? 'Put back' : 'Sold out'}
        <span className="unseen"> {item.name}</span>
      </Button>
      <Ask
        open={isAsking}
        title={`${item.name}: sold out?`}
        yes="Sold out"
        busy={busy}
        onYes={() => run(false)}
        onClose={() => setIsAsking(false)}
      >
        <p>Nobody can order it until it is put back. What was ordered already stays.</p>
      </Ask>
    </>
  );
}
