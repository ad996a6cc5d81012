import { moneyErrors } from '@comanda/kernel/money.errors';
import { allow, allowGuests, anyoneAt } from '../trpc.ts';
import { addToCart, clearCart, openCart, removeLine, setQuantity } from './cart.actions.ts';
import { cartErrors } from './cart.errors.ts';
import { listCarts } from './cart.lists.reads.ts';
import { showCart } from './cart.reads.ts';
import {
  AddToCart,
  CartPage,
  CartView,
  ClearCart,
  ListCarts,
  OpenCart,
  OpenedCart,
  RemoveLine,
  SetQuantity,
  ShowCart,
} from './cart.schema.ts';

const { CART_FULL, CART_LINE_FULL, OPTIONS_INVALID } = cartErrors;
const { AMOUNT_TOO_LARGE } = moneyErrors;

export const cartProcedures = {
  list: allow('console')
    .meta({ summary: 'Lists the carts of a restaurant: whose they are and how full.' })
    .input(ListCarts)
    .output(CartPage)
    .query(({ ctx, input }) => listCarts(ctx, input)),
  open: anyoneAt(AMOUNT_TOO_LARGE)
    .meta({ summary: 'Opens a cart; whoever is not signed in gets a token for it.' })
    .input(OpenCart)
    .output(OpenedCart)
    .mutation(({ ctx }) => openCart(ctx)),
  show: allowGuests('cart', AMOUNT_TOO_LARGE)
    .meta({ summary: 'Shows the cart at the prices of this moment, and what is wrong with it.' })
    .input(ShowCart)
    .output(CartView)
    .query(({ ctx }) => showCart(ctx, ctx.actor.id)),
  add: allowGuests('cart', AMOUNT_TOO_LARGE, CART_FULL, CART_LINE_FULL, OPTIONS_INVALID)
    .meta({ summary: 'Puts so many of an item into the cart.' })
    .input(AddToCart)
    .output(CartView)
    .mutation(({ ctx, input }) => addToCart(ctx, input)),
  setQuantity: allowGuests('cart', AMOUNT_TOO_LARGE)
    .meta({ summary: 'Sets how many of a line there are, and accepts its price; 0 removes it.' })
    .input(SetQuantity)
    .output(CartView)
    .mutation(({ ctx, input }) => setQuantity(ctx, input)),
  remove: allowGuests('cart', AMOUNT_TOO_LARGE)
    .meta({ summary: 'Takes a line out of the cart.' })
    .input(RemoveLine)
    .output(CartView)
    .mutation(({ ctx, input }) => removeLine(ctx, input)),
  clear: allowGuests('cart')
    .meta({ summary: 'Empties the cart.' })
    .input(ClearCart)
    .output(CartView)
    .mutation(({ ctx }) => clearCart(ctx)),
};
