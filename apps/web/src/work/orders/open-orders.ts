import type { OrderCard, OrderPage, OrderState, OrderView } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls, comanda, kept } from '../../house/comanda.ts';
import { type Liveness, useLive } from '../../house/live.ts';

const OPEN: OrderState[] = [
  'pending',
  'confirmed',
  'preparing',
  'ready',
  'served',
  'out_for_delivery',
];

const listing = calls.orders.list.queryOptions({ state: OPEN, sort: 'oldest', limit: 100 });

/** The orders under way that one may see, kept up to date by what the stream tells, without asking again. */
export function useOpenOrders(): {
  orders: OrderCard[] | undefined;
  liveness: Liveness;
  error: unknown;
  retry: () => void;
} {
  const { data, error, refetch } = useQuery({ ...listing, staleTime: Infinity });
  const readAll = () => void kept.invalidateQueries({ queryKey: listing.queryKey });
  const { liveness } = useLive({
    open: (options) => comanda.orders.watch.subscribe(undefined, options),
    name: 'orders of the house',
    onEvent: (event) => {
      if (event.kind === 'ready') readAll();
      else heard(event.kind === 'gone' ? event.orderId : event.order);
    },
    onGap: () => {
      readAll();
      void kept.invalidateQueries({ queryKey: calls.orders.show.queryKey() });
    },
  });
  return { orders: data?.items, liveness, error, retry: () => void refetch() };
}

/** An order as a change of one's own has left it: shown without waiting for the stream. */
export function took(order: OrderView): void {
  kept.setQueryData(calls.orders.show.queryKey({ orderId: order.id }), order);
  heard(order);
}

/** A card is put in place of the older one; what is closed, or not ours to see any more, is taken away. */
function heard(told: OrderCard | string): void {
  const orderId = typeof told === 'string' ? told : told.id;
  kept.setQueryData(listing.queryKey, (known: OrderPage | undefined) => {
    if (!known) return known;
    const present = known.items.find(({ id }) => id === orderId);
    const others = known.items.filter(({ id }) => id !== orderId);
    if (typeof told === 'string' || told.closedAt !== null) return { ...known, items: others };
    if (present && present.version >= told.version) return known;
    const items = [...others, told].toSorted((one, other) => one.number - other.number);
    return { ...known, items };
  });
  const { show, nextStates } = calls.orders;
  const version = typeof told === 'string' ? Infinity : told.version;
  // What was read since is not read again.
  for (const queryKey of [show.queryKey({ orderId }), nextStates.queryKey({ orderId })]) {
    const known = kept.getQueryData<{ version: number }>(queryKey);
    if ((known?.version ?? 0) < version) void kept.invalidateQueries({ queryKey });
  }
}

/** Reads an order that is on the screen anew, and where it can go. */
export function refresh(orderId: string): void {
  void kept.invalidateQueries({ queryKey: calls.orders.show.queryKey({ orderId }) });
  void kept.invalidateQueries({ queryKey: calls.orders.nextStates.queryKey({ orderId }) });
}
