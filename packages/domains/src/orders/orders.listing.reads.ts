import { fromCursor, page } from '@comanda/kernel/page';
import type { Reader, reading } from '@comanda/storage/reading';
import { remembered } from '@comanda/storage/remembering';
import type { Placeheld, Placeholders } from '@comanda/storage/remembering.query';
import type { StaffContext } from '../context.ts';
import type { Order } from './orders.entity.ts';
import { CARD, watcherOf } from './orders.reads.ts';
import type { ListOrders, OrderPage } from './orders.schema.ts';
import { OrderState } from './orders.states.schema.ts';
import { CLOSED, sightOf } from './orders.sight.rules.ts';

type Tables = typeof Order;
type Rows = ReturnType<typeof reading<Tables>>;
const ordersIn = (rows: Rows) => rows.selectFrom('Order as o');
type Orders = ReturnType<typeof ordersIn>;

/** Whose orders are listed: those that a role sees, or a person's or a guest's own. */
type Whose = ReturnType<typeof sightOf> | 'guest';
type Way = `${Whose} ${ListOrders['sort']} ${'few' | 'many'}`;

/** What is looked for, in the words of the database. */
type Asked = Pick<
  ListOrders,
  'state' | 'type' | 'payment' | 'customerId' | 'tableId' | 'assigneeId' | 'from' | 'to'
> & {
  me: string;
  name?: string | undefined;
  number?: number | undefined;
  phone?: string | undefined;
};
type AskedPage = Asked & { after?: string | undefined; limit: number };

export async function listOrders(
  ctx: Pick<StaffContext, 'em' | 'actor'>,
  input: ListOrders,
): Promise<OrderPage> {
  const { cursor, limit, mine, sort, search, state, count } = input;
  const { role, id: me, isGuest } = watcherOf(ctx);
  const sight = mine ? 'own' : sightOf(role);
  const whose = sight === 'own' && isGuest ? 'guest' : sight;
  const { type, payment, customerId, tableId, assigneeId, from, to } = input;
  const asked: Asked = {
    me,
    type,
    payment,
    customerId,
    tableId,
    assigneeId,
    from,
    to,
    state: state?.length ? state : undefined,
    ...(search !== undefined && termsOf(search)),
  };
  const after = cursor === undefined ? undefined : fromCursor(cursor)[0];
  const rows = await pages.all(
    ctx.em,
    { ...asked, after, limit: limit + 1 },
    `${whose} ${sort} ${areFew(state ?? []) ? 'few' : 'many'}`,
  );
  const total = count ? await countOf(ctx, asked, whose) : null;
  return { ...page(rows, { limit, at: ({ id }) => [id] }), total };
}

async function countOf({ em }: Reader, asked: Asked, whose: Whose): Promise<number> {
  const counted = await counts.first(em, asked, whose);
  return Number(counted?.orders);
}

/** Built once for every set of filters. */
const pages = remembered<Tables>()((rows, asked: Placeholders<AskedPage>, way: Way) => {
  const [whose, sort, few] = way.split(' ') as [Whose, ListOrders['sort'], 'few' | 'many'];
  const towards = sort === 'newest' ? 'desc' : 'asc';
  const inPlace = SCANNED.some((filter) => asked[filter] !== undefined);
  const begun = (part: Part) => {
    const fitting = fit(part.of(ordersIn(rows), asked.me), asked);
    const { after } = asked;
    const here = after ? fitting.where('o.id', sort === 'newest' ? '<' : '>', after) : fitting;
    const sorted =
      part.isFew || few === 'few'
        ? here.orderBy(({ fn, val }) => fn.coalesce('o.id', val('')), towards)
        : (inPlace ? here.orderBy('o.restaurantId', towards) : here).orderBy('o.id', towards);
    return sorted.limit(asked.limit);
  };
  const [first, ...others] = BRANCHES[whose];
  if (others.length === 0) return begun(first).select(CARD);
  const ids = others.reduce(
    (all, part) => all.union(idsOf(rows, begun(part))),
    idsOf(rows, begun(first)),
  );
  return (
    rows
      .selectFrom(ids.as('f'))
      // From these few to their orders, and not the other way.
      .crossJoin('Order as o')
      .whereRef('o.id', '=', 'f.id')
      .select(CARD)
      .orderBy(({ fn, val }) => fn.coalesce('o.id', val('')), towards)
      .limit(asked.limit)
  );
});

