import type { House } from '@comanda/domains/context';
import { Shift } from '@comanda/domains/shifts/shifts.entity';
import { Timecard } from '@comanda/domains/timecards/timecards.entity';
import { newId } from '@comanda/kernel/id';
import { after, HOUR } from '@comanda/kernel/time';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from './author.ts';

export interface ShiftTraits {
  restaurantId?: string;
  personId: string;
  startsAt?: Date;
  endsAt?: Date;
  state?: Shift['state'];
  note?: string | null;
}

export interface TimecardTraits {
  restaurantId?: string;
  personId: string;
  shiftId?: string | null;
  inAt?: Date;
  /** Left out: at work. */
  outAt?: Date;
}

/** A published shift that began an hour ago and takes eight, unless it is said. */
export async function givenShift(
  { database, clock }: House,
  { restaurantId, personId, ...traits }: ShiftTraits & { restaurantId: string },
): Promise<string> {
  const em = acrossRestaurants(database, behind(clock));
  const { startsAt = after(clock.now(), -HOUR), state = 'published', note = null } = traits;
  const { endsAt = after(startsAt, 8 * HOUR) } = traits;
  const said = { restaurantId, personId, startsAt, endsAt, state, note };
  const { id } = em.create(Shift, { id: newId(), ...said });
  await em.flush();
  return id;
}

/** A card of somebody who came just now and is at work, unless it is said. */
export async function givenTimecard(
  { database, clock }: House,
  { restaurantId, personId, ...traits }: TimecardTraits & { restaurantId: string },
): Promise<string> {
  const em = acrossRestaurants(database, behind(clock));
  const { shiftId = null, inAt = clock.now(), outAt = null } = traits;
  const { id } = em.create(Timecard, {
    id: newId(),
    restaurantId,
    personId,
    shiftId,
    inAt,
    outAt,
    openFor: outAt ? null : personId,
    breaks: [],
    reason: null,
    openedBy: null,
    flag: null,
    inPlace: null,
    outPlace: null,
  });
  await em.flush();
  return id;
}
