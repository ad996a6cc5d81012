import type { ItemView, OptionGroup } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { price } from '../../house/figures.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';

interface DishSheetProps {
  item: ItemView;
  currency: string;
  onClose: () => void;
  onTake: (chosen: string[], note: string) => void;
}

/** How guests want it. */
export function DishSheet({ item, currency, onClose, onTake }: DishSheetProps) {
  const [chosen, setChosen] = useState<string[]>(() => firstOf(item));
  const [note, setNote] = useState('');
  const [isTold, setIsTold] = useState(false);
  const count = ({ options }: OptionGroup) =>
    options.filter(({ id }) => chosen.includes(id)).length;
  const missing = item.options.filter((group) => count(group) < group.min);
  const toggle = (group: OptionGroup, id: string) => {
    const others = group.options.map((option) => option.id);
    if (chosen.includes(id) && group.max > 1) setChosen(chosen.filter((one) => one !== id));
    else if (group.max === 1) setChosen([...chosen.filter((one) => !others.includes(one)), id]);
    else if (count(group) < group.max) setChosen([...chosen, id]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTold(true);
    if (missing.length === 0) onTake(chosen, note.trim());
  };
  return (
    <Sheet open onClose={onClose} title={item.name}>
      <form onSubmit={submit} className="stack">
        {item.options.map((group) => (
          <Group
            key={group.id}
            group={group}
            chosen={chosen}
            currency={currency}
            onToggle={toggle}
          />
        ))}
        <Field
          label="A note for the kitchen"
          maxLength={200}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        {isTold && missing.length > 0 && (
          <Notice kind="bad">{`Choose: ${missing.map(({ name }) => name).join(', ')}.`}</Notice>
        )}
        <Button kind="main" type="submit">
          Add to the order
        </Button>
      </form>
    </Sheet>
  );
}

interface GroupProps {
  group: OptionGroup;
  chosen: readonly string[];
  currency: string;
  onToggle: (group: OptionGroup, optionId: string) => void;
}

function Group({ group, chosen, currency, onToggle }: GroupProps) {
  return (
    <fieldset className="work-group">
      <legend>
        {group.name} <span className="aside">{rule(group)}</span>
      </legend>
      {group.options
        .filter(({ available }) => available)
        .map(({ id, name, priceDelta }) => (
          <label key={id} className="tick">
            <input
              type={group.max === 1 && group.min === 1 ? 'radio' : 'checkbox'}
              name={group.id}
              checked={chosen.includes(id)}
              onChange={() => onToggle(group, id)}
            />
            <span>
              {name}{' '}
              {priceDelta !== 0 && (
                <span className="aside amount">+ {price(priceDelta, currency)}</span>
              )}
            </span>
          </label>
        ))}
    </fieldset>
  );
}

/** What has to be chosen anyway begins with the first there is. */
function firstOf({ options }: ItemView): string[] {
  return options.flatMap(({ min, options: answers }) =>
    answers
      .filter(({ available }) => available)
      .slice(0, min)
      .map(({ id }) => id),
  );
}

function rule({ min, max }: OptionGroup): string {
  if (min === 1 && max === 1) return 'one';
  return min === 0 ? `up to ${max}` : `${min} to ${max}`;
}
