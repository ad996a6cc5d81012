import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';

const SHORTEST_MS = 15 * MINUTE;
const LONGEST_MS = 16 * HOUR;

/** From its start to just before its end. */
interface Span {
  startsAt: Date;
  endsAt: Date;
}

/** Why it is no shift; nothing when it is one. */
export function misfitOf({
  startsAt,
  endsAt,
}: Span): { path: string; message: string } | undefined {
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
export function isOpenTo({ startsAt, endsAt }: Span, now: Date, windowMs: number): boolean {
  return startsAt.getTime() - windowMs <= now.getTime() && now < endsAt;
}

interface Worked {
  inAt: Date;
  outAt: Date | null;
  breaks: readonly { paid: boolean; startedAt: Date; endedAt: Date | null }[];
}

/** What counts as work, until now where it is not over: breaks that are not paid do not. */
export function workedMs({ inAt, outAt, breaks }: Worked, now: Date): number {
  const end = (outAt ?? now).getTime();
  const unpaid = breaks
    .filter(({ paid }) => !paid)
    .map(({ startedAt, endedAt }) =>
      Math.max(
        0,
        Math.min((endedAt ?? now).getTime(), end) - Math.max(startedAt.getTime(), inAt.getTime()),
      ),
    );
  return Math.max(0, end - inAt.getTime() - unpaid.reduce((sum, ms) => sum + ms, 0));
}

/** The Monday on or before a day of a calendar, both as in 2026-06-01. */
export function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  const back = (day.getUTCDay() + 6) % 7;
  return new Date(day.getTime() - back * DAY).toISOString().slice(0, 10);
}

/** So many days on in a calendar. */
export function daysOn(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

const EARTH_RADIUS_METERS = 6_371_000;

/** A place on earth, in degrees. */
interface Spot {
  latitude: number;
  longitude: number;
}

/** Along the great circle. */
export function metersBetween(one: Spot, other: Spot): number {
  const [north, east] = [
    radians(other.latitude - one.latitude),
    radians(other.longitude - one.longitude),
  ];
  const chord =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2;
  return Math.round(2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(chord)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** A field of a file of values: what spreadsheets would take for a formula is text. */
export function csvField(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
