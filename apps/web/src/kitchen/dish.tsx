import type { ItemState, OrderItemView } from '@comanda/client';
import { isAllergy } from './words.ts';

interface DishProps {
  item: OrderItemView;
  onStep: () => void;
  /** What was done is taken up again only in the sheet, with a reason: not by a third tap. */
  onDone: () => void;
  isOff: boolean;
}

const STATES: Record<ItemState, { word: string; next: string }> = {
  queued: { word: 'New', next: 'tap to start' },
  cooking: { word: 'Cooking', next: 'tap when done' },
  done: { word: 'Done', next: 'tap to recall' },
  served: { word: 'Served', next: '' },
  voided: { word: 'Called off', next: '' },
};

/** One line of a ticket: as a whole the button that takes it a step on. */
export function Dish({ item, onStep, onDone, isOff }: DishProps) {
  const { word, next } = STATES[item.state];
  return (
    <li>
      <button
        type="button"
        className={`kitchen-dish is-${item.state}`}
        aria-disabled={isOff}
        onClick={item.state === 'done' ? onDone : onStep}
      >
        <span className="kitchen-dish-name">
          <b className="kitchen-dish-count">{item.quantity} ×</b> {item.name}
        </span>
        <span className="kitchen-dish-state">
          {word}
          <span className="unseen">, {next}</span>
        </span>
        <Extras item={item} />
      </button>
    </li>
  );
}

function Extras({ item }: { item: OrderItemView }) {
  const { options, note } = item;
  return (
    <>
      {options.length > 0 && (
        <span className="kitchen-dish-options">
          {options
            .map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name))
            .join(', ')}
        </span>
      )}
      {note !== null && note !== '' && <Note text={note} />}
    </>
  );
}

/** What a guest has said; about what makes them ill louder than the rest. */
export function Note({ text }: { text: string }) {
  const isLoud = isAllergy(text);
  return (
    <span className={isLoud ? 'kitchen-note is-allergy' : 'kitchen-note'}>
      {isLoud && <b className="kitchen-note-word">Allergy</b>} {text}
    </span>
  );
}
