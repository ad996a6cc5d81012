import type { Availability } from '@comanda/client';
import { clockTime } from '../../house/figures.ts';
import { Nothing, Waiting } from '../../parts/notice.tsx';

interface StartsProps {
  /** Undefined: not known yet. */
  starts: Availability['items'] | undefined;
  chosen: Date | undefined;
  timeZone: string;
  onChoose: (startsAt: Date) => void;
}

/** Every time of the day, and at which of them there is a table. */
export function Starts({ starts, chosen, timeZone, onChoose }: StartsProps) {
  if (!starts) return <Waiting rows={1} />;
  if (!starts.some(({ free }) => free)) {
    return <Nothing>There is no table on that day for so many.</Nothing>;
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
