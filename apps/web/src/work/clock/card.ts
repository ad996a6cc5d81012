import type { TimecardView } from '@comanda/client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { useNow } from '../../house/live.ts';
import { useWho } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { dayAt, daysOn } from '../../house/zone.ts';

interface Standing {
  /** The card that is open; undefined for whoever is not at work, and as long as it is not known. */
  card: TimecardView | undefined;
  /** Those of today, the open one too. */
  cards: TimecardView[];
  isKnown: boolean;
  error: unknown;
  retry: () => void;
}

/** Whether one is at work, by one's own timesheet. */
export function useCard(): Standing {
  const personId = useWho()?.session.user.id;
  const { place } = useWorkplace();
  const now = useNow(60_000);
  const today = place && dayAt(new Date(now), place.timeZone);
  const asked = personId === undefined ? skipToken : { personId };
  const { data, error, refetch } = useQuery({
    ...calls.shifts.timesheet.queryOptions(asked),
    // A manager may clock somebody in or out, and no stream tells of it.
    refetchInterval: 60_000,
  });
  const sheet = data?.people[0];
  // A card belongs to the week in which it was begun: that of a Sunday night is in the one before.
  const isMonday = data !== undefined && data.from === today;
  const before = useQuery(
    calls.shifts.timesheet.queryOptions(
      isMonday && personId !== undefined ? { personId, week: daysOn(data.from, -1) } : skipToken,
    ),
  );
  const all = [...(before.data?.people[0]?.cards ?? []), ...(sheet?.cards ?? [])];
  const isOfToday = ({ inAt, outAt }: TimecardView) =>
    outAt === null || (place !== undefined && dayAt(inAt, place.timeZone) === today);
  return {
    card: all.find(({ outAt }) => outAt === null),
    cards: all.filter(isOfToday),
    isKnown: data !== undefined && (!isMonday || before.data !== undefined),
    error,
    retry: () => void refetch(),
  };
}

export function breakOf(card: TimecardView) {
  return card.breaks.find(({ endedAt }) => endedAt === null);
}

/** What counts as work until now: breaks that are not paid do not. */
export function workedMs({ inAt, outAt, breaks }: TimecardView, now: number): number {
  const end = outAt?.getTime() ?? now;
  const unpaid = breaks
    .filter(({ paid }) => !paid)
    .map(({ startedAt, endedAt }) => (endedAt?.getTime() ?? end) - startedAt.getTime());
  const worked = end - inAt.getTime() - unpaid.reduce((sum, ms) => sum + Math.max(0, ms), 0);
  return Math.max(0, worked);
}
