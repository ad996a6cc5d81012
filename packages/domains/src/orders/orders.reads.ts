import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page } from '@comanda/kernel/page';
import { type Reader, reading } from '@comanda/storage/reading';
import type { StaffContext } from '../context.ts';
import type { Order, OrderItem, OrderStep, Payment } from './orders.entity.ts';
import type {
  ListOrders,
  OrderItemView,
  OrderPage,
  OrderStepView,
  OrderView,
} from './orders.schema.ts';
import type { OrderState } from './orders.states.schema.ts';
import { CLOSED, sightOf, type Watcher } from './orders.sight.rules.ts';

type Tables = typeof Order | typeof OrderItem | typeof OrderStep | typeof Payment;

/** Who looks, and where. */
type Looker = Pick<StaffContext, 'em' | 'actor' | 'restaurantId'>;

const CARD = [
  'o.id',
  'o.restaurantId',
  'o.number',
  'o.type',
  'o.state',
  'o.payment',
  'o.customerId',
  'o.customerName',
  'o.tableId',
  'o.tableName',
  'o.assigneeId',
  'o.assigneeName',
  'o.currency',
  'o.total',
  'o.units',
  'o.placedAt',
  'o.promisedAt',
  'o.closedAt',
  'o.version',
] as const;

const DETAIL = [
  'o.phone',
  'o.address',
  'o.instructions',
  'o.totals',
  'o.paid',
  'o.refunded',
] as const;

const ordersIn = ({ em }: Reader) => reading<Tables>(em).selectFrom('Order as o');
const ordersOf = (ctx: Reader) => ordersIn(ctx).select(CARD);
type Orders = ReturnType<typeof ordersIn>;

export function watcherOf({ actor }: Pick<Looker, 'actor'>): Watcher {
  const { role, id, via } = actor;
  return { role, id, isGuest: via.kind === 'guest' };
}

export async function listOrders(ctx: Looker, input: ListOrders): Promise<OrderPage> {
  const { cursor, limit, mine, sort } = input;
  const visible = mine ? ownOf : seenBy;
  // What is looked for is looked for among these alone: nobody can guess at the others.
  const fitting = narrowed(visible(ordersIn(ctx), watcherOf(ctx)), input);
  const newest = sort === 'newest';
  const here =
    cursor === undefined
      ? fitting
      : fitting.where('o.id', newest ? '<' : '>', fromCursor(cursor)[0]);
  const towards = newest ? 'desc' : 'asc';
  const inPlace = SCANNED.some((filter) => input[filter] !== undefined);
  const rows = await (inPlace ? here.orderBy('o.restaurantId', towards) : here)
    .orderBy('o.id', towards)
    .limit(limit + 1)
    .select(CARD)
    .execute();
  const total = input.count ? await countOf(fitting) : null;
  return { ...page(rows, { limit, at: ({ id }) => [id] }), total };
}

/**
 * What no index finds. By their id alone MariaDB may walk through the orders of all restaurants until
 * enough of them fit; with the restaurant ahead of it, it keeps to the one.
 */
const SCANNED = ['search', 'type', 'payment', 'tableId', 'from', 'to'] as const;

function narrowed(query: Orders, input: ListOrders): Orders {
  const { search, state, type, payment, customerId, tableId, assigneeId, from, to } = input;
  let asked = query;
  if (search !== undefined) asked = found(asked, search);
  if (state !== undefined && state.length > 0) asked = asked.where('o.state', 'in', state);
  if (type !== undefined) asked = asked.where('o.type', '=', type);
  if (payment !== undefined) asked = asked.where('o.payment', '=', payment);
  if (customerId !== undefined) asked = asked.where('o.customerId', '=', customerId);
  if (tableId !== undefined) asked = asked.where('o.tableId', '=', tableId);
  if (assigneeId !== undefined) asked = asked.where('o.assigneeId', '=', assigneeId);
  if (from !== undefined) asked = asked.where('o.placedAt', '>=', from);
  if (to !== undefined) asked = asked.where('o.placedAt', '<', to);
  return asked;
}

const NUMBER = /^#?(\d{1,9})$/;
/** What people put before and between the digits of a telephone number. */
const APART = ['+', ' ', '-', '.', '/', '(', ')'];
const PHONE = /^\d{4,}$/;

function found(query: Orders, search: string): Orders {
  const [, number] = NUMBER.exec(search) ?? [];
  const digits = APART.reduce((text, sign) => text.replaceAll(sign, ''), search);
  return query.where(({ eb, or, fn, val }) => {
    const phone = APART.reduce(
      (text, sign) => fn<string>('replace', [text, val(sign), val('')]),
      fn.coalesce('o.phone', val('')),
    );
    const name = fn<string>('lower', ['o.customerName']);
    return or([
      eb(fn<number>('instr', [name, val(search.toLowerCase())]), '>', 0),
      ...(number === undefined ? [] : [eb('o.number', '=', Number(number))]),
      ...(PHONE.test(digits) ? [eb(fn<number>('instr', [phone, val(digits)]), '>', 0)] : []),
    ]);
  });
}

