import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf, auditText } from '../auth/looking.ts';

type NewItem = Parameters<Client['menu']['items']['create']['mutate']>[0];
type Group = NonNullable<NewItem['options']>[number];

function option(traits: Partial<Group['options'][number]> = {}): Group['options'][number] {
  return {
    id: newId(),
    name: 'Burrata',
    priceDelta: 200,
    available: true,
    maxQuantity: 1,
    ...traits,
  };
}

function group(traits: Partial<Group> = {}): Group {
  return { id: newId(), name: 'Extras', min: 0, max: 2, options: [option()], ...traits };
}

const found = async (app: TestApp, search: string) => {
  const { items } = await app.as('anonymous').menu.list.query({ search });
  return items.map(({ id }) => id);
};

describe('adding an item', () => {
  test('S0-29 all that was said is kept, and shown to everyone', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category({ title: 'Primi', slug: 'primi' });
    const said = {
      name: 'Spaghetti all’Amatriciana',
      slug: 'amatriciana',
      description: 'Guanciale,\npecorino',
      price: 1_450,
      taxBps: 1_000,
      featured: true,
      allergens: ['glutine', 'latte'],
      prepMinutes: 12,
      options: [group({ options: [option(), option({ name: 'No cheese', priceDelta: -50 })] })],
      mealtimes: { 1: [{ from: '12:00', to: '15:00' }] },
    };
    const authorId = app.home.staff.chef.id;
    const recipeId = await app.given.recipe({ authorId, name: 'Amatriciana' });
    const kept = { station: 'pasta', recipeId };

    const item = await app
      .as('head_chef')
      .menu.items.create.mutate({ ...said, ...kept, categoryId });

    const stock = { stockMode: 'none', stockLeft: 0, stockLow: 5 };
    expect(item).toMatchObject({
      ...said,
      staff: { ...kept, ...stock, recipeName: 'Amatriciana' },
    });
    const shown = await app.as('anonymous').menu.show.query({ itemId: item.id });
    expect(shown).toEqual({ ...item, staff: null });
    expect(shown.category).toEqual({ id: categoryId, slug: 'primi', title: 'Primi' });
  });

  test('P14 a recipe that they may not read is no recipe to link to', async () => {
    await using app = await openApp();
    const authorId = app.home.staff.master_chef.id;
    const secret = await app.given.recipe({ authorId, secrecy: 'top_secret' });
    const categoryId = await app.given.category();
    const { create } = app.as('manager').menu.items;
    const said = { categoryId, name: 'Pesto', price: 900 };

    const refusals = [
      await refusalOf(create.mutate({ ...said, recipeId: secret })),
      await refusalOf(create.mutate({ ...said, recipeId: newId() })),
    ];

    const none = { reason: 'NOT_FOUND', details: { what: 'recipe' } };
    expect(refusals).toMatchObject([none, none]);
  });

  test('P14 a link to a recipe is seen by whoever may read it', async () => {
    await using app = await openApp();
    const authorId = app.home.staff.master_chef.id;
    const recipeId = await app.given.recipe({ authorId, name: 'Pesto', secrecy: 'top_secret' });
    const itemId = await app.given.item();

    const linked = await app.as('master_chef').menu.items.update.mutate({ itemId, recipeId });
    const shown = await app.as('manager').menu.show.query({ itemId });

    expect(linked.staff).toMatchObject({ recipeId, recipeName: 'Pesto' });
    expect(shown.staff).toMatchObject({ recipeId: null, recipeName: null });
  });

  test('P14 a link that they do not see is not cut by sending back what they saw', async () => {
    await using app = await openApp();
    const authorId = app.home.staff.master_chef.id;
    const recipeId = await app.given.recipe({ authorId, name: 'Pesto', secrecy: 'top_secret' });
    const itemId = await app.given.item();
    const master = app.as('master_chef').menu;
    await master.items.update.mutate({ itemId, recipeId });

    await app.as('manager').menu.items.update.mutate({ itemId, price: 950, recipeId: null });
    const kept = await master.show.query({ itemId });
    const cut = await master.items.update.mutate({ itemId, recipeId: null });

    expect([kept.price, kept.staff?.recipeId]).toEqual([950, recipeId]);
    expect(cut.staff).toMatchObject({ recipeId: null });
  });

  test('D10 what was not said is filled in', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();

    const item = await app
      .as('manager')
      .menu.items.create.mutate({ categoryId, name: '  Crème Brûlée ', price: 0 });

    expect(item).toEqual({
      id: expect.any(String),
      category: expect.objectContaining({ id: categoryId }),
      name: 'Crème Brûlée',
      slug: 'creme-brulee',
      description: '',
      price: 0,
      taxBps: 0,
      featured: false,
      available: true,
      stock: 'plenty',
      now: { orderable: true },
      allergens: [],
      prepMinutes: null,
      photoId: null,
      options: [],
      mealtimes: null,
      version: 1,
      removedAt: null,
      staff: {
        station: null,
        recipeId: null,
        recipeName: null,
        stockMode: 'none',
        stockLeft: 0,
        stockLow: 5,
      },
    });
  });

  test('S1-15 a second of the same name gets another slug', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { create } = app.as('manager').menu.items;

    const first = await create.mutate({ categoryId, name: 'Tiramisù', price: 700 });
    const second = await create.mutate({ categoryId, name: 'TIRAMISU', price: 800 });

    expect(first.slug).toBe('tiramisu');
    expect(second.slug).toMatch(/^tiramisu-[0-9a-f]{6}$/);
  });

  test('a chosen slug that is taken is refused, also by what was removed', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { create, remove } = app.as('manager').menu.items;
    const said = { categoryId, name: 'Tiramisù', price: 700 };
    const { id: itemId } = await create.mutate(said);

    const taken = await refusalOf(create.mutate({ ...said, slug: 'tiramisu' }));
    await remove.mutate({ itemId });
    const removed = await refusalOf(create.mutate({ ...said, slug: 'tiramisu' }));

    expect([taken, removed]).toMatchObject(
      Array(2).fill({ reason: 'MENU_SLUG_TAKEN', httpStatus: 409 }),
    );
    expect((await create.mutate(said)).slug).toMatch(/^tiramisu-/);
  });

  test('S3-11 a slug of another restaurant is free', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { create } = app.as('admin').menu.items;
    const said = { name: 'Tiramisù', price: 700 };
    await create.mutate({ ...said, categoryId: await app.given.category() });

    const categoryId = await app.given.category({ restaurantId });
    const item = await create.mutate({ ...said, restaurantId, categoryId });

    expect(item.slug).toBe('tiramisu');
  });

  test('into a category of another restaurant, or of none, is refused', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const elsewhere = await app.given.category({ restaurantId });
    const { create, update } = app.as('manager').menu.items;
    const itemId = await app.given.item();
    const said = { name: 'Pizza', price: 900 };

    const refusals = [
      await refusalOf(create.mutate({ ...said, categoryId: elsewhere })),
      await refusalOf(create.mutate({ ...said, categoryId: newId() })),
      await refusalOf(update.mutate({ itemId, categoryId: elsewhere })),
    ];

    const refused = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'category' } };
    expect(refusals).toMatchObject([refused, refused, refused]);
  });

  test.each([0, 1, 9_999_999_999])('S0-29 it may cost %i', async (price) => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { items } = app.as('manager').menu;

    const { id: itemId } = await items.create.mutate({ categoryId, name: 'Pizza', price });

    expect((await app.as('anonymous').menu.show.query({ itemId })).price).toBe(price);
  });

  const twice = newId();
  test.each<[string, Partial<NewItem>]>([
    ['price', { price: -1 }],
    ['price', { price: 10_000_000_000 }],
    ['price', { price: 9.5 }],
    ['price', { price: '900' as unknown as number }],
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['slug', { slug: 'Not a slug' }],
    ['description', { description: 'x'.repeat(2_001) }],
    ['taxBps', { taxBps: 10_001 }],
    ['allergens.0', { allergens: [''] }],
    ['allergens', { allergens: Array(21).fill('nuts') }],
    ['prepMinutes', { prepMinutes: -1 }],
    ['categoryId', { categoryId: 'pasta' }],
    ['mealtimes.1.0.from', { mealtimes: { 1: [{ from: '25:00', to: '26:00' }] } }],
    ['options', { options: [group({ min: 2, max: 1 })] }],
    ['options', { options: [group({ id: twice }), group({ id: twice })] }],
    ['options', { options: [group({ options: [option({ id: twice }), option({ id: twice })] })] }],
    ['options', { options: [group({ id: twice, options: [option({ id: twice })] })] }],
    ['options.0.options', { options: [group({ options: [] })] }],
    ['options.0.max', { options: [group({ max: 0 })] }],
    ['options', { options: Array.from({ length: 21 }, () => group()) }],
  ])('D10 is not done when wrong is %s: %j', async (path, wrong) => {
    await using app = await openApp();
    const said = { categoryId: await app.given.category(), name: 'Pizza', price: 900 };

    const refused = await refusalOf(
      app.as('manager').menu.items.create.mutate({ ...said, ...wrong }),
    );

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
    const { issues } = refused.details as { issues: { path: string }[] };
    expect(issues[0]?.path).toContain(path);
  });
});

