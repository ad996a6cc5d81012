import { digestOf } from '@comanda/kernel/digest';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { onceByKey } from '@comanda/storage/keyed';
import { heldCart } from '../cart/cart.actions.ts';
import { isIdle, pricedCart } from '../cart/cart.reads.ts';
import type { StaffContext } from '../context.ts';
import { holdStock } from '../menu/menu.stock.actions.ts';
import { orderErrors } from './orders.errors.ts';
import { newItemOf } from './orders.lines.rules.ts';
import { orderWithOrigin } from './orders.origins.reads.ts';
import { orderView } from './orders.reads.ts';
import type { OrderView, PlaceOrder } from './orders.schema.ts';
import { refuseIssues, refuseMisfits, tableFor, writeOrder } from './orders.writing.ts';

/**
 * Makes an order of the caller's cart: once for a key, at prices that were seen, or not at all. All is
 * read again while cart and stock are held, so that nothing is sold that is not there.
 */
export async function placeOrder(ctx: StaffContext, input: PlaceOrder): Promise<OrderView> {
  const { actor, restaurantId } = ctx;
  const { idempotencyKey: key } = input;
  ctx.failpoint('order.begin');
  const called = { restaurantId, callerId: actor.id, procedure: 'orders.place', key, asked: input };
  const placed = await onceByKey(ctx, called, (ctx) => placedOnce(ctx, input));
  ctx.failpoint('order.answer');
  return placed;
}

async function placedOnce(ctx: StaffContext, input: PlaceOrder): Promise<OrderView> {
  const { actor, clock } = ctx;
  const origin = digestOf(`${actor.id} ${input.idempotencyKey}`);
  const before = await orderWithOrigin(ctx, origin);
  if (before) return orderView(ctx, before);

  const cart = await heldCart(ctx);
  const kept = cart && !isIdle(cart.updatedAt, clock.now()) ? cart.lines : [];
  if (!cart || kept.length === 0) throw orderErrors.CART_EMPTY();
  if (cart.version !== input.cartVersion) throw kernelErrors.VERSION_CONFLICT();
  const table = await tableFor(ctx, input.tableId);
  const stock = await holdStock(
    ctx,
    kept.map(({ itemId }) => itemId),
  );
  const { lines, offers, issues, terms, currency } = await pricedCart(ctx, kept);
  refuseMisfits(input, terms);
  refuseIssues({ lines, issues, yesToPrices: input.expectedTotal !== undefined });

  const order = await writeOrder(ctx, {
    input,
    origin,
    table,
    stock,
    cart,
    terms,
    currency,
    owner: actor.via.kind === 'guest' ? { guestId: actor.id } : { customerId: actor.id },
    customerName: input.customerName ?? (actor.name || 'guest'),
    items: lines.map((line, at) => newItemOf(line, offers[at])),
    expectedTotal: input.expectedTotal,
  });
  ctx.failpoint('order.written');
  return order;
}
