import type { ReservationView } from '@comanda/client';
import { clockTime, dayAndTime } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';
import { PartyActions } from './party-actions.tsx';
import { STATES } from './reservation-words.ts';

interface PartiesProps {
  parties: ReservationView[];
  timeZone: string;
  /** Of many days: each time says which. */
  isDated: boolean;
}

/** Down the page as the day goes: one block for each time at which somebody comes. */
export function Parties({ parties, timeZone, isDated }: PartiesProps) {
  const told = isDated ? dayAndTime : clockTime;
  const times = Map.groupBy(parties, ({ startsAt }) => startsAt.getTime());
  return (
    <ol className="office-reservations-times" aria-label="Who comes when">
      {[...times].map(([time, here]) => (
        <li key={time} className="office-reservations-time">
          <h3 className="amount">{told(new Date(time), timeZone)}</h3>
          <ul className="office-reservations-parties">
            {here.map((each) => (
              <Party key={each.id} reservation={each} timeZone={timeZone} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Party({ reservation, timeZone }: { reservation: ReservationView; timeZone: string }) {
  const { state, party, customerName, phone, note, tables, endsAt, reason } = reservation;
  const names = tables.map(({ name }) => name).join(' and ');
  return (
    <li className="office-reservations-party card">
      <div className="row is-apart">
        <strong>{customerName}</strong>
        <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
      </div>
      <p className="aside">
        {party === 1 ? '1 guest' : `${party} guests`} · table {names} · until{' '}
        <span className="amount">{clockTime(endsAt, timeZone)}</span>
        {phone !== null && (
          <>
            {' · '}
            <a href={`tel:${phone}`}>{phone}</a>
          </>
        )}
      </p>
      {note !== '' && <p>“{note}”</p>}
      {reason !== null && <p className="aside">Called off: {reason}</p>}
      <PartyActions reservation={reservation} timeZone={timeZone} />
    </li>
  );
}
