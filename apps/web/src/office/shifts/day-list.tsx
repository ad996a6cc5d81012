import { dayAt, dayInWords } from '../../house/zone.ts';
import { ClashNote } from './clash.tsx';
import type { Plan } from './plan.ts';
import { AddShift, ShiftChip } from './shift-chip.tsx';

/** The same week day by day, for screens that are too narrow for a grid. */
export function DayList({ plan }: { plan: Plan }) {
  const { days, shifts, timeZone, people, clash } = plan;
  const [first] = people;
  return (
    <div className="stack">
      {days.map((day) => {
        const own = shifts.filter(({ startsAt }) => dayAt(startsAt, timeZone) === day);
        return (
          <section key={day} className="card shifts-day" aria-label={dayInWords(day, 'long')}>
            <div className="row is-apart">
              <h2>{dayInWords(day)}</h2>
              {first && <AddShift plan={plan} personId={first.id} day={day} />}
            </div>
            {own.length === 0 && <p className="aside">Nobody works.</p>}
            {own.map((shift) => (
              <ShiftChip key={shift.id} plan={plan} shift={shift} named />
            ))}
            {clash && <ClashNote plan={plan} personId={clash.personId} day={day} />}
          </section>
        );
      })}
    </div>
  );
}
