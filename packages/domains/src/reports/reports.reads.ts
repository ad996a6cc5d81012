import { type Reader, reading } from '@comanda/storage/reading';
import type { StaffContext } from '../context.ts';
import type { MenuItem } from '../menu/menu.entity.ts';
import type { Order, OrderItem, Payment } from '../orders/orders.entity.ts';
import { clockFor, orderingFor } from '../restaurants/restaurants.reads.ts';
import { listOnNow } from '../timecards/timecards.reads.ts';
import {
  daysUntil,
  type Heap,
  hoursOf,
  OPEN,
  overHours,
  placedIn,
  type Stretch,
  type Stretches,
} from './reports.rules.ts';
import type { Dashboard, ShowDashboard } from './reports.schema.ts';

type Tables = typeof MenuItem | typeof Order | typeof OrderItem | typeof Payment;
type Looker = Pick<StaffContext, 'em' | 'clock' | 'restaurantId'>;

const MOST_SOLD = 10;
const MOST_LOW = 20;

/** In eleven statements at most, however much there is to count. */
export async function showDashboard(ctx: Looker, input: ShowDashboard): Promise<Dashboard> {
  const at = ctx.clock.now();
  const { calendar } = await clockFor(ctx, ctx.restaurantId);
  const { currency } = await orderingFor(ctx, ctx.restaurantId);
  const days = daysUntil(calendar.dateAt(at), input.days, calendar);
  const today = days.at(-1) ?? days[0];
  const heaps = await heapsIn(ctx, hoursOf(today, calendar));
  const revenue = await revenueIn(ctx, days, currency);
  const placed = placedIn(heaps, currency);
  const orders = (await ordersIn(ctx, days)).set(today.label, placed.orders);
  const people = (await listOnNow(ctx)).items;
  return {
    at,
    timeZone: calendar.timeZone,
    currency,
    today: {
      ...placed,
      date: today.label,
      open: await openOrders(ctx),
      revenue: revenue.get(today.label) ?? 0,
    },
    days: days.map(({ label: date }) => {
      return { date, orders: orders.get(date) ?? 0, revenue: revenue.get(date) ?? 0 };
    }),
    hours: overHours(heaps),
    bestSellers: await bestSellers(ctx, { start: days[0].start, end: today.end, currency }),
    onShift: { count: people.length, people },
    lowStock: await lowStock(ctx),
    soldOut: await soldOut(ctx),
  };
}

/** What was placed in each of these stretches. */
function placedOver<Label extends string | number>({ em }: Reader, stretches: Stretches<Label>) {
  const [first, ...others] = stretches;
  return reading<Tables>(em)
    .selectFrom('Order as o')
    .where('o.placedAt', '>=', first.start)
    .where('o.placedAt', '<', (others.at(-1) ?? first).end)
    .select(({ eb, fn }) => [
      others
        .reduce(
          (within, { label, end }) => within.when('o.placedAt', '<', end).then(label),
          eb.case().when('o.placedAt', '<', first.end).then(first.label),
        )
        .end()
        .as('label'),
      fn.countAll().as('orders'),
    ])
    .groupBy('label');
}

async function heapsIn(ctx: Reader, hours: Stretches<number>): Promise<Heap[]> {
  const rows = await placedOver(ctx, hours)
    .groupBy(['o.state', 'o.type', 'o.currency'])
    .select(['o.state', 'o.type', 'o.currency'])
    .select(({ fn, val }) => [
      fn.sum('o.total').as('total'),
      fn.sum(fn<number>('json_extract', ['o.totals', val('$.tip')])).as('tips'),
    ])
    .execute();
  return rows.map(({ label, state, type, currency, orders, total, tips }) => {
    const counts = { orders: Number(orders), total: Number(total), tips: Number(tips) };
    return { hour: Number(label), state, type, currency, ...counts };
  });
}

async function ordersIn(ctx: Reader, days: Stretches<string>): Promise<Map<string, number>> {
  const rows = await placedOver(ctx, days).execute();
  return new Map(rows.map(({ label, orders }) => [String(label), Number(orders)]));
}