describe('changing an item', () => {
  test('leaves what was not named as it was', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { items } = app.as('head_chef').menu;
    const before = await items.create.mutate({
      categoryId,
      name: 'Pizza',
      description: 'Tomato',
      price: 900,
      station: 'oven',
      prepMinutes: 8,
      options: [group()],
      allergens: ['gluten'],
    });

    const repriced = await items.update.mutate({ itemId: before.id, price: 950 });
    const emptied = await items.update.mutate({ itemId: before.id, station: null, allergens: [] });

    expect(repriced).toEqual({ ...before, price: 950, version: 2 });
    expect(emptied).toEqual({
      ...repriced,
      allergens: [],
      staff: { ...repriced.staff, station: null },
      version: 3,
    });
  });

  test('the slug stays with a new name, and is changed when somebody says so', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { items } = app.as('manager').menu;
    const { id: itemId } = await items.create.mutate({ categoryId, name: 'Pizza', price: 900 });
    await items.create.mutate({ categoryId, name: 'Pasta', price: 900 });

    const renamed = await items.update.mutate({ itemId, name: 'Margherita' });
    const taken = await refusalOf(items.update.mutate({ itemId, slug: 'pasta' }));
    const moved = await items.update.mutate({ itemId, slug: 'margherita' });

    expect([renamed.slug, moved.slug]).toEqual(['pizza', 'margherita']);
    expect(taken).toMatchObject({ reason: 'MENU_SLUG_TAKEN', httpStatus: 409 });
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 900 });
    const { items } = app.as('manager').menu;
    await items.update.mutate({ itemId, price: 950, expectedVersion: 1 });

    const refusals = [
      await refusalOf(items.update.mutate({ itemId, price: 1_000, expectedVersion: 1 })),
      await refusalOf(items.setStock.mutate({ itemId, mode: 'out', expectedVersion: 1 })),
    ];

    const refused = { reason: 'VERSION_CONFLICT', httpStatus: 409 };
    expect(refusals).toMatchObject([refused, refused]);
    const shown = await app.as('manager').menu.show.query({ itemId });
    expect(shown).toMatchObject({ price: 950, stock: 'plenty', version: 2 });
  });

  test('S2-07 it is found by what it is called now, and by nothing else', async () => {
    await using app = await openApp();
    const pizze = await app.given.category({ title: 'Pizze', slug: 'pizze' });
    const pasta = await app.given.category({ title: 'Pasta', slug: 'pasta' });
    const { items, categories } = app.as('manager').menu;
    const said = { categoryId: pizze, name: 'Margherita', price: 900, options: [group()] };
    const { id: itemId } = await items.create.mutate(said);

    await items.update.mutate({ itemId, name: 'Regina' });
    expect(await found(app, 'margherita')).toEqual([]);
    expect(await found(app, 'regina pizze burrata')).toEqual([itemId]);

    await items.update.mutate({ itemId, categoryId: pasta, options: [] });
    expect(await found(app, 'pizze')).toEqual([]);
    expect(await found(app, 'burrata')).toEqual([]);
    expect(await found(app, 'regina pasta')).toEqual([itemId]);

    await categories.update.mutate({ categoryId: pasta, title: 'Primi' });
    expect(await found(app, 'pasta')).toEqual([]);
    expect(await found(app, 'regina primi')).toEqual([itemId]);
  });

  test('S3-11 of another restaurant is refused, whatever is done to it', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ restaurantId: await app.given.restaurant() });
    const { items } = app.as('manager').menu;

    const refusals = [
      await refusalOf(items.update.mutate({ itemId, price: 1 })),
      await refusalOf(items.remove.mutate({ itemId })),
      await refusalOf(items.restore.mutate({ itemId })),
      await refusalOf(items.setAvailability.mutate({ itemId, available: false })),
      await refusalOf(items.setStock.mutate({ itemId, mode: 'out' })),
    ];

    expect(refusals).toMatchObject(
      Array(5).fill({ reason: 'NOT_FOUND', details: { what: 'item' } }),
    );
  });
});

