import { issueOf } from '../../house/wording.ts';
import { Field } from '../../parts/field.tsx';

/** A number that somebody sets: what it is called, and how far it goes. */
export interface Setting<Name extends string> {
  name: Name;
  label: string;
  min: number;
  max: number;
  step?: number;
  hint?: string;
}

interface NumbersProps<Name extends string> {
  settings: Setting<Name>[];
  values: Record<Name, number>;
  /** Under which name the service knows them all: `booking`. */
  under: string;
  error: unknown;
  onChange: (name: Name, value: number) => void;
}

export function Numbers<Name extends string>(props: NumbersProps<Name>) {
  const { settings, values, under, error, onChange } = props;
  return (
    <div className="restaurant-numbers">
      {settings.map(({ name, label, hint, ...limits }) => (
        <Field
          key={name}
          label={label}
          type="number"
          inputMode="numeric"
          required
          hint={hint}
          wrong={issueOf(error, `${under}.${name}`)}
          {...limits}
          value={Number.isNaN(values[name]) ? '' : values[name]}
          onChange={({ target }) => onChange(name, target.valueAsNumber)}
        />
      ))}
    </div>
  );
}