/** By the day on which it came in, or went back. */
async function revenueIn(
  { em }: Reader,
  days: Stretches<string>,
  currency: string,
): Promise<Map<string, number>> {
  const [first, ...others] = days;
  const rows = await reading<Tables>(em)
    .selectFrom('Payment as p')
    .innerJoin('Order as o', 'o.id', 'p.orderId')
    .where('p.createdAt', '>=', first.start)
    .where('p.createdAt', '<', (others.at(-1) ?? first).end)
    .where('o.currency', '=', currency)
    .select(({ eb, fn }) => [
      others
        .reduce(
          (within, { label, end }) => within.when('p.createdAt', '<', end).then(label),
          eb.case().when('p.createdAt', '<', first.end).then(first.label),
        )
        .end()
        .as('label'),
      'p.kind',
      fn.sum('p.amount').as('amount'),
    ])
    .groupBy(['label', 'p.kind'])
    .execute();
  const revenue = new Map<string, number>();
  for (const { label, kind, amount } of rows) {
    const signed = kind === 'payment' ? Number(amount) : -Number(amount);
    revenue.set(String(label), (revenue.get(String(label)) ?? 0) + signed);
  }
  return revenue;
}

async function openOrders({ em }: Reader): Promise<number> {
  const { orders } = await reading<Tables>(em)
    .selectFrom('Order')
    .where('state', 'in', OPEN)
    .select(({ fn }) => fn.countAll().as('orders'))
    .executeTakeFirstOrThrow();
  return Number(orders);
}

async function bestSellers(
  ctx: Reader,
  { start, end, currency }: Pick<Stretch<string>, 'start' | 'end'> & { currency: string },
): Promise<Dashboard['bestSellers']> {
  const sold = await reading<Tables>(ctx.em)
    .selectFrom('Order as o')
    .innerJoin('OrderItem as i', 'i.order', 'o.id')
    .where('o.placedAt', '>=', start)
    .where('o.placedAt', '<', end)
    .where('o.state', '!=', 'cancelled')
    .where('o.currency', '=', currency)
    .where('i.state', '!=', 'voided')
    .groupBy('i.itemId')
    .select(({ fn, eb, ref }) => {
      const price = eb('i.unit', '+', ref('i.optionsDelta'));
      // Options that take off more than the item costs make it free, not cheaper than that.
      const asked = eb.case().when(price, '<', 0).then(0).else(price).end();
      return [
        'i.itemId',
        fn.max('i.name').as('nameThen'),
        fn.sum('i.quantity').as('quantity'),
        fn.sum(eb(asked, '*', ref('i.quantity'))).as('revenue'),
      ];
    })
    .orderBy('quantity', 'desc')
    .orderBy('revenue', 'desc')
    .orderBy('i.itemId')
    .limit(MOST_SOLD)
    .execute();
  const ids = sold.map(({ itemId }) => itemId);
  const names = await namesOf(ctx, ids);
  return sold.map(({ itemId, nameThen, quantity, revenue }) => {
    const name = names.get(itemId);
    const sums = { quantity: Number(quantity), revenue: Number(revenue) };
    return { itemId: name === undefined ? null : itemId, name: name ?? nameThen, ...sums };
  });
}

/** What items are called now; those that are gone are left out. */
async function namesOf({ em }: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reading<Tables>(em)
    .selectFrom('MenuItem')
    .where('id', 'in', ids)
    .select(['id', 'name'])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function lowStock({ em }: Reader): Promise<Dashboard['lowStock']> {
  const rows = await reading<Tables>(em)
    .selectFrom('MenuItem as i')
    .where('i.stockMode', '=', 'count')
    .where(({ eb, or, ref }) =>
      or([eb('i.stockLeft', '<=', ref('i.stockLow')), eb('i.stockLeft', '<=', 0)]),
    )
    .orderBy('i.stockLeft')
    .orderBy('i.sortName')
    .orderBy('i.id')
    .limit(MOST_LOW)
    .select(['i.id as itemId', 'i.name', 'i.stockLeft as stock'])
    .execute();
  return rows.map((row) => ({ ...row, soldOut: row.stock <= 0 }));
}

/** As many as the menu lists where it is asked for what is not available. */
async function soldOut({ em }: Reader): Promise<number> {
  const { items } = await reading<Tables>(em)
    .selectFrom('MenuItem')
    .where(({ eb, and, or }) =>
      or([
        eb('available', '=', false),
        eb('stockMode', '=', 'out'),
        and([eb('stockMode', '=', 'count'), eb('stockLeft', '<=', 0)]),
      ]),
    )
    .select(({ fn }) => fn.countAll().as('items'))
    .executeTakeFirstOrThrow();
  return Number(items);
}
