import type { ListOrders } from '@comanda/client';
import { Order } from '@comanda/domains/orders/orders.entity';
import { sees } from '@comanda/domains/orders/orders.sight.rules';
import type { Role } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { listenToStatements } from '@comanda/storage/statements';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { TestApp } from '@comanda/testing';
import { behind } from '@comanda/testing/author';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openApp } from '../app.ts';
import { rowsReadBy } from './plans.ts';

type Kind = Pick<Order, 'state' | 'type' | 'customerId' | 'guestId' | 'assigneeId'>;
type Planted = Kind & { id: string };

/** Those who see but a part of all orders, and see it in different ways. */
const LOOKERS = ['customer', 'delivery_crew', 'waiter', 'chef'] as const satisfies Role[];
/** Closed, of others, and standing before, between and behind what is looked for. */
const OLD = 1_200;
const ONE_IN = 40;

let app: TestApp;
let planted: Planted[] = [];
let heard: string[] = [];
beforeAll(async () => {
  app = await openApp();
  planted = await plant();
  listenToStatements(app.house.database, ({ text }) => heard.push(text));
});
afterAll(async () => {
  listenToStatements(app.house.database, () => undefined);
  await app[Symbol.asyncDispose]();
});

async function plant(): Promise<Planted[]> {
  const { orderId } = await app.given.order({ items: [] });
  const em = acrossRestaurants(app.house.database, behind(app.clock));
  const made = await em.findOneOrFail(Order, orderId);
  await em.nativeDelete(Order, orderId);
  const seldom = kinds();
  const all = Array.from({ length: OLD }, (_, n): Planted => {
    const rare = n % ONE_IN === 7 ? seldom[Math.floor(n / ONE_IN) % seldom.length] : undefined;
    const type = (['dine_in', 'pickup'] as const)[n % 2] ?? 'pickup';
    return { ...nobodys, state: 'completed', type, assigneeId: newId(), ...rare, id: newId() };
  });
  await em.insertMany(
    Order,
    all.map((one, n) =>
      Object.assign({}, made, one, { number: n + 1, origin: newId().replaceAll('-', '') }),
    ),
  );
  return all;
}

const nobodys = { customerId: null, guestId: null, assigneeId: null };

function kinds(): Partial<Kind>[] {
  const { customer, delivery_crew: courier, waiter } = app.home.staff;
  return [
    { state: 'pending', assigneeId: null },
    { customerId: customer.id },
    { assigneeId: courier.id, type: 'delivery' },
    { state: 'ready', type: 'delivery', assigneeId: null },
    { customerId: waiter.id, assigneeId: null },
    { state: 'preparing', assigneeId: courier.id },
    { state: 'ready', type: 'pickup', assigneeId: null },
    { customerId: courier.id, state: 'cancelled' },
    { customerId: courier.id, assigneeId: courier.id, state: 'served' },
  ];
}

/** Reckoned from all there are, by the rule that judges one. */
function expected(role: Role, { sort, state, type }: ListOrders): string[] {
  const watcher = { role, id: app.home.staff[role].id, isGuest: false };
  const ids = planted
    .filter((one) => sees(watcher, one))
    .filter((one) => !state || state.includes(one.state))
    .filter((one) => !type || one.type === type)
    .map(({ id }) => id)
    .toSorted();
  return sort === 'oldest' ? ids : ids.toReversed();
}

async function listed(role: Role, asked: ListOrders): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await app.as(role).orders.list.query({ ...asked, limit: 4, cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

/** How SQLite comes to the orders: by which columns of an index, or from end to end. */
async function waysOf(text: string): Promise<string[]> {
  if (inject('dialect') !== 'sqlite') return [];
  const values = Array.from(text.matchAll(/\?/g), () => 1);
  const plan: { detail: string }[] = await app.house.database.orm.em
    .getConnection()
    .execute(`explain query plan ${text}`, values);
  return plan.map(({ detail }) => detail).filter((detail) => /^(SEARCH|SCAN) o\b/.test(detail));
}

/** Such as are few: one, a person's own or given to them, or those of some states. */
const FEW = /^SEARCH o .*\((id=\?|restaurant_id=\? AND (id|customer_id|assignee_id|state)=\?)/;

const FILTERS: Omit<ListOrders, 'sort'>[] = [
  {},
  { state: ['completed'] },
  { state: ['completed', 'ready'] },
  { state: ['pending', 'ready'] },
  { type: 'delivery' },
  { type: 'dine_in', state: ['preparing'] },
];
const SORTS = ['newest', 'oldest'] as const;
const ASKED = SORTS.flatMap((sort) => FILTERS.map((filter) => ({ sort, ...filter })));

describe('many orders', () => {
  test.each(LOOKERS.flatMap((role) => ASKED.map((asked) => [role, asked] as const)))(
    'S2-14 a %s is told theirs page by page, each once and in its order: %j',
    async (role, asked) => {
      expect(await listed(role, asked)).toEqual(expected(role, asked));
    },
  );

  test.each(LOOKERS)('S2-14 a %s is told how many there are', async (role) => {
    const { total } = await app.as(role).orders.list.query({ count: true });

    expect(total).toBe(expected(role, {}).length);
  });

  test.each(
    (['delivery_crew', 'waiter', 'chef'] as const).flatMap((role) =>
      ASKED.map((asked) => [role, asked] as const),
    ),
  )('a page of a %s comes along indexes, whatever is closed: %j', async (role, asked) => {
    heard = [];
    const list = () => app.as(role).orders.list.query({ ...asked, limit: 4, count: true });
    const read = await rowsReadBy(app, ['customer_order'], list);

    const ways = (await Promise.all(heard.map(waysOf))).flat();
    expect(heard.length).toBeGreaterThan(0);
    expect(ways.filter((way) => !FEW.test(way))).toEqual([]);
    // By their state come those alone that are open: once for the page, once to count them.
    expect(ways.filter((way) => way.includes('state=?')).length).toBeLessThanOrEqual(2);
    expect(read).toBeLessThan(150);
  });
});
