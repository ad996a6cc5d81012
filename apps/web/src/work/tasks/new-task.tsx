import { skipToken, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { useMay, useWho } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { momentOf } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, Field } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';

/** For who works in no restaurant. */
const ZONE_HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const EMPTY = { title: '', due: '', assigneeId: '' };

/** Writes a task down, for oneself or, by those who plan, for somebody else. */
export function NewTask() {
  const may = useMay();
  const { untilKnown } = useWorkplace();
  const [form, setForm] = useState(EMPTY);
  const { run, busy, error } = useDoing({
    call: async () => {
      const { title, due, assigneeId } = form;
      const [day = '', time = ''] = due.split('T');
      const zone = async () => (await untilKnown())?.timeZone ?? ZONE_HERE;
      const dueAt = due === '' ? null : momentOf(day, time.slice(0, 5), await zone());
      return comanda.tasks.create.mutate({ title, dueAt, ...(assigneeId && { assigneeId }) });
    },
    said: 'Written down.',
    touches: ['tasks'],
    onDone: () => setForm(EMPTY),
    onRefused: () => true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const wrong = issueOf(error, 'title');
  return (
    <form onSubmit={submit} className="card form">
      {error !== null && wrong === undefined && <Notice kind="bad">{inWords(error)}</Notice>}
      <Field
        label="What is to be done"
        required
        maxLength={100}
        wrong={wrong}
        value={form.title}
        onChange={({ target }) => setForm({ ...form, title: target.value })}
      />
      <Field
        label="By when, if it matters"
        type="datetime-local"
        value={form.due}
        onChange={({ target }) => setForm({ ...form, due: target.value })}
      />
      {may('shift.schedule') && (
        <People
          value={form.assigneeId}
          onChange={(assigneeId) => setForm({ ...form, assigneeId })}
        />
      )}
      <Button kind="main" type="submit" busy={busy}>
        Write it down
      </Button>
    </form>
  );
}

interface PeopleProps {
  value: string;
  onChange: (personId: string) => void;
}

function People({ value, onChange }: PeopleProps) {
  const who = useWho();
  const may = useMay();
  const { data } = useQuery(
    calls.people.list.queryOptions(may('staff.read') ? { active: true, limit: 100 } : skipToken),
  );
  const own = who?.session.user.id;
  return (
    <Choice label="For" value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">Myself</option>
      {data?.items
        .filter(({ id, pending }) => id !== own && !pending)
        .map(({ id, firstName, lastName, username, title }) => (
          <option key={id} value={id}>
            {`${firstName} ${lastName}`.trim() || username} ({title})
          </option>
        ))}
    </Choice>
  );
}
