import { type AddToCart, type CartView, refusedWith } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls, comanda, guest, isSignedIn, kept } from '../../house/comanda.ts';
import { here } from '../../house/restaurant.ts';

const cartKey = () => calls.cart.show.queryKey(here());

/** The cart as the service sees it; `null` for a visitor who has none yet. */
export function useCart() {
  return useQuery({ queryKey: cartKey(), queryFn: ({ signal }) => readCart(signal) });
}

/** Reads the cart anew, and answers it. */
export async function freshCart(): Promise<CartView | null> {
  const asked = { queryKey: cartKey(), queryFn: () => readCart(), staleTime: 0 };
  return kept.fetchQuery(asked);
}

/** Shows what a change answered; an answer that was overtaken by a later one is not shown. */
export async function keepCart(cart: CartView): Promise<CartView> {
  // A read that is under way may be older than this.
  await kept.cancelQueries({ queryKey: cartKey() });
  kept.setQueryData<CartView | null>(cartKey(), (shown) =>
    shown && shown.version > cart.version ? shown : cart,
  );
  return cart;
}

/** A visitor's first thing makes a guest of them, by a token that the client keeps. */
export async function addToCart(wish: AddToCart): Promise<CartView> {
  const add = async () => {
    await becomeKnown();
    return comanda.cart.add.mutate({ ...here(), ...wish });
  };
  try {
    return await keepCart(await add());
  } catch (error) {
    // The client has forgotten a guest whom the service forgot; now another one begins.
    if (!refusedWith(error, 'GUEST_TOKEN_INVALID')) throw error;
    return keepCart(await add());
  }
}

/** Nobody pays in a page: visitors without a token have nothing to read. */
async function readCart(signal?: AbortSignal): Promise<CartView | null> {
  if (!(await isKnown())) return null;
  try {
    return await comanda.cart.show.query(here(), signal ? { signal } : {});
  } catch (error) {
    const isStranger =
      refusedWith(error, 'GUEST_TOKEN_INVALID') ||
      refusedWith(error, 'UNAUTHENTICATED') ||
      refusedWith(error, 'TOKEN_INVALID');
    if (isStranger) return null;
    throw error;
  }
}

/** Whether the service knows who is asking: somebody signed in, or a guest with a token. */
async function isKnown(): Promise<boolean> {
  return (await isSignedIn()) || (await guest.read()) !== undefined;
}

let opening: Promise<unknown> | undefined;

/** Two first things at once are of one guest. */
async function becomeKnown(): Promise<void> {
  if (await isKnown()) return;
  opening ??= comanda.cart.open.mutate(here()).finally(() => {
    opening = undefined;
  });
  await opening;
}
