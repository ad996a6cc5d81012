import { refusedWith } from '@comanda/client';
import { type FormEvent, type ReactNode, useId } from 'react';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useSettings } from './settings.tsx';

interface PartProps {
  title: string;
  wrong: string | undefined;
  error: unknown;
  busy: boolean;
  onSave: () => void;
  children: ReactNode;
}

/** One part of the settings with its own button: saving one leaves the others alone. */
export function Part({ title, wrong, error, busy, onSave, children }: PartProps) {
  const id = useId();
  const { startAnew } = useSettings();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <form className="card restaurant-part" aria-labelledby={id} onSubmit={submit}>
      <h2 id={id}>{title}</h2>
      {children}
      {refusedWith(error, 'VERSION_CONFLICT') ? (
        <Notice kind="bad">
          <p>
            Somebody else changed the restaurant meanwhile. Look at what is there, and change it
            then.
          </p>
          <Button onClick={startAnew}>Show what is there</Button>
        </Notice>
      ) : (
        wrong !== undefined && <Notice kind="bad">{wrong}</Notice>
      )}
      <div>
        <Button kind="main" type="submit" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}
