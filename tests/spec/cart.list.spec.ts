import type { Client } from '@comanda/client';
import { Cart } from '@comanda/domains/cart/cart.entity';
import { newId } from '@comanda/kernel/id';
import { toCursor } from '@comanda/kernel/page';
import { DAY, MINUTE } from '@comanda/kernel/time';
import type { TestApp } from '@comanda/testing';
import type { Person } from '@comanda/testing/given';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { openGuest } from './cart.shopping.ts';

type ListCarts = NonNullable<Parameters<Client['cart']['list']['query']>[0]>;

/** Somebody of that name has put so many of an item into their cart. */
async function shopper(app: TestApp, lastName: string, quantity = 1): Promise<Person> {
  const person = await app.given.person({ firstName: 'Ágnes', lastName });
  await app.as(person).cart.add.mutate({ itemId: await app.given.item(), quantity });
  return person;
}

/** A guest with something in their cart. */
async function guest(app: TestApp) {
  const { token, client } = await openGuest(app);
  await client.cart.add.mutate({ itemId: await app.given.item() });
  const { ownerId } = await inside(app).findOneOrFail(Cart, { guest: true });
  return { token, ownerId };
}

async function owners(app: TestApp, said: ListCarts = {}): Promise<(string | undefined)[]> {
  const { items } = await app.as('admin').cart.list.query(said);
  return items.map(({ owner }) => owner?.name);
}

describe('the carts of a restaurant', () => {
  test('S2-16 an admin sees whose they are and how full, the last touched first', async () => {
    await using app = await openApp();
    const [pizza, wine] = [
      await app.given.item({ price: 1_000 }),
      await app.given.item({ price: 450 }),
    ];
    const then = app.clock.now();
    const person = await app.given.person({ firstName: 'Carla', lastName: 'Rossi' });
    await app.as(person).cart.add.mutate({ itemId: pizza, quantity: 2 });
    await app.as('waiter').cart.add.mutate({ itemId: wine });
    app.clock.advance(MINUTE);
    await app.as(person).cart.add.mutate({ itemId: wine, quantity: 3 });

    const page = await app.as('admin').cart.list.query();

    const ids = expect.any(String);
    expect(page).toEqual({
      items: [
        {
          id: ids,
          owner: { id: person.id, name: 'Carla Rossi' },
          lines: 2,
          units: 5,
          subtotal: 3_350,
          createdAt: then,
          updatedAt: app.clock.now(),
        },
        {
          id: ids,
          owner: { id: app.home.staff.waiter.id, name: 'Some Body' },
          lines: 1,
          units: 1,
          subtotal: 450,
          createdAt: then,
          updatedAt: then,
        },
      ],
      nextCursor: null,
    });
  });

  test('S2-16 a subtotal is that to which their owners agreed', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 1_000 });
    const { cart } = app.as('customer');
    const { lines } = await cart.add.mutate({ itemId, quantity: 2 });
    await app.as('manager').menu.items.update.mutate({ itemId, price: 1_100 });
    const { list } = app.as('admin').cart;

    const before = await list.query();
    await cart.setQuantity.mutate({ key: lines[0]?.key ?? '', quantity: 2 });
    const after = await list.query();

    expect(before.items).toMatchObject([{ subtotal: 2_000 }]);
    expect(after.items).toMatchObject([{ subtotal: 2_200 }]);
  });

  test('S2-16 of a guest nothing is told, and least of all what they are known by', async () => {
    await using app = await openApp();
    const { token, ownerId } = await guest(app);

    const page = await app.as('admin').cart.list.query();

    expect(page.items).toMatchObject([{ owner: null, lines: 1, units: 1, subtotal: 900 }]);
    expect(JSON.stringify(page)).not.toContain(ownerId);
    expect(JSON.stringify(page)).not.toContain(token);
  });

  test('S2-16 what was ordered or cleared is an empty one; what is idle is none', async () => {
    await using app = await openApp();
    const ordering = await shopper(app, 'Nagy');
    const clearing = await shopper(app, 'Kis');
    const { cart, orders } = app.as(ordering);
    const { version } = await cart.show.query();

    await orders.place.mutate({ type: 'pickup', cartVersion: version });
    await app.as(clearing).cart.clear.mutate();
    const { items } = await app.as('admin').cart.list.query();
    app.clock.advance(14 * DAY - 1);
    const late = await owners(app);
    app.clock.advance(1);

    expect(items.map(({ lines, units, subtotal }) => [lines, units, subtotal])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(late).toHaveLength(2);
    expect(await owners(app)).toEqual([]);
  });
});

