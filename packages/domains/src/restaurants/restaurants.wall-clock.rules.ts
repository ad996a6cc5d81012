import { BoundedMap } from '@comanda/kernel/bounded-map';
import { DAY, HOUR, MINUTE } from '@comanda/kernel/time';

interface Zone {
  clock: Intl.DateTimeFormat;
  /** By the first instant of a UTC day. */
  offsets: Map<number, number>;
}

const OFFSET = /GMT([+-])(\d\d):(\d\d)/;
const zones = new BoundedMap<string, Zone>(600);

/** What the wall clock shows at an instant, in milliseconds, as if it were UTC. */
export function wallTimeAt(instant: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const day = dayOf(instant);
  const offset = offsetOn(day, zone);
  return instant + (offset === offsetOn(day + DAY, zone) ? offset : offsetAt(instant, zone));
}

/**
 * The first and the last instant at which the wall clock shows a time. They differ where clocks are
 * put back over it; a time that clocks leap over is the instant after the leap.
 */
export function instantsOf(wall: number, timeZone: string): { first: number; last: number } {
  const zone = zoneOf(timeZone);
  // No zone puts its clocks forth and back within three days.
  const around = { from: dayOf(wall) - DAY, to: dayOf(wall) + 2 * DAY };
  const earlier = wall - offsetOn(around.from, zone);
  const later = wall - offsetOn(around.to, zone);
  if (earlier === later) return { first: earlier, last: earlier };
  const real = [earlier, later].filter((instant) => instant + offsetAt(instant, zone) === wall);
  if (real.length > 0) return { first: Math.min(...real), last: Math.max(...real) };
  const leap = firstNotBefore(wall, around, zone);
  return { first: leap, last: leap };
}

function firstNotBefore(
  wall: number,
  { from, to }: { from: number; to: number },
  zone: Zone,
): number {
  let [before, notBefore] = [from, to];
  while (notBefore - before > 1) {
    const middle = Math.floor((before + notBefore) / 2);
    if (middle + offsetAt(middle, zone) < wall) before = middle;
    else notBefore = middle;
  }
  return notBefore;
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const zone = { clock, offsets: new BoundedMap<number, number>(1_000) };
  zones.set(timeZone, zone);
  return zone;
}

function offsetOn(day: number, zone: Zone): number {
  const known = zone.offsets.get(day);
  if (known !== undefined) return known;
  const offset = offsetAt(day, zone);
  zone.offsets.set(day, offset);
  return offset;
}

function offsetAt(instant: number, { clock }: Zone): number {
  const [, sign, hours = 0, minutes = 0] = OFFSET.exec(clock.format(instant)) ?? [];
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return sign === '-' ? -size : size;
}

function dayOf(time: number): number {
  return Math.floor(time / DAY) * DAY;
}
