import { refusedWith, type ReservationState, type ReservationView } from '@comanda/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls, comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { dayAndTime } from '../../house/figures.ts';
import { useNow } from '../../house/live.ts';
import { here, useRestaurant } from '../../house/restaurant.ts';
import { useWho } from '../../house/who.ts';
import { inWords } from '../../house/wording.ts';
import { Ask } from '../../parts/ask.tsx';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Notice, Problem, Waiting } from '../../parts/notice.tsx';

/** One's own reservations. */
export function Mine() {
  const who = useWho();
  return who ? <List /> : null;
}

function List() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    calls.reservations.mine.infiniteQueryOptions(
      { ...here(), limit: 10 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const reservations = data?.pages.flatMap(({ items }) => items);
  return (
    <section className="stack" aria-labelledby="reserve-mine">
      <h2 id="reserve-mine">Your reservations</h2>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!reservations && !error && <Waiting rows={1} />}
      {reservations?.length === 0 && <p className="aside">None yet.</p>}
      <ul className="stack">
        {reservations?.map((reservation) => (
          <Reservation key={reservation.id} reservation={reservation} />
        ))}
      </ul>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Earlier ones
        </Button>
      )}
    </section>
  );
}

const STATES: Record<ReservationState, [words: string, tone: Tone]> = {
  requested: ['Asked for', 'warn'],
  confirmed: ['Confirmed', 'good'],
  seated: ['You are here', 'busy'],
  completed: ['Over', 'plain'],
  cancelled: ['Cancelled', 'bad'],
  no_show: ['Missed', 'bad'],
};

function Reservation({ reservation }: { reservation: ReservationView }) {
  const { restaurant } = useRestaurant();
  const [isAsked, setIsAsked] = useState(false);
  const { state, startsAt, party, tables, note, reason, cancelUntil } = reservation;
  const [words, tone] = STATES[state];
  const isToCome = state === 'requested' || state === 'confirmed';
  const isLate = cancelUntil.getTime() < useNow(60_000);
  const timeZone = restaurant?.timeZone;
  const told = dayAndTime(startsAt, timeZone);
  return (
    <li className="card reserve-one">
      <p>
        <strong>{told}</strong>, {party} {party === 1 ? 'person' : 'people'}{' '}
        <Badge tone={tone}>{words}</Badge>
      </p>
      <p className="aside">
        {tables.length > 0 && `Table ${tables.map(({ name }) => name).join(' and ')}. `}
        {note !== '' && `“${note}” `}
        {reason !== null && `Why: ${reason}. `}
        {isToCome && !isLate && `Can be cancelled until ${dayAndTime(cancelUntil, timeZone)}.`}
        {isToCome && isLate && `Too late to cancel here. ${callThem(restaurant?.phone)}`}
      </p>
      {isToCome && !isLate && (
        <Button kind="danger" aria-label={`Cancel ${told}`} onClick={() => setIsAsked(true)}>
          Cancel
        </Button>
      )}
      {/* Stays when it cannot be cancelled by now: the service says so to whoever presses. */}
      {isAsked && <Cancel reservation={reservation} onClose={() => setIsAsked(false)} />}
    </li>
  );
}

function callThem(phone: string | null | undefined): string {
  return phone ? `Call the restaurant: ${phone}.` : 'Call the restaurant.';
}

interface CancelProps {
  reservation: ReservationView;
  onClose: () => void;
}

function Cancel({ reservation: { id, version, startsAt }, onClose }: CancelProps) {
  const { restaurant } = useRestaurant();
  const timeZone = restaurant?.timeZone;
  const named = { ...here(), reservationId: id, expectedVersion: version };
  const { run, busy, error } = useDoing({
    call: () => comanda.reservations.cancel.mutate(named),
    said: 'The reservation is cancelled.',
    touches: ['reservations'],
    onDone: onClose,
    onRefused: () => true,
  });
  const whyNot = () => {
    if (refusedWith(error, 'RESERVATION_LATE')) {
      const until = dayAndTime(error.details.until, timeZone);
      return `That could be done until ${until}. ${callThem(restaurant?.phone)}`;
    }
    if (refusedWith(error, 'RESERVATION_STATE') || refusedWith(error, 'VERSION_CONFLICT')) {
      return 'It has changed in the meantime. Close this and look at it again.';
    }
    return inWords(error);
  };
  return (
    <Ask
      open
      onClose={onClose}
      title="Cancel this reservation?"
      yes="Cancel it"
      busy={busy}
      onYes={run}
    >
      <p>{dayAndTime(startsAt, timeZone)}. The table will be free for others.</p>
      {error !== null && <Notice kind="bad">{whyNot()}</Notice>}
    </Ask>
  );
}
