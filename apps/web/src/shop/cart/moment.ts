import { clockTime, dayAndTime, dayName } from '../../house/figures.ts';

/** A time of today by the clock alone, any other with its day. */
export function clockOrDay(moment: Date, timeZone: string | undefined): string {
  const isToday = dayName(moment, timeZone) === dayName(new Date(), timeZone);
  return isToday ? clockTime(moment, timeZone) : dayAndTime(moment, timeZone);
}
