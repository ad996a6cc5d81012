import { useState } from 'react';
import { amountOf, price, typedAmount } from '../../house/figures.ts';
import { Field } from '../../parts/field.tsx';
import { bpsOf, type Tip } from './totals.ts';

const SHARES = [500, 1_000, 1_500];

interface TipProps {
  tip: Tip;
  subtotal: number;
  currency: string;
  onChange: (tip: Tip) => void;
}

/** Nothing, a share, or an amount of one's own. */
export function TipChoice({ tip, subtotal, currency, onChange }: TipProps) {
  const fixed = 'fixed' in tip ? tip.fixed : 0;
  const [isOwn, setIsOwn] = useState(fixed > 0);
  const [typed, setTyped] = useState(fixed > 0 ? typedAmount(fixed, currency) : '');
  const type = (text: string) => {
    setTyped(text);
    onChange({ fixed: amountOf(text, currency) ?? 0 });
  };
  const chip = (words: string, isChosen: boolean, choose: () => void) => (
    <label key={words} className={isChosen ? 'checkout-chip is-chosen' : 'checkout-chip'}>
      <input type="radio" name="tip" checked={isChosen} onChange={choose} />
      <span>{words}</span>
    </label>
  );
  const take = (next: Tip) => {
    setIsOwn(false);
    onChange(next);
  };
  const isOdd = typed.trim() !== '' && amountOf(typed, currency) === undefined;
  return (
    <fieldset className="checkout-choice">
      <legend>A tip for the team?</legend>
      <div className="checkout-chips">
        {chip('None', !isOwn && 'fixed' in tip, () => take({ fixed: 0 }))}
        {SHARES.map((bps) =>
          chip(
            `${bps / 100} % · ${price(bpsOf(subtotal, bps), currency)}`,
            !isOwn && 'bps' in tip && tip.bps === bps,
            () => take({ bps }),
          ),
        )}
        {chip('Another amount', isOwn, () => {
          setIsOwn(true);
          type(typed);
        })}
      </div>
      {isOwn && (
        <Field
          label={`Your tip, in ${currency}`}
          inputMode="decimal"
          value={typed}
          wrong={isOdd ? 'An amount, such as 2.50.' : undefined}
          onChange={({ target }) => type(target.value)}
        />
      )}
    </fieldset>
  );
}
