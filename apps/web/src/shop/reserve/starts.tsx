import type { StartView } from '@comanda/client';
import { clockTime } from '../../house/figures.ts';
import { dayInWords } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Nothing } from '../../parts/notice.tsx';

interface StartsProps {
  starts: readonly StartView[];
  timeZone: string;
  chosen: Date | undefined;
  /** Those of another day, until the right ones are there. */
  stale: boolean;
  /** The next day that can be asked for, if there is one. */
  nextDay: string | undefined;
  onChoose: (start: Date) => void;
  onDay: (day: string) => void;
}

const PARTS: [name: string, from: number, before: number][] = [
  ['Morning', 0, 12],
  ['Midday', 12, 17],
  ['Evening', 17, 24],
];

/** Every start of a day that can be had; those that are taken are not shown as buttons. */
export function Starts(props: StartsProps) {
  const { starts, timeZone, chosen, stale, onChoose } = props;
  const free = starts.filter((start) => start.free);
  if (free.length === 0) return <None {...props} />;
  return (
    <div className={stale ? 'reserve-starts is-stale' : 'reserve-starts'} aria-busy={stale}>
      {PARTS.map(([name, from, before]) => {
        const those = free.filter(({ startsAt }) => {
          const hour = hourOf(startsAt, timeZone);
          return hour >= from && hour < before;
        });
        if (those.length === 0) return null;
        return (
          <fieldset key={name} className="reserve-part">
            <legend>{name}</legend>
            {those.map(({ startsAt }) => (
              <button
                key={startsAt.getTime()}
                type="button"
                className="reserve-start amount"
                aria-pressed={startsAt.getTime() === chosen?.getTime()}
                disabled={stale}
                onClick={() => onChoose(startsAt)}
              >
                {clockTime(startsAt, timeZone)}
              </button>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}

function None({ starts, stale, nextDay, onDay }: StartsProps) {
  return (
    <Nothing>
      <p>
        {starts.length === 0
          ? 'The restaurant takes no reservations on this day.'
          : 'Everything is taken on this day.'}
      </p>
      {nextDay !== undefined && (
        <Button disabled={stale} onClick={() => onDay(nextDay)}>
          Look at {dayInWords(nextDay, 'long')}
        </Button>
      )}
    </Nothing>
  );
}

function hourOf(moment: Date, timeZone: string): number {
  return Number(
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(
      moment,
    ),
  );
}
