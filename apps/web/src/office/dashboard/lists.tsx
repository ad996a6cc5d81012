import type { Dashboard } from '@comanda/client';
import { Link } from 'wouter';
import { clockTime, price, spoken } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';

interface ListProps {
  figures: Dashboard;
}

export function OnShift({ figures: { onShift, timeZone } }: ListProps) {
  return (
    <section className="card stack">
      <h2>On shift now</h2>
      {onShift.count === 0 && <p className="aside">Nobody.</p>}
      <ul className="office-today-list" aria-label="On shift now">
        {onShift.people.map(({ personId, name, role, since, onBreak }) => (
          <li key={personId}>
            <span>
              {name} <span className="aside">{spoken(role)}</span>
            </span>
            {onBreak ? (
              <Badge tone="warn">On a break</Badge>
            ) : (
              <span className="aside amount">since {clockTime(since, timeZone)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What runs out, with the way to where it is switched off. */
export function LowStock({ figures: { lowStock } }: ListProps) {
  return (
    <section className="card stack">
      <h2>Running low</h2>
      {lowStock.length === 0 && <p className="aside">Nothing that is counted.</p>}
      <ul className="office-today-list" aria-label="Running low">
        {lowStock.map(({ itemId, name, stock, soldOut }) => (
          <li key={itemId}>
            <Link href={`/office/menu?search=${encodeURIComponent(name)}`}>{name}</Link>
            <Badge tone={soldOut ? 'bad' : 'warn'}>{soldOut ? 'None left' : `${stock} left`}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function BestSellers({ figures: { bestSellers, currency, days } }: ListProps) {
  return (
    <section className="card stack">
      <h2>Best sellers of {days.length} days</h2>
      {bestSellers.length === 0 && <p className="aside">Nothing was sold yet.</p>}
      <ol className="office-today-list" aria-label="Best sellers">
        {bestSellers.map(({ itemId, name, quantity, revenue }) => (
          <li key={itemId ?? name}>
            <span>
              <span className="amount">{quantity} ×</span> {name}
            </span>
            <span className="aside amount">{price(revenue, currency)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
