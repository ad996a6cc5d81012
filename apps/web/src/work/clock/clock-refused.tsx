import { refusedWith } from '@comanda/client';
import { clockTime, dayAndTime } from '../../house/figures.ts';
import { inWords } from '../../house/wording.ts';
import { Notice } from '../../parts/notice.tsx';

interface ClockRefusedProps {
  error: unknown;
  timeZone: string;
}

/** Why the clock said no, and what to do. */
export function ClockRefused({ error, timeZone }: ClockRefusedProps) {
  const isWaiting = refusedWith(error, 'NO_SCHEDULED_SHIFT');
  return <Notice kind={isWaiting ? 'warn' : 'bad'}>{wordsFor(error, timeZone)}</Notice>;
}

function wordsFor(error: unknown, timeZone: string): string {
  if (refusedWith(error, 'NO_SCHEDULED_SHIFT')) {
    const { next } = error.details;
    const ask = 'If you should be working now, ask your manager to let you in.';
    if (next === null) return `You have no shift now, and none is planned. ${ask}`;
    const begins = dayAndTime(next.startsAt, timeZone);
    return `You have no shift now. The next one begins ${begins}; you can clock in from ${clockTime(next.clockInFrom, timeZone)}. ${ask}`;
  }
  if (refusedWith(error, 'ALREADY_CLOCKED_IN')) {
    const since = dayAndTime(error.details.since, timeZone);
    return `You are clocked in since ${since}, perhaps in another restaurant: clock out there first.`;
  }
  if (refusedWith(error, 'TOO_FAR')) {
    const { meters, withinMeters } = error.details;
    if (meters === null) {
      return 'This restaurant wants to know where you are when you clock in. Let the browser tell your place, and try again.';
    }
    return `You are ${meters} m away. Come within ${withinMeters} m of the restaurant, and try again.`;
  }
  return inWords(error);
}
