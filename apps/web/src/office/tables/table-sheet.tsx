import { type TableView, refusedWith } from '@comanda/client';
import { useId, useState } from 'react';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { inWords, issueOf } from '../../house/wording.ts';
import { Ask } from '../../parts/ask.tsx';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Field, Tick } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';

interface TableSheetProps {
  /** Left out: a new one. */
  table: TableView | undefined;
  /** Where tables stand already. */
  sections: string[];
  onClose: () => void;
}

interface Draft {
  name: string;
  section: string;
  seatsMin: string;
  seatsMax: string;
  joinGroup: string;
  active: boolean;
}

function draftOf(table: TableView | undefined): Draft {
  return {
    name: table?.name ?? '',
    section: table?.section ?? '',
    seatsMin: String(table?.seatsMin ?? 1),
    seatsMax: String(table?.seatsMax ?? 4),
    joinGroup: table?.joinGroup ?? '',
    active: table?.active ?? true,
  };
}

export function TableSheet({ table, sections, onClose }: TableSheetProps) {
  const [draft, setDraft] = useState(() => draftOf(table));
  const [isAsking, setIsAsking] = useState(false);
  const save = useSaving(table, onClose);
  const remove = useDoing({
    call: (tableId: string) => comanda.tables.remove.mutate({ tableId }),
    said: `Table ${table?.name} is gone.`,
    touches: ['tables'],
    onDone: onClose,
    onRefused: () => {
      setIsAsking(false);
      return true;
    },
  });
  return (
    <Sheet open onClose={onClose} title={table ? `Table ${table.name}` : 'New table'} asks>
      <Refused error={remove.error ?? save.error} table={table} />
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          save.run(draft);
        }}
      >
        <TableFields draft={draft} set={setDraft} error={save.error} sections={sections} />
        <div className="row">
          <Button kind="main" type="submit" busy={save.busy}>
            Save
          </Button>
          {table && (
            <Button kind="danger" onClick={() => setIsAsking(true)}>
              Remove
            </Button>
          )}
        </div>
      </form>
      {table && (
        <Ask
          open={isAsking}
          onClose={() => setIsAsking(false)}
          title={`Remove table ${table.name}?`}
          yes="Remove"
          onYes={() => remove.run(table.id)}
          busy={remove.busy}
        >
          <p>A new table of that name brings it back. To close it for a while, switch it off.</p>
        </Ask>
      )}
    </Sheet>
  );
}

function useSaving(table: TableView | undefined, onClose: () => void) {
  return useDoing({
    call: (draft: Draft) => {
      const said = {
        name: draft.name.trim(),
        section: draft.section.trim() || null,
        seatsMin: Number(draft.seatsMin),
        seatsMax: Number(draft.seatsMax),
        joinGroup: draft.joinGroup.trim() || null,
        active: draft.active,
      };
      if (!table) return comanda.tables.create.mutate(said);
      const { id: tableId, version: expectedVersion } = table;
      return comanda.tables.update.mutate({ tableId, expectedVersion, ...said });
    },
    said: ({ name }) => `Table ${name} is saved.`,
    touches: ['tables'],
    onDone: onClose,
    onRefused: () => true,
  });
}

/** What went wrong, and the way out of it. */
function Refused({ error, table }: { error: unknown; table: TableView | undefined }) {
  if (error === null || error === undefined || issueOf(error, 'seatsMin') !== undefined)
    return null;
  if (refusedWith(error, 'TABLE_NAME_TAKEN')) return null;
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return (
      <Notice kind="warn">
        Somebody else changed this table meanwhile. Close this, and look at it again.
      </Notice>
    );
  }
  if (table && refusedWith(error, 'TABLE_RESERVED')) {
    return (
      <Notice kind="warn">
        <p>It is reserved, so it stays. Call those reservations off first, or wait.</p>
        <ButtonLink to={`/office/reservations?table=${table.id}`}>See who comes</ButtonLink>
      </Notice>
    );
  }
  return <Notice kind="bad">{inWords(error)}</Notice>;
}

interface TableFieldsProps {
  draft: Draft;
  set: (draft: Draft) => void;
  error: unknown;
  sections: string[];
}

function TableFields({ draft, set, error, sections }: TableFieldsProps) {
  const known = useId();
  const taken = refusedWith(error, 'TABLE_NAME_TAKEN') ? 'Another table has that name.' : undefined;
  const isTooFew = Number(draft.seatsMin) > Number(draft.seatsMax);
  const seats = { type: 'number', min: 1, max: 50, required: true };
  return (
    <>
      <Field
        label="Name or number"
        required
        maxLength={40}
        value={draft.name}
        wrong={taken ?? issueOf(error, 'name')}
        onChange={({ target }) => set({ ...draft, name: target.value })}
      />
      <Field
        label="Where it stands"
        maxLength={40}
        list={known}
        value={draft.section}
        onChange={({ target }) => set({ ...draft, section: target.value })}
      />
      <datalist id={known}>
        {sections.map((section) => (
          <option key={section} value={section}>
            {section}
          </option>
        ))}
      </datalist>
      <div className="office-tables-pair">
        <Field
          label="Seats, at least"
          {...seats}
          value={draft.seatsMin}
          wrong={issueOf(error, 'seatsMin')}
          onChange={({ target }) => set({ ...draft, seatsMin: target.value })}
        />
        <Field
          label="Seats, at most"
          {...seats}
          value={draft.seatsMax}
          wrong={isTooFew ? 'No fewer than at least.' : issueOf(error, 'seatsMax')}
          onChange={({ target }) => set({ ...draft, seatsMax: target.value })}
        />
      </div>
      <Field
        label="Joins with"
        hint="Tables with the same word here can be put together."
        maxLength={40}
        value={draft.joinGroup}
        onChange={({ target }) => set({ ...draft, joinGroup: target.value })}
      />
      <Tick
        label="In use"
        checked={draft.active}
        onChange={({ target }) => set({ ...draft, active: target.checked })}
      />
    </>
  );
}
