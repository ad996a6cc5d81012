import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { pizzaOf } from './cart.shopping.ts';

describe('a new price', () => {
  test('D5 is told with the old one, and counts at once', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId, quantity: 3 });

    await app.as('manager').menu.items.update.mutate({ itemId, price: 950 });

    expect(await cart.show.query()).toMatchObject({
      lines: [{ unit: 950, total: 2_850, issues: [{ code: 'PRICE_CHANGED', old: 900, new: 950 }] }],
      subtotal: 2_850,
      orderable: false,
    });
  });

  test('D5 is told until somebody says how many they want at that price', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });
    const { cart } = app.as('customer');
    const { lines } = await cart.add.mutate({ itemId, quantity: 3 });
    await app.as('manager').menu.items.update.mutate({ itemId, price: 800 });
    await cart.show.query();
    const seen = await cart.show.query();

    const told = await cart.setQuantity.mutate({ key: lines[0]?.key ?? '', quantity: 3 });

    expect(seen.lines[0]?.issues).toEqual([{ code: 'PRICE_CHANGED', old: 900, new: 800 }]);
    expect(told).toMatchObject({
      lines: [{ unit: 800, total: 2_400, issues: [] }],
      subtotal: 2_400,
      orderable: true,
    });
  });

  test('D5 is accepted by taking more, and only for what was taken', async () => {
    await using app = await openApp();
    const [one, other] = [await app.given.item(), await app.given.item()];
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId: one });
    await cart.add.mutate({ itemId: other });
    const { update } = app.as('manager').menu.items;
    await update.mutate({ itemId: one, price: 1_000 });
    await update.mutate({ itemId: other, price: 1_000 });

    const told = await cart.add.mutate({ itemId: one });

    expect(told.lines.map(({ unit, issues }) => [unit, issues])).toEqual([
      [1_000, []],
      [1_000, [{ code: 'PRICE_CHANGED', old: 900, new: 1_000 }]],
    ]);
  });

  test('D5 that is taken back is none', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });
    const { cart } = app.as('customer');
    const before = await cart.add.mutate({ itemId });
    const { update } = app.as('manager').menu.items;

    await update.mutate({ itemId, price: 950 });
    await update.mutate({ itemId, price: 900 });

    expect(await cart.show.query()).toEqual(before);
  });

  test('D5 of an option is one of the line', async () => {
    await using app = await openApp();
    const { itemId, crust } = await pizzaOf(app);
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId, options: [{ optionId: crust.thick }], quantity: 2 });
    const { menu } = app.as('manager');
    const { options } = await menu.show.query({ itemId });
    const dearer = options.map((group) => ({
      ...group,
      options: group.options.map((one) => ({ ...one, priceDelta: one.priceDelta * 3 })),
    }));

    await menu.items.update.mutate({ itemId, options: dearer });

    expect(await cart.show.query()).toMatchObject({
      lines: [
        {
          unit: 1_300,
          total: 2_600,
          options: [{ name: 'Thick', priceDelta: 300 }],
          issues: [{ code: 'PRICE_CHANGED', old: 1_100, new: 1_300 }],
        },
      ],
      subtotal: 2_600,
    });
  });

  test('an option takes off no more than the item costs', async () => {
    await using app = await openApp();
    const { itemId, crust } = await pizzaOf(app);
    const { menu } = app.as('manager');
    const { options } = await menu.show.query({ itemId });
    const gift = options.map((group) => ({
      ...group,
      options: group.options.map((one) => ({ ...one, priceDelta: -1_500 })),
    }));
    await menu.items.update.mutate({ itemId, options: gift });

    const told = await app
      .as('customer')
      .cart.add.mutate({ itemId, options: [{ optionId: crust.thin }], quantity: 2 });

    expect(told).toMatchObject({ lines: [{ unit: 0, total: 0, issues: [] }], subtotal: 0 });
  });
});

