import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { violatedUnique } from '@comanda/storage/failures';
import { held, type Holding, holding } from '@comanda/storage/executing';
import { remembered } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import { type RowOf, writing } from '@comanda/storage/writing';
import { accessErrors } from '../access.errors.ts';
import { Account } from '../auth/auth.entity.ts';
import type { PlacedContext, StaffContext } from '../context.ts';
import { type Sale, saleOf } from '../menu/menu.sale.reads.ts';
import { Cart } from './cart.entity.ts';
import { cartErrors } from './cart.errors.ts';
import type { KeptLine } from './cart.lines.schema.ts';
import { acceptedUnit, unitOf } from './cart.pricing.rules.ts';
import { isIdle, itemsIn, showCart, viewOf } from './cart.reads.ts';
import { canonicalChoice, lineKey, linesAfterAdding, unitsAfterAdding } from './cart.rules.ts';
import type { AddToCart, CartView, OpenedCart, RemoveLine, SetQuantity } from './cart.schema.ts';

/** Whose cart: a person's, or a guest's by their token. */
type Shopper = StaffContext;

/** A token to come back with for whoever has not signed in, and the cart that goes with it. */
export async function openCart(ctx: PlacedContext): Promise<OpenedCart> {
  if (ctx.actor) return { token: null, cart: await showCart(ctx, ctx.actor.id) };
  const known = ctx.guest === null || ctx.guest === 'unreadable' ? undefined : ctx.guest.id;
  const { token, guestId } = await ctx.guests.issue(ctx.clock.now(), known);
  return { token, cart: await showCart(ctx, guestId) };
}

/** The same item with the same options and note goes on one line. */
export async function addToCart(ctx: Shopper, input: AddToCart): Promise<CartView> {
  const choice = canonicalChoice(input);
  const { itemId, note } = choice;
  const options = [...choice.options];
  const key = lineKey(choice);
  return changed(ctx, { itemId }, (lines, sale) => {
    const offer = sale.offerOf({ itemId, options });
    const unit = unitOf(offer);
    if (unit === null) throw kernelErrors.NOT_FOUND({ what: 'item' });
    const { wrongOptions } = offer;
    if (wrongOptions.length > 0) throw cartErrors.OPTIONS_INVALID({ options: wrongOptions });
    const present = lines.find((line) => line.key === key);
    const quantity = unitsAfterAdding(present?.quantity ?? 0, input.quantity);
    if (present)
      return lines.map((line) => (line === present ? { ...line, quantity, unit } : line));
    linesAfterAdding(lines.length);
    return [...lines, { key, itemId, options, note, quantity, unit }];
  });
}

/** Sets how many of a line there are, and takes notice of its price as it is now. */
export function setQuantity(ctx: Shopper, { key, quantity }: SetQuantity): Promise<CartView> {
  return changed(ctx, {}, (lines, sale) => {
    if (quantity === 0) return without(lines, key);
    const line = lines.find((one) => one.key === key);
    if (!line) throw kernelErrors.NOT_FOUND({ what: 'line' });
    const unit = acceptedUnit(line, sale.offerOf(line));
    return lines.map((one) => (one === line ? { ...line, quantity, unit } : one));
  });
}

/** A line that is not there is as good as removed. */
export function removeLine(ctx: Shopper, { key }: RemoveLine): Promise<CartView> {
  return changed(ctx, {}, (lines) => without(lines, key));
}

export function clearCart(ctx: Shopper): Promise<CartView> {
  return changed(ctx, {}, (lines) => (lines.length > 0 ? [] : lines));
}

export type HeldCart = Pick<RowOf<Cart>, 'id' | 'restaurantId' | 'version' | 'updatedAt' | 'lines'>;

// Asked by everything that changes a cart: built once.
const cartOf = remembered<typeof Cart>()(
  (rows, { ownerId }: Placeholders<{ ownerId: string }>, how: Holding) =>
    held(
      how,
      rows
        .selectFrom('Cart')
        .where('ownerId', '=', ownerId)
        .select(['id', 'restaurantId', 'version', 'updatedAt', 'lines']),
    ),
);

/** The cart of who is asking, held until the transaction ends; nothing as long as there is none. */
export async function heldCart({ em, actor }: Shopper): Promise<HeldCart | undefined> {
  return cartOf.first(em, { ownerId: actor.id }, holding(em));
}

/** Nothing while there is none: a person's is made with their account held, as signing in holds it to bring one along. */
async function cartToChange(ctx: Shopper): Promise<HeldCart | undefined> {
  const { em, actor } = ctx;
  const cart = await heldCart(ctx);
  if (cart || actor.via.kind === 'guest') return cart;
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const account = await em.findOne(Account, { id: actor.id, deactivatedAt: null }, { lockMode });
  if (!account) throw accessErrors.TOKEN_INVALID();
  return heldCart(ctx);
}

type Lines = readonly KeptLine[];

/** The very same lines where there is nothing to take out: then nothing is written. */
function without(lines: Lines, key: string): Lines {
  const others = lines.filter((line) => line.key !== key);
  return others.length < lines.length ? others : lines;
}

interface Asked {
  /** That it is about, beside those that are there. */
  itemId?: string;
}

async function changed(
  ctx: Shopper,
  { itemId }: Asked,
  change: (lines: Lines, sale: Sale) => Lines,
): Promise<CartView> {
  const once = () =>
    inTransaction(ctx, async (ctx) => {
      const cart = await cartToChange(ctx);
      const before = cart && !isIdle(cart.updatedAt, ctx.clock.now()) ? cart.lines : [];
      const items = itemsIn(before);
      const sale = await saleOf(ctx, itemId === undefined ? items : [...items, itemId]);
      const lines = change(before, sale);
      const version = lines === before ? (cart?.version ?? 0) : await kept(ctx, cart, lines);
      return viewOf(ctx, sale, { lines, version });
    });
  try {
    return await once();
  } catch (error) {
    // Two first things were put in at once: the other call has made the cart by now.
    if (!violatedUnique(error)?.includes('owner')) throw error;
    return once();
  }
}

/** Answers the version that the cart has now. */
async function kept(ctx: Shopper, cart: HeldCart | undefined, after: Lines): Promise<number> {
  const { em, actor, restaurantId, clock } = ctx;
  const lines = [...after];
  const writes = writing(em);
  if (!cart) {
    const guest = actor.via.kind === 'guest';
    writes.create(Cart, [{ restaurantId, ownerId: actor.id, guest, lines }]);
    await writes.write();
    return 1;
  }
  // Filled with the very same, what was idle is not so any more.
  const isChanged = writes.change(Cart, cart, { lines, updatedAt: clock.now() });
  await writes.write();
  return cart.version + Number(isChanged);
}