describe('removing an item', () => {
  test('takes it off list and search, and lets nobody change it', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { menu } = app.as('head_chef');
    const said = { categoryId, name: 'Margherita', price: 900 };
    const { id: itemId } = await menu.items.create.mutate(said);

    expect(await menu.items.remove.mutate({ itemId })).toEqual({ id: itemId });

    expect((await menu.list.query()).items).toEqual([]);
    expect(await found(app, 'margherita')).toEqual([]);
    const refusals = [
      await refusalOf(menu.show.query({ itemId })),
      await refusalOf(menu.items.update.mutate({ itemId, price: 1 })),
      await refusalOf(menu.items.remove.mutate({ itemId })),
      await refusalOf(menu.items.setAvailability.mutate({ itemId, available: true })),
    ];
    expect(refusals).toMatchObject(
      Array(4).fill({ reason: 'NOT_FOUND', details: { what: 'item' } }),
    );
  });

  test('is undone by restoring it, with its words and under what its category is called by then', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category({ title: 'Pizze' });
    const { menu } = app.as('manager');
    const said = { categoryId, name: 'Margherita', price: 900 };
    const before = await menu.items.create.mutate(said);
    await menu.items.remove.mutate({ itemId: before.id });
    await menu.categories.update.mutate({ categoryId, title: 'Forno' });

    const restored = await menu.items.restore.mutate({ itemId: before.id });

    expect(restored).toEqual({
      ...before,
      category: { ...before.category, title: 'Forno' },
      version: 3,
    });
    expect(await found(app, 'margherita forno')).toEqual([before.id]);
    expect(await found(app, 'pizze')).toEqual([]);
  });

  test('what was never removed is restored to no effect', async () => {
    await using app = await openApp();
    const itemId = await app.given.item();
    const { menu } = app.as('manager');

    const restored = await menu.items.restore.mutate({ itemId });

    expect(restored).toEqual(await menu.show.query({ itemId }));
    expect(restored.version).toBe(1);
    expect(await auditOf(app, 'menu.items.restore')).toEqual([]);
  });

  test('nothing is restored into a category that is gone', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const itemId = await app.given.item({ categoryId });
    const { menu } = app.as('manager');
    await menu.items.remove.mutate({ itemId });
    await menu.categories.remove.mutate({ categoryId });

    const refused = await refusalOf(menu.items.restore.mutate({ itemId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'category' } });
  });

  test('S0-44 is written down as deleted and as restored, and words are not', async () => {
    await using app = await openApp();
    const { menu } = app.as('manager');
    const categoryId = await app.given.category();
    const said = { categoryId, name: 'Margherita', price: 900 };
    const { id: itemId } = await menu.items.create.mutate(said);
    await menu.items.update.mutate({ itemId, name: 'Regina' });
    await menu.items.remove.mutate({ itemId });
    await menu.items.restore.mutate({ itemId });

    const verbs = ['create', 'update', 'remove', 'restore'];
    const rows = await Promise.all(verbs.map((verb) => auditOf(app, `menu.items.${verb}`)));

    expect(rows.flat()).toMatchObject([
      { change: 'created', before: null, after: { name: 'Margherita' } },
      { change: 'updated', before: { name: 'Margherita' }, after: { name: 'Regina' } },
      { change: 'deleted', before: { deletedAt: null } },
      { change: 'restored', after: { deletedAt: null } },
    ]);
    expect(rows.flat().map(({ targetId }) => targetId)).toEqual(Array(4).fill(itemId));
    expect(await auditText(app)).not.toMatch(/MenuWord|sortName/);
  });
});
