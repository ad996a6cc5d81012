import type { ValidationDetails } from '@comanda/kernel/kernel.errors';
import { DAY } from '@comanda/kernel/time';
import { type Calendar, intervalsOn, spanOf } from './restaurants.hours.rules.ts';
import type { Interval, Span, Weekday } from './restaurants.hours.schema.ts';

type Issue = ValidationDetails['issues'][number];

/** The intervals of one day, under the path at which they were sent. */
interface Day {
  path: string;
  intervals: Interval[];
}

const MAX_INTERVALS = 6;
const WEEKDAYS: Weekday[] = ['1', '2', '3', '4', '5', '6', '7'];

/** What is wrong with hours that are well formed. */
export function hoursIssues({ weekly, exceptions }: Calendar): Issue[] {
  const week = WEEKDAYS.map((name) => ({ path: `weekly.${name}`, intervals: weekly[name] ?? [] }));
  const dates = Object.keys(exceptions);
  const days = [
    ...week,
    ...dates.map((date) => ({ path: `exceptions.${date}`, intervals: exceptions[date] ?? [] })),
  ];
  return [
    ...days.flatMap(crowdedOrOverlapping),
    ...week.flatMap((day, n) => overDayBefore(day, week.at(n - 1)?.intervals ?? [])),
    ...dates.flatMap((date) => aroundException({ weekly, exceptions }, date)),
  ];
}

function crowdedOrOverlapping(day: Day): Issue[] {
  const { path, intervals } = day;
  if (intervals.length > MAX_INTERVALS) {
    return [{ path, message: `a day has at most ${MAX_INTERVALS} intervals` }];
  }
  const spans = intervals.map(spanOf);
  const meetsEarlier = ({ from, to }: Span, n: number) =>
    spans.slice(0, n).some((other) => from < other.to && other.from < to);
  return overlaps(day, meetsEarlier, 'an earlier one of the day');
}

function aroundException(hours: Calendar, date: string): Issue[] {
  const day = { path: `exceptions.${date}`, intervals: hours.exceptions[date] ?? [] };
  const midnight = Date.parse(date);
  const dayAfter = new Date(midnight + DAY).toISOString().slice(0, 10);
  return [
    ...overDayBefore(day, intervalsOn(hours, midnight - DAY)),
    // An exception on the day after tells of it itself.
    ...(hours.exceptions[dayAfter] ? [] : overDayAfter(day, intervalsOn(hours, midnight + DAY))),
  ];
}

function overDayBefore(day: Day, before: Interval[]): Issue[] {
  const closing = Math.max(0, ...before.map((interval) => spanOf(interval).to - DAY));
  return overlaps(day, ({ from }) => from < closing, 'one of the day before');
}

function overDayAfter(day: Day, after: Interval[]): Issue[] {
  const opening = Math.min(DAY, ...after.map((interval) => spanOf(interval).from));
  return overlaps(day, ({ to }) => to - DAY > opening, 'one of the day after');
}

function overlaps(
  { path, intervals }: Day,
  test: (span: Span, n: number) => boolean,
  what: string,
): Issue[] {
  return intervals.flatMap((interval, n) =>
    test(spanOf(interval), n) ? [{ path: `${path}.${n}`, message: `overlaps ${what}` }] : [],
  );
}
