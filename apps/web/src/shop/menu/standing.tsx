import type { RestaurantDetail } from '@comanda/client';
import { Badge } from '../../parts/badge.tsx';
import { clockOrDay } from '../cart/moment.ts';

/** Whether the house takes orders, and until when or from when on. Its room is kept while it loads. */
export function Standing({ restaurant }: { restaurant: RestaurantDetail | undefined }) {
  return (
    <p className="menu-standing">
      {restaurant && <Words standing={restaurant.standing} timeZone={restaurant.timeZone} />}
    </p>
  );
}

type WordsProps = Pick<RestaurantDetail, 'standing' | 'timeZone'>;

function Words({ standing, timeZone }: WordsProps) {
  const { open, closesAt, lastOrderAt, opensAt, paused } = standing;
  const at = (moment: Date) => clockOrDay(moment, timeZone);
  if (!open) {
    return (
      <>
        <Badge tone="bad">Closed</Badge>
        {opensAt && <span>Opens {at(opensAt)}</span>}
      </>
    );
  }
  if (paused) {
    return (
      <>
        <Badge tone="warn">Taking a break</Badge>
        <span>
          {paused.message || 'No orders right now.'}
          {paused.until && ` Orders again from ${at(paused.until)}.`}
        </span>
      </>
    );
  }
  const isLastCall = lastOrderAt && closesAt && lastOrderAt < closesAt;
  return (
    <>
      <Badge tone="good">Open</Badge>
      {closesAt ? <span>until {at(closesAt)}</span> : <span>around the clock</span>}
      {isLastCall && <span>· last orders {at(lastOrderAt)}</span>}
    </>
  );
}
