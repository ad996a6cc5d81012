import type { ValidationDetails } from '@comanda/kernel/kernel.errors';
import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import type { KeptBreak } from './timecards.schema.ts';

/** How long after the end of their shift people may still be at work. */
const FORGOTTEN_MS = 4 * HOUR;
/** As long as the longest shift: where nothing was planned. */
export const LONGEST_SHIFT_MS = 16 * HOUR;
const LONGEST_CARD_MS = DAY;
export const MAX_BREAKS = 40;

interface Card {
  inAt: Date;
  outAt: Date | null;
  breaks: readonly KeptBreak[];
}

/** What counts as work, until now where it is not over: breaks that are not paid do not. */
export function workedMs({ inAt, outAt, breaks }: Card, now: Date): number {
  const [start, end] = [inAt.getTime(), (outAt ?? now).getTime()];
  const unpaid = breaks
    .filter(({ paid }) => !paid)
    .map(({ startedAt, endedAt }) => {
      return Math.max(0, Math.min(endedAt ?? end, end) - Math.max(startedAt, start));
    });
  return Math.max(0, end - start - unpaid.reduce((sum, ms) => sum + ms, 0));
}

export function isOnBreak({ breaks }: Pick<Card, 'breaks'>): boolean {
  return breaks.some(({ endedAt }) => endedAt === null);
}

/**
 * When the house closes a card that its person has forgotten, and at what time; nothing before. Counts
 * the shifts that have begun: nobody is sent home in the middle of one.
 */
export function forgottenAt(
  { inAt }: Pick<Card, 'inAt'>,
  { shifts, now }: { shifts: readonly { endsAt: Date }[]; now: Date },
): Date | undefined {
  const ends = shifts.map(({ endsAt }) => endsAt.getTime());
  const planned = ends.length > 0 ? Math.max(...ends) : inAt.getTime() + LONGEST_SHIFT_MS;
  const end = Math.min(Math.max(planned, inAt.getTime()), inAt.getTime() + LONGEST_CARD_MS);
  return now.getTime() < end + FORGOTTEN_MS ? undefined : new Date(end);
}

/** The breaks of a card that is closed: one that was on is cut, and none goes on behind the end. */
export function breaksUntil(breaks: readonly KeptBreak[], end: Date): KeptBreak[] {
  const at = end.getTime();
  return breaks
    .filter(({ startedAt }) => startedAt <= at)
    .map((one) =>
      one.endedAt === null || one.endedAt > at ? { ...one, endedAt: at, cut: true } : one,
    );
}

/** What is wrong with a card as somebody wants it to be. */
export function cardIssues({ inAt, outAt, breaks }: Card, now: Date): ValidationDetails['issues'] {
  const end = (outAt ?? now).getTime();
  const start = inAt.getTime();
  const inOrder = breaks.toSorted((one, other) => one.startedAt - other.startedAt);
  return [
    ...issue(start > end, 'inAt', 'work begins before it ends, and not in the future'),
    ...issue(end > now.getTime(), 'outAt', 'work that is still to come is not written down'),
    ...issue(end - start > LONGEST_CARD_MS, 'outAt', 'a card covers 24 hours at most'),
    ...inOrder.flatMap(({ startedAt, endedAt }, at) => {
      const before = inOrder[at - 1];
      const to = endedAt ?? end;
      return [
        ...issue(to < startedAt, 'breaks', 'a break ends before it starts'),
        ...issue(startedAt < start || to > end, 'breaks', 'a break lies outside the card'),
        ...issue(
          before !== undefined && (before.endedAt ?? end) > startedAt,
          'breaks',
          'two breaks overlap',
        ),
      ];
    }),
  ];
}

function issue(isWrong: boolean, path: string, message: string): ValidationDetails['issues'] {
  return isWrong ? [{ path, message }] : [];
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
  return Math.round(2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(chord))));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** In whole minutes; a started one does not count. */
export function minutesOf(ms: number): number {
  return Math.floor(ms / MINUTE);
}
