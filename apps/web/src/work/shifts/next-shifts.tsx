import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Lamp } from '../../parts/lamp.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { ShiftLine } from './shift-line.tsx';
import { useShiftsLive } from './watching.ts';

/** The one that is on and those to come, three in all. */
export function NextShifts() {
  const { place } = useWorkplace();
  const liveness = useShiftsLive();
  const { data, error, refetch } = useQuery(calls.shifts.mine.queryOptions({ limit: 3 }));
  return (
    <section className="stack" aria-labelledby="work-next">
      <header className="row is-apart">
        <h2 id="work-next">Your next shifts</h2>
        <Lamp liveness={liveness} />
      </header>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {(!data || !place) && !error && <Waiting rows={1} />}
      {data?.items.length === 0 && <p className="aside">Nothing is planned.</p>}
      <ul className="stack">
        {place &&
          data?.items.map((shift) => (
            <ShiftLine key={shift.id} shift={shift} timeZone={place.timeZone} />
          ))}
      </ul>
      <div>
        <ButtonLink to="/work/shifts">Two weeks and hours worked</ButtonLink>
      </div>
    </section>
  );
}
