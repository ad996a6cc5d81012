import type { ListOrders } from '@comanda/client';
import type { Role } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { toCursor } from '@comanda/kernel/page';
import type { TestApp } from '@comanda/testing';
import type { OrderTraits } from '@comanda/testing/given-order';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn, outcomeOf } from '../auth/callers.ts';
import { placed } from '../orders/ordering.ts';

/** Orders of all kinds, as they are to whoever looks. */
const kinds = (me: string, other: string): Record<string, OrderTraits> => ({
  pending: { state: 'pending', customerId: newId() },
  confirmed: { state: 'confirmed', type: 'dine_in' },
  guests: { state: 'pending', guestId: newId() },
  preparing: { state: 'preparing', type: 'delivery' },
  claimable: { state: 'ready', type: 'delivery' },
  fetched: { state: 'ready', type: 'pickup' },
  brought: { state: 'ready', type: 'delivery', assigneeId: other },
  served: { state: 'served', type: 'dine_in' },
  underway: { state: 'out_for_delivery', type: 'delivery', assigneeId: other },
  completed: { state: 'completed', type: 'delivery', assigneeId: other },
  cancelled: { state: 'cancelled' },
  'mine to bring': { state: 'preparing', type: 'delivery', assigneeId: me },
  'brought by me': { state: 'completed', type: 'delivery', assigneeId: me },
  'my pending': { state: 'pending', customerId: me },
  'my completed': { state: 'completed', customerId: me },
  'my cancelled': { state: 'cancelled', customerId: me },
});

// By hand, from the rules of the house: own; what is open; what one brings or may claim; or all.
const OWN = ['my cancelled', 'my completed', 'my pending'];
const BRINGS = ['brought by me', 'claimable', 'mine to bring'];
const OVER = ['brought by me', 'cancelled', 'completed'];
const ALL = Object.keys(kinds('', ''));
const OPEN = ALL.filter((kind) => !OVER.includes(kind));
const SEEN: [Role, string[]][] = [
  ['customer', OWN],
  ['employee', OPEN],
  ['delivery_crew', [...BRINGS, ...OWN]],
  ['waiter', OPEN],
  ['prep_cook', OPEN],
  ['chef', OPEN],
  ['sous_chef', OPEN],
  ['head_chef', ALL],
  ['master_chef', ALL],
  ['manager', ALL],
  ['admin', ALL],
];

/** Orders of all kinds, by their ids; each as it is to somebody of that role. */
async function ordersFor(app: TestApp, role: Role, restaurantId?: string) {
  const { id: other } = await app.given.person({ role: 'delivery_crew' });
  const all = Object.entries(kinds(app.home.staff[role].id, other));
  const named = await inTurn(all.length, async (at) => {
    const [kind = '', traits = {}] = all[at] ?? [];
    const { orderId } = await app.given.order({ ...traits, ...(restaurantId && { restaurantId }) });
    return [orderId, kind] as const;
  });
  return new Map(named);
}

async function listed(app: TestApp, role: Role, said: ListOrders = {}): Promise<string[]> {
  const { items } = await app.as(role).orders.list.query({ limit: 100, ...said });
  return items.map(({ id }) => id);
}

const sorted = (ids: Iterable<string>, names: Map<string, string>) =>
  [...ids].map((id) => names.get(id) ?? id).toSorted();

