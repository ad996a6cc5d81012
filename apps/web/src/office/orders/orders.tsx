import './orders.css';
import type { OrderEvent } from '@comanda/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useRoute } from 'wouter';
import { calls, comanda, readAnew } from '../../house/comanda.ts';
import { useLive } from '../../house/live.ts';
import { useSettled } from '../../house/settled.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Button } from '../../parts/button.tsx';
import { Lamp } from '../../parts/lamp.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { addCard, dropCard, keepCard, lookAgain } from './order-cache.ts';
import { askedBy, Filters, fits, NO_FILTERS, type OrderFilters } from './order-filters.tsx';
import { OrderRow } from './order-row.tsx';
import { OrderSheet } from './order-sheet.tsx';

/** All orders that whoever looks may see, as they stand. */
export default function Orders() {
  const { place } = useWorkplace();
  if (!place) {
    return (
      <Page title="Orders" wide>
        <Waiting rows={6} />
      </Page>
    );
  }
  return <OrdersAt timeZone={place.timeZone} />;
}

function OrdersAt({ timeZone }: { timeZone: string }) {
  const [filters, setFilters] = useState<OrderFilters>(NO_FILTERS);
  const search = useSettled(filters.search);
  const [, go] = useLocation();
  const [, params] = useRoute<{ id: string }>('/office/orders/:id');
  const asked = { ...filters, search };
  const { data, error, refetch, ...more } = useInfiniteQuery(
    calls.orders.list.infiniteQueryOptions(askedBy(asked, timeZone), {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const orders = data?.pages.flatMap(({ items }) => items);

  const hear = (event: OrderEvent) => {
    if (event.kind === 'ready') return;
    if (event.kind === 'gone') return dropCard(event.orderId);
    const { order } = event;
    if (order.id === params?.id) lookAgain(order.id);
    const isShown = orders?.some(({ id }) => id === order.id) ?? false;
    if (!fits(order, asked, timeZone)) dropCard(order.id);
    else if (isShown) keepCard(order);
    else if (search.trim() === '') addCard(askedBy(asked, timeZone), order);
    else if (event.kind === 'placed') void refetch();
  };
  const { liveness } = useLive({
    open: (options) => comanda.orders.watch.subscribe(undefined, options),
    name: 'orders',
    onEvent: hear,
    onGap: () => void readAnew(['orders']),
  });

  return (
    <Page title="Orders" wide actions={<Lamp liveness={liveness} />}>
      <Filters value={filters} onChange={setFilters} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!orders && !error && <Waiting rows={6} />}
      {orders?.length === 0 && <Nothing>No orders fit that.</Nothing>}
      <ul className="office-orders-list" aria-label="Orders">
        {orders?.map((order) => (
          <OrderRow key={order.id} order={order} timeZone={timeZone} />
        ))}
      </ul>
      {more.hasNextPage && (
        <Button busy={more.isFetchingNextPage} onClick={() => void more.fetchNextPage()}>
          Show more
        </Button>
      )}
      {params && (
        <OrderSheet
          key={params.id}
          orderId={params.id}
          timeZone={timeZone}
          onClose={() => go('/office/orders')}
        />
      )}
    </Page>
  );
}
