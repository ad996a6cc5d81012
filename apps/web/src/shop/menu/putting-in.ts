import type { CartLineView, CartView, ItemView } from '@comanda/client';
import { comanda } from '../../house/comanda.ts';
import { here } from '../../house/restaurant.ts';
import { addToCart, keepCart } from '../cart/cart-data.ts';
import { type Chosen, isSame, optionsFrom } from './choice.ts';

interface Wish {
  item: ItemView;
  chosen: Chosen;
  note: string;
  quantity: number;
}

/** Puts it into the cart, in place of a line where one is chosen anew. */
export async function putIn(wish: Wish, line: CartLineView | undefined): Promise<CartView> {
  const { item, chosen, note, quantity } = wish;
  if (line && isSame(chosen, line, note)) {
    const { key } = line;
    return keepCart(await comanda.cart.setQuantity.mutate({ ...here(), key, quantity }));
  }
  const options = optionsFrom(chosen);
  const added = await addToCart({ itemId: item.id, options, note: note.trim() || null, quantity });
  if (!line) return added;
  // Only now: had the new choice been refused, the old one would still be there.
  return keepCart(await comanda.cart.remove.mutate({ ...here(), key: line.key }));
}
