import { newId } from '@comanda/kernel/id';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';

describe('the categories of a menu', () => {
  test('S2-05 anyone sees them in their order, and of one place as they were added', async () => {
    await using app = await openApp();
    const { categories } = app.as('manager').menu;
    for (const [title, position] of [
      ['Dolci', 2],
      ['Primi', 1],
      ['Antipasti', 0],
      ['Zuppe', 1],
    ] as const) {
      await categories.create.mutate({ title, position });
    }

    const { items } = await app.as('anonymous').menu.categories.list.query();

    expect(items.map(({ title }) => title)).toEqual(['Antipasti', 'Primi', 'Zuppe', 'Dolci']);
    expect(items[0]).toEqual({
      id: expect.any(String),
      slug: 'antipasti',
      title: 'Antipasti',
      position: 0,
      skipsKitchen: false,
      version: 1,
    });
  });

  test('S3-11 are those of one restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    await app.given.category({ restaurantId, title: 'Theirs', slug: 'drinks' });
    await app.given.category({ title: 'Ours', slug: 'drinks' });

    const { items } = await app.as('waiter').menu.categories.list.query();

    expect(items.map(({ title }) => title)).toEqual(['Ours']);
  });
});

describe('adding a category', () => {
  test('S2-05 all that was said is kept', async () => {
    await using app = await openApp();
    const { categories } = app.as('manager').menu;
    const said = { title: 'Wine & Beer', slug: 'drinks', position: 9, skipsKitchen: true };

    const category = await categories.create.mutate(said);

    expect(category).toMatchObject({ ...said, version: 1 });
    expect(await auditOf(app, 'menu.categories.create')).toMatchObject([
      {
        change: 'created',
        target: 'Category',
        targetId: category.id,
        role: 'manager',
        after: said,
      },
    ]);
  });

  test.each([
    ['Crème & Glacé', /^creme-glace$/],
    ['寿司', /^unnamed$/],
    ['PRIMI', /^primi-[0-9a-f]{6}$/],
  ])('S1-15 %s gets a slug like %s', async (title, slug) => {
    await using app = await openApp();
    await app.given.category({ title: 'Primi', slug: 'primi' });

    const category = await app.as('manager').menu.categories.create.mutate({ title });

    expect(category.slug).toMatch(slug);
  });

  test('S2-05 a chosen slug that is taken is refused', async () => {
    await using app = await openApp();
    await app.given.category({ slug: 'primi' });

    const refused = await refusalOf(
      app.as('manager').menu.categories.create.mutate({ title: 'Paste', slug: 'primi' }),
    );

    expect(refused).toMatchObject({ reason: 'MENU_SLUG_TAKEN', httpStatus: 409 });
  });

  test('one with the title of one that was removed gets a slug of its own', async () => {
    await using app = await openApp();
    const { categories } = app.as('manager').menu;
    const { id: categoryId } = await categories.create.mutate({ title: 'Primi' });
    await categories.remove.mutate({ categoryId });

    const again = await categories.create.mutate({ title: 'Primi' });
    const refused = await refusalOf(categories.create.mutate({ title: 'Primi', slug: 'primi' }));

    expect(again.slug).toMatch(/^primi-[0-9a-f]{6}$/);
    expect(refused.reason).toBe('MENU_SLUG_TAKEN');
    const { items } = await categories.list.query();
    expect(items).toEqual([again]);
  });

  test.each([
    [{ title: ' ' }, 'title'],
    [{ title: 'x'.repeat(101) }, 'title'],
    [{ title: 'A', slug: 'Not a slug' }, 'slug'],
    [{ title: 'A', slug: 'x'.repeat(201) }, 'slug'],
    [{ title: 'A', position: -1 }, 'position'],
    [{ title: 'A', position: 10_001 }, 'position'],
    [{ title: 'A', position: 0.5 }, 'position'],
  ])('is not done with %j: wrong is %s', async (said, path) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('manager').menu.categories.create.mutate(said));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
  });
});

describe('changing a category', () => {
  test('leaves what was not named as it was, the slug as well', async () => {
    await using app = await openApp();
    const { categories } = app.as('manager').menu;
    const said = { title: 'Drinks', position: 9, skipsKitchen: true };
    const before = await categories.create.mutate(said);
    const { id: categoryId } = before;

    const renamed = await categories.update.mutate({ categoryId, title: 'Wine' });
    const moved = await categories.update.mutate({ categoryId, position: 0, skipsKitchen: false });

    expect(renamed).toEqual({ ...before, title: 'Wine', version: 2 });
    expect(moved).toEqual({ ...renamed, position: 0, skipsKitchen: false, version: 3 });
    expect(await auditOf(app, 'menu.categories.update')).toMatchObject([
      { before: { title: 'Drinks' }, after: { title: 'Wine' } },
      { before: { position: 9, skipsKitchen: true }, after: { position: 0, skipsKitchen: false } },
    ]);
  });

  test('moves its items on the menu', async () => {
    await using app = await openApp();
    const last = await app.given.category({ position: 2, slug: 'last' });
    const first = await app.given.category({ position: 1, slug: 'first' });
    const items = [
      await app.given.item({ categoryId: first }),
      await app.given.item({ categoryId: last }),
    ];
    const { menu } = app.as('manager');

    await menu.categories.update.mutate({ categoryId: last, position: 0 });

    const shown = (await menu.list.query()).items.map(({ id }) => id);
    expect(shown).toEqual(items.toReversed());
  });

  test('a slug that another has is refused', async () => {
    await using app = await openApp();
    await app.given.category({ slug: 'primi' });
    const categoryId = await app.given.category({ slug: 'paste' });

    const refused = await refusalOf(
      app.as('manager').menu.categories.update.mutate({ categoryId, slug: 'primi' }),
    );

    expect(refused).toMatchObject({ reason: 'MENU_SLUG_TAKEN', httpStatus: 409 });
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { categories } = app.as('manager').menu;
    await categories.update.mutate({ categoryId, title: 'Theirs', expectedVersion: 1 });

    const refused = await refusalOf(
      categories.update.mutate({ categoryId, title: 'Mine', expectedVersion: 1 }),
    );

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    expect((await categories.list.query()).items).toMatchObject([{ title: 'Theirs', version: 2 }]);
  });
});

