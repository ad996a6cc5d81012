import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';
import type { Hours, OpenState, Weekday } from './restaurants.hours.schema.ts';

const DAY_MINUTES = DAY / MINUTE;

/** When a wall clock shows what; all in minutes, of the walk or of the clock. */
interface Walk {
  start: number;
  count: number;
  /** At which minute of the walk the clock shows a minute, first and last, by `placeOf`. */
  first: Int32Array;
  last: Int32Array;
  /** The minutes of the walk at which the clock leaps. */
  leaps: number[];
}

/** Goes from minute to minute with the wall clock in view. */
export function walk(timeZone: string, from: number, to: number): Walk {
  const [start, count] = [from / MINUTE, (to - from) / MINUTE];
  const first = new Int32Array(count + 2 * DAY_MINUTES).fill(count);
  const last = first.slice();
  const leaps: number[] = [];
  let before = Number.NaN;
  for (const [minute, shown] of minutesShown(timeZone, from, to).entries()) {
    const place = placeOf(shown, start);
    first[place] = Math.min(first[place] ?? count, minute);
    last[place] = minute;
    if (minute > 0 && shown !== before + 1) leaps.push(minute);
    before = shown;
  }
  neverShown(first, count);
  neverShown(last, count);
  return { start, count, first, last, leaps };
}

/** For every minute of the walk 1 when it is open. */
export function openMinutes({ start, count, first, last }: Walk, hours: Hours): Uint8Array {
  const open = new Uint8Array(count);
  for (let midnight = start; midnight < start + count; midnight += DAY_MINUTES) {
    const date = new Date(midnight * MINUTE);
    const weekday = String(date.getUTCDay() || 7) as Weekday;
    const exception = hours.exceptions[date.toISOString().slice(0, 10)];
    for (const { from, to } of exception ?? hours.weekly[weekday] ?? []) {
      const opens = placeOf(midnight + minutesOf(from), start);
      const closes = placeOf(midnight + minutesOf(to), start) + (to > from ? 0 : DAY_MINUTES);
      open.fill(1, first[opens], last[closes]);
    }
  }
  return open;
}

/** What is to be answered at a minute of the walk, but for pause and last order. */
export function expectedAt(minute: number, open: Uint8Array, { start }: Walk): OpenState {
  const ahead = open.subarray(minute, minute + 14 * DAY_MINUTES + 1);
  const at = (found: number): Date | undefined =>
    found < 0 ? undefined : new Date((start + minute + found) * MINUTE);
  const isOpen = ahead[0] === 1;
  const closes = isOpen ? ahead.indexOf(0) : 0;
  const opens = closes < 0 ? -1 : ahead.indexOf(1, closes);
  return { open: isOpen, closesAt: isOpen ? at(closes) : undefined, opensAt: at(opens) };
}

/** An hour after which the clock shows just an hour more is not looked at minute by minute. */
function minutesShown(timeZone: string, from: number, to: number): number[] {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const look = (at: number): number => {
    const [, day, month, year, time] = /(\d+)\/(\d+)\/(\d+), (.+)/.exec(clock.format(at)) ?? [];
    return Date.parse(`${year}-${month}-${day}`) / MINUTE + minutesOf(time ?? '');
  };
  const shown: number[] = [];
  for (let hour = from; hour < to; hour += HOUR) {
    const atFirst = look(hour);
    const isEven = look(hour + HOUR) === atFirst + 60;
    for (let n = 0; n < 60; n++) shown.push(isEven ? atFirst + n : look(hour + n * MINUTE));
  }
  return shown;
}

/** Counts from the minute after the leap. */
function neverShown(places: Int32Array, count: number): void {
  for (let place = places.length - 2; place >= 0; place--) {
    if (places[place] === count) places[place] = places[place + 1] ?? count;
  }
}

function placeOf(shown: number, start: number): number {
  return shown - start + DAY_MINUTES;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