describe('who sees them', () => {
  test.each(['customer', 'waiter', 'head_chef', 'master_chef', 'manager'] as const)(
    'S2-16 not a %s',
    async (role) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).cart.list.query());

      expect(refused).toMatchObject({
        reason: 'FORBIDDEN',
        details: { capability: 'console' },
      });
    },
  );

  test('S2-16 neither does a guest, whose token opens their own alone', async () => {
    await using app = await openApp();
    const { client } = await openGuest(app);

    const refused = await refusalOf(client.cart.list.query());

    expect(refused).toMatchObject({ reason: 'UNAUTHENTICATED', httpStatus: 401 });
  });

  test('S3-11 those of another restaurant are listed where they are, for an admin who names it', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const itemId = await app.given.item({ restaurantId });
    await app.as('customer').cart.add.mutate({ restaurantId, itemId });
    const here = await app.given.item();
    await app.as('waiter').cart.add.mutate({ itemId: here });
    const { customer, waiter } = app.home.staff;
    const ownersAt = async (said: ListCarts) => {
      const { items } = await app.as('admin').cart.list.query(said);
      return items.map(({ owner }) => owner?.id);
    };

    expect(await ownersAt({})).toEqual([waiter.id]);
    expect(await ownersAt({ restaurantId })).toEqual([customer.id]);
    expect(await ownersAt({ restaurantId, search: 'body' })).toEqual([customer.id]);
    expect(await refusalOf(ownersAt({ restaurantId: newId() }))).toMatchObject({
      reason: 'NOT_FOUND',
      details: { what: 'restaurant' },
    });
  });
});

describe('finding a cart', () => {
  test.each([
    ['nagy', ['Ágnes Nagy']],
    [' ÁGNES n', ['Ágnes Nagy']],
    ['ágnes', ['Ágnes Kis', 'Ágnes Nagy']],
    ['customer.', ['Ágnes Kis', 'Ágnes Nagy']],
    ['%', []],
    ['guest', []],
  ])('S2-16 by a part of its owner’s name: %j', async (search, names) => {
    await using app = await openApp();
    await shopper(app, 'Nagy');
    app.clock.advance(1);
    await shopper(app, 'Kis');
    await guest(app);

    expect(await owners(app, { search })).toEqual(names);
  });

  test('S2-16 among those of guests, or of people', async () => {
    await using app = await openApp();
    await shopper(app, 'Nagy');
    await guest(app);

    expect(await owners(app, { guests: true })).toEqual([undefined]);
    expect(await owners(app, { guests: false })).toEqual(['Ágnes Nagy']);
    expect(await owners(app, { guests: true, search: 'nagy' })).toEqual([]);
    expect(await owners(app)).toHaveLength(2);
  });

  test('S2-16 page by page, also of one moment', async () => {
    await using app = await openApp();
    for (const name of ['A', 'B', 'C']) await shopper(app, name);
    app.clock.advance(1);
    for (const name of ['D', 'E']) await shopper(app, name);
    const { list } = app.as('admin').cart;
    const all = await owners(app);

    const pages = [await list.query({ limit: 2 })];
    for (let cursor = pages[0]?.nextCursor; cursor; cursor = pages.at(-1)?.nextCursor) {
      pages.push(await list.query({ limit: 2, cursor }));
    }

    expect(all).toEqual(['E', 'D', 'C', 'B', 'A'].map((name) => `Ágnes ${name}`));
    expect(pages.map(({ items }) => items.map(({ owner }) => owner?.name))).toEqual([
      all.slice(0, 2),
      all.slice(2, 4),
      all.slice(4),
    ]);
  });

  test.each<[string, object]>([
    ['search', { search: '' }],
    ['guests', { guests: 'all' }],
    ['limit', { limit: 101 }],
    ['cursor', { cursor: 'nonsense' }],
    ['cursor', { cursor: toCursor(['never', newId()]) }],
    ['', { ownerId: newId() }],
  ])('T35 and not by %s: %j', async (path, wrong) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('admin').cart.list.query(wrong));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
  });
});