describe('removing a category', () => {
  test('S2-05 is done when it is empty', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { categories } = app.as('manager').menu;

    expect(await categories.remove.mutate({ categoryId })).toEqual({ id: categoryId });

    expect((await categories.list.query()).items).toEqual([]);
    const rows = await auditOf(app, 'menu.categories.remove');
    expect(rows).toMatchObject([{ change: 'deleted', targetId: categoryId }]);
    const refusals = [
      await refusalOf(categories.remove.mutate({ categoryId })),
      await refusalOf(categories.update.mutate({ categoryId, title: 'Back' })),
    ];
    const refused = { reason: 'NOT_FOUND', details: { what: 'category' } };
    expect(refusals).toMatchObject([refused, refused]);
  });

  test('is refused while there are items in it, but for removed ones', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const items = [await app.given.item({ categoryId }), await app.given.item({ categoryId })];
    const { menu } = app.as('manager');

    const full = await refusalOf(menu.categories.remove.mutate({ categoryId }));
    await menu.items.remove.mutate({ itemId: items[0] ?? '' });
    const half = await refusalOf(menu.categories.remove.mutate({ categoryId }));
    const moved = { itemId: items[1] ?? '', categoryId: await app.given.category() };
    await menu.items.update.mutate(moved);
    await menu.categories.remove.mutate({ categoryId });

    expect(full).toMatchObject({
      reason: 'CATEGORY_IN_USE',
      httpStatus: 409,
      details: { items: 2 },
    });
    expect(half).toMatchObject({ reason: 'CATEGORY_IN_USE', details: { items: 1 } });
    expect((await menu.list.query()).items).toMatchObject([{ id: moved.itemId }]);
  });

  test('S3-11 of another restaurant, or of none, is refused', async () => {
    await using app = await openApp();
    const elsewhere = await app.given.category({ restaurantId: await app.given.restaurant() });
    const { categories } = app.as('manager').menu;

    const refusals = [
      await refusalOf(categories.remove.mutate({ categoryId: elsewhere })),
      await refusalOf(categories.update.mutate({ categoryId: elsewhere, title: 'Mine' })),
      await refusalOf(categories.remove.mutate({ categoryId: newId() })),
    ];

    const refused = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'category' } };
    expect(refusals).toMatchObject([refused, refused, refused]);
  });
});

describe('a category that is moved', () => {
  test('S2-05 takes along what is in it and what was removed from it, and makes no other version of them', async () => {
    await using app = await openApp();
    const first = await app.given.category({ position: 1 });
    const second = await app.given.category({ position: 2 });
    const { categories, items, list, import: bring } = app.as('manager').menu;
    const bread = await items.create.mutate({ categoryId: first, name: 'Bread', price: 1 });
    const soup = await items.create.mutate({ categoryId: first, name: 'Soup', price: 1 });
    await items.create.mutate({ categoryId: second, name: 'Cake', price: 1 });
    await items.remove.mutate({ itemId: soup.id });
    const names = async () => (await list.query()).items.map(({ name }) => name);
    const before = await names();

    await categories.update.mutate({ categoryId: first, position: 3 });
    const moved = await names();
    await items.restore.mutate({ itemId: soup.id });
    await items.update.mutate({ itemId: bread.id, categoryId: second });
    const restored = await names();
    const category = { slug: bread.category.slug, title: 'C', position: 0, skipsKitchen: false };
    await bring.mutate({ categories: [category] });

    expect(before).toEqual(['Bread', 'Cake']);
    expect(moved).toEqual(['Cake', 'Bread']);
    expect(restored).toEqual(['Bread', 'Cake', 'Soup']);
    expect(await names()).toEqual(['Soup', 'Bread', 'Cake']);
    const now = await app.as('manager').menu.show.query({ itemId: soup.id });
    expect(now.version).toBe(soup.version + 2);
  });

  test('S2-05 S2-07 is searched in its new order, with what was removed from it', async () => {
    await using app = await openApp();
    const first = await app.given.category({ position: 1 });
    const second = await app.given.category({ position: 2 });
    const { categories, items, list } = app.as('manager').menu;
    const said = { categoryId: first, price: 1 };
    const rye = await items.create.mutate({ ...said, name: 'Bread of rye' });
    await items.create.mutate({ ...said, name: 'Bread' });
    const corn = { categoryId: second, price: 1, name: 'Bread of corn' };
    const { id: cornId } = await items.create.mutate(corn);
    const names = async (removed: boolean) =>
      (await list.query({ search: 'bread', removed })).items.map(({ name }) => name);
    const before = await names(false);
    await items.remove.mutate({ itemId: rye.id });
    await items.remove.mutate({ itemId: cornId });

    await categories.update.mutate({ categoryId: first, position: 3 });

    expect(before).toEqual(['Bread', 'Bread of rye', 'Bread of corn']);
    expect(await names(true)).toEqual(['Bread of corn', 'Bread of rye']);
  });
});
