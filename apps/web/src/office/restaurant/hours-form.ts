import type { NewHours, OpeningHours } from '@comanda/client';

export interface Span {
  from: string;
  to: string;
}

/** One day: of the week, or on the calendar. */
export interface DayForm {
  /** `1` for Monday to `7`, or a date. */
  key: string;
  spans: Span[];
}

export interface HoursForm {
  isAlways: boolean;
  week: DayForm[];
  exceptions: DayForm[];
  lastOrderMinutes: number;
}

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

const KEYS = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** A field for times knows no 24:00; an end at midnight is 00:00 of the next day. */
const shown = ({ from, to }: Span): Span => ({ from, to: to === '24:00' ? '00:00' : to });
const sent = ({ from, to }: Span): Span => ({ from, to: to === '00:00' ? '24:00' : to });

export function hoursFormOf(hours: OpeningHours | null): HoursForm {
  return {
    isAlways: hours === null,
    week: KEYS.map((key) => ({ key, spans: (hours?.weekly[key] ?? []).map(shown) })),
    exceptions: Object.entries(hours?.exceptions ?? {})
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([key, spans]) => ({ key, spans: spans.map(shown) })),
    lastOrderMinutes: hours?.lastOrderMinutes ?? 0,
  };
}

export function hoursOf({
  isAlways,
  week,
  exceptions,
  lastOrderMinutes,
}: HoursForm): NewHours | null {
  if (isAlways) return null;
  const days = (forms: DayForm[]) =>
    Object.fromEntries(
      forms.filter(({ key }) => key !== '').map(({ key, spans }) => [key, spans.map(sent)]),
    );
  return { weekly: days(week), exceptions: days(exceptions), lastOrderMinutes };
}

/** `past midnight`, where a span ends on the next day. */
export function isPastMidnight({ from, to }: Span): boolean {
  return from !== '' && to !== '' && to !== '00:00' && to <= from;
}