describe('what is sold out', () => {
  test('D5 by the 86 switch is told, adds nothing, and is there again afterwards', async () => {
    await using app = await openApp();
    const [pasta, salad] = [
      await app.given.item({ price: 900 }),
      await app.given.item({ price: 700 }),
    ];
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId: pasta, quantity: 2 });
    const before = await cart.add.mutate({ itemId: salad });
    const { setAvailability } = app.as('chef').menu.items;

    await setAvailability.mutate({ itemId: pasta, available: false });
    const without = await cart.show.query();
    await setAvailability.mutate({ itemId: pasta, available: true });

    expect(without).toMatchObject({
      lines: [
        { quantity: 2, total: 1_800, issues: [{ code: 'SOLD_OUT', left: 0 }] },
        { issues: [] },
      ],
      itemCount: 3,
      subtotal: 700,
      orderable: false,
    });
    expect(await cart.show.query()).toEqual(before);
  });

  test('D5 can be put into a cart, which says so', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ stockMode: 'out', stockLeft: 9 });

    const told = await app.as('customer').cart.add.mutate({ itemId });

    expect(told).toMatchObject({
      lines: [{ issues: [{ code: 'SOLD_OUT', left: 0 }] }],
      orderable: false,
    });
  });

  test('D5 by its count says how many are left', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 3 });
    const { cart } = app.as('customer');

    const enough = await cart.add.mutate({ itemId, quantity: 3 });
    const tooMany = await cart.add.mutate({ itemId });
    await app.as('manager').menu.items.setStock.mutate({ itemId, mode: 'count', left: 4 });

    expect(enough.lines[0]?.issues).toEqual([]);
    expect(tooMany).toMatchObject({
      lines: [{ quantity: 4, issues: [{ code: 'SOLD_OUT', left: 3 }] }],
      subtotal: 0,
    });
    expect(await cart.show.query()).toMatchObject({ subtotal: 3_600, orderable: true });
  });

  test('D5 what is left is shared by the lines of one item, in their order', async () => {
    await using app = await openApp();
    const [itemId, another] = [
      await app.given.item({ stockMode: 'count', stockLeft: 5 }),
      await app.given.item({ stockMode: 'count', stockLeft: 5 }),
    ];
    const { cart } = app.as('customer');

    await cart.add.mutate({ itemId, quantity: 3 });
    await cart.add.mutate({ itemId: another, quantity: 5 });
    await cart.add.mutate({ itemId, quantity: 3, note: 'no salt' });
    const told = await cart.add.mutate({ itemId, note: 'no pepper' });

    expect(told.lines.map(({ issues }) => issues)).toEqual([
      [],
      [],
      [{ code: 'SOLD_OUT', left: 2 }],
      [{ code: 'SOLD_OUT', left: 0 }],
    ]);
    expect(told).toMatchObject({ subtotal: 8 * 900, orderable: false });
  });

  test('D5 that nobody counts is never', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ stockMode: 'none', stockLeft: 0 });

    const told = await app.as('customer').cart.add.mutate({ itemId, quantity: 99 });

    expect(told).toMatchObject({ lines: [{ issues: [] }], orderable: true });
  });

  test('D5 for good stays in sight without name and price, and can be taken out', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });
    const { cart } = app.as('customer');
    const { lines } = await cart.add.mutate({ itemId, quantity: 2 });
    const key = lines[0]?.key ?? '';
    const { items } = app.as('manager').menu;

    await items.remove.mutate({ itemId });
    const gone = await cart.show.query();
    const fewer = await cart.setQuantity.mutate({ key, quantity: 1 });
    await items.restore.mutate({ itemId });
    const again = await cart.show.query();

    expect(gone).toMatchObject({
      lines: [
        { name: '', unit: 0, total: 0, quantity: 2, issues: [{ code: 'SOLD_OUT', left: 0 }] },
      ],
      subtotal: 0,
      orderable: false,
    });
    expect(fewer).toMatchObject({ lines: [{ quantity: 1, issues: [{ code: 'SOLD_OUT' }] }] });
    expect(again).toMatchObject({ lines: [{ unit: 900, issues: [] }], orderable: true });
    expect(await cart.remove.mutate({ key })).toMatchObject({ lines: [] });
  });
});

describe('an option that went', () => {
  test('D5 is named, and its line adds nothing', async () => {
    await using app = await openApp();
    const { itemId, crust, toppings } = await pizzaOf(app);
    const { cart } = app.as('customer');
    await cart.add.mutate({
      itemId,
      options: [{ optionId: crust.thin }, { optionId: toppings.bufala }],
    });
    const { menu } = app.as('manager');
    const { options } = await menu.show.query({ itemId });
    const fewer = options.map((group) => ({
      ...group,
      options: group.options.filter(({ id }) => id !== toppings.bufala),
    }));

    await menu.items.update.mutate({ itemId, options: fewer });

    expect(await cart.show.query()).toMatchObject({
      lines: [
        {
          options: [{ optionId: crust.thin }],
          issues: [{ code: 'OPTION_INVALID', options: [toppings.bufala] }],
        },
      ],
      subtotal: 0,
      orderable: false,
    });
  });

  test('D5 with its whole group is named as well', async () => {
    await using app = await openApp();
    const { itemId, crust, toppings } = await pizzaOf(app);
    const { cart } = app.as('customer');
    await cart.add.mutate({
      itemId,
      options: [{ optionId: crust.thin }, { optionId: toppings.bufala }],
    });
    const { menu } = app.as('manager');
    const { options } = await menu.show.query({ itemId });

    await menu.items.update.mutate({
      itemId,
      options: options.filter(({ id }) => id !== toppings.groupId),
    });

    expect((await cart.show.query()).lines[0]?.issues).toEqual([
      { code: 'OPTION_INVALID', options: [toppings.bufala] },
    ]);
  });

  test('D5 a group that asks for more than it did is named', async () => {
    await using app = await openApp();
    const { itemId, crust, toppings } = await pizzaOf(app);
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId, options: [{ optionId: crust.thin }] });
    const { menu } = app.as('manager');
    const { options } = await menu.show.query({ itemId });

    await menu.items.update.mutate({
      itemId,
      options: options.map((group) => ({ ...group, min: 1 })),
    });

    expect((await cart.show.query()).lines[0]?.issues).toEqual([
      { code: 'OPTION_INVALID', options: [toppings.groupId] },
    ]);
  });

  test('D5 by the 86 switch and back leaves all as it was, whatever was set meanwhile', async () => {
    await using app = await openApp();
    const { itemId, crust } = await pizzaOf(app);
    const { cart } = app.as('customer');
    const options = [{ optionId: crust.thick }];
    const { lines } = await cart.add.mutate({ itemId, options, quantity: 2 });
    const [key = ''] = lines.map((line) => line.key);
    const { setAvailability } = app.as('chef').menu.items;

    await setAvailability.mutate({ itemId, optionId: crust.thick, available: false });
    const without = await cart.setQuantity.mutate({ key, quantity: 3 });
    await setAvailability.mutate({ itemId, optionId: crust.thick, available: true });

    expect(without.lines[0]?.issues).toEqual([{ code: 'OPTION_INVALID', options: [crust.thick] }]);
    expect(await cart.show.query()).toMatchObject({
      lines: [{ quantity: 3, unit: 1_100, issues: [] }],
      orderable: true,
    });
  });

  test('D5 a price that was shown without one was nobody’s: back with it, nothing is new', async () => {
    await using app = await openApp();
    const { itemId, crust, toppings } = await pizzaOf(app);
    const { cart } = app.as('customer');
    const chosen = [{ optionId: crust.thin }, { optionId: toppings.bufala }];
    const { lines } = await cart.add.mutate({ itemId, options: chosen });
    const { menu } = app.as('manager');
    const { options } = await menu.show.query({ itemId });
    const fewer = options.filter(({ id }) => id !== toppings.groupId);

    await menu.items.update.mutate({ itemId, options: fewer });
    await cart.setQuantity.mutate({ key: lines[0]?.key ?? '', quantity: 2 });
    await menu.items.update.mutate({ itemId, options });

    expect(await cart.show.query()).toMatchObject({
      lines: [{ quantity: 2, unit: 1_200, issues: [] }],
      orderable: true,
    });
  });
});

