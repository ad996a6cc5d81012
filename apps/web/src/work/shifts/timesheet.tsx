import type { TimecardView, Timesheet as Sheet } from '@comanda/client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls } from '../../house/comanda.ts';
import { clockTime, span } from '../../house/figures.ts';
import { useNow } from '../../house/live.ts';
import { useWho } from '../../house/who.ts';
import { dayAt, dayInWords, daysOn, mondayOf } from '../../house/zone.ts';
import { Badge } from '../../parts/badge.tsx';
import { Bars } from '../../parts/bars.tsx';
import { Button } from '../../parts/button.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';

const MINUTE_MS = 60_000;

/** What one has worked in a week, and what was planned. */
export function Timesheet({ timeZone }: { timeZone: string }) {
  const personId = useWho()?.session.user.id;
  const thisWeek = mondayOf(dayAt(new Date(useNow(60_000)), timeZone));
  const [week, setWeek] = useState(thisWeek);
  const named = week === thisWeek ? {} : { week };
  const { data, error, refetch } = useQuery({
    ...calls.shifts.timesheet.queryOptions(
      personId === undefined ? skipToken : { personId, ...named },
    ),
    placeholderData: (before) => before,
  });
  return (
    <section className="card stack" aria-labelledby="work-sheet">
      <header className="row is-apart">
        <h2 id="work-sheet">Hours worked</h2>
        <div className="row">
          <Button onClick={() => setWeek(daysOn(week, -7))}>Week before</Button>
          <Button aria-disabled={week === thisWeek} onClick={() => setWeek(thisWeek)}>
            This week
          </Button>
        </div>
      </header>
      <p aria-live="polite">
        {dayInWords(week)} – {dayInWords(daysOn(week, 6))}
      </p>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={2} />}
      {data && <Hours sheet={data} timeZone={timeZone} />}
    </section>
  );
}

function Hours({ sheet, timeZone }: { sheet: Sheet; timeZone: string }) {
  const [own] = sheet.people;
  const cards = own?.cards ?? [];
  const bars = Array.from({ length: 7 }, (_, index) => {
    const day = daysOn(sheet.from, index);
    const minutes = cards
      .filter(({ inAt }) => dayAt(inAt, timeZone) === day)
      .reduce((sum, { workedMinutes }) => sum + workedMinutes, 0);
    const [label = day] = dayInWords(day).split(/[ ,]/);
    return { label, value: minutes, told: span(minutes * MINUTE_MS) };
  });
  return (
    <>
      <p>
        <strong>{span((own?.workedMinutes ?? 0) * MINUTE_MS)}</strong> worked of{' '}
        {span((own?.plannedMinutes ?? 0) * MINUTE_MS)} planned
      </p>
      <Bars title="By day" bars={bars} />
      <ul className="stack">
        {cards.map((card) => (
          <Card key={card.id} card={card} timeZone={timeZone} />
        ))}
      </ul>
    </>
  );
}

type SheetCard = Sheet['people'][number]['cards'][number];

function Card({ card, timeZone }: { card: SheetCard; timeZone: string }) {
  const { inAt, outAt, workedMinutes, flag, corrections, reason } = card;
  return (
    <li className="work-sheet-card">
      <span>{dayInWords(dayAt(inAt, timeZone))}</span>
      <span className="amount">
        {clockTime(inAt, timeZone)} – {outAt ? clockTime(outAt, timeZone) : 'now'}
      </span>
      <span className="amount">{span(workedMinutes * MINUTE_MS)}</span>
      <span className="aside work-sheet-more">
        {breaksInWords(card)}
        {reason !== null && ` Without a shift: ${reason}.`}
        {flag !== null && <Badge tone="warn">{FLAGS[flag]}</Badge>}
        {corrections.map(({ at, by, reason: why }) => (
          <Badge key={at.getTime()}>{`Put right by ${by}: ${why}`}</Badge>
        ))}
      </span>
    </li>
  );
}

const FLAGS: Record<NonNullable<TimecardView['flag']>, string> = {
  forgotten: 'Closed by the house: tell your manager when you left',
  deactivated: 'Closed when the work ended',
};

function breaksInWords({ breaks }: TimecardView): string {
  if (breaks.length === 0) return 'No break.';
  const ms = breaks.reduce(
    (sum, { startedAt, endedAt }) =>
      sum + ((endedAt?.getTime() ?? Date.now()) - startedAt.getTime()),
    0,
  );
  return `${breaks.length === 1 ? 'One break' : `${breaks.length} breaks`}, ${span(ms)}.`;
}
