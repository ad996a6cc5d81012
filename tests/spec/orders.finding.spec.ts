import type { Client } from '@comanda/client';
import { Order } from '@comanda/domains/orders/orders.entity';
import type { Role } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import type { OrderTraits } from '@comanda/testing/given-order';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import { inside } from '../auth/looking.ts';
import { placed } from '../orders/ordering.ts';

type ListOrders = NonNullable<Parameters<Client['orders']['list']['query']>[0]>;
type Said = Partial<Pick<Order, 'number' | 'customerName' | 'phone' | 'address'>>;

/** An order with what its guest said of themselves. */
async function ordered(app: TestApp, said: Said, traits: OrderTraits = {}): Promise<string> {
  const { orderId } = await app.given.order(traits);
  const em = inside(app);
  Object.assign(await em.findOneOrFail(Order, orderId), said);
  await em.flush();
  return orderId;
}

async function found(app: TestApp, who: Role, said: ListOrders): Promise<string[]> {
  const { items } = await app.as(who).orders.list.query(said);
  return items.map(({ customerName }) => customerName).toSorted();
}

const GUESTS: Said[] = [
  { number: 7, customerName: 'Ágnes Nagy', phone: '+39 333 12-34.567' },
  { number: 70, customerName: 'Bruno 70', phone: '(06) 555/0700' },
  { number: 700, customerName: 'Carla', phone: null, address: 'Via Dante 70' },
];

describe('searching orders', () => {
  test.each([
    ['a number', '70', ['Bruno 70']],
    ['a number as it is printed', '#700', ['Carla']],
    ['no part of a number', '#70', ['Bruno 70']],
    ['a part of a name', 'gn', ['Ágnes Nagy']],
    ['a name in any letters', ' ágnes NAGY ', ['Ágnes Nagy']],
    ['a telephone number, however it is written', '393331234567', ['Ágnes Nagy']],
    ['its last digits', '34 567', ['Ágnes Nagy']],
    ['its first', '+39 (333)', ['Ágnes Nagy']],
    ['another', '06-555.0700', ['Bruno 70']],
    ['no three digits of one', '555', []],
    ['what is common to all telephone numbers', '-', []],
    ['what stands in an address', 'Dante', []],
    ['a number that no order can have', '99999999999', []],
    ['a pattern', '%', []],
    ['a pattern of one letter', '_', []],
    ['a quote', "' or 1=1 --", []],
  ])('S0-49 by %s: %j', async (_, search, names) => {
    await using app = await openApp();
    await inTurn(GUESTS.length, (at) => ordered(app, GUESTS[at] ?? {}));

    expect(await found(app, 'manager', { search })).toEqual(names);
  });

  test('S0-49 tells an admin number, customer, total, status, payment and when', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 1_250 });
    const { id: customerId } = app.home.staff.customer;
    const said = { customerName: 'Carla', phone: '06 555 0700' };
    const { id } = await placed(app.as('customer'), { itemId, quantity: 2, ...said });

    const page = await app.as('admin').orders.list.query({ search: '5550700', count: true });

    const card = { id, number: 1, customerId, customerName: 'Carla', total: 2_500, units: 2 };
    const now = { state: 'pending', payment: 'unpaid', placedAt: app.clock.now() };
    expect(page).toMatchObject({ items: [{ ...card, ...now }], nextCursor: null, total: 1 });
  });

  test('S0-49 together with a state, and page by page', async () => {
    await using app = await openApp();
    const states = ['served', 'pending', 'served', 'served'] as const;
    const ids = await inTurn(4, (at) =>
      ordered(app, { customerName: `Nagy ${at}` }, { state: states[at] ?? 'pending' }),
    );
    await ordered(app, { customerName: 'Carla' }, { state: 'served' });
    const { list } = app.as('manager').orders;
    const said = { search: 'nagy', state: ['served' as const], limit: 2, count: true };

    const first = await list.query(said);
    const second = await list.query({ ...said, cursor: first.nextCursor ?? '' });

    const pages = [first, second].map(({ items, total }) => [items.map(({ id }) => id), total]);
    expect(pages).toEqual([
      [[ids[3], ids[2]], 3],
      [[ids[0]], 3],
    ]);
    expect(second.nextCursor).toBeNull();
  });
});

