import './dashboard.css';
import type { Dashboard as Figures, OrderEvent } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { calls, comanda } from '../../house/comanda.ts';
import { clockTime, price } from '../../house/figures.ts';
import { useLive } from '../../house/live.ts';
import { dayInWords } from '../../house/zone.ts';
import { Bars } from '../../parts/bars.tsx';
import { Lamp } from '../../parts/lamp.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { BestSellers, LowStock, OnShift } from './lists.tsx';
import { OrdersToday } from './orders-today.tsx';

const EACH_MINUTE = 60_000;
/** However much happens: the figures are read no more often. */
const AT_MOST_EVERY = 10_000;

/** How the restaurant does, today and over the last days. */
export default function Dashboard() {
  const { data, error, refetch } = useQuery({
    ...calls.reports.dashboard.queryOptions(),
    refetchInterval: EACH_MINUTE,
  });
  const lookSoon = useSometimes(() => void refetch());
  const { liveness } = useLive<OrderEvent>({
    open: (options) => comanda.orders.watch.subscribe(undefined, options),
    name: 'dashboard',
    onEvent: ({ kind }) => kind !== 'ready' && lookSoon(),
    onGap: lookSoon,
  });
  return (
    <Page
      title="Today"
      wide
      actions={
        <>
          {data && <span className="aside">As of {clockTime(data.at, data.timeZone)}</span>}
          <Lamp liveness={liveness} />
        </>
      }
    >
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={6} />}
      {data && <Board figures={data} />}
    </Page>
  );
}

/** At once, and again when the while is over, however often it is asked for within. */
function useSometimes(act: () => void): () => void {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return () => {
    clearTimeout(waiting.current);
    const acting = () => {
      last.current = Date.now();
      act();
    };
    waiting.current = setTimeout(acting, Math.max(0, last.current + AT_MOST_EVERY - Date.now()));
  };
}

function Board({ figures }: { figures: Figures }) {
  const { today, days, hours, currency } = figures;
  return (
    <div className="office-today">
      <Tiles figures={figures} />
      <OrdersToday today={today} />
      <section className="card">
        <Bars
          title="Revenue of the last days"
          bars={days.map(({ date, orders, revenue }) => ({
            label: dayInWords(date).split(' ').slice(0, 2).join(' '),
            value: Math.max(0, revenue),
            told: `${price(revenue, currency)}, ${orders} orders`,
          }))}
        />
      </section>
      <section className="card office-today-hours">
        <Bars
          title="Orders of today by the hour"
          bars={hours.map(({ hour, orders }) => ({
            label: String(hour).padStart(2, '0'),
            value: orders,
            told: orders === 1 ? '1 order' : `${orders} orders`,
          }))}
        />
      </section>
      <OnShift figures={figures} />
      <LowStock figures={figures} />
      <BestSellers figures={figures} />
    </div>
  );
}

function Tiles({ figures: { today, currency, onShift, soldOut } }: { figures: Figures }) {
  const average = today.averageValue === null ? '–' : price(today.averageValue, currency);
  return (
    <dl className="office-today-tiles">
      <Tile name="Orders" value={`${today.orders}`} more={`${today.cancelled} cancelled`} />
      <Tile
        name="Open now"
        value={`${today.open}`}
        more={<Link href="/office/orders">See them</Link>}
      />
      <Tile
        name="Revenue"
        value={price(today.revenue, currency)}
        more={`${price(today.tips, currency)} in tips`}
      />
      <Tile name="Per order" value={average} more="On average" />
      <Tile name="On shift" value={`${onShift.count}`} more={breaksIn(onShift.people)} />
      <Tile
        name="Off the menu"
        value={`${soldOut}`}
        more={<Link href="/office/menu?show=off">To the switch</Link>}
      />
    </dl>
  );
}

function breaksIn(people: Figures['onShift']['people']): string {
  const count = people.filter(({ onBreak }) => onBreak).length;
  return count === 0 ? 'Nobody on a break' : `${count} on a break`;
}

interface TileProps {
  name: string;
  value: string;
  more: ReactNode;
}

function Tile({ name, value, more }: TileProps) {
  return (
    <div className="card">
      <dt>{name}</dt>
      <dd className="office-today-value amount">{value}</dd>
      <dd className="aside">{more}</dd>
    </div>
  );
}
