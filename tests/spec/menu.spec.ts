import { newId } from '@comanda/kernel/id';
import { MINUTE } from '@comanda/kernel/time';
import { TestClock } from '@comanda/testing/clock';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';

const options = [
  {
    id: newId(),
    name: 'Extras',
    min: 0,
    max: 2,
    options: ['Burrata', 'Basil'].map((name) => ({
      id: newId(),
      name,
      priceDelta: 200,
      available: true,
      maxQuantity: 1,
    })),
  },
];
const [burrata, basil] = options.flatMap((group) => group.options);

describe('looking at a menu', () => {
  test('S2-07 S0-30 nobody has to sign in', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ name: 'Carbonara', price: 1_800 });
    const { menu } = app.as('anonymous');

    const { items } = await menu.list.query();

    expect(items).toEqual([await menu.show.query({ itemId })]);
    expect(items).toMatchObject([{ id: itemId, name: 'Carbonara', price: 1_800, staff: null }]);
  });

  test('with more than one restaurant, it has to be named', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const itemId = await app.given.item({ restaurantId });
    const { menu } = app.as('anonymous');

    const refusals = [
      await refusalOf(menu.list.query()),
      await refusalOf(menu.show.query({ itemId })),
      await refusalOf(menu.categories.list.query()),
      await refusalOf(app.as('customer').menu.list.query()),
    ];

    const refused = { reason: 'RESTAURANT_REQUIRED', httpStatus: 400 };
    expect(refusals).toMatchObject([refused, refused, refused, refused]);
    expect((await menu.list.query({ restaurantId })).items).toMatchObject([{ id: itemId }]);
    const inCapitals = restaurantId.toUpperCase();
    expect(await menu.show.query({ restaurantId: inCapitals, itemId })).toMatchObject({
      id: itemId,
    });
  });

  test('S3-21 staff get their own without naming it', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const itemId = await app.given.item({ restaurantId });
    await app.given.item();
    const { menu } = app.as(await app.given.person({ role: 'employee', restaurantId }));

    expect((await menu.list.query()).items.map(({ id }) => id)).toEqual([itemId]);
    expect(await menu.show.query({ itemId })).toMatchObject({ id: itemId });
  });

  test('a restaurant that nobody knows has none', async () => {
    await using app = await openApp();
    const restaurantId = newId();
    const { menu } = app.as('anonymous');

    const refusals = [
      await refusalOf(menu.list.query({ restaurantId })),
      await refusalOf(menu.show.query({ restaurantId, itemId: await app.given.item() })),
      await refusalOf(menu.categories.list.query({ restaurantId })),
    ];

    const refused = { reason: 'NOT_FOUND', details: { what: 'restaurant' } };
    expect(refusals).toMatchObject([refused, refused, refused]);
  });

  test('S3-11 an item of another restaurant is not on it', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const itemId = await app.given.item();

    const refused = await refusalOf(app.as('anonymous').menu.show.query({ restaurantId, itemId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'item' } });
  });

  test('D10 only own staff and admins see what is for the staff', async () => {
    await using app = await openApp();
    const { restaurantId } = app.home;
    const elsewhere = await app.given.restaurant();
    const itemId = await app.given.item({ stockMode: 'count', stockLeft: 7 });
    const see = async (who: Parameters<typeof app.as>[0]) => {
      const { menu } = app.as(who);
      const { items } = await menu.list.query({ restaurantId });
      const shown = await menu.show.query({ restaurantId, itemId });
      expect(items).toEqual([shown]);
      return shown.staff;
    };

    const other = await app.given.person({ role: 'manager', restaurantId: elsewhere });
    const otherAdmin = await app.given.person({ role: 'admin', restaurantId: elsewhere });
    const told = [await see('anonymous'), await see('customer'), await see(other)];
    const shown = [await see('employee'), await see('admin'), await see(otherAdmin)];

    expect(told).toEqual([null, null, null]);
    const stock = { stockMode: 'count', stockLeft: 7, stockLow: 5 };
    const left = { ...stock, station: null, recipeId: null, recipeName: null };
    expect(shown).toEqual([left, left, left]);
  });
});

