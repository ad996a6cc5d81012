import { refusedWith, type ReservationState } from '@comanda/client';
import { clockTime, dayAndTime } from '../../house/figures.ts';
import { inWords } from '../../house/wording.ts';
import type { Tone } from '../../parts/badge.tsx';

export const STATES: Record<ReservationState, { word: string; tone: Tone }> = {
  requested: { word: 'Asked for', tone: 'warn' },
  confirmed: { word: 'Confirmed', tone: 'good' },
  seated: { word: 'Seated', tone: 'busy' },
  completed: { word: 'Left', tone: 'plain' },
  cancelled: { word: 'Cancelled', tone: 'bad' },
  no_show: { word: 'Never came', tone: 'bad' },
};

/** Why a reservation cannot be changed like that. */
export function whyNot(error: unknown, timeZone: string): string {
  if (refusedWith(error, 'RESERVATION_EARLY')) {
    return `That is too early: it can be done from ${dayAndTime(error.details.from, timeZone)}.`;
  }
  if (refusedWith(error, 'RESERVATION_LATE')) {
    return `That could be done until ${dayAndTime(error.details.until, timeZone)}.`;
  }
  if (refusedWith(error, 'RESERVATION_STATE')) {
    return `It is already: ${STATES[error.details.state].word.toLowerCase()}.`;
  }
  if (refusedWith(error, 'VERSION_CONFLICT')) {
    return 'Somebody else changed it just now. Look at it, then try again.';
  }
  if (refusedWith(error, 'NOT_BOOKABLE')) {
    const { why, earliest, latest, maxParty } = error.details;
    const words = {
      closed: 'The restaurant is closed then.',
      notice: `That is too soon: from ${clockTime(earliest, timeZone)} on.`,
      horizon: `That is too far ahead: until ${dayAndTime(latest, timeZone)}.`,
      party: `That is too large a party: up to ${maxParty}.`,
    };
    return words[why];
  }
  return inWords(error);
}