const counts = remembered<Tables>()((rows, asked: Placeholders<Asked>, whose: Whose) => {
  const [first, ...others] = BRANCHES[whose];
  const begun = (part: Part) => fit(part.of(ordersIn(rows), asked.me), asked);
  if (others.length === 0) return begun(first).select(({ fn }) => fn.countAll().as('orders'));
  // In the order of their ids SQLite would rather have them, and go through all there are.
  const idsIn = (part: Part) =>
    begun(part).select(({ fn, val }) => fn.coalesce('o.id', val('')).as('id'));
  const ids = others.reduce((all, part) => all.union(idsIn(part)), idsIn(first));
  return rows.selectFrom(ids.as('f')).select(({ fn }) => fn.countAll().as('orders'));
});

/** A part of a union cannot have an end of its own on SQLite, but what it is read from can. */
function idsOf(rows: Rows, orders: Orders) {
  return rows.selectFrom(orders.select('o.id').as('p')).select('p.id');
}

/** A part of what somebody sees, for which there is an index. */
interface Part {
  of: (orders: Orders, me: Placeheld<string>) => Orders;
  /** Then they are sorted: in the order of an index SQLite finds them behind all that are closed. */
  isFew?: true;
}

const own: Part = { of: (orders, me) => orders.where('o.customerId', '=', me) };
const OPEN = OrderState.options.filter((state) => !CLOSED.includes(state));

/** What `sees` says of one order, as conditions on all of them: one that fits any is seen. */
const BRANCHES: Record<Whose, readonly [Part, ...Part[]]> = {
  all: [{ of: (orders) => orders }],
  own: [own],
  guest: [{ of: (orders, me) => orders.where('o.guestId', '=', me) }],
  open: [own, { of: (orders) => orders.where('o.state', 'in', OPEN), isFew: true }],
  assigned: [
    own,
    { of: (orders, me) => orders.where('o.assigneeId', '=', me) },
    {
      of: (orders) =>
        orders
          .where('o.state', '=', 'ready')
          .where('o.type', '=', 'delivery')
          // No index is to find all that nobody ever took.
          .where(({ eb, fn, val }) => eb(fn.coalesce('o.assigneeId', val('')), '=', '')),
      isFew: true,
    },
  ],
};

/**
 * Of one state an index has them in their order. Of several open ones they are sorted, for they are few,
 * and by what no index holds: else SQLite walks through all that are closed to find them in order.
 */
export function areFew(states: readonly OrderState[]): boolean {
  return states.length > 1 && !states.some((state) => CLOSED.includes(state));
}

/**
 * What no index finds. By their id alone MariaDB may walk through the orders of all restaurants until
 * enough of them fit; with the restaurant ahead of it, it keeps to the one.
 */
const SCANNED = ['name', 'type', 'payment', 'tableId', 'from', 'to'] as const;

/** What is looked for is looked for among these alone: nobody can guess at the others. */
function fit(orders: Orders, asked: Placeholders<Asked>): Orders {
  const { name, state, type, payment, customerId, tableId, assigneeId, from, to } = asked;
  let fitting = orders;
  if (name) fitting = found(fitting, { ...asked, name });
  if (state) fitting = fitting.where('o.state', 'in', state);
  if (type) fitting = fitting.where('o.type', '=', type);
  if (payment) fitting = fitting.where('o.payment', '=', payment);
  if (customerId) fitting = fitting.where('o.customerId', '=', customerId);
  if (tableId) fitting = fitting.where('o.tableId', '=', tableId);
  if (assigneeId) fitting = fitting.where('o.assigneeId', '=', assigneeId);
  if (from) fitting = fitting.where('o.placedAt', '>=', from);
  if (to) fitting = fitting.where('o.placedAt', '<', to);
  return fitting;
}

const NUMBER = /^#?(\d{1,9})$/;
/** What people put before and between the digits of a telephone number. */
const APART = ['+', ' ', '-', '.', '/', '(', ')'];
const PHONE = /^\d{4,}$/;

function termsOf(search: string): Pick<Asked, 'name' | 'number' | 'phone'> {
  const [, number] = NUMBER.exec(search) ?? [];
  const digits = APART.reduce((text, sign) => text.replaceAll(sign, ''), search);
  return {
    name: search.toLowerCase(),
    number: number === undefined ? undefined : Number(number),
    phone: PHONE.test(digits) ? digits : undefined,
  };
}

function found(
  orders: Orders,
  {
    name,
    number,
    phone,
  }: Pick<Placeholders<Asked>, 'number' | 'phone'> & {
    name: Placeheld<string>;
  },
): Orders {
  return orders.where(({ eb, or, fn, val }) => {
    const digits = APART.reduce(
      (text, sign) => fn<string>('replace', [text, val(sign), val('')]),
      fn.coalesce('o.phone', val('')),
    );
    return or([
      eb(fn<number>('instr', [fn('lower', ['o.customerName']), name]), '>', 0),
      ...(number ? [eb('o.number', '=', number)] : []),
      ...(phone ? [eb(fn<number>('instr', [digits, phone]), '>', 0)] : []),
    ]);
  });
}
