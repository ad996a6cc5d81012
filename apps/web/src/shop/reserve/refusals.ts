import type { RefusalDetails, RestaurantDetail } from '@comanda/client';
import { dayAndTime, dayName } from '../../house/figures.ts';

/** Why a start cannot be had at all, and what to do about it. */
export function notBookable(
  { why, earliest, latest, maxParty }: RefusalDetails['NOT_BOOKABLE'],
  { timeZone, phone }: RestaurantDetail,
): string {
  const call = phone === null ? 'ask the restaurant' : `call ${phone}`;
  switch (why) {
    case 'closed':
      return 'The restaurant is closed for a part of that time. Choose another.';
    case 'notice':
      return `That is too soon: choose ${dayAndTime(earliest, timeZone)} or later, or ${call}.`;
    case 'horizon':
      return `That is too far ahead: tables can be reserved until ${dayName(latest, timeZone)}.`;
    case 'party':
      return `Up to ${maxParty} people can reserve here. For a larger party, ${call}.`;
  }
}
