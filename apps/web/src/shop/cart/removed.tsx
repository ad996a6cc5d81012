import type { CartLineView } from '@comanda/client';
import { useDoing } from '../../house/doing.ts';
import { Button } from '../../parts/button.tsx';
import { addToCart } from './cart-data.ts';
import { nameOf } from './cart-line.tsx';

/** In the place of a line that was taken out: it can be put back as it was. */
export function Removed({ line, onBack }: { line: CartLineView; onBack: () => void }) {
  const { itemId, note, quantity } = line;
  const options = line.options.map(({ optionId, quantity }) => ({ optionId, quantity }));
  const { run, busy } = useDoing({
    call: () => addToCart({ itemId, note, quantity, options }),
    onDone: onBack,
  });
  return (
    <li className="cart-removed">
      <p role="status">{nameOf(line)} is out of the cart.</p>
      {/* The button that had the focus is gone with its line. */}
      <Button kind="quiet" busy={busy} onClick={() => run()} ref={(button) => button?.focus()}>
        Undo
      </Button>
    </li>
  );
}
