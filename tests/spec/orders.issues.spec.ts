import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { counted, leftOf, offering, onMenu, ordersIn } from '../orders/ordering.ts';

const option = (id: string) => ({
  id,
  name: 'Burrata',
  priceDelta: 200,
  available: true,
  maxQuantity: 1,
});
const group = (options: string[]) => ({
  id: newId(),
  name: 'Extras',
  min: 0,
  max: 1,
  options: options.map(option),
});

async function inCart(app: TestApp, said: { itemId: string; quantity?: number }): Promise<number> {
  const { version } = await app.as('customer').cart.add.mutate(said);
  return version;
}

/** What the cart becomes when it is ordered without any notice of what has changed. */
function ordering(app: TestApp, cartVersion: number, said: { expectedTotal?: number } = {}) {
  return app.as('customer').orders.place.mutate({ cartVersion, type: 'pickup', ...said });
}

describe('prices that have changed since the guest saw them', () => {
  test('C26 stop an order, and are told line by line', async () => {
    await using app = await openApp();
    const dear = await app.given.item({ name: 'Dear', price: 900 });
    const same = await app.given.item({ price: 500 });
    await inCart(app, { itemId: same });
    const version = await inCart(app, { itemId: dear });
    await app.as('manager').menu.items.update.mutate({ itemId: dear, price: 950 });

    const refused = await refusalOf(ordering(app, version));

    const issues = [{ code: 'PRICE_CHANGED', old: 900, new: 950 }];
    expect(refused).toMatchObject({
      reason: 'CART_ISSUES',
      httpStatus: 409,
      details: { lines: [{ itemId: dear, name: 'Dear', issues }], issues: [] },
    });
    expect(await ordersIn(app)).toEqual([]);
  });

  test('T39 are said yes to by the total that the guest expects now', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });
    const version = await inCart(app, { itemId, quantity: 2 });
    await app.as('manager').menu.items.update.mutate({ itemId, price: 950 });

    const old = await refusalOf(ordering(app, version, { expectedTotal: 1_800 }));
    const order = await ordering(app, version, { expectedTotal: 1_900 });

    expect(old).toMatchObject({
      reason: 'PRICE_CHANGED',
      httpStatus: 409,
      details: { expected: 1_800, total: 1_900 },
    });
    expect(order).toMatchObject({ number: 1, total: 1_900, items: [{ unit: 950 }] });
  });

  test('T39 a total that nobody has shown the guest stops an order, too', async () => {
    await using app = await openApp();
    await offering(app, { deliveryFee: 300 });
    const itemId = await app.given.item({ price: 900, stockMode: 'count', stockLeft: 3 });
    const version = await inCart(app, { itemId });
    const said = { cartVersion: version, type: 'delivery', address: '1 Via Appia' } as const;
    const { place } = app.as('customer').orders;

    const refused = await refusalOf(place.mutate({ ...said, expectedTotal: 900 }));
    const left = await leftOf(app, itemId);
    const order = await place.mutate({ ...said, expectedTotal: 1_200 });

    expect(refused).toMatchObject({ details: { expected: 900, total: 1_200 } });
    expect([left, order.total]).toEqual([3, 1_200]);
  });

  test('yes to a price is no yes to what is sold out', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900, stockMode: 'count', stockLeft: 9 });
    const version = await inCart(app, { itemId, quantity: 2 });
    await app.as('manager').menu.items.update.mutate({ itemId, price: 950 });
    await counted(app, itemId, 1);

    const refused = await refusalOf(ordering(app, version, { expectedTotal: 1_900 }));

    expect(refused).toMatchObject({ reason: 'SOLD_OUT', details: { items: [{ left: 1 }] } });
  });
});