describe('who sees which orders', () => {
  test.each(SEEN)('S2-14 S0-38 D1 a %s, in a list and one by one alike', async (role, seen) => {
    await using app = await openApp();
    const orders = await ordersFor(app, role);
    const { show } = app.as(role).orders;

    const inList = await listed(app, role);
    const ids = [...orders.keys()];
    const outcomes = await Promise.all(ids.map((orderId) => outcomeOf(show.query({ orderId }))));

    const shown = ids.filter((_, at) => outcomes[at] === 'ok');
    expect(sorted(inList, orders)).toEqual(seen.toSorted());
    expect(sorted(shown, orders)).toEqual(seen.toSorted());
    expect(new Set(outcomes)).toEqual(new Set(seen === ALL ? ['ok'] : ['ok', 'NOT_FOUND']));
  });

  test.each(SEEN)('S2-14 a %s may look at their own alone', async (role) => {
    await using app = await openApp();
    const orders = await ordersFor(app, role);

    expect(sorted(await listed(app, role, { mine: true }), orders)).toEqual(OWN);
  });

  test.each(SEEN)('S3-11 a %s sees in another restaurant what is their own', async (role) => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const orders = await ordersFor(app, role, restaurantId);
    const everything = role === 'admin';
    const [orderId = ''] = orders.keys();

    const there = await listed(app, role, { restaurantId });
    const here = await listed(app, role, { restaurantId: app.home.restaurantId });
    const shown = await outcomeOf(app.as(role).orders.show.query({ restaurantId, orderId }));

    expect(sorted(there, orders)).toEqual(everything ? ALL.toSorted() : OWN);
    expect(here).toEqual([]);
    expect(shown).toBe(everything ? 'ok' : 'NOT_FOUND');
  });

  test('P13 another’s order and none at all are refused in the same words', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order();
    const { show } = app.as('customer').orders;

    const refusals = [
      await refusalOf(show.query({ orderId })),
      await refusalOf(show.query({ orderId: newId() })),
    ];

    const refused = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'order' } };
    expect(refusals).toMatchObject([refused, refused]);
  });

  test('A12-4 staff do not lose sight of an order when it is ready, nor its guest when it is over', async () => {
    await using app = await openApp();
    const customerId = app.home.staff.customer.id;
    const { orderId: ready } = await app.given.order({ state: 'ready' });
    const { orderId: over } = await app.given.order({ state: 'completed', customerId });

    expect(await listed(app, 'waiter')).toEqual([ready]);
    expect(await listed(app, 'customer')).toEqual([over]);
  });

  test('S0-37 who did what is told to staff, and to nobody else', async () => {
    await using app = await openApp();
    const { id: orderId } = await placed(app.as('customer'), { itemId: await app.given.item() });
    const { orders } = app.as('waiter');
    const moved = await orders.advance.mutate({ orderId, expectedVersion: 1, to: 'confirmed' });

    const [guests, staffs] = [
      await app.as('customer').orders.show.query({ orderId }),
      await app.as('employee').orders.show.query({ orderId }),
    ];

    expect(guests.history.map(({ by }) => by)).toEqual([null, null]);
    expect(staffs.history.map(({ by }) => by)).toEqual(['Some Body', 'Some Body']);
    expect(staffs).toEqual(moved);
    expect({ ...guests, history: [] }).toEqual({ ...staffs, history: [] });
  });

  test('a list tells no address and no telephone number', async () => {
    await using app = await openApp();
    const said = { type: 'delivery', address: '1 Via Appia', phone: '06 123' } as const;
    const itemId = await app.given.item();
    const { id } = await placed(app.as('customer'), { itemId, ...said });

    const page = await app.as('manager').orders.list.query();

    expect(page).toMatchObject({ items: [{ id, total: 900, units: 1, number: 1 }] });
    expect(JSON.stringify(page)).not.toMatch(/Appia|06 123/);
  });
});

