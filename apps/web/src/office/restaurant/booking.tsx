import type { BookingTerms, RestaurantDetail } from '@comanda/client';
import { useState } from 'react';
import { changesOf } from '../../house/changes.ts';
import { comanda } from '../../house/comanda.ts';
import { Tick } from '../../parts/field.tsx';
import { Numbers, type Setting } from './numbers.tsx';
import { Part } from './part.tsx';
import { useSaving, whyNot } from './saving.ts';

type Name = Exclude<keyof BookingTerms, 'autoConfirm'>;

const SETTINGS: Setting<Name>[] = [
  { name: 'maxParty', label: 'Largest party', min: 1, max: 100 },
  { name: 'smallParty', label: 'Small party: up to', min: 0, max: 100 },
  { name: 'smallMinutes', label: 'Minutes a small party stays', min: 15, max: 720, step: 15 },
  { name: 'largeMinutes', label: 'Minutes a larger one stays', min: 15, max: 720, step: 15 },
  { name: 'bufferMinutes', label: 'Minutes free after a party', min: 0, max: 240, step: 15 },
  { name: 'noticeMinutes', label: 'Minutes to ask ahead', min: 0, max: 10_080 },
  { name: 'horizonDays', label: 'Days ahead at most', min: 1, max: 365 },
  { name: 'cancelMinutes', label: 'Minutes to cancel ahead', min: 0, max: 10_080 },
  { name: 'noShowMinutes', label: 'Minutes late, then not coming', min: 0, max: 240 },
];
const FIELDS = SETTINGS.map(({ name }) => `booking.${name}`);

/** On which terms tables are reserved. */
export function Booking({ place }: { place: RestaurantDetail }) {
  const [before, setBefore] = useState(place.booking);
  const [booking, setBooking] = useState(before);
  const saving = useSaving(async (expectedVersion) => {
    const update = { restaurantId: place.id, expectedVersion, booking: changesOf(before, booking) };
    const saved = await comanda.restaurants.update.mutate(update);
    setBefore(booking);
    return saved;
  });
  const { error } = saving;
  return (
    <Part title="Reservations" wrong={whyNot(error, FIELDS)} saving={saving}>
      <Numbers
        settings={SETTINGS}
        values={booking}
        under="booking"
        error={error}
        onChange={(name, value) => setBooking({ ...booking, [name]: value })}
      />
      <Tick
        label="Requests are confirmed by being made"
        checked={booking.autoConfirm}
        onChange={({ target }) => setBooking({ ...booking, autoConfirm: target.checked })}
      />
    </Part>
  );
}
