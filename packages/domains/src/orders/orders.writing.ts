import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { nextPlace } from '@comanda/storage/outbox';
import { type NewRow, writing } from '@comanda/storage/writing';
import type { HeldCart } from '../cart/cart.actions.ts';
import { Cart } from '../cart/cart.entity.ts';
import type { CartLineView } from '../cart/cart.schema.ts';
import type { StaffContext } from '../context.ts';
import { type HeldStock, takeStock } from '../menu/menu.stock.actions.ts';
import type { OrderingTerms } from '../restaurants/restaurants.ordering.schema.ts';
import { tableNamed } from '../tables/tables.reads.ts';
import { stepOf } from './orders.changing.ts';
import { Order, OrderItem, OrderStep } from './orders.entity.ts';
import { orderErrors } from './orders.errors.ts';
import { type NewItem, promisedAt, unitsIn } from './orders.lines.rules.ts';
import { paymentDue } from './orders.payment.rules.ts';
import { viewOfNew } from './orders.new.ts';
import type { OrderView, PlaceOrder } from './orders.schema.ts';
import { ORDERS, Told } from './orders.told.schema.ts';
import { totalsOf } from './orders.totals.rules.ts';
import type { Terms, TotalsSnapshot } from './orders.totals.schema.ts';

type Said = Pick<
  PlaceOrder,
  'type' | 'phone' | 'address' | 'instructions' | 'tip' | 'expectedTotal'
>;

/** All that makes a new order. */
export interface NewOrder {
  input: Omit<Said, 'expectedTotal'>;
  origin: string;
  table: { id: string; name: string } | null;
  stock: readonly HeldStock[];
  /** That it is made of, and that is empty then. */
  cart?: HeldCart;
  terms: OrderingTerms;
  currency: string;
  owner: { customerId?: string; guestId?: string; takenBy?: string };
  customerName: string;
  items: readonly NewItem[];
  expectedTotal?: number | undefined;
}

/** Writes an order down, takes its units from the stock, which is held, and tells whoever watches. */
export async function writeOrder(ctx: StaffContext, made: NewOrder): Promise<OrderView> {
  const { em, restaurantId } = ctx;
  const { input, terms, items } = made;
  const totals = totalsOf(items, termsFor(input, terms));
  const expected = made.expectedTotal ?? totals.total;
  if (expected !== totals.total) {
    throw orderErrors.PRICE_CHANGED({ expected, total: totals.total });
  }
  await takeStock(
    ctx,
    made.stock,
    items.filter(({ counted }) => counted),
  );
  ctx.failpoint('order.stock');
  const place = await nextPlace(em, restaurantId, { events: 1, orders: 1 });
  const view = await written(ctx, made, { number: place.orderNumber, totals });
  ctx.failpoint('order.inserted');
  const { guestId = null } = made.owner;
  const told = Told.parse({ kind: 'placed', was: null, guestId, order: view });
  await place.tell([{ topic: ORDERS, data: told }]);
  ctx.afterCommit(() => ctx.live.wake(restaurantId));
  return view;
}

interface Numbered {
  number: number;
  totals: TotalsSnapshot;
}

/** The rows of a new order, and the order as it is seen then. */
async function written(ctx: StaffContext, made: NewOrder, numbered: Numbered): Promise<OrderView> {
  const writes = writing(ctx.em);
  const [order] = writes.create(Order, [orderRow(ctx, made, numbered)]);
  if (!order) throw new Error('An order was not written.');
  const rows = itemRows(order, { items: made.items, round: 1, from: 0 });
  const items = writes.create(OrderItem, rows);
  const step = stepOf(ctx, order.id, { what: 'placed', to: order.state });
  const history = writes.create(OrderStep, [step]);
  if (made.cart) writes.change(Cart, made.cart, { lines: [] });
  await writes.write();
  return viewOfNew(ctx, order, { items, history });
}

