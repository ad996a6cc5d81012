import { newId } from '@comanda/kernel/id';
import { MINUTE } from '@comanda/kernel/time';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { inTurn } from '../auth/callers.ts';
import { pizzaOf, unitsIn } from './cart.shopping.ts';

const NOWHERE = '0'.repeat(32);
const UNKNOWN = newId();
const AN_OPTION = { optionId: UNKNOWN };
const OF_OPTION = 'options.0.quantity';

describe('adding to a cart', () => {
  test('S2-09 S2-10 D5 the same item twice makes one line', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ name: 'Caprese', price: 900 });
    const { cart } = app.as('customer');

    await cart.add.mutate({ itemId });
    const told = await cart.add.mutate({ itemId, quantity: 2 });

    expect(told).toEqual({
      restaurantId: app.home.restaurantId,
      currency: 'EUR',
      lines: [
        {
          key: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          itemId,
          name: 'Caprese',
          photoId: null,
          options: [],
          note: null,
          quantity: 3,
          unit: 900,
          total: 2_700,
          issues: [],
        },
      ],
      itemCount: 3,
      subtotal: 2_700,
      issues: [],
      orderable: true,
      version: 2,
    });
    expect(await cart.show.query()).toEqual(told);
  });

  test('S2-09 D5 the same options in any order make one line, which has their names and prices', async () => {
    await using app = await openApp();
    const { itemId, toppings, crust } = await pizzaOf(app);
    const { cart } = app.as('customer');
    const chosen = [
      { optionId: crust.thick },
      { optionId: toppings.bufala, quantity: 1 },
      { optionId: toppings.nduja },
    ];

    await cart.add.mutate({ itemId, options: chosen, note: 'well done' });
    const told = await cart.add.mutate({
      itemId: itemId.toUpperCase(),
      options: chosen.toReversed(),
      note: ' well done\n',
    });

    expect(told).toMatchObject({
      lines: [{ quantity: 2, unit: 1_450, total: 2_900, note: 'well done', issues: [] }],
      subtotal: 2_900,
    });
    expect(told.lines[0]?.options.toSorted((a, b) => a.priceDelta - b.priceDelta)).toEqual([
      { optionId: crust.thick, group: 'Crust', name: 'Thick', quantity: 1, priceDelta: 100 },
      { optionId: toppings.nduja, group: 'Toppings', name: '’Nduja', quantity: 1, priceDelta: 150 },
      {
        optionId: toppings.bufala,
        group: 'Toppings',
        name: 'Bufala',
        quantity: 1,
        priceDelta: 200,
      },
    ]);
  });

  test('S2-09 D5 other options, more of one, or another note make another line', async () => {
    await using app = await openApp();
    const { itemId, toppings, crust } = await pizzaOf(app);
    const { cart } = app.as('customer');
    const thin = { optionId: crust.thin };

    await cart.add.mutate({ itemId, options: [thin] });
    await cart.add.mutate({ itemId, options: [{ optionId: crust.thick }] });
    await cart.add.mutate({ itemId, options: [thin], note: 'well done' });
    await cart.add.mutate({ itemId, options: [thin, { optionId: toppings.bufala }] });
    const told = await cart.add.mutate({
      itemId,
      options: [thin, { optionId: toppings.bufala, quantity: 2 }],
    });

    expect(told.lines.map(({ unit, quantity }) => [unit, quantity])).toEqual([
      [1_000, 1],
      [1_100, 1],
      [1_000, 1],
      [1_200, 1],
      [1_400, 1],
    ]);
    expect(told).toMatchObject({ itemCount: 5, subtotal: 5_700, orderable: true, version: 5 });
  });

  test('D5 a line holds 99; what is more is refused and not clipped', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    const before = await cart.add.mutate({ itemId, quantity: 60 });

    const refused = await refusalOf(cart.add.mutate({ itemId, quantity: 40 }));

    expect(refused).toMatchObject({
      reason: 'CART_LINE_FULL',
      httpStatus: 409,
      details: { units: 100, max: 99 },
    });
    expect(await cart.show.query()).toEqual(before);
    expect(unitsIn(await cart.add.mutate({ itemId, quantity: 39 }))).toEqual([[itemId, 99]]);
  });

  test('D5 a cart holds a hundred lines, and goes on taking more of those', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    await inTurn(99, (at) => cart.add.mutate({ itemId, note: `guest ${at}` }));
    const before = await cart.add.mutate({ itemId });

    const refused = await refusalOf(cart.add.mutate({ itemId, note: 'one more' }));

    expect(refused).toMatchObject({
      reason: 'CART_FULL',
      httpStatus: 409,
      details: { max: 100 },
    });
    expect(await cart.show.query()).toEqual(before);
    expect(await cart.add.mutate({ itemId, note: 'guest 7' })).toMatchObject({ itemCount: 101 });
  });

  test.each([
    ['none', { quantity: 0 }, 'quantity'],
    ['a hundred', { quantity: 100 }, 'quantity'],
    ['fewer than none', { quantity: -1 }, 'quantity'],
    ['half of one', { quantity: 1.5 }, 'quantity'],
    ['a long note', { note: 'x'.repeat(201) }, 'note'],
    // Each of these is two letters in the form in which text is kept.
    ['a note that is long once it is kept', { note: '\u0958'.repeat(101) }, 'note'],
    ['a note of half a letter', { note: 'half of \ud800' }, 'note'],
    ['no units of an option', { options: [{ optionId: UNKNOWN, quantity: 0 }] }, OF_OPTION],
    ['a hundred of an option', { options: [{ optionId: UNKNOWN, quantity: 100 }] }, OF_OPTION],
    ['many options', { options: Array.from({ length: 51 }, () => AN_OPTION) }, 'options'],
    ['an item without an id', { itemId: 'caprese' }, 'itemId'],
    ['a price', { price: 1 }, ''],
    ['a price of one', { unit: 1 }, ''],
    ['a total', { total: 1 }, ''],
    ['a price of an option', { options: [{ ...AN_OPTION, priceDelta: -900 }] }, 'options.0'],
  ])('T39 D5 not with %s', async (_, said, path) => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');

    const refused = await refusalOf(cart.add.mutate({ itemId, ...said }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      httpStatus: 400,
      details: { issues: [{ path }] },
    });
    expect(await cart.show.query()).toMatchObject({ lines: [], version: 0 });
  });

  test('D5 what was said of an item can be ordered, in whatever script', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart, orders } = app.as('customer');

    const { version } = await cart.add.mutate({ itemId, note: '\u0958'.repeat(100) });
    const placed = await orders.place.mutate({
      cartVersion: version,
      type: 'pickup',
      idempotencyKey: newId(),
    });

    expect(placed.items).toMatchObject([{ note: '\u0915\u093c'.repeat(100) }]);
  });

  test.each<[string, (pizza: Awaited<ReturnType<typeof pizzaOf>>) => [string[], string[]]]>([
    ['one that it does not have', ({ crust }) => [[crust.thin, UNKNOWN], [UNKNOWN]]],
    ['too few of a group', ({ crust, toppings }) => [[toppings.bufala], [crust.groupId]]],
    ['too many of a group', ({ crust }) => [[crust.thin, crust.thick], [crust.groupId]]],
    [
      'one more often than it can be had',
      ({ crust, toppings }) => [[crust.thin, toppings.nduja, toppings.nduja], [toppings.nduja]],
    ],
  ])('D5 not with %s', async (_, chosenOf) => {
    await using app = await openApp();
    const pizza = await pizzaOf(app);
    const { itemId } = pizza;
    const [chosen, wrong] = chosenOf(pizza);
    const { cart } = app.as('customer');

    const refused = await refusalOf(
      cart.add.mutate({ itemId, options: chosen.map((optionId) => ({ optionId })) }),
    );

    expect(refused).toMatchObject({
      reason: 'OPTIONS_INVALID',
      httpStatus: 409,
      details: { options: wrong },
    });
    expect(await cart.show.query()).toMatchObject({ lines: [], version: 0 });
  });

  test('D5 not with an option that is sold out', async () => {
    await using app = await openApp();
    const { itemId, crust } = await pizzaOf(app);
    const { setAvailability } = app.as('manager').menu.items;
    await setAvailability.mutate({ itemId, optionId: crust.thick, available: false });

    const refused = await refusalOf(
      app.as('customer').cart.add.mutate({ itemId, options: [{ optionId: crust.thick }] }),
    );

    expect(refused).toMatchObject({
      reason: 'OPTIONS_INVALID',
      details: { options: [crust.thick] },
    });
  });

  test('what is on no menu, or on that of another restaurant, is not found', async () => {
    await using app = await openApp();
    const { restaurantId: home } = app.home;
    const removed = await app.given.item();
    await app.as('manager').menu.items.remove.mutate({ itemId: removed });
    const elsewhere = await app.given.item({ restaurantId: await app.given.restaurant() });
    const { cart } = app.as('customer');

    const refusals = await inTurn(3, (at) => {
      const itemId = [newId(), removed, elsewhere][at] ?? '';
      return refusalOf(cart.add.mutate({ restaurantId: home, itemId }));
    });

    expect(refusals).toEqual(
      Array(3).fill(
        expect.objectContaining({ reason: 'NOT_FOUND', details: { what: 'item' } }) as object,
      ),
    );
  });

  test('D6 more than an amount can be is refused, and leaves the cart as it was', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 9_999_999_999 });
    const { cart } = app.as('customer');
    const before = await cart.add.mutate({ itemId });

    const more = await refusalOf(cart.add.mutate({ itemId }));
    const another = await refusalOf(cart.add.mutate({ itemId, note: 'another' }));
    const set = await refusalOf(
      cart.setQuantity.mutate({ key: before.lines[0]?.key ?? '', quantity: 2 }),
    );

    expect([more, another, set].map(({ reason }) => reason)).toEqual(
      Array(3).fill('AMOUNT_TOO_LARGE'),
    );
    expect(await cart.show.query()).toEqual(before);
  });
});