describe('who may change a menu', () => {
  const by = (granted: boolean) => (granted ? 'ok' : 'FORBIDDEN');

  test.each([
    ['customer', false, false],
    ['waiter', false, false],
    ['chef', false, false],
    ['sous_chef', false, false],
    ['head_chef', true, false],
    ['master_chef', true, false],
    ['manager', true, true],
    ['admin', true, true],
  ] as const)(
    'S0-28 S0-30 S2-06 S3-21 a %s: its items %s, its categories %s',
    async (role, items, categories) => {
      await using app = await openApp();
      const categoryId = await app.given.category();
      const { menu } = app.as(role);
      const outcome = (call: Promise<unknown>) =>
        call.then(
          () => 'ok',
          async () => (await refusalOf(call)).reason,
        );

      expect(
        await outcome(menu.items.create.mutate({ categoryId, name: 'Caesar', price: 1_200 })),
      ).toBe(by(items));
      expect(await outcome(menu.categories.create.mutate({ title: 'Salads' }))).toBe(
        by(categories),
      );
    },
  );

  test('D1 a chef counts what there is, and changes nothing else; a waiter does neither', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const [chef, waiter] = [app.as('chef').menu.items, app.as('waiter').menu.items];

    const counted = await chef.setStock.mutate({ itemId, mode: 'count', left: 3 });
    const refusals = [
      await refusalOf(chef.update.mutate({ itemId, price: 1 })),
      await refusalOf(waiter.setStock.mutate({ itemId, mode: 'out' })),
      await refusalOf(waiter.setAvailability.mutate({ itemId, available: false })),
    ];

    expect(counted).toMatchObject({ stock: 'low', staff: { stockLeft: 3 } });
    expect(refusals).toMatchObject(
      ['menu.write', 'inventory.manage', 'menu.availability'].map((capability) => ({
        reason: 'FORBIDDEN',
        details: { capability },
      })),
    );
  });
});

describe('the 86 switch', () => {
  test('S0-28 D10 sells an item out and puts it back, and who did it is written down', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { items } = app.as('head_chef').menu;

    const off = await items.setAvailability.mutate({ itemId, available: false });
    const on = await items.setAvailability.mutate({ itemId, available: true });

    const soldOut = { orderable: false, because: 'SOLD_OUT' };
    expect(off).toMatchObject({ available: false, now: soldOut });
    expect(on).toMatchObject({ available: true, now: { orderable: true } });
    const { id: actorId } = app.home.staff.head_chef;
    const who = { actorId, role: 'head_chef', target: 'MenuItem', targetId: itemId };
    expect(await auditOf(app, 'menu.items.setAvailability')).toMatchObject([
      { ...who, before: { available: true }, after: { available: false } },
      { ...who, before: { available: false }, after: { available: true } },
    ]);
  });

  test('D10 of an option leaves the item and its other options', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { items } = app.as('manager').menu;
    const said = { categoryId, name: 'Margherita', price: 900, options };
    const { id: itemId } = await items.create.mutate(said);

    const item = await items.setAvailability.mutate({
      itemId,
      optionId: burrata?.id,
      available: false,
    });

    const after = [{ ...options[0], options: [{ ...burrata, available: false }, basil] }];
    expect(item).toMatchObject({ available: true, now: { orderable: true }, options: after });
    const rows = await auditOf(app, 'menu.items.setAvailability');
    expect(rows).toMatchObject([{ before: { options }, after: { options: after } }]);
  });

  test('of an option that the item does not have is refused', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();

    const refused = await refusalOf(
      app
        .as('manager')
        .menu.items.setAvailability.mutate({ itemId, optionId: newId(), available: false }),
    );

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'option' } });
  });
});

