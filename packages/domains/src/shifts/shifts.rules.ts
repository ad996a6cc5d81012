import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';

const SHORTEST_MS = 15 * MINUTE;
export const LONGEST_MS = 16 * HOUR;

const OLDEST_MS = 31 * DAY;
const FARTHEST_MS = 366 * DAY;

/** From its start to just before its end. */
export interface Span {
  startsAt: Date;
  endsAt: Date;
}

/** Why it is no shift; nothing when it is one. */
export function misfitOf(
  { startsAt, endsAt }: Span,
  now: Date,
): { path: string; message: string } | undefined {
  const ahead = startsAt.getTime() - now.getTime();
  if (ahead < -OLDEST_MS) return { path: 'startsAt', message: 'this is more than a month ago' };
  if (ahead > FARTHEST_MS) return { path: 'startsAt', message: 'this is more than a year ahead' };
  const length = endsAt.getTime() - startsAt.getTime();
  if (length < SHORTEST_MS) return { path: 'endsAt', message: 'a shift takes 15 minutes or more' };
  if (length > LONGEST_MS) return { path: 'endsAt', message: 'a shift takes 16 hours at most' };
  return undefined;
}

/** One may begin in the moment in which the other ends. */
export function overlaps(one: Span, other: Span): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

/** Whether a shift can be begun now. */
export function isOpenTo({ startsAt, endsAt }: Span, now: Date, windowMinutes: number): boolean {
  return startsAt.getTime() - windowMinutes * MINUTE <= now.getTime() && now < endsAt;
}
