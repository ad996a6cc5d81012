import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { type Reader, reading } from '@comanda/storage/reading';
import type { StaffContext } from '../context.ts';
import type { Order, OrderItem, OrderStep, Payment } from './orders.entity.ts';
import type { OrderItemView, OrderStepView, OrderView } from './orders.schema.ts';
import { CLOSED, sightOf, type Watcher } from './orders.sight.rules.ts';

type Tables = typeof Order | typeof OrderItem | typeof OrderStep | typeof Payment;

/** Who looks, and where. */
type Looker = Pick<StaffContext, 'em' | 'actor' | 'restaurantId'>;

export const CARD = [
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

/**
 * Renamed here and not in the query, where a date by another name stays a number. Key by key: of lines
 * there are many, and a copy of whatever a row has takes five times as long.
 */
export function itemView(
  row: Omit<OrderItemView, 'orderedAt'> & { createdAt: Date },
): OrderItemView {
  return {
    id: row.id,
    itemId: row.itemId,
    round: row.round,
    name: row.name,
    options: row.options,
    note: row.note,
    quantity: row.quantity,
    unit: row.unit,
    state: row.state,
    station: row.station,
    skipsKitchen: row.skipsKitchen,
    orderedAt: row.createdAt,
    startedAt: row.startedAt,
    doneAt: row.doneAt,
  };
}

export const ITEM = [
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