describe('the stock of an item', () => {
  test.each([
    [{ mode: 'none', left: 0 }, 'plenty', true],
    [{ mode: 'count', left: 6 }, 'plenty', true],
    [{ mode: 'count', left: 5 }, 'low', true],
    [{ mode: 'count', left: 3, low: 2 }, 'plenty', true],
    [{ mode: 'count', left: 1, low: 0 }, 'plenty', true],
    [{ mode: 'count', left: 0 }, 'out', false],
    [{ mode: 'count' }, 'out', false],
    [{ mode: 'out', left: 9 }, 'out', false],
  ] as const)('D10 of %j says %s; to be ordered: %s', async (stock, sign, orderable) => {
    await using app = await openApp();
    const itemId = await app.given.item();

    await app.as('manager').menu.items.setStock.mutate({ itemId, ...stock });

    const shown = await app.as('anonymous').menu.show.query({ itemId });
    expect(shown).toMatchObject({ stock: sign, available: true, now: { orderable } });
  });

  test('is written down with what it was before', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { items } = app.as('sous_chef').menu;

    await items.setStock.mutate({ itemId, mode: 'count', left: 12 });
    await items.setStock.mutate({ itemId, mode: 'count', left: 0 });

    expect(await auditOf(app, 'menu.items.setStock')).toMatchObject([
      { before: { stockMode: 'none', stockLeft: 0 }, after: { stockMode: 'count', stockLeft: 12 } },
      { role: 'sous_chef', before: { stockLeft: 12 }, after: { stockLeft: 0 } },
    ]);
  });

  test.each([{ left: -1 }, { left: 1.5 }, { left: 1_000_001 }, { low: -1 }])(
    'is not %j',
    async (wrong) => {
      await using app = await openApp();
      const itemId = await app.given.item();

      const refused = await refusalOf(
        app.as('manager').menu.items.setStock.mutate({ itemId, mode: 'count', ...wrong }),
      );

      expect(refused).toMatchObject({
        reason: 'VALIDATION',
        details: { issues: [{ path: Object.keys(wrong)[0] }] },
      });
    },
  );
});

/** Little Lemon is in Rome, where in summer the clocks show two hours more. */
const friday = (time: string) => new Date(`2026-06-05T${time}:00+02:00`);

describe('whether an item can be ordered now', () => {
  const from = '10:00';
  const hours = { weekly: { 5: [{ from, to: '22:00' }] }, lastOrderMinutes: 30 };
  const breakfast = { 5: [{ from, to: '11:30' }] };

  test.each([
    ['09:59', { orderable: false, because: 'CLOSED', until: friday('10:00') }],
    ['10:00', { orderable: true }],
    ['11:29', { orderable: true }],
    ['11:30', { orderable: false, because: 'OFF_MENU_TIME', until: new Date('2026-06-12T08:00Z') }],
    ['21:29', { orderable: false, because: 'OFF_MENU_TIME', until: new Date('2026-06-12T08:00Z') }],
    ['21:30', { orderable: false, because: 'CLOSED', until: new Date('2026-06-12T08:00Z') }],
  ])('D10 breakfast on a Friday at %s', async (time, now) => {
    await using app = await openApp({ clock: new TestClock(friday(time)) });
    const manager = app.as('manager');
    await manager.restaurants.setHours.mutate({ hours });
    const itemId = await app.given.item();

    const item = await manager.menu.items.update.mutate({ itemId, mealtimes: breakfast });

    expect(item.now).toEqual(now);
    expect((await app.as('anonymous').menu.list.query()).items[0]?.now).toEqual(now);
  });

  test('D10 a pause is told until it ends, and a sold out item before it', async () => {
    await using app = await openApp({ clock: new TestClock(friday('12:00')) });
    const until = friday('12:20');
    await app.given.item({ name: 'A' });
    await app.given.item({ name: 'B', stockMode: 'out' });
    await app.as('manager').restaurants.pause.mutate({ until });
    const { list } = app.as('anonymous').menu;

    const during = await list.query({ sort: 'name' });
    app.clock.advance(20 * MINUTE);
    const after = await list.query({ sort: 'name' });

    const soldOut = { orderable: false, because: 'SOLD_OUT' };
    const paused = { orderable: false, because: 'PAUSED', until };
    expect(during.items.map(({ now }) => now)).toEqual([paused, soldOut]);
    expect(after.items.map(({ now }) => now)).toEqual([{ orderable: true }, soldOut]);
  });
});
