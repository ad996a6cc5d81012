import { refusedWith } from '@comanda/client';
import { type FormEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { BreakFields } from './break-fields.tsx';
import { type Card, type CardForm, cardTimes, changesOf, formOf } from './sheet.ts';

interface CorrectSheetProps {
  card: Card;
  name: string;
  timeZone: string;
  onClose: () => void;
}

/** Puts a card right, with the reason. */
export function CorrectSheet({ card, name, timeZone, onClose }: CorrectSheetProps) {
  const [form, setForm] = useState(() => formOf(card, timeZone));
  const { id: cardId, version: expectedVersion } = card;
  const { run, busy, error } = useDoing({
    call: () =>
      comanda.shifts.correct.mutate({
        cardId,
        expectedVersion,
        reason: form.reason,
        ...changesOf(card, form, timeZone),
      }),
    said: 'Corrected. What stood there before is kept.',
    touches: ['shifts'],
    onDone: onClose,
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const put = (part: Partial<CardForm>) => setForm({ ...form, ...part });
  return (
    <Sheet open onClose={onClose} title={`Correct ${name}’s card`} asks>
      <form className="stack" onSubmit={submit}>
        <p>It says {cardTimes(card, timeZone)}.</p>
        <Times form={form} put={put} error={error} />
        <BreakFields breaks={form.breaks} onChange={(breaks) => put({ breaks })} />
        <Field
          label="Why"
          required
          maxLength={300}
          hint="It stays on the card, with your name."
          wrong={issueOf(error, 'reason')}
          value={form.reason}
          onChange={({ target }) => put({ reason: target.value })}
        />
        <Refusal error={error} timeZone={timeZone} />
        <Button kind="main" type="submit" busy={busy}>
          Correct
        </Button>
      </form>
    </Sheet>
  );
}

interface TimesProps {
  form: CardForm;
  put: (part: Partial<CardForm>) => void;
  error: unknown;
}

function Times({ form, put, error }: TimesProps) {
  return (
    <div className="timesheets-times">
      <Field
        label="In on"
        type="date"
        required
        value={form.inDay}
        onChange={({ target }) => put({ inDay: target.value })}
      />
      <Field
        label="In at"
        type="time"
        required
        wrong={issueOf(error, 'inAt')}
        value={form.inTime}
        onChange={({ target }) => put({ inTime: target.value })}
      />
      <Field
        label="Out on"
        type="date"
        required
        value={form.outDay}
        onChange={({ target }) => put({ outDay: target.value })}
      />
      <Field
        label="Out at"
        type="time"
        hint={form.outTime === '' ? 'Empty: still at work' : undefined}
        wrong={issueOf(error, 'outAt')}
        value={form.outTime}
        onChange={({ target }) => put({ outTime: target.value })}
      />
    </div>
  );
}

const AT_FIELDS = ['inAt', 'outAt', 'reason'];

function Refusal({ error, timeZone }: { error: unknown; timeZone: string }) {
  if (error === null || AT_FIELDS.some((field) => issueOf(error, field) !== undefined)) return null;
  return <Notice kind="bad">{refusalWords(error, timeZone)}</Notice>;
}

function refusalWords(error: unknown, timeZone: string): string {
  if (refusedWith(error, 'OWN_CARD')) {
    return 'Nobody corrects their own card. Ask another manager.';
  }
  if (refusedWith(error, 'CARD_OVERLAP')) {
    const { with: other } = error.details;
    return other === null
      ? 'They have a card for that time in another restaurant.'
      : `They have another card for that time: ${cardTimes(other, timeZone)}. Correct that one first, or choose times beside it.`;
  }
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return 'This card changed just now. Close it, look at it, and correct it then.';
  }
  return inWords(error);
}
