import { useState } from 'react';
import { amountOf } from '../../house/figures.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field, Tick } from '../../parts/field.tsx';
import { isNarrowed, type Narrowing, WHOLE_MENU } from './asking.ts';

interface FiltersProps {
  narrowing: Narrowing;
  onChange: (narrowing: Narrowing) => void;
  currency: string | undefined;
  /** Those that stand with the dishes. */
  allergens: string[];
}

/** The search, and behind a button all that narrows the menu further. */
export function Filters(props: FiltersProps) {
  const { narrowing, onChange } = props;
  const [isOpen, setIsOpen] = useState(false);
  const isSet = isNarrowed(narrowing) || narrowing.sort !== 'menu';
  return (
    <search className="menu-filters">
      <div className="menu-search">
        <Field
          label="Search the menu"
          type="search"
          enterKeyHint="search"
          maxLength={100}
          value={narrowing.search}
          onChange={({ target }) => onChange({ ...narrowing, search: target.value })}
        />
        <Button
          className={isSet ? 'menu-filter is-set' : 'menu-filter'}
          aria-expanded={isOpen}
          aria-controls="menu-narrowing"
          onClick={() => setIsOpen(!isOpen)}
        >
          Filters{isSet && <span className="unseen"> (in use)</span>}
        </Button>
      </div>
      <div id="menu-narrowing" className="menu-narrowing card" hidden={!isOpen}>
        {isOpen && <Narrow {...props} />}
      </div>
    </search>
  );
}

function Narrow({ narrowing, onChange, currency, allergens }: FiltersProps) {
  return (
    <>
      <div className="menu-ticks">
        <Tick
          label="Without what is sold out"
          checked={narrowing.available}
          onChange={({ target }) => onChange({ ...narrowing, available: target.checked })}
        />
        <Tick
          label="Favourites of the house"
          checked={narrowing.featured}
          onChange={({ target }) => onChange({ ...narrowing, featured: target.checked })}
        />
      </div>
      <MostPrice
        narrowing={narrowing}
        onChange={onChange}
        currency={currency}
        key={String(narrowing.priceMax === undefined)}
      />
      <Choice
        label="Sort"
        value={narrowing.sort}
        onChange={({ target }) =>
          onChange({ ...narrowing, sort: target.value as Narrowing['sort'] })
        }
      >
        <option value="menu">As on the menu</option>
        <option value="price">Cheapest first</option>
        <option value="-price">Dearest first</option>
        <option value="name">By name</option>
      </Choice>
      <Without narrowing={narrowing} onChange={onChange} allergens={allergens} />
      <Button
        kind="quiet"
        onClick={() => onChange({ ...WHOLE_MENU, search: narrowing.search })}
        disabled={!isNarrowed(narrowing) && narrowing.sort === 'menu'}
      >
        Take all filters off
      </Button>
    </>
  );
}

function MostPrice({ narrowing, onChange, currency }: Omit<FiltersProps, 'allergens'>) {
  const [typed, setTyped] = useState('');
  const change = (text: string) => {
    setTyped(text);
    const priceMax = currency === undefined ? undefined : amountOf(text, currency);
    onChange({ ...narrowing, priceMax });
  };
  const isOdd = typed.trim() !== '' && narrowing.priceMax === undefined;
  return (
    <Field
      label="Costs at most"
      inputMode="decimal"
      value={typed}
      wrong={isOdd ? 'An amount, such as 12.50.' : undefined}
      onChange={({ target }) => change(target.value)}
    />
  );
}

function Without({ narrowing, onChange, allergens }: Omit<FiltersProps, 'currency'>) {
  const { without } = narrowing;
  const all = [...new Set([...allergens, ...without])].toSorted();
  if (all.length === 0) return null;
  return (
    <fieldset className="menu-without">
      <legend>Without dishes that have</legend>
      {all.map((allergen) => (
        <Tick
          key={allergen}
          label={allergen}
          checked={without.includes(allergen)}
          onChange={({ target }) =>
            onChange({
              ...narrowing,
              without: target.checked
                ? [...without, allergen]
                : without.filter((one) => one !== allergen),
            })
          }
        />
      ))}
    </fieldset>
  );
}
