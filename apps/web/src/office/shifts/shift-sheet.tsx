import { refusedWith, type ShiftView } from '@comanda/client';
import { type SyntheticEvent, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { clashWords } from './clash.tsx';
import type { Clash, Editing, Plan } from './plan.ts';
import { endsNextDay, type Form, formOf, spanOf } from './shift-form.ts';

interface ShiftSheetProps {
  plan: Plan;
  editing: Editing;
  onClose: () => void;
  onClash: (clash: Clash | null) => void;
}

const PUBLISH = 'publish';

/** One shift: when, whose, and what about it. */
export function ShiftSheet({ plan, editing, onClose, onClash }: ShiftSheetProps) {
  const [form, setForm] = useState(() => formOf(editing, plan.timeZone));
  const save = useDoing({
    call: (publish: boolean) => saved({ form, editing, plan, publish }),
    said: editing.kind === 'new' ? 'Planned.' : 'Changed.',
    touches: ['shifts'],
    onDone: () => {
      onClash(null);
      onClose();
    },
    onRefused: (error) => {
      const { personId, day } = form;
      if (refusedWith(error, 'SHIFT_OVERLAP')) onClash({ personId, day, ...error.details });
      return true;
    },
  });
  const submit = (event: SyntheticEvent<HTMLFormElement, SubmitEvent>) => {
    event.preventDefault();
    save.run(event.nativeEvent.submitter?.getAttribute('value') === PUBLISH);
  };
  return (
    <Sheet open onClose={onClose} title={editing.kind === 'new' ? 'A new shift' : 'A shift'} asks>
      <form className="stack" onSubmit={submit}>
        <Fields plan={plan} form={form} setForm={setForm} error={save.error} />
        <Refusal error={save.error} plan={plan} form={form} />
        <div className="row">
          <Button kind="main" type="submit" busy={save.busy}>
            {editing.kind === 'new' ? 'Save as draft' : 'Save'}
          </Button>
          {editing.kind === 'new' && (
            <Button type="submit" value={PUBLISH} busy={save.busy}>
              Save and publish
            </Button>
          )}
        </div>
      </form>
      {editing.kind === 'shift' && <ShiftDeeds shift={editing.shift} onDone={onClose} />}
    </Sheet>
  );
}

interface Saving {
  form: Form;
  editing: Editing;
  plan: Plan;
  publish: boolean;
}

function saved({ form, editing, plan, publish }: Saving): Promise<ShiftView> {
  const { personId } = form;
  const { startsAt, endsAt } = spanOf(form, editing, plan.timeZone);
  const said = { personId, startsAt, endsAt, note: form.note.trim() || null };
  if (editing.kind === 'new') return comanda.shifts.schedule.mutate({ ...said, publish });
  const { id: shiftId, version: expectedVersion } = editing.shift;
  return comanda.shifts.update.mutate({ ...said, shiftId, expectedVersion });
}

function Refusal({ error, plan, form }: { error: unknown; plan: Plan; form: Form }) {
  if (error === null) return null;
  if (issueOf(error, 'startsAt') !== undefined || issueOf(error, 'endsAt') !== undefined)
    return null;
  if (refusedWith(error, 'SHIFT_OVERLAP')) {
    const { personId, day } = form;
    const name = plan.people.find(({ id }) => id === personId)?.name ?? 'This person';
    const other = clashWords({ personId, day, ...error.details }, plan.timeZone);
    return (
      <Notice kind="bad">
        {name} works already: {other}. Choose other times, or somebody else.
      </Notice>
    );
  }
  if (refusedWith(error, 'SHIFT_BEGUN')) {
    return (
      <Notice kind="bad">
        Somebody has clocked in for this shift: it stays theirs. Times and note can be changed.
      </Notice>
    );
  }
  if (refusedWith(error, 'SHIFT_CANCELLED')) {
    return <Notice kind="bad">This shift was cancelled meanwhile. Plan a new one.</Notice>;
  }
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return (
      <Notice kind="bad">
        Somebody else changed this shift just now. Close it, and open it again.
      </Notice>
    );
  }
  return <Notice kind="bad">{inWords(error)}</Notice>;
}

interface FieldsProps {
  plan: Plan;
  form: Form;
  setForm: (form: Form) => void;
  error: unknown;
}

function Fields({ plan, form, setForm, error }: FieldsProps) {
  const put = (part: Partial<Form>) => setForm({ ...form, ...part });
  return (
    <>
      <Choice
        label="Who"
        value={form.personId}
        onChange={({ target }) => put({ personId: target.value })}
      >
        {plan.people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Field
        label="Day"
        type="date"
        required
        value={form.day}
        onChange={({ target }) => put({ day: target.value })}
      />
      <div className="shifts-times">
        <Field
          label="From"
          type="time"
          required
          wrong={issueOf(error, 'startsAt')}
          value={form.from}
          onChange={({ target }) => put({ from: target.value })}
        />
        <Field
          label="Until"
          type="time"
          required
          hint={endsNextDay(form) ? 'On the next day' : undefined}
          wrong={issueOf(error, 'endsAt')}
          value={form.to}
          onChange={({ target }) => put({ to: target.value })}
        />
      </div>
      <Field
        label="Note"
        maxLength={200}
        hint={`Whoever works it sees it. Times are those of ${plan.timeZone}.`}
        value={form.note}
        onChange={({ target }) => put({ note: target.value })}
      />
    </>
  );
}

/** What can be done with a shift beside changing it. */
function ShiftDeeds({ shift, onDone }: { shift: ShiftView; onDone: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const { id: shiftId, version: expectedVersion, state, name } = shift;
  const publish = useDoing({
    call: () => comanda.shifts.publish.mutate({ shiftIds: [shiftId] }),
    said: `Published: ${name} can see it.`,
    touches: ['shifts'],
    onDone,
  });
  const cancel = useDoing({
    call: () => comanda.shifts.cancel.mutate({ shiftId, expectedVersion }),
    said: 'Cancelled.',
    touches: ['shifts'],
    onDone,
    onRefused: () => {
      setAsking(false);
      return true;
    },
  });
  return (
    <div className="stack shifts-deeds">
      {cancel.error !== null && (
        <Notice kind="bad">
          {refusedWith(cancel.error, 'SHIFT_BEGUN')
            ? `${name} has clocked in for this shift, so it stays. Its times can be changed.`
            : inWords(cancel.error)}
        </Notice>
      )}
      <div className="row">
        {state === 'draft' && (
          <Button busy={publish.busy} onClick={() => publish.run()}>
            Publish
          </Button>
        )}
        <Button kind="danger" onClick={() => setAsking(true)}>
          Cancel this shift
        </Button>
      </div>
      <Ask
        open={isAsking}
        onClose={() => setAsking(false)}
        title="Cancel this shift?"
        yes="Cancel the shift"
        busy={cancel.busy}
        onYes={() => cancel.run()}
      >
        {state === 'published'
          ? `${name} is told that it is off.`
          : 'It was a draft: nobody is told.'}
      </Ask>
    </div>
  );
}
