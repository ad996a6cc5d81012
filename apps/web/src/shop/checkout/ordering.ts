import { type CallError, type PlaceOrder, refusedWith } from '@comanda/client';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { calls, kept, readAnew } from '../../house/comanda.ts';
import { here } from '../../house/restaurant.ts';
import { useSay } from '../../parts/toasts.tsx';
import { freshCart } from '../cart/cart-data.ts';
import { OVER } from '../cart/over.ts';
import { forgetDraft } from './draft.ts';
import { type Placing, usePlacing } from './placing.ts';

export interface Ordering {
  placing: Placing;
  /** What the last order was refused with; nothing was ordered. */
  refusal: CallError | undefined;
  /** Sends an order, or the last one again with what is different now. */
  order: (asked: Partial<PlaceOrder>) => void;
  /** Something else is asked for now. */
  forgetRefusal: () => void;
}

/** Sends orders, and goes to where their answer leads. */
export function useOrdering(by: string | undefined): Ordering {
  const [, go] = useLocation();
  const say = useSay();
  const [refusal, setRefusal] = useState<CallError>();
  const last = useRef<PlaceOrder>(undefined);
  const placing = usePlacing(by, {
    onPlaced: (order, wasInDoubt) => {
      forgetDraft();
      kept.setQueryData(calls.orders.show.queryKey({ ...here(), orderId: order.id }), order);
      void readAnew(['cart']);
      const once = wasInDoubt ? ' It was ordered once.' : '';
      say(`The restaurant has your order: number ${order.number}.${once}`);
      go(`/orders/${order.id}`, { replace: true });
    },
    onRefused: (error) => {
      setRefusal(error);
      // What it stumbled over is shown as it is now.
      void freshCart().catch(() => null);
      void readAnew(['restaurants', 'menu']);
      const isCart = refusedWith(error, 'SOLD_OUT') || refusedWith(error, 'CART_ISSUES');
      if (isCart) go('/checkout?cart', { state: OVER });
    },
  });
  const order = (asked: Partial<PlaceOrder>) => {
    const all = { ...last.current, ...asked };
    if (all.cartVersion === undefined || all.type === undefined) return;
    last.current = { ...all, cartVersion: all.cartVersion, type: all.type };
    setRefusal(undefined);
    placing.place(last.current);
  };
  return { placing, refusal, order, forgetRefusal: () => setRefusal(undefined) };
}
