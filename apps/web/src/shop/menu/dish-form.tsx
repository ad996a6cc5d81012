import type { CartLineView, ItemView } from '@comanda/client';
import { type FormEvent, useRef, useState } from 'react';
import { useDoing } from '../../house/doing.ts';
import { price } from '../../house/figures.ts';
import { useRestaurant } from '../../house/restaurant.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Stepper } from '../cart/stepper.tsx';
import { countIn, stillChosen, unitOf } from './choice.ts';
import { freshDish } from './find-dish.ts';
import { Options } from './option-group.tsx';
import { putIn } from './putting-in.ts';
import { refusedOptions, Refused } from './refused.tsx';

interface FormProps {
  item: ItemView;
  /** The line of the cart that is chosen anew. */
  line: CartLineView | undefined;
  onDone: () => void;
}

/** How the guest wants it, and how many. */
export function DishForm({ item, line, onDone }: FormProps) {
  const [chosen, setChosen] = useState(() => stillChosen(item, line?.options ?? []));
  const [note, setNote] = useState(line?.note ?? '');
  const [quantity, setQuantity] = useState(line?.quantity ?? 1);
  const [isAsked, setIsAsked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const currency = useRestaurant().restaurant?.currency;
  const { run, busy, error } = useDoing({
    call: () => putIn({ item, chosen, note, quantity }, line),
    onDone,
    onRefused: (wrong) => {
      if (refusedOptions(wrong).length > 0) void freshDish(item).catch(() => null);
      return true;
    },
  });
  if (currency === undefined) return null;
  const missing = item.options.filter((group) => countIn(group, chosen) < group.min);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsAsked(true);
    const [first] = missing;
    if (first === undefined) run();
    else form.current?.querySelector<HTMLElement>(`[data-group="${first.id}"] input`)?.focus();
  };
  const isOut = item.now.because === 'SOLD_OUT' || item.now.because === 'OFF_MENU';
  const cost = price(unitOf(item, chosen) * quantity, currency);
  return (
    <form ref={form} onSubmit={submit} noValidate className="dish-form">
      {item.options.map((group) => (
        <div key={group.id} data-group={group.id}>
          <Options
            group={group}
            chosen={chosen}
            currency={currency}
            wrong={isAsked && missing.includes(group) ? `Choose ${group.min} first.` : undefined}
            onChange={setChosen}
          />
        </div>
      ))}
      <TextField
        label="A note for the kitchen"
        rows={2}
        maxLength={200}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <div className="dish-foot">
        <Refused error={error} item={item} />
        <Stepper of={item.name} value={quantity} onChange={setQuantity} />
        <Button kind="main" type="submit" busy={busy} disabled={isOut} className="dish-add">
          <span>{isOut ? 'Sold out' : line ? 'Change' : 'Add to cart'}</span>
          <span className="amount">{cost}</span>
        </Button>
      </div>
    </form>
  );
}
