import type { TableView } from '@comanda/client';
import { Link } from 'wouter';
import { clockTime } from '../../house/figures.ts';
import { useMay } from '../../house/who.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import type { Taken } from './table-words.ts';

interface TableCardProps {
  table: TableView;
  taken: Taken | undefined;
  timeZone: string | undefined;
  onOpen: () => void;
}

export function TableCard({ table, taken, timeZone, onOpen }: TableCardProps) {
  const may = useMay();
  const { name, seatsMin, seatsMax, joinGroup, active } = table;
  const orders = taken?.orders ?? [];
  const parties = taken?.reservations ?? [];
  const isFree = active && orders.length === 0 && !parties.some(({ state }) => state === 'seated');
  return (
    <li className="office-tables-card card">
      <div className="row is-apart">
        <h3>Table {name}</h3>
        {!active && <Badge tone="bad">Switched off</Badge>}
        {isFree && <Badge tone="good">Free</Badge>}
        {active && !isFree && <Badge tone="busy">Taken</Badge>}
      </div>
      <p className="aside">
        {seatsMin === seatsMax ? seatsMax : `${seatsMin}–${seatsMax}`} seats
        {joinGroup !== null && ` · joins with ${joinGroup}`}
      </p>
      {orders.map(({ id, number }) => (
        <Link key={id} href={`/office/orders/${id}`} className="office-tables-link">
          Order #{number}
        </Link>
      ))}
      {parties.map(({ id, startsAt, party, customerName, state }) => (
        <p key={id} className="aside">
          {state === 'seated' ? 'Seated' : clockTime(startsAt, timeZone)}: {customerName}, {party}
        </p>
      ))}
      {may('table.manage') && (
        <div className="office-tables-foot">
          <Button kind="quiet" onClick={onOpen}>
            Change<span className="unseen"> table {name}</span>
          </Button>
        </div>
      )}
    </li>
  );
}
