import { type ComponentProps, type ReactNode, useId } from 'react';

interface Around {
  label: string;
  /** What helps to fill it in. */
  hint?: ReactNode;
  /** What is wrong with what stands in it. */
  wrong?: string | undefined;
}

interface Described {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby'?: string;
}

function Labelled(props: Around & { children: (described: Described) => ReactNode }) {
  const { label, hint, wrong, children } = props;
  const id = useId();
  const isDescribed = hint !== undefined || wrong !== undefined;
  const described = {
    id,
    'aria-invalid': wrong !== undefined,
    ...(isDescribed && { 'aria-describedby': `${id}-about` }),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(described)}
      {isDescribed && (
        <p id={`${id}-about`} className={wrong === undefined ? 'hint' : 'wrong'}>
          {wrong ?? hint}
        </p>
      )}
    </div>
  );
}

type InputProps = Around & ComponentProps<'input'>;

/** A label, a box to type in, and under it what helps or what is wrong. */
export function Field({ label, hint, wrong, ...input }: InputProps) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(described) => <input type="text" {...input} {...described} />}
    </Labelled>
  );
}

export function TextField({ label, hint, wrong, ...area }: Around & ComponentProps<'textarea'>) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(described) => <textarea rows={3} {...area} {...described} />}
    </Labelled>
  );
}

/** The browser's own: on a phone nothing is easier to use. */
export function Choice({ label, hint, wrong, ...select }: Around & ComponentProps<'select'>) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(described) => <select {...select} {...described} />}
    </Labelled>
  );
}

export function Tick({ label, ...input }: { label: ReactNode } & ComponentProps<'input'>) {
  return (
    <label className="tick">
      <input type="checkbox" {...input} />
      <span>{label}</span>
    </label>
  );
}
