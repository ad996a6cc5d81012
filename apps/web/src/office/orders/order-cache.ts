import type { ListOrders, OrderCard, OrderPage, OrderView } from '@comanda/client';
import type { InfiniteData } from '@tanstack/react-query';
import { calls, kept } from '../../house/comanda.ts';

type Lists = InfiniteData<OrderPage>;

/** Changes every list of orders that is on a screen, without asking for it again. */
function changeLists(change: (items: OrderCard[]) => OrderCard[]): void {
  kept.setQueriesData<Lists>(calls.orders.list.pathFilter(), (data) => {
    if (data === undefined || !('pages' in data)) return data;
    return { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) };
  });
}

/** Puts an order that changed where the old one was. */
export function keepCard(card: OrderCard): void {
  changeLists((items) => items.map((old) => (old.id === card.id ? card : old)));
}

/** Puts an order that fits by now where it belongs, the newest first; not behind what was not read yet. */
export function addCard(asked: ListOrders, card: OrderCard): void {
  kept.setQueryData<Lists>(calls.orders.list.infiniteQueryKey(asked), (data) => {
    const at = data?.pages.findIndex(
      ({ items, nextCursor }) =>
        nextCursor === null || items.some(({ placedAt }) => placedAt <= card.placedAt),
    );
    if (data === undefined || at === undefined || at === -1) return data;
    const newest = (one: OrderCard, other: OrderCard) =>
      other.placedAt.getTime() - one.placedAt.getTime();
    const added = (items: OrderCard[]) => [...items, card].toSorted(newest);
    const pages = data.pages.map((page, each) =>
      each === at ? { ...page, items: added(page.items) } : page,
    );
    return { ...data, pages };
  });
}

export function dropCard(orderId: string): void {
  changeLists((items) => items.filter(({ id }) => id !== orderId));
}

/** What a change of an order answered: the order is shown as it is now, and what it may do is read anew. */
export function keepOrder(order: OrderView): void {
  const { id: orderId } = order;
  kept.setQueryData(calls.orders.show.queryKey({ orderId }), order);
  void kept.invalidateQueries(calls.orders.nextStates.queryFilter({ orderId }));
  keepCard(order);
}

/** Reads an order again that is on the screen. */
export function lookAgain(orderId: string): void {
  void kept.invalidateQueries(calls.orders.show.queryFilter({ orderId }));
  void kept.invalidateQueries(calls.orders.nextStates.queryFilter({ orderId }));
}
