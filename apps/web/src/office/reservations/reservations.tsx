import './reservations.css';
import type { ReservationView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { calls, comanda } from '../../house/comanda.ts';
import { everyPage } from '../../house/every-page.ts';
import { useNow } from '../../house/live.ts';
import { useMay } from '../../house/who.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { dayAt, dayInWords, daysOn } from '../../house/zone.ts';
import { Button } from '../../parts/button.tsx';
import { Field, Tick } from '../../parts/field.tsx';
import { Notice, Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { BookSheet } from './book-sheet.tsx';
import { Parties } from './parties.tsx';

const EACH_MINUTE = 60_000;

/** Who comes when, day by day. `?table=…` shows who comes to one table from now on. */
export default function Reservations() {
  const { place } = useWorkplace();
  if (place) return <Book timeZone={place.timeZone} />;
  return (
    <Page title="Reservations">
      <Waiting rows={4} />
    </Page>
  );
}

function Book({ timeZone }: { timeZone: string }) {
  const may = useMay();
  const tableId = new URLSearchParams(useSearch()).get('table');
  const [, go] = useLocation();
  const today = dayAt(new Date(useNow(EACH_MINUTE)), timeZone);
  const [day, setDay] = useState(today);
  const [isOver, setIsOver] = useState(false);
  const [isBooking, setIsBooking] = useState(false);
  const { data, error, refetch } = useReservations(day, tableId);
  const shown = data?.filter(({ state }) => isOver || !OVER.includes(state));
  return (
    <Page
      title="Reservations"
      wide
      actions={
        may('reservation.manage') && (
          <Button kind="main" onClick={() => setIsBooking(true)}>
            Book for a guest
          </Button>
        )
      }
    >
      {tableId === null ? (
        <Days day={day} today={today} onDay={setDay} />
      ) : (
        <Notice>
          <p>Only the parties that are to come to one table.</p>
          <Button onClick={() => go('/office/reservations')}>Show all</Button>
        </Notice>
      )}
      <Head
        title={tableId === null ? dayInWords(day, 'long') : 'From now on'}
        parties={shown ?? []}
        isOver={isOver}
        onOver={setIsOver}
      />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={4} />}
      {shown?.length === 0 && <Nothing>Nobody has reserved.</Nothing>}
      <Parties parties={shown ?? []} timeZone={timeZone} isDated={tableId !== null} />
      {isBooking && (
        <BookSheet
          day={day < today ? today : day}
          timeZone={timeZone}
          onClose={() => setIsBooking(false)}
          onBooked={(booked) => {
            setDay(booked);
            setIsBooking(false);
          }}
        />
      )}
    </Page>
  );
}

interface HeadProps {
  title: string;
  parties: ReservationView[];
  isOver: boolean;
  onOver: (isOver: boolean) => void;
}

function Head({ title, parties, isOver, onOver }: HeadProps) {
  const guests = parties.reduce((sum, { party }) => sum + party, 0);
  return (
    <div className="row is-apart">
      <h2>
        {title}{' '}
        <span className="aside">
          {parties.length === 1 ? '1 party' : `${parties.length} parties`}, {guests} guests
        </span>
      </h2>
      <Tick
        label="With those that are over"
        checked={isOver}
        onChange={({ target }) => onOver(target.checked)}
      />
    </div>
  );
}

const OVER = ['completed', 'cancelled', 'no_show'];

/** Those of a day, or of one table from now on. */
function useReservations(day: string, tableId: string | null) {
  const asked = tableId === null ? { date: day } : { tableId, from: startOfHour() };
  return useQuery({
    queryKey: [...calls.reservations.list.pathKey(), asked],
    queryFn: () =>
      everyPage((cursor) => comanda.reservations.list.query({ ...asked, cursor, limit: 100 })),
    refetchInterval: EACH_MINUTE,
  });
}

/** So that it is the same question for a while. */
function startOfHour(): Date {
  const hour = new Date();
  hour.setMinutes(0, 0, 0);
  return hour;
}

interface DaysProps {
  day: string;
  today: string;
  onDay: (day: string) => void;
}

function Days({ day, today, onDay }: DaysProps) {
  return (
    <div className="row office-reservations-days">
      <Button onClick={() => onDay(daysOn(day, -1))} aria-label="The day before">
        ←
      </Button>
      <Field
        label="Day"
        type="date"
        required
        value={day}
        onChange={({ target }) => target.value !== '' && onDay(target.value)}
      />
      <Button onClick={() => onDay(daysOn(day, 1))} aria-label="The day after">
        →
      </Button>
      {day !== today && <Button onClick={() => onDay(today)}>Today</Button>}
    </div>
  );
}
