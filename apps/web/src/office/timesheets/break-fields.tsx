import { Button } from '../../parts/button.tsx';
import { Field, Tick } from '../../parts/field.tsx';
import type { BreakForm } from './sheet.ts';

interface BreakFieldsProps {
  breaks: BreakForm[];
  onChange: (breaks: BreakForm[]) => void;
}

/** All breaks of a card: those that are taken away here were none. */
export function BreakFields({ breaks, onChange }: BreakFieldsProps) {
  const put = (at: number, part: Partial<BreakForm>) =>
    onChange(breaks.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="timesheets-breaks">
      <legend>Breaks</legend>
      {breaks.map(({ paid, from, to }, at) => (
        <div key={at} className="timesheets-break" role="group" aria-label={`Break ${at + 1}`}>
          <Field
            label="From"
            type="time"
            required
            value={from}
            onChange={({ target }) => put(at, { from: target.value })}
          />
          <Field
            label="Until"
            type="time"
            required
            value={to}
            onChange={({ target }) => put(at, { to: target.value })}
          />
          <Tick
            label="Paid"
            checked={paid}
            onChange={({ target }) => put(at, { paid: target.checked })}
          />
          <Button
            kind="quiet"
            aria-label={`Take away break ${at + 1}`}
            onClick={() => onChange(breaks.filter((_, index) => index !== at))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange([...breaks, { paid: false, from: '', to: '', was: null }])}>
        Add a break
      </Button>
    </fieldset>
  );
}
