import type { CartLineView } from '@comanda/client';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { price } from '../../house/figures.ts';
import { here } from '../../house/restaurant.ts';
import { Button } from '../../parts/button.tsx';
import { Photo } from '../../parts/photo.tsx';
import { keepCart } from './cart-data.ts';
import { LineIssues } from './issues.tsx';
import { useReplacing } from './over.ts';
import { forgetWanted, usePending, want } from './quantities.ts';
import { Stepper } from './stepper.tsx';

interface LineProps {
  line: CartLineView;
  currency: string;
  onRemoved: () => void;
}

/** One thing in the cart: what it is, how many, what it costs, and what is the matter with it. */
export function CartLine({ line, currency, onRemoved }: LineProps) {
  const { key, photoId, note, unit } = line;
  const { wanted } = usePending();
  const quantity = wanted.get(key) ?? line.quantity;
  const change = useChange(line);
  const remove = useDoing({
    call: async () => {
      forgetWanted(key);
      return keepCart(await comanda.cart.remove.mutate({ ...here(), key }));
    },
    onDone: onRemoved,
  });
  const isChoice = line.options.length > 0 || note !== null;
  return (
    <li className={line.issues.length > 0 ? 'cart-line is-marked' : 'cart-line'}>
      {photoId !== null && <Photo pictureId={photoId} alt="" className="cart-photo" />}
      <div className="cart-words">
        <h3>{nameOf(line)}</h3>
        {line.options.length > 0 && <p className="aside">{optionsOf(line)}</p>}
        {note !== null && <p className="aside">“{note}”</p>}
      </div>
      <p className="cart-price amount" aria-busy={wanted.has(key)}>
        {price(unit * quantity, currency)}
      </p>
      <LineIssues line={line} currency={currency} change={change} />
      <div className="cart-deeds">
        <Stepper of={nameOf(line)} value={quantity} onChange={(count) => want(key, count)} />
        {isChoice && (
          <Button kind="quiet" busy={change.busy} onClick={() => change.run()}>
            Change <span className="unseen">{nameOf(line)}</span>
          </Button>
        )}
        <Button kind="quiet" busy={remove.busy} onClick={() => remove.run()}>
          Remove <span className="unseen">{nameOf(line)}</span>
        </Button>
      </div>
    </li>
  );
}

/** A line knows its item by id, the sheet of the item is found by its name in the address. */
function useChange({ itemId, key }: CartLineView) {
  const replace = useReplacing();
  return useDoing({
    call: () => comanda.menu.show.query({ ...here(), itemId }),
    onDone: ({ slug }) => replace(`/dish/${slug}?line=${key}`),
  });
}

export function nameOf({ name }: CartLineView): string {
  return name === '' ? 'No longer on the menu' : name;
}

/** What was chosen, such as `Rigatoni, 2 × Guanciale`. */
function optionsOf({ options }: Pick<CartLineView, 'options'>): string {
  return options
    .map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name))
    .join(', ');
}
