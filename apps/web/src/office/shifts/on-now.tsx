import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { clockTime } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';

/** Who is at work at this moment. */
export function OnNowList({ timeZone }: { timeZone: string }) {
  const { data } = useQuery({
    ...calls.shifts.onNow.queryOptions(),
    refetchInterval: 60_000,
  });
  return (
    <section className="shifts-now" aria-label="On now">
      <h2>On now</h2>
      {data === undefined && <p className="aside">Looking…</p>}
      {data?.items.length === 0 && <p className="aside">Nobody is at work.</p>}
      <ul className="row">
        {data?.items.map(({ cardId, name, until, onBreak, since }) => (
          <li key={cardId}>
            <Badge tone={onBreak ? 'warn' : 'good'}>{name}</Badge>{' '}
            <span className="aside">
              {onBreak && 'on a break, '}
              {until === null
                ? `since ${clockTime(since, timeZone)}`
                : `until ${clockTime(until, timeZone)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
