import './restaurant.css';
import type { RestaurantDetail } from '@comanda/client';
import { useState } from 'react';
import { useMay } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { About } from './about.tsx';
import { Booking } from './booking.tsx';
import { Clock } from './clock.tsx';
import { Hours } from './hours.tsx';
import { Ordering } from './ordering.tsx';
import { Pausing } from './pausing.tsx';
import { Restaurants } from './restaurants.tsx';
import { SettingsRoom } from './settings.tsx';

/** What is said about the restaurant, and on which terms it works. */
export default function RestaurantDesk() {
  const { place, error } = useWorkplace();
  const may = useMay();
  return (
    <Page title="Restaurant">
      {error !== null && <Problem error={error} />}
      {place ? <Parts place={place} /> : <Waiting rows={6} />}
      {may('restaurant.create') && <Restaurants />}
    </Page>
  );
}

function Parts({ place }: { place: RestaurantDetail }) {
  const [round, setRound] = useState(0);
  return (
    <SettingsRoom key={round} place={place} startAnew={() => setRound(round + 1)}>
      <Pausing place={place} />
      <div className="restaurant-parts">
        <About place={place} />
        <Hours place={place} />
        <Ordering place={place} />
        <Booking place={place} />
        <Clock place={place} />
      </div>
    </SettingsRoom>
  );
}
