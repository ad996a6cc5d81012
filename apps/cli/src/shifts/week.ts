import type { ShiftView } from '@comanda/client';
import { tableOf } from '../telling.ts';
import { dayName, daysAfter, mondayOf, type WallClock } from './wall-clock.ts';

export type Shown = Pick<ShiftView, 'name' | 'startsAt' | 'endsAt' | 'state'>;

/** The Mondays of the weeks in which these begin, and a span that holds all of these weeks anywhere on earth. */
export function weeksOf(starts: readonly Date[], clock: WallClock) {
  const mondays = [...new Set(starts.map((start) => mondayOf(clock.at(start).date)))].toSorted();
  const from = new Date(daysAfter(mondays[0] ?? '', -1));
  const to = new Date(daysAfter(mondays.at(-1) ?? '', 8));
  return { mondays, span: { from, to } };
}

/** A row for everybody, a column for every day that has a shift. */
export function weekTable(monday: string, shifts: readonly Shown[], clock: WallClock): string {
  const dates = Array.from({ length: 7 }, (_, day) => daysAfter(monday, day));
  const onDay = (date: string) => shifts.filter((one) => clock.at(one.startsAt).date === date);
  const days = dates.map((date) => ({ date, shifts: onDay(date) }));
  const used = days.filter((day) => day.shifts.length > 0);
  const names = new Set(used.flatMap((day) => day.shifts.map(({ name }) => name)));
  const rows = [...names].toSorted().map((name) => ({
    [`Week of ${monday}`]: name,
    ...Object.fromEntries(used.map((day) => [dayName(day.date), spansOf(name, day.shifts, clock)])),
  }));
  return tableOf(rows);
}

function spansOf(name: string, shifts: readonly Shown[], clock: WallClock): string {
  return shifts
    .filter((shift) => shift.name === name)
    .toSorted((one, other) => Number(one.startsAt) - Number(other.startsAt))
    .map(({ startsAt, endsAt, state }) => {
      const mark = state === 'draft' ? '*' : '';
      return `${clock.at(startsAt).time}-${clock.at(endsAt).time}${mark}`;
    })
    .join(', ');
}
