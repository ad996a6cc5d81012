import './timesheets.css';
import type { Timesheet } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { span } from '../../house/figures.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { dayAt, daysOn, mondayOf } from '../../house/zone.ts';
import { Bars } from '../../parts/bars.tsx';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/field.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { WeekPicker } from '../shifts/week-picker.tsx';
import { CorrectSheet } from './correct.tsx';
import { PersonSheetCards } from './person-cards.tsx';
import { type Card, MINUTE_MS, type Named, saveFile } from './sheet.ts';

export default function Timesheets() {
  const { place, error } = useWorkplace();
  return (
    <Page title="Timesheets">
      {error !== null && <Problem error={error} />}
      {place ? <Weeks timeZone={place.timeZone} /> : <Waiting />}
    </Page>
  );
}

/** What was planned and what was worked, a week at a time. */
function Weeks({ timeZone }: { timeZone: string }) {
  const [week, setWeek] = useState(() => mondayOf(dayAt(new Date(), timeZone)));
  const [personId, setPersonId] = useState('');
  const [open, setOpen] = useState<Named<Card> | null>(null);
  const { data, error, refetch } = useQuery(calls.shifts.timesheet.queryOptions({ week }));
  const people = data?.people.filter((person) => personId === '' || person.personId === personId);
  return (
    <>
      <div className="timesheets-tools">
        <WeekPicker week={week} timeZone={timeZone} onWeek={setWeek} />
        <Choice label="Who" value={personId} onChange={({ target }) => setPersonId(target.value)}>
          <option value="">Everybody</option>
          {data?.people.map(({ personId: id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <Download week={week} personId={personId} />
      </div>
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {people === undefined && error === null && <Waiting rows={5} />}
      {people?.length === 0 && <Nothing>Nobody worked in that week, and nobody was to.</Nothing>}
      {people !== undefined && people.length > 0 && (
        <>
          <ByDay week={week} people={people} timeZone={timeZone} />
          {people.map((person) => (
            <PersonSheetCards
              key={person.personId}
              person={person}
              timeZone={timeZone}
              onCorrect={(card) => setOpen({ name: person.name, card })}
            />
          ))}
        </>
      )}
      {open && (
        <CorrectSheet
          key={open.card.id}
          card={open.card}
          name={open.name}
          timeZone={timeZone}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

interface ByDayProps {
  week: string;
  people: Timesheet['people'];
  timeZone: string;
}

/** A card counts on the day on which it was begun. */
function ByDay({ week, people, timeZone }: ByDayProps) {
  const cards = people.flatMap((person) => person.cards);
  const bars = Array.from({ length: 7 }, (_, at) => {
    const day = daysOn(week, at);
    const value = cards
      .filter(({ inAt }) => dayAt(inAt, timeZone) === day)
      .reduce((all, { workedMinutes }) => all + workedMinutes, 0);
    return { label: weekday(day), value, told: span(value * MINUTE_MS) };
  });
  return <Bars title="Worked by day" bars={bars} />;
}

/** `Mon 23`: seven of them have to stand beside each other on a phone. */
function weekday(day: string): string {
  const options = { weekday: 'short', day: 'numeric', timeZone: 'UTC' } as const;
  return new Date(day).toLocaleDateString(undefined, options);
}

function Download({ week, personId }: { week: string; personId: string }) {
  const { run, busy } = useDoing({
    call: () =>
      comanda.shifts.timesheet.query({ week, csv: true, ...(personId !== '' && { personId }) }),
    onDone: ({ csv, from }) => saveFile(`timesheet-${from}.csv`, csv ?? ''),
  });
  return (
    <Button busy={busy} onClick={() => run()}>
      Download CSV
    </Button>
  );
}
