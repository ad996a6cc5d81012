import { refusedWith } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { spoken } from '../../house/figures.ts';
import { inWords } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import type { Budget } from './policies.tsx';
import { ratesIn, ratesOf } from './rates.ts';

/** Gives a role other budgets, or those of the preset back. */
export function SetSheet({ budget, onClose }: { budget: Budget; onClose: () => void }) {
  const { role, read, write } = budget;
  const [reads, setReads] = useState(() => ratesOf(read).join(', '));
  const [writes, setWrites] = useState(() => ratesOf(write).join(', '));
  const { run, busy, error } = useDoing({
    call: (isPreset: boolean) =>
      comanda.quotas.set.mutate({
        role,
        reads: isPreset ? null : ratesIn(reads),
        writes: isPreset ? null : ratesIn(writes),
      }),
    said: 'Set. Every server goes by it within seconds.',
    touches: ['quotas'],
    onDone: onClose,
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(false);
  };
  const wrong = (name: 'reads' | 'writes') => {
    if (!refusedWith(error, 'VALIDATION')) return undefined;
    return error.details.issues.find(({ path }) => path.split('.')[0] === name)?.message;
  };
  const isTold = wrong('reads') !== undefined || wrong('writes') !== undefined;
  return (
    <Sheet open onClose={onClose} title={`What ${spoken(role)} may use`}>
      <form className="stack" onSubmit={submit}>
        <Field
          label="Reads"
          required
          hint="Such as 100/min, or two: 20/min, 1000/day."
          wrong={wrong('reads')}
          value={reads}
          onChange={({ target }) => setReads(target.value)}
        />
        <Field
          label="Writes"
          required
          hint="Such as 50/5min."
          wrong={wrong('writes')}
          value={writes}
          onChange={({ target }) => setWrites(target.value)}
        />
        {error !== null && !isTold && <Notice kind="bad">{inWords(error)}</Notice>}
        <div className="row">
          <Button kind="main" type="submit" busy={busy}>
            Set
          </Button>
          <Button busy={busy} onClick={() => run(true)}>
            Back to the preset
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
