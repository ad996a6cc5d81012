import { refusedWith } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { dayAndTime } from '../../house/figures.ts';
import { useKeys } from '../../house/once.ts';
import { useSettled } from '../../house/settled.ts';
import { dayAt } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Field, TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Sheet } from '../../parts/sheet.tsx';
import { whyNot } from './reservation-words.ts';
import { Starts } from './starts.tsx';

interface BookSheetProps {
  /** Of which day the phone call most likely is. */
  day: string;
  timeZone: string;
  onClose: () => void;
  onBooked: (day: string) => void;
}

interface Draft {
  day: string;
  party: string;
  startsAt: Date | undefined;
  customerName: string;
  phone: string;
  note: string;
}

/** A reservation for somebody who calls: confirmed by being written down. */
export function BookSheet({ day, timeZone, onClose, onBooked }: BookSheetProps) {
  const [draft, setDraft] = useState<Draft>({
    day,
    party: '2',
    startsAt: undefined,
    customerName: '',
    phone: '',
    note: '',
  });
  const set = (changes: Partial<Draft>) => setDraft((old) => ({ ...old, ...changes }));
  const book = useBooking(timeZone, onBooked);
  const full = refusedWith(book.error, 'NO_TABLE') ? book.error.details.alternatives : undefined;
  return (
    <Sheet open onClose={onClose} title="Book for a guest" asks>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.startsAt) book.run(draft);
        }}
      >
        <When draft={draft} set={set} timeZone={timeZone} />
        {full && (
          <Notice kind="warn">
            <p>
              Somebody was quicker: there is no table left then.
              {full.length > 0 && ' These are free:'}
            </p>
            {full.map(({ startsAt }) => (
              <Button
                key={startsAt.toISOString()}
                onClick={() => {
                  book.reset();
                  set({ startsAt, day: dayAt(startsAt, timeZone) });
                }}
              >
                {dayAndTime(startsAt, timeZone)}
              </Button>
            ))}
          </Notice>
        )}
        {!!book.error && !full && <Notice kind="bad">{whyNot(book.error, timeZone)}</Notice>}
        <Whom draft={draft} set={set} />
        <Button kind="main" type="submit" busy={book.busy} disabled={!draft.startsAt}>
          {draft.startsAt ? `Book ${dayAndTime(draft.startsAt, timeZone)}` : 'Choose a time above'}
        </Button>
      </form>
    </Sheet>
  );
}

function useBooking(timeZone: string, onBooked: (day: string) => void) {
  const keys = useKeys();
  return useDoing({
    call: ({ startsAt = new Date(), party, customerName, phone, note }: Draft) =>
      comanda.reservations.request.mutate(
        keys.keyed({
          startsAt,
          party: Number(party),
          customerName: customerName.trim(),
          phone: phone.trim() || null,
          note: note.trim(),
          forGuest: true,
        }),
      ),
    said: ({ customerName, tables }) =>
      `${customerName} has table ${tables.map(({ name }) => name).join(' and ')}.`,
    touches: ['reservations'],
    onDone: ({ startsAt }) => {
      keys.answered();
      onBooked(dayAt(startsAt, timeZone));
    },
    onRefused: () => true,
  });
}

interface PartProps {
  draft: Draft;
  set: (changes: Partial<Draft>) => void;
}

function When({ draft, set, timeZone }: PartProps & { timeZone: string }) {
  const party = Number(useSettled(draft.party));
  const isParty = Number.isInteger(party) && party >= 1 && party <= 100;
  const { data, error } = useQuery({
    ...calls.reservations.availability.queryOptions({
      date: draft.day,
      party: isParty ? party : 1,
    }),
    enabled: isParty,
  });
  return (
    <>
      <div className="office-reservations-pair">
        <Field
          label="Guests"
          type="number"
          min={1}
          max={100}
          required
          value={draft.party}
          onChange={({ target }) => set({ party: target.value, startsAt: undefined })}
        />
        <Field
          label="Day of the visit"
          type="date"
          required
          value={draft.day}
          onChange={({ target }) => {
            if (target.value !== '') set({ day: target.value, startsAt: undefined });
          }}
        />
      </div>
      {error ? (
        <Notice kind="warn">{whyNot(error, timeZone)}</Notice>
      ) : (
        <Starts
          day={draft.day}
          starts={data?.items}
          chosen={draft.startsAt}
          timeZone={timeZone}
          onChoose={(startsAt) => set({ startsAt })}
          onDay={(day) => set({ day, startsAt: undefined })}
        />
      )}
    </>
  );
}

function Whom({ draft, set }: PartProps) {
  return (
    <>
      <Field
        label="Name"
        required
        maxLength={200}
        value={draft.customerName}
        onChange={({ target }) => set({ customerName: target.value })}
      />
      <Field
        label="Phone"
        type="tel"
        maxLength={30}
        value={draft.phone}
        onChange={({ target }) => set({ phone: target.value })}
      />
      <TextField
        label="Note"
        maxLength={500}
        rows={2}
        value={draft.note}
        onChange={({ target }) => set({ note: target.value })}
      />
    </>
  );
}
