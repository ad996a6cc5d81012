import type { Timesheet } from '@comanda/client';
import { clockTime } from '../../house/figures.ts';
import { dayAt, dayInWords, daysOn, momentOf, timeAt } from '../../house/zone.ts';

export const MINUTE_MS = 60_000;

export type PersonWeek = Timesheet['people'][number];
export type Card = PersonWeek['cards'][number];

/** A card, and whose it is. */
export interface Named<What> {
  name: string;
  card: What;
}

/** `Mon 23 Nov, 10:00–18:05`; without an end they are at work. */
export function cardTimes(
  { inAt, outAt }: { inAt: Date; outAt: Date | null },
  timeZone: string,
): string {
  const until = outAt === null ? 'now' : clockTime(outAt, timeZone);
  return `${dayInWords(dayAt(inAt, timeZone))}, ${clockTime(inAt, timeZone)}–${until}`;
}

/** Gives the browser a file to keep. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export interface BreakForm {
  paid: boolean;
  from: string;
  to: string;
  /** As it was, so that what nobody touched stays to the second. */
  was: { startedAt: Date; endedAt: Date } | null;
}

/** What stands in the fields, by the restaurant's clock. */
export interface CardForm {
  inDay: string;
  inTime: string;
  outDay: string;
  outTime: string;
  breaks: BreakForm[];
  reason: string;
}

export function formOf({ inAt, outAt, breaks }: Card, timeZone: string): CardForm {
  return {
    inDay: dayAt(inAt, timeZone),
    inTime: timeAt(inAt, timeZone),
    outDay: dayAt(outAt ?? inAt, timeZone),
    outTime: outAt === null ? '' : timeAt(outAt, timeZone),
    // One that is still on is not to be corrected: it goes on.
    breaks: breaks.flatMap(({ paid, startedAt, endedAt }) =>
      endedAt === null
        ? []
        : [
            {
              paid,
              from: timeAt(startedAt, timeZone),
              to: timeAt(endedAt, timeZone),
              was: { startedAt, endedAt },
            },
          ],
    ),
    reason: '',
  };
}

/** Only what was changed is sent. */
export function changesOf(card: Card, form: CardForm, timeZone: string) {
  const was = formOf(card, timeZone);
  const isIn = form.inDay !== was.inDay || form.inTime !== was.inTime;
  const isOut = form.outDay !== was.outDay || form.outTime !== was.outTime;
  const inAt = isIn ? momentOf(form.inDay, form.inTime, timeZone) : card.inAt;
  const outAt = isOut ? momentOf(form.outDay, form.outTime || '00:00', timeZone) : card.outAt;
  const isBreaks = JSON.stringify(form.breaks) !== JSON.stringify(was.breaks);
  const worked = { inAt, outAt };
  return {
    ...(isIn && { inAt }),
    ...(isOut && form.outTime !== '' && outAt && { outAt }),
    ...(isBreaks && { breaks: form.breaks.map((one) => breakOf(one, worked, timeZone)) }),
  };
}

interface Worked {
  inAt: Date;
  outAt: Date | null;
}

/** A break before the hour of clocking in is on the next day. Seconds are those of the card. */
function breakOf({ paid, from, to, was }: BreakForm, { inAt, outAt }: Worked, timeZone: string) {
  const moment = (time: string, kept: Date | undefined) => {
    const known = [kept, inAt, outAt].find((one) => one && timeAt(one, timeZone) === time);
    if (known) return known;
    const day = dayAt(inAt, timeZone);
    const isNextDay = time < timeAt(inAt, timeZone);
    return momentOf(isNextDay ? daysOn(day, 1) : day, time, timeZone);
  };
  return { paid, startedAt: moment(from, was?.startedAt), endedAt: moment(to, was?.endedAt) };
}
