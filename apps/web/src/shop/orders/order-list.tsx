import type { OrderCard } from '@comanda/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { calls, comanda, readAnew } from '../../house/comanda.ts';
import { dayAndTime, price } from '../../house/figures.ts';
import { useLive } from '../../house/live.ts';
import { here, useRestaurant } from '../../house/restaurant.ts';
import { useWho } from '../../house/who.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Lamp } from '../../parts/lamp.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { stateInWords, TONES, TYPES } from './states.ts';

/** One's own orders, the newest first; those under way move while one looks. */
export function OrderList() {
  const who = useWho();
  if (who === undefined) return <Waiting />;
  if (who === null) {
    return (
      <Page title="Your orders">
        <Nothing>
          <p>
            Sign in to see the orders of your account. An order without an account is at the address
            that you were given when you placed it.
          </p>
          <ButtonLink to="/sign-in?to=/orders" kind="main">
            Sign in
          </ButtonLink>
        </Nothing>
      </Page>
    );
  }
  return <Own personId={who.session.user.id} />;
}

function Own({ personId }: { personId: string }) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    calls.orders.list.infiniteQueryOptions(
      { ...here(), mine: true, limit: 20 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const readOrders = () => void readAnew(['orders']);
  const { liveness } = useLive({
    open: (options) => comanda.orders.watch.subscribe(here(), options),
    name: 'own orders',
    // Staff hear of everybody's orders; what is told of others is no reason to read.
    onEvent: (event) => {
      const isOwn = 'order' in event && event.order.customerId === personId;
      if (event.kind === 'ready' || isOwn) readOrders();
    },
    onGap: readOrders,
  });
  const orders = data?.pages.flatMap(({ items }) => items);
  return (
    <Page title="Your orders" actions={<Lamp liveness={liveness} />}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!orders && !error && <Waiting />}
      {orders?.length === 0 && (
        <Nothing>
          <p>Nothing ordered yet.</p>
          <ButtonLink to="/" kind="main">
            To the menu
          </ButtonLink>
        </Nothing>
      )}
      <ul className="stack">
        {orders?.map((order) => (
          <Card key={order.id} order={order} />
        ))}
      </ul>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Older orders
        </Button>
      )}
    </Page>
  );
}

function Card({ order }: { order: OrderCard }) {
  const { id, number, state, type, total, currency, units, placedAt } = order;
  const { restaurant } = useRestaurant();
  return (
    <li>
      <Link href={`/orders/${id}`} className="card orders-card">
        <span className="orders-card-name">
          <strong>Order {number}</strong> · {TYPES[type]}
        </span>
        <Badge tone={TONES[state]}>{stateInWords(state, type)}</Badge>
        <span className="aside">
          {dayAndTime(placedAt, restaurant?.timeZone)} · {units} {units === 1 ? 'item' : 'items'}
        </span>
        <span className="amount">{price(total, currency)}</span>
      </Link>
    </li>
  );
}
