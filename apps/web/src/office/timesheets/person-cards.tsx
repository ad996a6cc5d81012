import { clockTime, dayAndTime, span } from '../../house/figures.ts';
import { useMay, useWho } from '../../house/who.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { type Card, cardTimes, MINUTE_MS, type PersonWeek } from './sheet.ts';

interface PersonCardsProps {
  person: PersonWeek;
  timeZone: string;
  onCorrect: (card: Card) => void;
}

/** One person's week: what was planned, what was worked, and every card. */
export function PersonSheetCards({ person, timeZone, onCorrect }: PersonCardsProps) {
  const { personId, name, plannedMinutes, workedMinutes, cards } = person;
  const isOwn = useWho()?.session.user.id === personId;
  const may = useMay();
  return (
    <section className="card timesheets-person" aria-label={name}>
      <div className="row is-apart">
        <h2>{name}</h2>
        <p className="amount">
          <strong>{span(workedMinutes * MINUTE_MS)}</strong> worked of{' '}
          {span(plannedMinutes * MINUTE_MS)} planned
        </p>
      </div>
      {isOwn && cards.length > 0 && (
        <p className="aside">This is you. Nobody corrects their own cards: ask another manager.</p>
      )}
      {cards.length === 0 && <p className="aside">No card in this week.</p>}
      <ul className="timesheets-cards">
        {cards.map((card) => (
          <li key={card.id} className="timesheets-card">
            <CardLine card={card} timeZone={timeZone} />
            {!isOwn && may('timesheet.edit') && (
              <Button
                aria-label={`Correct ${name}, ${cardTimes(card, timeZone)}`}
                onClick={() => onCorrect(card)}
              >
                Correct
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function CardLine({ card, timeZone }: { card: Card; timeZone: string }) {
  const { outAt, breaks, workedMinutes, flag, reason, openedBy, corrections } = card;
  return (
    <div className="timesheets-line">
      <p className="row">
        <strong className="amount">{cardTimes(card, timeZone)}</strong>
        <span className="amount">{span(workedMinutes * MINUTE_MS)} worked</span>
        {outAt === null && <Badge tone="good">At work</Badge>}
        {flag !== null && <Badge tone="warn">{FLAGS[flag]}</Badge>}
        {corrections.length > 0 && <Badge tone="busy">Corrected</Badge>}
      </p>
      {breaks.map(({ paid, startedAt, endedAt }) => (
        <p key={startedAt.getTime()} className="aside">
          {paid ? 'Paid' : 'Unpaid'} break {clockTime(startedAt, timeZone)}–
          {endedAt === null ? 'now' : clockTime(endedAt, timeZone)}
        </p>
      ))}
      {reason !== null && (
        <p className="aside">
          Let in{openedBy !== null && ` by ${openedBy}`}: {reason}
        </p>
      )}
      {corrections.map(({ at, by, reason: why, before }) => (
        <p key={at.getTime()} className="aside">
          {by}, {dayAndTime(at, timeZone)}: {why}. Before: {cardTimes(before, timeZone)}
        </p>
      ))}
    </div>
  );
}

const FLAGS = {
  forgotten: 'Forgotten: closed by the house',
  deactivated: 'Closed when they left',
};
