import type { PersonView, ShiftView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { comanda } from '../../house/comanda.ts';
import { everyPage } from '../../house/every-page.ts';
import { clockTime } from '../../house/figures.ts';
import { dayAt, daysOn, momentOf } from '../../house/zone.ts';
import { nameOf } from '../people/names.ts';

export interface Colleague {
  id: string;
  name: string;
  title: string;
}

/** What is open to be changed: a shift, or the place of a new one. */
export type Editing =
  | { kind: 'new'; personId: string; day: string }
  | { kind: 'shift'; shift: ShiftView };

/** A shift that was refused, and the one that stood in its way. */
export interface Clash {
  personId: string;
  day: string;
  with: { shiftId: string | null; startsAt: Date; endsAt: Date };
}

/** A week as it is shown, and what can be done with it. */
export interface Plan {
  week: string;
  days: string[];
  timeZone: string;
  people: Colleague[];
  shifts: ShiftView[];
  mayPlan: boolean;
  clash: Clash | null;
  /** The drafts that were picked to be published; null while none are picked. */
  chosen: ReadonlySet<string> | null;
  open: (editing: Editing) => void;
  pick: (shiftId: string) => void;
}

export function daysOf(week: string): string[] {
  return Array.from({ length: 7 }, (_, at) => daysOn(week, at));
}

/** Every shift that begins in a week, but those that were cancelled. */
export async function shiftsOf(
  week: string,
  timeZone: string,
  signal?: AbortSignal,
): Promise<ShiftView[]> {
  const from = momentOf(week, '00:00', timeZone);
  const to = momentOf(daysOn(week, 7), '00:00', timeZone);
  const all = await everyPage((cursor) =>
    comanda.shifts.list.query({ from, to, limit: 100, cursor }, signal ? { signal } : {}),
  );
  return all.filter(({ state, startsAt }) => state !== 'cancelled' && startsAt >= from);
}

export function useShifts(week: string, timeZone: string | undefined) {
  return useQuery({
    queryKey: [['shifts', 'list'], { week, timeZone }],
    queryFn: ({ signal }) => shiftsOf(week, timeZone ?? 'UTC', signal),
    enabled: timeZone !== undefined,
  });
}

export function useStaff() {
  return useQuery({
    queryKey: [['people', 'list'], { all: 'active' }],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        comanda.people.list.query({ active: true, limit: 100, cursor }, { signal }),
      ),
    staleTime: 60_000,
  });
}

/** Who has a row: all who work here, and whoever still has a shift in that week. */
export function rowsOf(staff: PersonView[], shifts: ShiftView[]): Colleague[] {
  const rows = new Map<string, Colleague>();
  for (const person of staff) {
    const { id, title } = person;
    rows.set(id, { id, name: nameOf(person), title });
  }
  for (const { personId: id, name } of shifts) {
    if (!rows.has(id)) rows.set(id, { id, name, title: 'Works here no more' });
  }
  return [...rows.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

export function shiftsOn(plan: Plan, personId: string, day: string): ShiftView[] {
  return plan.shifts.filter(
    (shift) => shift.personId === personId && dayAt(shift.startsAt, plan.timeZone) === day,
  );
}

export function hoursOf(shifts: ShiftView[]): number {
  return shifts.reduce((all, { startsAt, endsAt }) => all + (Number(endsAt) - Number(startsAt)), 0);
}

interface Times {
  startsAt: Date;
  endsAt: Date;
}

/** `15:00–23:00`, by the restaurant's clock. */
export function times({ startsAt, endsAt }: Times, timeZone: string): string {
  return `${clockTime(startsAt, timeZone)}–${clockTime(endsAt, timeZone)}`;
}
