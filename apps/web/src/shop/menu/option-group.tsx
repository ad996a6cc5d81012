import type { OptionGroup } from '@comanda/client';
import { useId } from 'react';
import { price } from '../../house/figures.ts';
import { Stepper } from '../cart/stepper.tsx';
import { asksFor, type Chosen, countIn } from './choice.ts';

interface GroupProps {
  group: OptionGroup;
  chosen: Chosen;
  currency: string;
  wrong: string | undefined;
  onChange: (chosen: Chosen) => void;
}

type Option = OptionGroup['options'][number];

/** A question about a dish with its answers: one of them, or several. */
export function Options({ group, chosen, currency, wrong, onChange }: GroupProps) {
  const id = useId();
  const { name, max, min, options } = group;
  const isOne = max === 1;
  const none = Object.fromEntries(options.map((option) => [option.id, 0]));
  const isFull = countIn(group, chosen) >= max;
  const set = (option: Option, count: number) =>
    onChange({ ...chosen, ...(isOne && none), [option.id]: count });
  return (
    <fieldset
      className={wrong === undefined ? 'dish-group' : 'dish-group is-wrong'}
      aria-describedby={`${id}-about`}
    >
      <legend>{name}</legend>
      <p id={`${id}-about`} className={wrong === undefined ? 'hint' : 'wrong'}>
        {wrong ?? asksFor(group)}
      </p>
      {isOne && min === 0 && (
        <label className="dish-option">
          <input
            type="radio"
            name={id}
            checked={countIn(group, chosen) === 0}
            onChange={() => onChange({ ...chosen, ...none })}
          />
          <span>None</span>
        </label>
      )}
      {options.map((option) => (
        <Answer
          key={option.id}
          option={option}
          kind={isOne ? 'radio' : 'checkbox'}
          name={id}
          count={chosen[option.id] ?? 0}
          isFull={isFull && !isOne}
          currency={currency}
          onCount={(count) => set(option, count)}
        />
      ))}
    </fieldset>
  );
}

interface AnswerProps {
  option: Option;
  kind: 'radio' | 'checkbox';
  name: string;
  count: number;
  /** No more can be chosen in this group. */
  isFull: boolean;
  currency: string;
  onCount: (count: number) => void;
}

function Answer({ option, kind, name, count, isFull, currency, onCount }: AnswerProps) {
  const { available, maxQuantity } = option;
  const words = (
    <>
      <span>{option.name}</span>
      <span className="dish-delta amount">
        {available ? delta(option.priceDelta, currency) : 'sold out'}
      </span>
    </>
  );
  if (kind === 'checkbox' && maxQuantity > 1 && available) {
    return (
      <div className="dish-option">
        {words}
        <Stepper
          of={option.name}
          value={count}
          min={0}
          max={isFull ? count : maxQuantity}
          onChange={onCount}
        />
      </div>
    );
  }
  return (
    <label className={available ? 'dish-option' : 'dish-option is-out'}>
      <input
        type={kind}
        name={name}
        checked={count > 0}
        disabled={!available || (isFull && count === 0)}
        onChange={({ target }) => onCount(target.checked ? 1 : 0)}
      />
      {words}
    </label>
  );
}

function delta(amount: number, currency: string): string {
  if (amount === 0) return '';
  return amount > 0 ? `+ ${price(amount, currency)}` : `− ${price(-amount, currency)}`;
}