async function countOf(query: Orders): Promise<number> {
  const { orders } = await query
    .select(({ fn }) => fn.countAll().as('orders'))
    .executeTakeFirstOrThrow();
  return Number(orders);
}

/** Refuses what is not there, and what this caller may not see, alike. */
export async function showOrder(ctx: Looker, orderId: string): Promise<OrderView> {
  const seen = await seenBy(ordersIn(ctx), watcherOf(ctx))
    .where('o.id', '=', orderId)
    .select('o.id')
    .executeTakeFirst();
  if (!seen) throw kernelErrors.NOT_FOUND({ what: 'order' });
  return orderView(ctx, orderId);
}

/** The same without a question whether the caller may see it. */
export async function orderView(ctx: Looker, orderId: string): Promise<OrderView> {
  const row = await ordersOf(ctx)
    .select(DETAIL)
    .where('o.id', '=', orderId)
    .executeTakeFirstOrThrow();
  const steps = await stepsOf(ctx, orderId);
  const isStaff = ctx.actor.membership !== null;
  return {
    ...row,
    items: await itemsOf(ctx, orderId),
    payments: await paymentsOf(ctx, orderId),
    history: steps.map((step) => (isStaff ? step : { ...step, by: null })),
  };
}

interface Wanted {
  states: readonly OrderState[];
  cursor?: string | undefined;
  limit: number;
}

/** Orders with their items, oldest first, whoever asks. */
export async function fullOrders({ em }: Reader, { states, cursor, limit }: Wanted) {
  let query = ordersOf({ em }).select('o.instructions').where('o.state', 'in', states);
  if (cursor !== undefined) query = query.where('o.id', '>', fromCursor(cursor)[0]);
  const rows = await query
    .orderBy('o.id')
    .limit(limit + 1)
    .execute();
  const { items: orders, nextCursor } = page(rows, { limit, at: ({ id }) => [id] });
  const ids = orders.map(({ id }) => id);
  const items =
    ids.length > 0
      ? await reading<Tables>(em)
          .selectFrom('OrderItem')
          .where('order', 'in', ids)
          .select(['order', ...ITEM])
          .orderBy('position')
          .execute()
      : [];
  const byOrder = Map.groupBy(items, ({ order }) => order);
  return {
    items: orders.map((order) => ({
      ...order,
      items: (byOrder.get(order.id) ?? []).map(itemView),
    })),
    nextCursor,
  };
}

/** An order of this origin, however long ago it was placed. */
export async function orderWithOrigin({ em }: Reader, origin: string): Promise<string | undefined> {
  const row = await reading<Tables>(em)
    .selectFrom('Order')
    .where('origin', '=', origin)
    .select('id')
    .executeTakeFirst();
  return row?.id;
}

/** The lines of an order, in the order in which they were asked for. */
async function itemsOf({ em }: Reader, orderId: string): Promise<OrderItemView[]> {
  const rows = await reading<Tables>(em)
    .selectFrom('OrderItem')
    .where('order', '=', orderId)
    .select(ITEM)
    .orderBy('position')
    .execute();
  return rows.map(itemView);
}

/** Renamed here and not in the query, where a date by another name stays a number. */
function itemView<Row extends { createdAt: Date }>({ createdAt, ...row }: Row) {
  return { ...row, orderedAt: createdAt };
}

const ITEM = [
  'id',
  'itemId',
  'round',
  'name',
  'options',
  'note',
  'quantity',
  'unit',
  'state',
  'station',
  'skipsKitchen',
  'createdAt',
  'startedAt',
  'doneAt',
] as const;

function stepsOf({ em }: Reader, orderId: string) {
  return reading<Tables>(em)
    .selectFrom('OrderStep')
    .where('orderId', '=', orderId)
    .select(['at', 'what', 'from', 'to', 'byName as by', 'reason'])
    .orderBy('id')
    .execute() as Promise<OrderStepView[]>;
}

async function paymentsOf({ em }: Reader, orderId: string) {
  const rows = await reading<Tables>(em)
    .selectFrom('Payment')
    .where('orderId', '=', orderId)
    .select(['id', 'kind', 'amount', 'method', 'reason', 'createdAt'])
    .orderBy('id')
    .execute();
  return rows.map(({ createdAt, ...payment }) => ({ ...payment, at: createdAt }));
}

function ownOf(query: Orders, { id, isGuest }: Watcher): Orders {
  return query.where(isGuest ? 'o.guestId' : 'o.customerId', '=', id);
}

/** What `sees` says of one order, as a condition on all of them. */
function seenBy(query: Orders, watcher: Watcher): Orders {
  const { role, id } = watcher;
  const sight = sightOf(role);
  if (sight === 'all') return query;
  if (sight === 'own') return ownOf(query, watcher);
  return query.where(({ eb, or, and }) =>
    or([
      eb('o.customerId', '=', id),
      ...(sight === 'open'
        ? [eb('o.state', 'not in', CLOSED)]
        : [
            eb('o.assigneeId', '=', id),
            and([
              eb('o.state', '=', 'ready'),
              eb('o.type', '=', 'delivery'),
              eb('o.assigneeId', 'is', null),
            ]),
          ]),
    ]),
  );
}
