import type { ClockTerms } from '../restaurants/restaurants.clock.schema.ts';
import { timecardErrors } from './timecards.errors.ts';
import { metersBetween } from './timecards.rules.ts';
import type { KeptPlace, Place } from './timecards.schema.ts';

/** Refuses whoever is not where the restaurant is, where it has said so. */
export function refuseTooFar({ site }: ClockTerms, place: Place | undefined): void {
  if (!site) return;
  const { withinMeters } = site;
  const meters = place ? metersBetween(site, place) : null;
  if (meters === null || meters > withinMeters)
    throw timecardErrors.TOO_FAR({ meters, withinMeters });
}

export function keptPlace({ site }: ClockTerms, place: Place | undefined): KeptPlace | null {
  if (!place) return null;
  const { latitude, longitude, accuracyMeters = null } = place;
  return { latitude, longitude, accuracyMeters, meters: site ? metersBetween(site, place) : null };
}
