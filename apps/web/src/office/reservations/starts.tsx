import type { Availability } from '@comanda/client';
import { clockTime } from '../../house/figures.ts';
import { dayInWords, daysOn } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Nothing, Waiting } from '../../parts/notice.tsx';

interface StartsProps {
  day: string;
  /** Undefined: not known yet. */
  starts: Availability['items'] | undefined;
  chosen: Date | undefined;
  timeZone: string;
  onChoose: (startsAt: Date) => void;
  onDay: (day: string) => void;
}

/** Every time of the day, and at which of them there is a table. */
export function Starts({ day, starts, chosen, timeZone, onChoose, onDay }: StartsProps) {
  if (!starts) return <Waiting rows={1} />;
  if (!starts.some(({ free }) => free)) {
    const next = daysOn(day, 1);
    return (
      <Nothing>
        <p>
          {starts.length === 0
            ? 'There is no time left to book on that day.'
            : 'There is no table on that day for so many.'}
        </p>
        <Button onClick={() => onDay(next)}>Look at {dayInWords(next, 'long')}</Button>
      </Nothing>
    );
  }
  return (
    <fieldset className="office-reservations-starts">
      <legend>Time</legend>
      {starts.map(({ startsAt, free }) => (
        <label key={startsAt.toISOString()} className={free ? undefined : 'is-full'}>
          <input
            type="radio"
            name="start"
            disabled={!free}
            checked={chosen?.getTime() === startsAt.getTime()}
            onChange={() => onChoose(startsAt)}
          />
          <span className="amount">{clockTime(startsAt, timeZone)}</span>
        </label>
      ))}
    </fieldset>
  );
}
