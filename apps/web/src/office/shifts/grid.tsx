import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import { span } from '../../house/figures.ts';
import { useNow } from '../../house/live.ts';
import { dayAt, dayInWords } from '../../house/zone.ts';
import { ClashNote } from './clash.tsx';
import { type Colleague, hoursOf, type Plan, shiftsOn } from './plan.ts';
import { AddShift, ShiftChip } from './shift-chip.tsx';

interface Spot {
  row: number;
  column: number;
}

const STEPS: Record<string, Spot> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
  Home: { row: 0, column: -7 },
  End: { row: 0, column: 7 },
};

/** People by days. Arrow keys go from cell to cell, so that Tab does not have to pass them all. */
export function Grid({ plan }: { plan: Plan }) {
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 });
  const { days, people, timeZone } = plan;
  const today = dayAt(new Date(useNow(60_000)), timeZone);
  const held = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = held(spot.row + step.row, people.length);
    const column = held(spot.column + step.column, days.length);
    event.currentTarget
      .querySelector<HTMLElement>(`[data-spot="${row} ${column}"] button`)
      ?.focus();
  };
  const onFocus = ({ target }: FocusEvent) => {
    const [row, column] =
      target.closest('[data-spot]')?.getAttribute('data-spot')?.split(' ') ?? [];
    if (row !== undefined) setSpot({ row: Number(row), column: Number(column) });
  };
  return (
    <div className="table-frame">
      <div
        className="shifts-grid"
        role="grid"
        tabIndex={-1}
        aria-label="Shifts of the week, people by days"
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        <div role="row" className="shifts-row">
          <div role="columnheader">Who</div>
          {days.map((day) => (
            <div key={day} role="columnheader" aria-current={day === today ? 'date' : undefined}>
              {dayInWords(day)}
            </div>
          ))}
        </div>
        {people.map((person, row) => (
          <Row key={person.id} plan={plan} person={person} row={row} spot={spot} />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  plan: Plan;
  person: Colleague;
  row: number;
  spot: Spot;
}

function Row({ plan, person, row, spot }: RowProps) {
  const own = plan.shifts.filter(({ personId }) => personId === person.id);
  return (
    <div role="row" className="shifts-row">
      <div role="rowheader">
        <span className="shifts-name">{person.name}</span>
        {person.title !== person.name && <span className="aside">{person.title}</span>}
        <span className="aside amount">{own.length > 0 ? span(hoursOf(own)) : 'No shift'}</span>
      </div>
      {plan.days.map((day, column) => {
        const isHere = spot.row === row && spot.column === column;
        return (
          <div key={day} role="gridcell" data-spot={`${row} ${column}`}>
            <Cell plan={plan} person={person} day={day} tabIndex={isHere ? 0 : -1} />
          </div>
        );
      })}
    </div>
  );
}

interface CellProps {
  plan: Plan;
  person: Colleague;
  day: string;
  tabIndex: number;
}

function Cell({ plan, person, day, tabIndex }: CellProps) {
  return (
    <div className="shifts-cell">
      {shiftsOn(plan, person.id, day).map((shift) => (
        <ShiftChip key={shift.id} plan={plan} shift={shift} tabIndex={tabIndex} />
      ))}
      <ClashNote plan={plan} personId={person.id} day={day} />
      <AddShift
        plan={plan}
        personId={person.id}
        day={day}
        tabIndex={tabIndex}
        whose={person.name}
      />
    </div>
  );
}