describe('narrowing a list of orders further', () => {
  test('S0-49 by what was paid, and by whose they are', async () => {
    await using app = await openApp();
    const { id: customerId } = await app.given.person();
    await ordered(app, { customerName: 'A' }, { customerId });
    await ordered(app, { customerName: 'B' }, { payment: 'paid', customerId });
    await ordered(app, { customerName: 'C' }, { payment: 'paid' });

    expect(await found(app, 'manager', { payment: 'paid' })).toEqual(['B', 'C']);
    expect(await found(app, 'manager', { payment: 'unpaid' })).toEqual(['A']);
    expect(await found(app, 'manager', { payment: 'refunded' })).toEqual([]);
    expect(await found(app, 'manager', { customerId })).toEqual(['A', 'B']);
    expect(await found(app, 'manager', { customerId, payment: 'paid' })).toEqual(['B']);
    expect(await found(app, 'manager', { customerId: newId() })).toEqual([]);
  });

  test('S0-49 by when they were placed, half-open', async () => {
    await using app = await openApp();
    const times: Date[] = [];
    for (const customerName of ['A', 'B', 'C']) {
      times.push(app.clock.now());
      await ordered(app, { customerName });
      app.clock.advance(MINUTE);
    }
    const [, second, third] = times;

    expect(await found(app, 'manager', { from: second })).toEqual(['B', 'C']);
    expect(await found(app, 'manager', { to: second })).toEqual(['A']);
    expect(await found(app, 'manager', { from: second, to: third })).toEqual(['B']);
    expect(await found(app, 'manager', { from: third, to: second })).toEqual([]);
  });

  test.each<[string, object]>([
    ['search', { search: ' ' }],
    ['search', { search: 'a'.repeat(101) }],
    ['payment', { payment: 'free' }],
    ['customerId', { customerId: 'C1' }],
    ['from', { from: 'yesterday' }],
    ['to', { to: new Date('+010000-01-01T00:00:00Z') }],
    ['count', { count: 1 }],
  ])('T35 and not by %s: %j', async (path, wrong) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('manager').orders.list.query(wrong));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
  });
});

describe('counting orders', () => {
  test('S0-49 is done when it is asked for, and for all pages', async () => {
    await using app = await openApp();
    await inTurn(5, (at) => app.given.order({ state: at < 2 ? 'completed' : 'pending' }));
    const { list } = app.as('manager').orders;

    const unasked = await list.query({ limit: 2 });
    const first = await list.query({ limit: 2, count: true });
    const next = { limit: 2, count: true, cursor: first.nextCursor ?? '' };
    const second = await list.query({ ...next, sort: 'newest' });
    const none = await list.query({ count: true, search: 'nobody' });

    expect(unasked.total).toBeNull();
    expect([first.total, second.total, none.total]).toEqual([5, 5, 0]);
    expect(second.items).toHaveLength(2);
  });

  test('S0-49 leaves out those of other restaurants, which an admin may name', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    await ordered(app, { customerName: 'Here' });
    await ordered(app, { customerName: 'There' }, { restaurantId });
    await ordered(app, { customerName: 'There, too' }, { restaurantId });
    const said = { search: 'here', count: true };
    const told = async (who: Role, at: { restaurantId?: string } = {}) => {
      const { items, total } = await app.as(who).orders.list.query({ ...said, ...at });
      return [items.map(({ customerName }) => customerName), total];
    };

    expect(await told('admin')).toEqual([['Here'], 1]);
    expect(await told('admin', { restaurantId })).toEqual([['There, too', 'There'], 2]);
    expect(await told('manager', { restaurantId })).toEqual([[], 0]);
  });
});

describe('orders that somebody may not see', () => {
  const SAID = { number: 4_321, customerName: 'Canary', phone: '06 777 1234' };

  /** What is not theirs to see: that of another, closed, or brought by somebody else. */
  const HIDDEN: [Role, OrderTraits][] = [
    ['customer', { state: 'pending' }],
    ['employee', { state: 'completed' }],
    ['waiter', { state: 'completed' }],
    ['chef', { state: 'cancelled' }],
    ['delivery_crew', { state: 'preparing', type: 'delivery' }],
    ['delivery_crew', { state: 'out_for_delivery', type: 'delivery', assigneeId: newId() }],
  ];

  test.each(HIDDEN)('P13 S2-14 a %s finds and counts none of them: %j', async (role, traits) => {
    await using app = await openApp();
    const customerId = newId();
    const { list } = app.as(role).orders;
    const at = app.clock.now();
    const asked: ListOrders[] = [
      { search: 'canary' },
      { search: '#4321' },
      { search: '7771234' },
      { customerId },
      { payment: 'paid' },
      { from: at },
      { to: new Date(at.getTime() + 1) },
      { state: ['pending', 'preparing', 'completed', 'cancelled', 'out_for_delivery'] },
      { mine: true },
      { limit: 1 },
    ];
    const all = () => Promise.all(asked.map((said) => list.query({ ...said, count: true })));
    const without = await all();

    await ordered(app, SAID, { ...traits, customerId, payment: 'paid' });

    expect(await all()).toEqual(without);
    expect(without).toEqual(asked.map(() => ({ items: [], nextCursor: null, total: 0 })));
    expect(await found(app, 'manager', { search: '7771234', customerId })).toEqual(['Canary']);
  });

  test('S0-49 S2-12 a customer searches and counts among their own', async () => {
    await using app = await openApp();
    const { id: customerId } = app.home.staff.customer;
    await ordered(app, { ...SAID, customerName: 'Me' }, { customerId, state: 'completed' });
    await ordered(app, { customerName: 'Me, at a table', number: 5 }, { customerId });
    await ordered(app, { customerName: 'Mehmet' });
    const { list } = app.as('customer').orders;

    const page = await list.query({ search: 'me', count: true });

    expect(page.items.map(({ customerName }) => customerName)).toEqual(['Me, at a table', 'Me']);
    expect(page.total).toBe(2);
    expect(await found(app, 'customer', { search: '4321' })).toEqual(['Me']);
    expect(await found(app, 'customer', { search: '0677 71' })).toEqual(['Me']);
  });
});
