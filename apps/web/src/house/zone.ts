const DAY_MS = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the wall clock of a zone shows at a moment, in milliseconds, as if it were UTC. */
function wallOf(moment: number, timeZone: string): number {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  clocks.set(timeZone, clock);
  const parts = new Map(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '00';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return Date.parse(`${day}T${part('hour')}:${part('minute')}:${part('second')}Z`);
}

/** The day on a restaurant's calendar, such as `2026-11-23`. */
export function dayAt(moment: Date, timeZone: string): string {
  return new Date(wallOf(moment.getTime(), timeZone)).toISOString().slice(0, 10);
}

/** The time on its clock, as a field for times takes it: `09:30`. */
export function timeAt(moment: Date, timeZone: string): string {
  return new Date(wallOf(moment.getTime(), timeZone)).toISOString().slice(11, 16);
}

/**
 * The moment at which a restaurant's clock shows a time; the first one, where clocks are put back
 * over it. A time that clocks leap over is as long after the leap as it would have been.
 */
export function momentOf(day: string, time: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const before = wall - (wallOf(wall - DAY_MS, timeZone) - (wall - DAY_MS));
  const after = wall - (wallOf(wall + DAY_MS, timeZone) - (wall + DAY_MS));
  const real = [before, after].filter((moment) => wallOf(moment, timeZone) === wall);
  return new Date(real.length > 0 ? Math.min(...real) : before);
}

export function daysOn(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of its week. */
export function mondayOf(day: string): string {
  return daysOn(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** A day in words: `Mon 23 Nov`, or with `long` `Monday 23 November`. */
export function dayInWords(day: string, length: 'short' | 'long' = 'short'): string {
  return new Date(day).toLocaleDateString(undefined, {
    weekday: length,
    day: 'numeric',
    month: length,
    timeZone: 'UTC',
  });
}