describe('narrowing a list of orders', () => {
  test('D12 by state, type, table and who brings it', async () => {
    await using app = await openApp();
    const orders = await ordersFor(app, 'manager');
    const tableId = await app.given.table();
    const waiter = app.as('waiter').orders;
    const lines = [{ itemId: await app.given.item() }];
    const { id } = await waiter.take.mutate({ lines, tableId });
    orders.set(id, 'at a table');
    const me = app.home.staff.manager.id;
    const found = async (said: ListOrders) => sorted(await listed(app, 'manager', said), orders);

    expect(await found({ state: ['served', 'cancelled'] })).toEqual(
      ['cancelled', 'my cancelled', 'served'].toSorted(),
    );
    expect(await found({ state: [] })).toHaveLength(17);
    expect(await found({ type: 'dine_in' })).toEqual(['at a table', 'confirmed', 'served']);
    expect(await found({ tableId })).toEqual(['at a table']);
    expect(await found({ assigneeId: me })).toEqual(['brought by me', 'mine to bring']);
    expect(await found({ assigneeId: me, state: ['completed'] })).toEqual(['brought by me']);
    expect(await found({ mine: true, state: ['pending'] })).toEqual(['my pending']);
    expect(await found({ tableId: newId() })).toEqual([]);
  });

  test('S2-14 never widens it', async () => {
    await using app = await openApp();
    const orders = await ordersFor(app, 'delivery_crew');
    const crew = app.as('delivery_crew').orders.list;
    const [brought = ''] = [...orders].find(([, kind]) => kind === 'brought') ?? [];
    const { assigneeId } = await app.as('manager').orders.show.query({ orderId: brought });

    const others = await crew.query({ assigneeId: assigneeId ?? '' });
    const pending = await crew.query({ state: ['pending'] });

    expect(others.items).toEqual([]);
    expect(
      sorted(
        pending.items.map(({ id }) => id),
        orders,
      ),
    ).toEqual(['my pending']);
  });

  test.each<[string, object]>([
    ['state', { state: ['eaten'] }],
    ['state', { state: 'pending' }],
    ['state', { state: Array(9).fill('pending') }],
    ['type', { type: 'catering' }],
    ['tableId', { tableId: 'T1' }],
    ['limit', { limit: 0 }],
    ['limit', { limit: 101 }],
    ['sort', { sort: 'total' }],
    ['', { guestId: newId() }],
    ['cursor', { cursor: 'nonsense' }],
    ['cursor', { cursor: toCursor(['a', 'b']) }],
    ['cursor', { cursor: 'W3siJGd0IjoiIn1d' }],
  ])('T35 asks for what there is, and not for %s: %j', async (path, wrong) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('manager').orders.list.query(wrong));

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
    const { issues } = refused.details as { issues: { path: string }[] };
    expect(issues[0]?.path).toContain(path);
  });

  test('T35 a cursor that was made up leads nowhere', async () => {
    await using app = await openApp();
    const { orderId } = await app.given.order();
    const { list } = app.as('manager').orders;

    const before = await list.query({ cursor: toCursor(["' or 1=1 --"]) });
    const after = await list.query({ cursor: toCursor(['zzz']) });

    expect(before.items).toEqual([]);
    expect(after.items).toMatchObject([{ id: orderId }]);
  });
});

describe('paging through orders', () => {
  /** Pages of two; before each further one, somebody orders something else. */
  async function paged(app: TestApp, sort: 'newest' | 'oldest'): Promise<string[]> {
    const { list } = app.as('manager').orders;
    const ids: string[] = [];
    let cursor: string | null | undefined;
    for (let turn = 0; turn < 4 && cursor !== null; turn++) {
      const page = await list.query({ sort, limit: 2, ...(cursor && { cursor }) });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      if (turn < 2) await app.given.order();
    }
    return ids;
  }

  test('A11 newest first, nothing twice and nothing left out while more come in', async () => {
    await using app = await openApp();
    const orders = await inTurn(5, () => app.given.order());

    const ids = await paged(app, 'newest');

    expect(ids).toEqual(orders.map(({ orderId }) => orderId).toReversed());
  });

  test('A11 oldest first, what comes in meanwhile comes at the end', async () => {
    await using app = await openApp();
    const orders = await inTurn(5, () => app.given.order());

    const ids = await paged(app, 'oldest');

    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(7);
    expect(ids.slice(0, 5)).toEqual(orders.map(({ orderId }) => orderId));
  });

  test('A11 an order that leaves the list takes no other with it', async () => {
    await using app = await openApp();
    const orders = await inTurn(4, () => app.given.order({ state: 'confirmed' }));
    const { list, advance } = app.as('chef').orders;
    const said = { state: ['confirmed' as const], limit: 2, sort: 'oldest' as const };

    const first = await list.query(said);
    const orderId = orders[0]?.orderId ?? '';
    await advance.mutate({ orderId, expectedVersion: 1, to: 'preparing' });
    const second = await list.query({ ...said, cursor: first.nextCursor ?? '' });

    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual(orders.map(({ orderId }) => orderId));
    expect(second.nextCursor).toBeNull();
  });
});
