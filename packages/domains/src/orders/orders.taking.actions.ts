import { digestOf } from '@comanda/kernel/digest';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { onceByKey } from '@comanda/storage/keyed';
import { pricedWish } from '../cart/cart.reads.ts';
import type { StaffContext } from '../context.ts';
import { holdStock, takeStock } from '../menu/menu.stock.actions.ts';
import { type Held, changing, type Step } from './orders.changing.ts';
import type { OrderItem } from './orders.entity.ts';
import { orderErrors } from './orders.errors.ts';
import { newItemOf, type NewItem, unitsIn } from './orders.lines.rules.ts';
import { judged } from './orders.judging.ts';
import { isSettled, paymentDue } from './orders.payment.rules.ts';
import { orderWithOrigin } from './orders.origins.reads.ts';
import { orderView } from './orders.reads.ts';
import type { OrderView, TakeOrder } from './orders.schema.ts';
import { totalsOf } from './orders.totals.rules.ts';
import { refuseIssues, refuseMisfits, tableFor, writeItems, writeOrder } from './orders.writing.ts';

/** Takes down what guests say at the table or on the phone: a new order, or a round more of one. */
export function takeOrder(ctx: StaffContext, input: TakeOrder): Promise<OrderView> {
  const { actor, restaurantId } = ctx;
  const { idempotencyKey: key, orderId } = input;
  const called = { restaurantId, callerId: actor.id, procedure: 'orders.take', key, asked: input };
  return onceByKey(ctx, called, (ctx) =>
    orderId === undefined ? takenOnce(ctx, input) : roundAdded(ctx, input, orderId),
  );
}

async function takenOnce(ctx: StaffContext, input: TakeOrder): Promise<OrderView> {
  const { actor } = ctx;
  const origin = digestOf(`${actor.id} ${input.idempotencyKey}`);
  const before = await orderWithOrigin(ctx, origin);
  if (before) return orderView(ctx, before);
  const table = await tableFor(ctx, input.tableId);
  const wish = await wished(ctx, input);
  refuseMisfits(input, wish.terms);
  const { customerName } = input;
  const owner = { takenBy: actor.id };
  return writeOrder(ctx, { input, origin, table, owner, customerName, ...wish });
}

/** Only what is new goes to the kitchen. */
function roundAdded(ctx: StaffContext, input: TakeOrder, orderId: string): Promise<OrderView> {
  return changing(ctx, { orderId }, async (held, ctx) => {
    const { order } = held;
    if (isSettled(order)) throw orderErrors.ORDER_SETTLED();
    const { items, stock } = await wished(ctx, input);
    await takeStock(
      ctx,
      stock,
      items.filter(({ counted }) => counted),
    );
    const round = order.rounds + 1;
    const added = writeItems(ctx, order, { items, round, from: held.items.length });
    const step = await moved(ctx, held, added);
    order.rounds = round;
    order.units += unitsIn(items);
    const live = [...held.items, ...added].filter(({ state }) => state !== 'voided');
    order.totals = totalsOf(live, order.totals.terms);
    order.total = order.totals.total;
    order.payment = paymentDue(order.total);
    return step;
  });
}

/** A round after the first was served brings the order back to the kitchen, if there is anything to cook. */
async function moved(
  ctx: StaffContext,
  { order, items }: Held,
  added: readonly OrderItem[],
): Promise<Step> {
  const from = order.state;
  if (['pending', 'confirmed', 'preparing'].includes(from)) return { what: 'round' };
  const isCooked = added.some(({ skipsKitchen }) => !skipsKitchen);
  if (from === 'served' && !isCooked) return { what: 'round' };
  await judged(ctx, { order, items: [...items, ...added] }, { to: 'preparing' });
  order.state = 'preparing';
  return { what: 'round', from, to: 'preparing' };
}

async function wished(ctx: StaffContext, { lines: wanted }: TakeOrder) {
  const stock = await holdStock(
    ctx,
    wanted.map(({ itemId }) => itemId),
  );
  const { lines, offers, terms, currency } = await pricedWish(ctx, wanted);
  if (offers.some(({ item }) => !item)) throw kernelErrors.NOT_FOUND({ what: 'item' });
  // Whoever takes an order knows when the kitchen closes.
  refuseIssues({ lines, issues: [], yesToPrices: true });
  const items: NewItem[] = lines.map((line, at) => newItemOf(line, offers[at]));
  return { items, stock, terms, currency };
}
