import './shifts.css';
import { useSyncExternalStore, useState } from 'react';
import { useMay } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { dayAt, mondayOf } from '../../house/zone.ts';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { CopyLastWeek } from './copying.tsx';
import { DayList } from './day-list.tsx';
import { Grid } from './grid.tsx';
import { OnNowList } from './on-now.tsx';
import {
  type Clash,
  daysOf,
  type Editing,
  type Plan,
  rowsOf,
  useShifts,
  useStaff,
} from './plan.ts';
import { Publishing } from './publishing.tsx';
import { ShiftSheet } from './shift-sheet.tsx';
import { WeekPicker } from './week-picker.tsx';

export default function Shifts() {
  const { place, error } = useWorkplace();
  return (
    <Page title="Shifts" wide>
      {error !== null && <Problem error={error} />}
      {place ? <Planner timeZone={place.timeZone} /> : <Waiting />}
    </Page>
  );
}

/** Who works when: a week at a time, by the restaurant's clock. */
function Planner({ timeZone }: { timeZone: string }) {
  const mayPlan = useMay()('shift.schedule');
  const [week, setWeek] = useState(() => mondayOf(dayAt(new Date(), timeZone)));
  const [editing, setEditing] = useState<Editing | null>(null);
  const [clash, setClash] = useState<Clash | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const shifts = useShifts(week, timeZone);
  const staff = useStaff();
  const isNarrow = useNarrow();
  const failed = shifts.error ?? staff.error;
  const plan: Plan = {
    week,
    days: daysOf(week),
    timeZone,
    people: rowsOf(staff.data ?? [], shifts.data ?? []),
    shifts: shifts.data ?? [],
    mayPlan,
    clash,
    chosen,
    open: (opened) => {
      setClash(null);
      setEditing(opened);
    },
    pick: (id) => setChosen((picked) => toggled(picked, id)),
  };
  const isThere = shifts.data !== undefined && staff.data !== undefined;
  return (
    <>
      <div className="shifts-tools">
        <WeekPicker week={week} timeZone={timeZone} onWeek={setWeek} />
        {mayPlan && (
          <div className="row">
            <CopyLastWeek plan={plan} />
            <Publishing plan={plan} onChoose={setChosen} />
          </div>
        )}
      </div>
      {failed !== null && <Problem error={failed} retry={() => void shifts.refetch()} />}
      {!isThere && failed === null && <Waiting rows={6} />}
      {isThere && (isNarrow ? <DayList plan={plan} /> : <Grid plan={plan} />)}
      <OnNowList timeZone={timeZone} />
      {editing && (
        <ShiftSheet
          plan={plan}
          editing={editing}
          onClose={() => setEditing(null)}
          onClash={setClash}
        />
      )}
    </>
  );
}

function toggled(picked: ReadonlySet<string> | null, id: string): ReadonlySet<string> {
  const next = new Set(picked);
  if (!next.delete(id)) next.add(id);
  return next;
}

const NARROW = '(max-width: 56rem)';

function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const width = window.matchMedia(NARROW);
      width.addEventListener('change', changed);
      return () => width.removeEventListener('change', changed);
    },
    () => window.matchMedia(NARROW).matches,
  );
}