function orderRow(
  { restaurantId, clock }: StaffContext,
  made: NewOrder,
  { number, totals }: Numbered,
): NewRow<Order> {
  const { input, terms, items, owner, table } = made;
  const now = clock.now();
  return {
    restaurantId,
    number,
    origin: made.origin,
    type: input.type,
    state: terms.autoConfirm ? 'confirmed' : 'pending',
    payment: paymentDue(totals.total),
    customerId: owner.customerId ?? null,
    guestId: owner.guestId ?? null,
    takenBy: owner.takenBy ?? null,
    customerName: made.customerName.slice(0, 200).toWellFormed(),
    phone: input.phone,
    address: input.address,
    instructions: input.instructions,
    tableId: table?.id ?? null,
    tableName: table?.name ?? null,
    assigneeId: null,
    assigneeName: null,
    currency: made.currency,
    total: totals.total,
    paid: 0,
    refunded: 0,
    totals,
    units: unitsIn(items),
    rounds: 1,
    changes: 0,
    placedAt: now,
    promisedAt: terms.autoConfirm ? promisedAt(now, items, terms) : null,
    closedAt: null,
  };
}

interface Written {
  items: readonly NewItem[];
  round: number;
  /** The position of the first. */
  from: number;
}

/** The lines of an order, or of a round more of it; the caller flushes. */
export function writeItems({ em }: StaffContext, order: Order, written: Written): OrderItem[] {
  return itemRows(order, written).map((row) => em.create(OrderItem, { ...row, order }));
}

function itemRows(
  { id, restaurantId }: { id: string; restaurantId: string },
  { items, round, from }: Written,
): NewRow<OrderItem>[] {
  const blank = { startedAt: null, doneAt: null };
  return items.map((item, at) => ({
    ...item,
    ...blank,
    restaurantId,
    order: id,
    round,
    position: from + at,
  }));
}

/** What is eaten here is served, what is brought is brought; the rest is the guest's own way. */
function termsFor({ type, tip }: Pick<Said, 'type' | 'tip'>, terms: OrderingTerms): Terms {
  return {
    taxInclusive: terms.taxInclusive,
    serviceChargeBps: type === 'dine_in' ? terms.serviceChargeBps : 0,
    deliveryFee: type === 'delivery' ? terms.deliveryFee : 0,
    discount: { fixed: 0 },
    tip,
  };
}

/** Refuses a kind of order that the restaurant does not take, and a delivery to nowhere. */
export function refuseMisfits(
  { type, address }: Pick<Said, 'type' | 'address'>,
  { types }: OrderingTerms,
): void {
  if (!types.includes(type)) throw orderErrors.TYPE_NOT_OFFERED({ offered: types });
  if (type !== 'delivery' || address !== null) return;
  const issue = { path: 'address', message: 'a delivery needs one' };
  throw kernelErrors.VALIDATION({ issues: [issue], more: 0 });
}

/** The table that was named; refuses one that is not there, or not in use. */
export async function tableFor(
  ctx: StaffContext,
  tableId: string | null,
): Promise<{ id: string; name: string } | null> {
  if (tableId === null) return null;
  const table = await tableNamed(ctx, tableId);
  if (!table) throw kernelErrors.NOT_FOUND({ what: 'table' });
  return table;
}

interface Issues {
  lines: readonly CartLineView[];
  issues: OrderIssues['issues'];
  /** Whether the guest has said which total they expect. */
  yesToPrices: boolean;
}

type OrderIssues = Parameters<typeof orderErrors.CART_ISSUES>[0];

/** Refuses what cannot be ordered; what merely is sold out gets a refusal of its own. */
export function refuseIssues({ lines, issues, yesToPrices }: Issues): void {
  const wrong = lines.flatMap(({ itemId, name, issues }) => {
    const left = issues.filter(({ code }) => !(yesToPrices && code === 'PRICE_CHANGED'));
    return left.length > 0 ? [{ itemId, name, issues: left }] : [];
  });
  if (wrong.length === 0 && issues.length === 0) return;
  const soldOut = wrong.flatMap(({ itemId, name, issues }) =>
    issues.flatMap((issue) =>
      issue.code === 'SOLD_OUT' ? [{ itemId, name, left: issue.left }] : [],
    ),
  );
  const all = wrong.flatMap((line) => line.issues);
  if (issues.length === 0 && soldOut.length === all.length) {
    throw orderErrors.SOLD_OUT({ items: soldOut });
  }
  throw orderErrors.CART_ISSUES({ lines: wrong, issues });
}
