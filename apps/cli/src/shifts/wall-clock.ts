const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A clock on the wall of a restaurant. */
export class WallClock {
  readonly #parts: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    this.#parts = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  }

  /** Such as `2026-11-23` and `09:30`. */
  at(instant: Date): { date: string; time: string } {
    const told = this.#parts.formatToParts(instant).map(({ type, value }) => [type, value]);
    const {
      year = '',
      month,
      day,
      hour,
      minute,
    } = Object.fromEntries(told) as Partial<Record<Intl.DateTimeFormatPartTypes, string>>;
    return { date: `${year.padStart(4, '0')}-${month}-${day}`, time: `${hour}:${minute}` };
  }

  /** When it shows that: the first time in a night that has it twice, never in one that leaves it out. */
  instantOf(date: string, time: string): Date | undefined {
    const wanted = Date.parse(`${date}T${time}Z`);
    const offsets = [-DAY_MS, DAY_MS].map((near) => this.#offsetAt(wanted + near));
    return offsets
      .map((offset) => new Date(wanted - offset))
      .toSorted((one, other) => one.getTime() - other.getTime())
      .find((instant) => this.#offsetAt(instant.getTime()) === wanted - instant.getTime());
  }

  #offsetAt(instant: number): number {
    const { date, time } = this.at(new Date(instant));
    const minute = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
    return Date.parse(`${date}T${time}Z`) - minute;
  }
}

/** The date so many days later. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of its week. */
export function mondayOf(date: string): string {
  const weekday = (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
  return daysAfter(date, -weekday);
}

/** Such as `Mon 11-23`. */
export function dayName(date: string): string {
  const day = new Date(`${date}T00:00Z`);
  const name = day.toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' });
  return `${name} ${date.slice(5)}`;
}
