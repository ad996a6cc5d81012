import type { ShiftView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { useNow } from '../../house/live.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { dayAt, daysOn, momentOf, mondayOf } from '../../house/zone.ts';
import { Lamp } from '../../parts/lamp.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { ShiftLine } from './shift-line.tsx';
import { Timesheet } from './timesheet.tsx';
import { useShiftsLive } from './watching.ts';

/** What one is to work in two weeks, and what one has worked. */
export function Shifts() {
  const { place, error } = useWorkplace();
  const liveness = useShiftsLive();
  return (
    <Page title="Your shifts" actions={<Lamp liveness={liveness} />}>
      {error !== null && <Problem error={error} />}
      {!place && error === null && <Waiting />}
      {place && (
        <>
          <TwoWeeks timeZone={place.timeZone} />
          <Timesheet timeZone={place.timeZone} />
        </>
      )}
    </Page>
  );
}

function TwoWeeks({ timeZone }: { timeZone: string }) {
  const monday = mondayOf(dayAt(new Date(useNow(60_000)), timeZone));
  const startOf = (day: string) => momentOf(day, '00:00', timeZone);
  const next = startOf(daysOn(monday, 7));
  const { data, error, refetch } = useQuery(
    calls.shifts.mine.queryOptions({
      from: startOf(monday),
      to: startOf(daysOn(monday, 14)),
      limit: 100,
    }),
  );
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting rows={4} />;
  const isNext = ({ startsAt }: ShiftView) => startsAt >= next;
  const { items } = data;
  return (
    <div className="work-weeks">
      <Week title="This week" shifts={items.filter((one) => !isNext(one))} timeZone={timeZone} />
      <Week title="Next week" shifts={items.filter(isNext)} timeZone={timeZone} />
    </div>
  );
}

interface WeekProps {
  title: string;
  shifts: ShiftView[];
  timeZone: string;
}

function Week({ title, shifts, timeZone }: WeekProps) {
  return (
    <section className="stack" aria-label={title}>
      <h2>{title}</h2>
      {shifts.length === 0 && <p className="aside">Nothing is planned.</p>}
      <ul className="stack">
        {shifts.map((shift) => (
          <ShiftLine key={shift.id} shift={shift} timeZone={timeZone} />
        ))}
      </ul>
    </section>
  );
}
