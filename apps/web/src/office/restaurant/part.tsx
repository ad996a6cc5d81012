import { refusedWith } from '@comanda/client';
import { type FormEvent, type ReactNode, useId } from 'react';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { Saving } from './saving.ts';
import { useSettings } from './settings.tsx';

interface PartProps {
  title: string;
  wrong: string | undefined;
  saving: Saving;
  /** Whether it can be saved as it was typed. */
  isRight?: boolean;
  children: ReactNode;
}

/** One part of the settings with its own button: saving one leaves the others alone. */
export function Part({ title, wrong, saving, isRight = true, children }: PartProps) {
  const id = useId();
  const { startAnew } = useSettings();
  const { save, saveOnTop, busy, error } = saving;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRight) save();
  };
  return (
    <form className="card restaurant-part" aria-labelledby={id} onSubmit={submit}>
      <h2 id={id}>{title}</h2>
      {children}
      {refusedWith(error, 'VERSION_CONFLICT') ? (
        <Notice kind="warn">
          <p>Somebody else changed the restaurant meanwhile. Nothing of yours is lost yet.</p>
          <div className="row">
            <Button onClick={startAnew}>Show what is there</Button>
            <Button kind="main" busy={busy} onClick={() => isRight && saveOnTop()}>
              Save what I changed
            </Button>
          </div>
        </Notice>
      ) : (
        <>
          {wrong !== undefined && <Notice kind="bad">{wrong}</Notice>}
          <div>
            <Button kind="main" type="submit" busy={busy}>
              Save
            </Button>
          </div>
        </>
      )}
    </form>
  );
}
