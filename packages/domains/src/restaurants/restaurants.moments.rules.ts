import { BoundedMap } from '@comanda/kernel/bounded-map';
import { AROUND_THE_CLOCK, openAt, sameUntil } from './restaurants.hours.rules.ts';
import type { Hours, Moment, OpenState, Weekly } from './restaurants.hours.schema.ts';

/** How hours look, and how long they do. */
interface Look {
  from: number;
  until: Date;
  state: OpenState;
}

/** Each may be of some hundred exceptions. */
const MAX_LOOKS = 500;
const looks = new BoundedMap<string, Look>(MAX_LOOKS);

/** What `openAt` says, reckoned anew only once hours may look different. */
export function knownOpenAt(hours: Hours, timeZone: string, at: Date): OpenState {
  return look(hours, timeZone, at).state;
}

/** What `sameUntil` says; what was looked at earlier holds for just as long. */
export function knownSameUntil(hours: Hours, timeZone: string, at: Date): Date {
  return look(hours, timeZone, at).until;
}

export function knownMomentAt(hours: Hours, timeZone: string, at: Date): Moment {
  return {
    at,
    restaurant: knownOpenAt(hours, timeZone, at),
    during: (mealtimes) => knownOpenAt(servedAt(mealtimes), timeZone, at),
  };
}

/** Mealtimes as hours, which nothing interrupts. */
export function servedAt(weekly: Weekly): Hours {
  return { ...AROUND_THE_CLOCK, weekly, pause: null };
}

function look(hours: Hours, timeZone: string, at: Date): Look {
  const key = `${timeZone} ${textOf(hours)}`;
  const known = looks.get(key);
  const now = at.getTime();
  if (known && known.from <= now && now < known.until.getTime()) return known;
  const until = sameUntil(hours, timeZone, at);
  const own = { from: now, until, state: openAt(hours, timeZone, at) };
  looks.set(key, own);
  return own;
}

const texts = new WeakMap<Hours, string>();

/** Made once of hours that are looked at again: they are data, and never changed. */
function textOf(hours: Hours): string {
  const before = texts.get(hours);
  if (before !== undefined) return before;
  const text = JSON.stringify(hours);
  texts.set(hours, text);
  return text;
}
