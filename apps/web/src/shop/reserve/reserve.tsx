import './reserve.css';
import { refusedWith, type RestaurantDetail } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls } from '../../house/comanda.ts';
import { here, useRestaurant } from '../../house/restaurant.ts';
import { dayAt, daysOn } from '../../house/zone.ts';
import { Choice, Field } from '../../parts/field.tsx';
import { Notice, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Mine } from './mine.tsx';
import { notBookable } from './refusals.ts';
import { Request } from './request.tsx';
import { Starts } from './starts.tsx';
import { useWish, type Wish } from './wish.ts';

/** Finding a table: a day, a party, a start. What was chosen stands in the address, and so outlives a sign-in. */
export default function Reserve() {
  const { restaurant, error } = useRestaurant();
  return (
    <Page title="Reserve a table">
      {error !== null && <Problem error={error} />}
      {restaurant ? <Finder restaurant={restaurant} /> : error === null && <Waiting />}
      <Mine />
    </Page>
  );
}

function Finder({ restaurant }: { restaurant: RestaurantDetail }) {
  const [wish, setWish] = useWish(restaurant);
  const { date, party, at } = wish;
  const { timeZone, booking } = restaurant;
  const [today] = useState(() => dayAt(new Date(), timeZone));
  const lastDay = daysOn(today, booking.horizonDays);
  const nextDay = date < today ? today : daysOn(date, 1);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...calls.reservations.availability.queryOptions({ ...here(), date, party }),
    // The starts of the day before stay until those of the new day are there: nothing jumps.
    placeholderData: (before) => before,
  });
  const why = refusedWith(error, 'NOT_BOOKABLE') && notBookable(error.details, restaurant);
  return (
    <section className="reserve-finder" aria-label="Find a table">
      <Wished
        restaurant={restaurant}
        wish={wish}
        today={today}
        lastDay={lastDay}
        onWish={setWish}
      />
      {why && <Notice kind="warn">{why}</Notice>}
      {error && !why && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={2} label="Looking for free tables" />}
      {data && !error && (
        <Starts
          starts={data.items}
          timeZone={timeZone}
          chosen={at}
          stale={isPlaceholderData}
          nextDay={nextDay > lastDay ? undefined : nextDay}
          onChoose={(start) => setWish({ date, party, at: start })}
          onDay={(day) => setWish({ date: day, party, at: undefined })}
        />
      )}
      {at && !isPlaceholderData && (
        <Request
          restaurant={restaurant}
          wish={{ date, party, at }}
          onElsewhere={(start) => setWish({ date: dayAt(start, timeZone), party, at: start })}
          onDone={() => setWish({ date, party, at: undefined })}
        />
      )}
    </section>
  );
}

interface WishedProps {
  restaurant: RestaurantDetail;
  wish: Wish;
  today: string;
  lastDay: string;
  onWish: (wish: Wish) => void;
}

function Wished({ restaurant: { booking }, wish, today, lastDay, onWish }: WishedProps) {
  const { date, party } = wish;
  return (
    <div className="reserve-wish">
      <Field
        label="Day"
        type="date"
        value={date}
        min={today}
        max={lastDay}
        onChange={({ target }) =>
          target.value !== '' && onWish({ date: target.value, party, at: undefined })
        }
      />
      <Choice
        label="How many"
        value={party}
        onChange={({ target }) => onWish({ date, party: Number(target.value), at: undefined })}
      >
        {Array.from({ length: Math.max(booking.maxParty, party) }, (_, index) => (
          <option key={index} value={index + 1}>
            {index === 0 ? '1 person' : `${index + 1} people`}
          </option>
        ))}
      </Choice>
    </div>
  );
}
