import { DAY, MINUTE } from '@comanda/kernel/time';
import type {
  Hours,
  Interval,
  Moment,
  OpenDays,
  OpeningHours,
  OpenState,
  Pause,
  Span,
  Weekday,
} from './restaurants.hours.schema.ts';
import { instantsOf, wallTimeAt } from './restaurants.wall-clock.rules.ts';

const HORIZON = 14 * DAY;

const ALL_DAY: Interval[] = [{ from: '00:00', to: '24:00' }];

/** The hours of a restaurant that keeps none. */
export const AROUND_THE_CLOCK: OpeningHours = {
  weekly: { 1: ALL_DAY, 2: ALL_DAY, 3: ALL_DAY, 4: ALL_DAY, 5: ALL_DAY, 6: ALL_DAY, 7: ALL_DAY },
  exceptions: {},
  lastOrderMinutes: 0,
};

/** A pause as it is kept. */
interface KeptPause {
  pausedAt: unknown;
  pausedUntil: Date | null;
  pauseMessage: string | null;
}

export function pauseOf({ pausedAt, pausedUntil, pauseMessage }: KeptPause): Pause | null {
  return pausedAt === null ? null : { until: pausedUntil, message: pauseMessage ?? '' };
}

/** Which intervals there are on which day. */
export type Calendar = Pick<Hours, 'weekly' | 'exceptions'>;

/** Whether it is open at a moment, and what comes next. */
export function openAt(hours: Hours, timeZone: string, at: Date): OpenState {
  const now = at.getTime();
  const { current, next } = runsAround(now, hours, timeZone);
  const closes = current && soon(current.to, now);
  const opens = next && soon(next.from, now);
  const { pause, lastOrderMinutes } = hours;
  return {
    open: current !== undefined,
    ...(closes && {
      closesAt: closes,
      lastOrderAt: new Date(closes.getTime() - lastOrderMinutes * MINUTE),
    }),
    ...(opens && { opensAt: opens }),
    ...(pause && (pause.until === null || at < pause.until) && { paused: pause }),
  };
}

export function momentAt(hours: Hours, timeZone: string, at: Date): Moment {
  const plain = { exceptions: {}, lastOrderMinutes: 0, pause: null };
  return {
    at,
    restaurant: openAt(hours, timeZone, at),
    during: (mealtimes) => openAt({ weekly: mealtimes, ...plain }, timeZone, at),
  };
}

/**
 * Until when hours look the same as at that moment: nothing opens, closes or comes into sight, and no
 * pause ends. Midnight of UTC at the latest: it is looked no further ahead.
 */
export function sameUntil(hours: Hours, timeZone: string, at: Date): Date {
  const now = at.getTime();
  const lastOrder = hours.lastOrderMinutes * MINUTE;
  let until = (Math.floor(now / DAY) + 1) * DAY;
  const pass = (instant: number) => {
    if (instant > now && instant < until) until = instant;
  };
  if (hours.pause?.until) pass(hours.pause.until.getTime());
  for (const { from, to } of runsFrom(midnightAt(now, timeZone) - DAY, hours, timeZone)) {
    for (const turn of [from, to, to - lastOrder]) pass(turn);
    for (const turn of [from, to]) pass(turn - HORIZON);
  }
  return new Date(until);
}

export function openDays(calendar: Calendar, timeZone: string): OpenDays {
  return {
    dateAt: (instant) => new Date(midnightAt(instant, timeZone)).toISOString().slice(0, 10),
    dayOf: (date) => {
      const midnight = Date.parse(date);
      const begins = (wall: number) => instantsOf(wall, timeZone).first;
      return { from: begins(midnight), to: begins(midnight + DAY) };
    },
    runsIn: (span) => runsIn(span, calendar, timeZone),
  };
}

function runsIn({ from, to }: Span, calendar: Calendar, timeZone: string): Span[] {
  const runs: Span[] = [];
  for (const run of runsFrom(midnightAt(from, timeZone) - DAY, calendar, timeZone)) {
    if (run.from >= to) break;
    if (run.to > from) runs.push(run);
  }
  return runs;
}

/** The intervals that start on a day, which is given by its midnight on the wall clock. */
export function intervalsOn({ weekly, exceptions }: Calendar, day: number): Interval[] {
  const date = new Date(day);
  return exceptions[date.toISOString().slice(0, 10)] ?? weekly[weekdayOf(date)] ?? [];
}

/** In milliseconds from midnight. */
export function spanOf({ from, to }: Interval): Span {
  const [start, end] = [timeOfDay(from), timeOfDay(to)];
  return { from: start, to: end > start ? end : end + DAY };
}

function runsAround(
  now: number,
  hours: Hours,
  timeZone: string,
): { current?: Span | undefined; next?: Span } {
  const yesterday = midnightAt(now, timeZone) - DAY;
  let current: Span | undefined;
  for (const run of runsFrom(yesterday, hours, timeZone)) {
    if (run.from > now) return { current, next: run };
    if (run.to > now) current = run;
  }
  return { current };
}

/** Spans that touch are one run, so that nothing closes at midnight to open again. */
function* runsFrom(firstDay: number, hours: Calendar, timeZone: string): Generator<Span> {
  let run: Span | undefined;
  for (const span of spansFrom(firstDay, hours, timeZone)) {
    if (run && span.from <= run.to) {
      run.to = Math.max(run.to, span.to);
    } else {
      if (run) yield run;
      run = span;
    }
  }
  if (run) yield run;
}

function* spansFrom(firstDay: number, hours: Calendar, timeZone: string): Generator<Span> {
  for (let day = firstDay; day <= firstDay + HORIZON + 2 * DAY; day += DAY) {
    yield* spansOn(day, hours, timeZone);
  }
}

function spansOn(day: number, hours: Calendar, timeZone: string): Span[] {
  return intervalsOn(hours, day)
    .map(spanOf)
    .map(({ from, to }) => ({
      from: instantsOf(day + from, timeZone).first,
      to: instantsOf(day + to, timeZone).last,
    }))
    .filter(({ from, to }) => from < to)
    .sort((one, other) => one.from - other.from);
}

/** Of the day that the wall clock shows, in milliseconds, as if it were UTC. */
function midnightAt(instant: number, timeZone: string): number {
  return Math.floor(wallTimeAt(instant, timeZone) / DAY) * DAY;
}

function soon(instant: number, now: number): Date | undefined {
  return instant - now <= HORIZON ? new Date(instant) : undefined;
}

function weekdayOf(date: Date): Weekday {
  return `${date.getUTCDay() || 7}` as Weekday;
}

function timeOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE;
}
