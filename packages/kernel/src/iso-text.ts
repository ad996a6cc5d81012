import { DAY, HOUR, MINUTE, SECOND } from './time.ts';

const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const THREE = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(3, '0'));

let lastDay = Number.NaN;
let lastDate = '';

/** What `toISOString` says, for many dates one after the other: most of a list are of the same day. */
export function isoText(instant: Date): string {
  const ms = instant.getTime();
  const day = Math.floor(ms / DAY);
  if (day !== lastDay) {
    lastDate = instant.toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDay = day;
  }
  const left = ms - day * DAY;
  const hours = TWO[Math.floor(left / HOUR)];
  const minutes = TWO[Math.floor((left % HOUR) / MINUTE)];
  const seconds = TWO[Math.floor((left % MINUTE) / SECOND)];
  return `${lastDate}${hours}:${minutes}:${seconds}.${THREE[left % SECOND]}Z`;
}
