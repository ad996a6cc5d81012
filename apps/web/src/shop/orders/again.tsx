import {
  type CartView,
  CallError,
  isFault,
  type OrderItemView,
  type OrderView,
} from '@comanda/client';
import { useLocation } from 'wouter';
import { calls, comanda, kept } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { here } from '../../house/restaurant.ts';
import { useWho } from '../../house/who.ts';
import { Button } from '../../parts/button.tsx';
import { useSay } from '../../parts/toasts.tsx';

/** The same once more: into the cart, at the prices of today. */
export function Again({ order }: { order: OrderView }) {
  const [, go] = useLocation();
  const say = useSay();
  const who = useWho();
  const items = order.items.filter(({ state }) => state !== 'voided');
  const { run, busy } = useDoing({
    call: () => filled(items, who === null),
    onDone: ({ cart, missing }) => {
      if (cart) kept.setQueryData(calls.cart.show.queryKey(here()), cart);
      if (missing.length > 0) say(`Not to be had any more: ${missing.join(', ')}.`, 'bad');
      if (cart) go('/checkout');
    },
  });
  return (
    <Button busy={busy} onClick={() => run()}>
      Order again
    </Button>
  );
}

interface Filled {
  cart: CartView | undefined;
  missing: string[];
}

/** One item after the other; what is refused is left out, and named. */
async function filled(items: readonly OrderItemView[], isGuest: boolean): Promise<Filled> {
  let cart: CartView | undefined;
  const missing: string[] = [];
  if (isGuest) ({ cart } = await comanda.cart.open.mutate(here()));
  for (const { itemId, name, quantity, note, options } of items) {
    const chosen = options.map(({ optionId, quantity: count }) => ({ optionId, quantity: count }));
    try {
      const line = { ...here(), itemId, quantity, note, options: chosen };
      cart = await comanda.cart.add.mutate(line);
    } catch (error) {
      if (!isAboutItem(error)) throw error;
      missing.push(name);
    }
  }
  return { cart, missing };
}

const ABOUT_ITEM = ['NOT_FOUND', 'OPTIONS_INVALID', 'CART_LINE_FULL', 'CART_FULL'];

function isAboutItem(error: unknown): boolean {
  return error instanceof CallError && !isFault(error) && ABOUT_ITEM.includes(String(error.reason));
}