describe('changing a cart', () => {
  test('S2-10 D5 sets how many of one line there are, 99 at the most', async () => {
    await using app = await openApp();
    const [one, other] = [await app.given.item(), await app.given.item()];
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId: one, quantity: 2 });
    const { lines } = await cart.add.mutate({ itemId: other, quantity: 3 });
    const key = lines[0]?.key ?? '';

    const told = await cart.setQuantity.mutate({ key, quantity: 99 });
    const refused = await refusalOf(cart.setQuantity.mutate({ key, quantity: 100 }));

    expect(unitsIn(told)).toEqual([
      [one, 99],
      [other, 3],
    ]);
    expect(told).toMatchObject({ itemCount: 102, subtotal: 91_800, version: 3 });
    expect(refused).toMatchObject({ reason: 'VALIDATION' });
    expect(await cart.show.query()).toEqual(told);
  });

  test('S2-10 D5 nought takes a line out', async () => {
    await using app = await openApp();
    const [one, other] = [await app.given.item(), await app.given.item()];
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId: one });
    const { lines } = await cart.add.mutate({ itemId: other });

    const told = await cart.setQuantity.mutate({ key: lines[0]?.key ?? '', quantity: 0 });

    expect(unitsIn(told)).toEqual([[other, 1]]);
    expect(await cart.show.query()).toEqual(told);
  });

  test('a line that is not there has no quantity', async () => {
    await using app = await openApp();
    const { cart } = app.as('customer');

    const refused = await refusalOf(cart.setQuantity.mutate({ key: NOWHERE, quantity: 1 }));

    expect(refused).toMatchObject({
      reason: 'NOT_FOUND',
      httpStatus: 404,
      details: { what: 'line' },
    });
  });

  test('S2-10 takes a line out, and a second time changes nothing', async () => {
    await using app = await openApp();
    const [one, other] = [await app.given.item(), await app.given.item()];
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId: one });
    const { lines } = await cart.add.mutate({ itemId: other });
    const key = lines[0]?.key ?? '';

    const told = await cart.remove.mutate({ key });
    app.clock.advance(MINUTE);
    const again = await cart.remove.mutate({ key });
    const nought = await cart.setQuantity.mutate({ key, quantity: 0 });

    expect(unitsIn(told)).toEqual([[other, 1]]);
    expect(told.version).toBe(3);
    expect([again, nought]).toEqual([told, told]);
  });

  test('takes a line that never was out of a cart that never was', async () => {
    await using app = await openApp();
    const { cart } = app.as('customer');

    const told = [
      await cart.remove.mutate({ key: NOWHERE }),
      await cart.setQuantity.mutate({ key: NOWHERE, quantity: 0 }),
      await cart.clear.mutate(),
    ];

    expect(told.map(({ lines, version }) => [lines, version])).toEqual(Array(3).fill([[], 0]));
  });

  test.each(['', 'caprese', '0'.repeat(31), 'G'.repeat(32), `${NOWHERE}\n`])(
    'not by the key %j',
    async (key) => {
      await using app = await openApp();
      const { cart } = app.as('customer');

      const refusals = [
        await refusalOf(cart.remove.mutate({ key })),
        await refusalOf(cart.setQuantity.mutate({ key, quantity: 1 })),
      ];

      expect(refusals.map(({ reason }) => reason)).toEqual(['VALIDATION', 'VALIDATION']);
    },
  );

  test('D5 empties it, and it can be filled again', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { cart } = app.as('customer');
    await cart.add.mutate({ itemId, quantity: 5 });

    const cleared = await cart.clear.mutate();
    const filled = await cart.add.mutate({ itemId });

    expect(cleared).toMatchObject({ lines: [], itemCount: 0, subtotal: 0, orderable: false });
    expect(unitsIn(filled)).toEqual([[itemId, 1]]);
    expect([cleared.version, filled.version]).toEqual([2, 3]);
  });
});
