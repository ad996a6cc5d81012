import type { ShiftView } from '@comanda/client';
import { dayAt, dayInWords } from '../../house/zone.ts';
import { type Plan, times } from './plan.ts';

interface ShiftChipProps {
  plan: Plan;
  shift: ShiftView;
  tabIndex?: number;
  /** In a list nobody's row says whose it is. */
  named?: boolean;
}

/** One shift: opens it, or picks it while drafts are picked. */
export function ShiftChip({ plan, shift, tabIndex = 0, named = false }: ShiftChipProps) {
  const { timeZone, mayPlan, chosen, clash } = plan;
  const { id, name, state, note } = shift;
  const span = times(shift, timeZone);
  const on = dayInWords(dayAt(shift.startsAt, timeZone), 'long');
  const isDraft = state === 'draft';
  const isInTheWay = clash?.with.shiftId === id;
  const look = `shifts-chip is-${state} ${isInTheWay ? 'is-in-the-way' : ''}`;
  const words = (
    <>
      {named && <span className="shifts-chip-name">{name}</span>}
      <span className="amount">{span}</span>
      {isDraft && <span className="shifts-chip-state">Draft</span>}
      {note !== null && <span className="shifts-chip-note">{note}</span>}
      <span className="unseen">
        {named ? '' : `, ${name}`}, {on}, {state}
      </span>
    </>
  );
  if (!mayPlan) return <div className={look}>{words}</div>;
  const isPicking = chosen !== null && isDraft;
  return (
    <button
      type="button"
      className={look}
      tabIndex={tabIndex}
      aria-pressed={isPicking ? chosen.has(id) : undefined}
      onClick={() => (isPicking ? plan.pick(id) : plan.open({ kind: 'shift', shift }))}
    >
      {words}
    </button>
  );
}

/** The way to a new shift on one day. */
export function AddShift(props: {
  plan: Plan;
  personId: string;
  day: string;
  tabIndex?: number;
  whose?: string;
}) {
  const { plan, personId, day, tabIndex = 0, whose } = props;
  if (!plan.mayPlan) return null;
  const on = dayInWords(day, 'long');
  return (
    <button
      type="button"
      className="shifts-add"
      tabIndex={tabIndex}
      aria-label={
        whose === undefined ? `Add a shift on ${on}` : `Add a shift for ${whose} on ${on}`
      }
      onClick={() => plan.open({ kind: 'new', personId, day })}
    >
      +
    </button>
  );
}