describe('a cart below the minimum', () => {
  test('D5 says by how much, until there is enough', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });
    const { cart } = app.as('customer');
    await app.as('manager').restaurants.update.mutate({ ordering: { minimum: 1_800 } });

    const tooLittle = await cart.add.mutate({ itemId });
    const enough = await cart.add.mutate({ itemId });

    expect(tooLittle).toMatchObject({
      lines: [{ issues: [] }],
      issues: [{ code: 'BELOW_MINIMUM', minimum: 1_800, subtotal: 900 }],
      orderable: false,
    });
    expect(enough).toMatchObject({ issues: [], orderable: true });
  });

  test('D5 counts what can be ordered only', async () => {
    await using app = await openApp();
    const [pasta, salad] = [await app.given.item(), await app.given.item({ price: 700 })];
    const { cart } = app.as('customer');
    await app.as('manager').restaurants.update.mutate({ ordering: { minimum: 1_000 } });
    await cart.add.mutate({ itemId: pasta });
    await cart.add.mutate({ itemId: salad });

    await app.as('chef').menu.items.setAvailability.mutate({ itemId: pasta, available: false });

    expect((await cart.show.query()).issues).toEqual([
      { code: 'BELOW_MINIMUM', minimum: 1_000, subtotal: 700 },
    ]);
  });
});

describe('an empty cart', () => {
  test('D5 has nothing wrong with it, and cannot be ordered', async () => {
    await using app = await openApp();
    const { restaurants } = app.as('manager');
    await restaurants.update.mutate({ ordering: { minimum: 1_000 } });
    await restaurants.pause.mutate({ until: null, message: 'Gone fishing.' });
    const { cart } = app.as('customer');

    const never = await cart.show.query();
    const itemId = await app.given.item();
    const filled = await cart.add.mutate({ itemId });
    const cleared = await cart.clear.mutate();

    expect(filled.issues.map(({ code }) => code)).toEqual(['CLOSED', 'BELOW_MINIMUM']);
    expect(never).toEqual({
      restaurantId: app.home.restaurantId,
      currency: 'EUR',
      lines: [],
      itemCount: 0,
      subtotal: 0,
      issues: [],
      orderable: false,
      version: 0,
    });
    expect(cleared).toEqual({ ...never, version: 2 });
  });
});

describe('all that is wrong', () => {
  test('D5 is told at once', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900, stockMode: 'count', stockLeft: 2 });
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId, quantity: 3 });
    const { menu, restaurants } = app.as('manager');

    await menu.items.update.mutate({
      itemId,
      price: 1_000,
      mealtimes: { 2: [{ from: '18:00', to: '22:00' }] },
    });
    await restaurants.update.mutate({ ordering: { minimum: 1 } });

    expect(await cart.show.query()).toMatchObject({
      lines: [
        {
          issues: [
            { code: 'SOLD_OUT', left: 2 },
            { code: 'OFF_MENU_TIME' },
            { code: 'PRICE_CHANGED', old: 900, new: 1_000 },
          ],
        },
      ],
      issues: [{ code: 'BELOW_MINIMUM', minimum: 1, subtotal: 0 }],
    });
  });
});
