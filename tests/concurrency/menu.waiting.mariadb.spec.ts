import { Category, MenuItem, MenuWord } from '@comanda/domains/menu/menu.entity';
import { newId } from '@comanda/kernel/id';
import { LockMode } from '@comanda/storage/transaction';
import type { TestApp } from '@comanda/testing';
import { expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { untilOneWaits } from '../lab/lock-wait.ts';
import { counted, leftOf } from '../orders/ordering.ts';

// What is changed while another call has read it and waits for something else. On SQLite no two calls that
// change anything are under way at once, so this file is not of its tests.

/** As another call would that is in the midst of its work. */
async function holding(app: TestApp, entity: typeof Category | typeof MenuItem, id: string) {
  const em = inside(app);
  await em.begin();
  await em.findOneOrFail(entity as typeof Category, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return {
    letGo: () => em.commit(),
    rename: async (itemId: string, name: string) => {
      const item = await em.findOneOrFail(MenuItem, itemId);
      Object.assign(item, { name, sortName: name.toLowerCase() });
      await em.flush();
    },
  };
}

/** As the list tells them, and as they are searched. */
async function namesIn(app: TestApp, category: string, search: string): Promise<string[][]> {
  const { list } = app.as('anonymous').menu;
  const told = await Promise.all([list.query({ category }), list.query({ category, search })]);
  return told.map(({ items }) => items.map(({ name }) => name));
}

test('P18 what begins to be counted is taken by the order that waited for something else', async () => {
  await using app = await openApp();
  const [late, held] = [await app.given.item(), await app.given.item()];
  await counted(app, held, 9);
  const { cart, orders } = app.as(await app.given.person());
  await cart.add.mutate({ itemId: late });
  const { version: cartVersion } = await cart.add.mutate({ itemId: held });
  const other = await holding(app, MenuItem, held);

  const placing = orders.place.mutate({ idempotencyKey: newId(), cartVersion, type: 'pickup' });
  await untilOneWaits(inside(app));
  await counted(app, late, 1);
  await other.letGo();
  await placing;

  expect([await leftOf(app, late), await leftOf(app, held)]).toEqual([0, 8]);
});

test('an item that comes into a category stands there, wherever the other has gone meanwhile', async () => {
  await using app = await openApp();
  const { menu } = app.as('manager');
  const [from, to] = [
    await menu.categories.create.mutate({ title: 'From' }),
    await menu.categories.create.mutate({ title: 'To' }),
  ];
  const itemId = await app.given.item({ categoryId: from.id, name: 'Pasta' });
  const other = await holding(app, Category, to.id);

  const moving = menu.items.update.mutate({ itemId, categoryId: to.id });
  await untilOneWaits(inside(app));
  await menu.categories.update.mutate({ categoryId: from.id, position: 7 });
  await other.letGo();
  await moving;

  expect(await namesIn(app, to.slug, 'pasta')).toEqual([['Pasta'], ['Pasta']]);
});

test('an import leaves a category where somebody has put it meanwhile, or puts it where it says', async () => {
  await using app = await openApp();
  const { menu } = app.as('manager');
  const said = { title: 'Soups', slug: 'soups', position: 3, skipsKitchen: false };
  const { id: categoryId } = await menu.categories.create.mutate(said);
  const itemId = await app.given.item({ categoryId, name: 'Soup' });
  const other = await holding(app, MenuItem, itemId);

  const moving = menu.categories.update.mutate({ categoryId, position: 9 });
  await untilOneWaits(inside(app));
  const importing = menu.import.mutate({ categories: [said], items: [] });
  await other.letGo();
  await Promise.all([moving, importing]);

  expect(await namesIn(app, 'soups', 'soup')).toEqual([['Soup'], ['Soup']]);
});

test('an item that leaves a category while that is retitled is found where it went', async () => {
  await using app = await openApp();
  const { menu } = app.as('manager');
  const [from, to] = [
    await menu.categories.create.mutate({ title: 'From', position: 1 }),
    await menu.categories.create.mutate({ title: 'To', position: 2 }),
  ];
  const said = { categoryId: from.id, name: 'Pasta', price: 1 };
  const { id: itemId } = await menu.items.create.mutate(said);
  const leaving = inside(app);
  await leaving.begin();
  const item = await leaving.findOneOrFail(MenuItem, itemId);
  item.category = await leaving.findOneOrFail(Category, to.id);
  item.categoryPosition = to.position;
  await leaving.flush();

  const retitling = menu.categories.update.mutate({ categoryId: from.id, title: 'Gone' });
  await untilOneWaits(inside(app));
  const place = { categoryId: to.id, categoryPosition: to.position };
  await leaving.nativeUpdate(MenuWord, { itemId }, place);
  await leaving.commit();
  await retitling;

  expect(await namesIn(app, to.slug, 'pasta')).toEqual([['Pasta'], ['Pasta']]);
});

/** About an item, and nothing of it is changed by them. */
const UNCHANGING = ['saved', 'restored'] as const;

test.each(UNCHANGING)(
  'an item that is %s as it was read is found by what it is called meanwhile',
  async (how) => {
    await using app = await openApp();
    const { menu } = app.as('manager');
    const soups = await menu.categories.create.mutate({ title: 'Soups', position: 1 });
    const said = { categoryId: soups.id, price: 1 };
    const { id: itemId } = await menu.items.create.mutate({ ...said, name: 'Thick soup' });
    const other = await holding(app, Category, soups.id);

    const { items } = app.as('manager').menu;
    const saving =
      how === 'saved' ? items.update.mutate({ itemId }) : items.restore.mutate({ itemId });
    await untilOneWaits(inside(app));
    await other.rename(itemId, 'A soup');
    await other.letGo();
    await saving;

    const first = await menu.list.query({ search: 'soup', limit: 1 });
    expect(first).toMatchObject({ items: [{ name: 'A soup' }], nextCursor: null });
    expect(await namesIn(app, soups.slug, 'a')).toEqual([['A soup'], ['A soup']]);
    const [word] = await inside(app).find(MenuWord, { itemId });
    expect(word?.sortName).toBe('a soup');
  },
);

test('an import changes what somebody else adds meanwhile', async () => {
  await using app = await openApp();
  const { import: bring } = app.as('manager').menu;
  const categoryId = await app.given.category({ slug: 'soups' });
  const adding = inside(app);
  await adding.begin();
  const category = await adding.findOneOrFail(Category, categoryId);
  const { restaurantId } = app.home;
  const place = { category, categoryPosition: category.position, sortName: 'soup' };
  const own = { id: newId(), restaurantId, photoId: null, recipeId: null };
  adding.create(MenuItem, { ...IN_A_FILE, ...place, ...own });
  await adding.flush();

  const importing = bring.mutate({ items: [{ ...IN_A_FILE, category: 'soups' }] });
  await untilOneWaits(inside(app));
  await adding.commit();

  expect(await importing).toMatchObject({ items: { added: 0, changed: 1 } });
});

const IN_A_FILE = {
  slug: 'soup',
  name: 'Soup',
  description: '',
  price: 1,
  taxBps: 0,
  featured: false,
  allergens: [],
  station: null,
  prepMinutes: null,
  options: [],
  mealtimes: null,
  available: true,
  stockMode: 'none' as const,
  stockLeft: 0,
  stockLow: 5,
};
