import type { ShiftView } from '@comanda/client';
import { clockTime, dayName, span } from '../../house/figures.ts';
import { useNow } from '../../house/live.ts';
import { Badge } from '../../parts/badge.tsx';

interface ShiftLineProps {
  shift: ShiftView;
  timeZone: string;
}

export function ShiftLine({ shift, timeZone }: ShiftLineProps) {
  const { startsAt, endsAt, note } = shift;
  const now = useNow(30_000);
  const isOn = startsAt.getTime() <= now && now < endsAt.getTime();
  const isOver = endsAt.getTime() <= now;
  return (
    <li className={isOver ? 'card work-shift is-over' : 'card work-shift'}>
      <span>
        <strong>{dayName(startsAt, timeZone)}</strong>
        {isOn && <Badge tone="good">Now</Badge>}
        {isOver && <Badge>Over</Badge>}
      </span>
      <span className="amount">
        {clockTime(startsAt, timeZone)} – {clockTime(endsAt, timeZone)}{' '}
        <span className="aside">({span(endsAt.getTime() - startsAt.getTime())})</span>
      </span>
      {note !== null && <span className="aside">{note}</span>}
    </li>
  );
}
