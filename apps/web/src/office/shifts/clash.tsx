import { dayInWords, dayAt } from '../../house/zone.ts';
import { type Clash, type Plan, times } from './plan.ts';

/** What stood in the way, in words. */
export function clashWords({ with: other }: Clash, timeZone: string): string {
  const when = `${dayInWords(dayAt(other.startsAt, timeZone))}, ${times(other, timeZone)}`;
  return other.shiftId === null ? `${when} in another restaurant` : when;
}

/** Says in the very cell why nothing was put there. */
export function ClashNote(props: { plan: Plan; personId: string; day: string }) {
  const { plan, personId, day } = props;
  const { clash, timeZone } = plan;
  if (clash?.personId !== personId || clash.day !== day) return null;
  return <p className="shifts-clash">Not planned: overlaps {clashWords(clash, timeZone)}.</p>;
}