describe('what keeps a cart from being ordered', () => {
  test('D5 is told of every line that it is true of, and of no other', async () => {
    await using app = await openApp();
    const [kept, gone] = [newId(), newId()];
    const fine = await app.given.item();
    const counts = await app.given.item({ stockMode: 'count', stockLeft: 9 });
    const breakfast = await onMenu(app, { name: 'Cornetto' });
    const choosy = await onMenu(app, { name: 'Pizza', options: [group([kept, gone])] });
    const { cart } = app.as('customer');
    await inCart(app, { itemId: fine });
    await inCart(app, { itemId: counts, quantity: 3 });
    await inCart(app, { itemId: breakfast });
    const options = [{ optionId: gone, quantity: 1 }];
    const { version } = await cart.add.mutate({ itemId: choosy, options });
    const { items } = app.as('manager').menu;
    await counted(app, counts, 2);
    await items.update.mutate({
      itemId: breakfast,
      mealtimes: { 2: [{ from: '07:00', to: '10:00' }] },
    });
    await items.update.mutate({ itemId: choosy, options: [group([kept])] });

    const refused = await refusalOf(ordering(app, version, { expectedTotal: 1 }));

    expect(refused).toMatchObject({ reason: 'CART_ISSUES', httpStatus: 409 });
    expect(refused.details).toEqual({
      lines: [
        { itemId: counts, name: expect.any(String), issues: [{ code: 'SOLD_OUT', left: 2 }] },
        { itemId: breakfast, name: 'Cornetto', issues: [{ code: 'OFF_MENU_TIME' }] },
        { itemId: choosy, name: 'Pizza', issues: [{ code: 'OPTION_INVALID', options: [gone] }] },
      ],
      issues: [],
    });
  });

  test('D10 is that the restaurant is paused', async () => {
    await using app = await openApp();
    const version = await inCart(app, { itemId: await app.given.item() });
    const until = new Date(app.clock.now().getTime() + 60_000);
    await app.as('manager').restaurants.pause.mutate({ until });

    const refused = await refusalOf(ordering(app, version));
    app.clock.set(until);
    const order = await ordering(app, version);

    expect(refused).toMatchObject({
      reason: 'CART_ISSUES',
      details: { lines: [], issues: [{ code: 'CLOSED', until }] },
    });
    expect(order.number).toBe(1);
  });

  test('D5 is that it comes to less than the restaurant asks for', async () => {
    await using app = await openApp();
    await offering(app, { minimum: 1_000 });
    const itemId = await app.given.item({ price: 500 });
    const version = await inCart(app, { itemId });

    const refused = await refusalOf(ordering(app, version, { expectedTotal: 500 }));
    const order = await ordering(app, await inCart(app, { itemId }));

    const issues = [{ code: 'BELOW_MINIMUM', minimum: 1_000, subtotal: 500 }];
    expect(refused).toMatchObject({ reason: 'CART_ISSUES', details: { lines: [], issues } });
    expect(order.total).toBe(1_000);
  });

  test.each(['removed', 'switched off', 'out'] as const)(
    'C26 is that an item was %s: nothing of it is left',
    async (how) => {
      await using app = await openApp();
      const itemId = await app.given.item();
      const version = await inCart(app, { itemId });
      const { items } = app.as('manager').menu;
      const done = {
        removed: () => items.remove.mutate({ itemId }),
        'switched off': () => items.setAvailability.mutate({ itemId, available: false }),
        out: () => items.setStock.mutate({ itemId, mode: 'out' }),
      };
      await done[how]();

      const refused = await refusalOf(ordering(app, version));

      const details = { items: [{ itemId, left: 0 }] };
      expect(refused).toMatchObject({ reason: 'SOLD_OUT', httpStatus: 409, details });
    },
  );

  test('D6 is that it comes to more money than can be written down', async () => {
    await using app = await openApp();
    const version = await inCart(app, { itemId: await app.given.item({ price: 9_999_999_999 }) });

    const refused = await refusalOf(
      app
        .as('customer')
        .orders.place.mutate({ cartVersion: version, type: 'pickup', tip: { fixed: 1 } }),
    );

    expect(refused).toMatchObject({ reason: 'AMOUNT_TOO_LARGE', httpStatus: 422 });
    expect((await ordering(app, version)).total).toBe(9_999_999_999);
  });
});
