import { useEffect, useRef } from 'react';
import { isSame } from '../../house/changes.ts';
import { price, spoken } from '../../house/figures.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { Said } from './item-draft.ts';

interface ConflictProps {
  mine: Said;
  /** How it was when this form was opened. */
  before: Said;
  theirs: Said;
  currency: string;
  onTake: () => void;
  onKeep: () => void;
}

/** Somebody else was quicker: what they changed, and whose words it shall be. */
export function Conflict({ mine, before, theirs, currency, onTake, onKeep }: ConflictProps) {
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    told.current?.scrollIntoView({ block: 'center' });
  }, []);
  const fields = (Object.keys({ ...theirs, ...mine }) as (keyof Said)[]).filter(
    (field) => !isSame(theirs[field], before[field]) && !isSame(theirs[field], mine[field]),
  );
  const isBoth = (field: keyof Said) => !isSame(mine[field], before[field]);
  return (
    <Notice kind="warn">
      <div ref={told} className="stack">
        <p>
          <strong>Somebody else changed this meanwhile.</strong> Nothing of yours is lost yet.
        </p>
        {fields.length > 0 && (
          <ul aria-label="What they changed">
            {fields.map((field) => (
              <li key={field}>
                {NAMES[field] ?? spoken(field)}: now {inWords(field, theirs, currency)}
                {isBoth(field) && <>, yours {inWords(field, mine, currency)}</>}
              </li>
            ))}
          </ul>
        )}
        {fields.length === 0 && <p>Not what you see here: its stock, its photo or its switch.</p>}
        <div className="row">
          <Button onClick={onTake}>Take theirs</Button>
          <Button kind="main" onClick={onKeep}>
            Save what I changed
          </Button>
        </div>
      </div>
    </Notice>
  );
}

const NAMES: Partial<Record<keyof Said, string>> = {
  categoryId: 'Category',
  taxBps: 'Tax',
  prepMinutes: 'Minutes to make',
  recipeId: 'Recipe',
  slug: 'Address in the shop',
  mealtimes: 'When it is served',
};

function inWords(field: keyof Said, said: Said, currency: string): string {
  const value = said[field];
  if (field === 'price') return price(said.price, currency);
  if (field === 'taxBps') return `${said.taxBps / 100} %`;
  if (field === 'options') return said.options.map(({ name }) => name).join(', ') || 'none';
  if (Array.isArray(value)) return value.map(String).join(', ') || 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || value === undefined || value === '') return 'nothing';
  return typeof value === 'object' || field.endsWith('Id') ? 'another one' : `“${value}”`;
}
