import { Category, MenuWord } from '@comanda/domains/menu/menu.entity';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { auditOf, inside } from '../auth/looking.ts';
import { onMariadb } from '../storage/store.ts';
import { of, outcomes, times } from './outcomes.ts';

async function versionOf(app: TestApp, itemId: string): Promise<number> {
  return (await app.as('manager').menu.show.query({ itemId })).version;
}

async function oneAfterTheOther(count: number, call: () => Promise<unknown>): Promise<void> {
  for (let at = 0; at < count; at++) await call();
}

/** What became of items that were added while their category was removed, by turns before and after. */
async function addedWhileRemoving(app: TestApp, { rounds }: { rounds: number }): Promise<string[]> {
  const { menu } = app.as('manager');
  const told: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const categoryId = await app.given.category();
    const add = () => menu.items.create.mutate({ categoryId, name: 'Lost', price: 1 });
    const remove = () => menu.categories.remove.mutate({ categoryId });
    const calls = round % 2 === 0 ? [add, add, remove] : [remove, add, add];
    const outcome = await outcomes(calls.map((call) => call()));
    told.push(...outcome.filter((_, at) => calls[at] === add));
  }
  return told;
}

describe('editing one item at once', () => {
  test('P19 forty edits of what all have read: one is made and 39 are told', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 100 });
    const { items } = app.as('manager').menu;

    const told = await outcomes(
      times(40, (at) => items.update.mutate({ itemId, price: at, expectedVersion: 1 })),
    );

    expect([of(told, 'ok'), of(told, 'VERSION_CONFLICT')]).toEqual([1, 39]);
    expect(await auditOf(app, 'menu.items.update')).toHaveLength(1);
    expect(await versionOf(app, itemId)).toBe(2);
  });

  test('P19 forty people who read and edit, and read again: each edit is made once or told', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ name: 'Edit', price: 1 });
    const people = [app.as('manager'), app.as('head_chef'), app.as('admin'), app.as('master_chef')];
    const edits = times(40, async (at) => {
      const { menu } = people[at % people.length] ?? app.as('manager');
      const { version } = await menu.show.query({ itemId });
      return menu.items.update.mutate({ itemId, price: 100 + at, expectedVersion: version });
    });

    const told = await outcomes(edits);

    const applied = of(told, 'ok');
    expect(applied + of(told, 'VERSION_CONFLICT')).toBe(40);
    expect(applied).toBeGreaterThan(0);
    expect(await auditOf(app, 'menu.items.update')).toHaveLength(applied);
    expect(await versionOf(app, itemId)).toBe(1 + applied);
  });

  test('P19 an edit and the 86 switch do not undo each other', async () => {
    await using app = await openApp();
    const itemId = await app.given.item({ price: 100 });
    const { items } = app.as('manager').menu;

    const told = await outcomes([
      items.update.mutate({ itemId, price: 950 }),
      items.setAvailability.mutate({ itemId, available: false }),
      items.setStock.mutate({ itemId, mode: 'count', left: 4 }),
    ]);

    expect(told).toEqual(['ok', 'ok', 'ok']);
    expect(await app.as('manager').menu.show.query({ itemId })).toMatchObject({
      price: 950,
      available: false,
      staff: { stockLeft: 4 },
    });
  });
});

describe('adding items at once', () => {
  test('thirty of one name get thirty slugs', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { menu } = app.as('manager');
    const said = { categoryId, name: 'Tiramisù', price: 700 };

    const told = await outcomes(times(30, () => menu.items.create.mutate(said)));

    expect(of(told, 'ok') + of(told, 'DB_BUSY')).toBe(30);
    const { items } = await menu.list.query({ search: 'tiramisu', limit: 100 });
    expect(items).toHaveLength(of(told, 'ok'));
    expect(new Set(items.map(({ slug }) => slug)).size).toBe(items.length);
    expect(of(told, 'ok')).toBeGreaterThan(20);
  });

  test('thirty with one chosen slug: one gets it', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category();
    const { items } = app.as('manager').menu;
    const said = { categoryId, name: 'Tiramisù', slug: 'tiramisu', price: 700 };

    const told = await outcomes(times(30, () => items.create.mutate(said)));

    expect(of(told, 'ok')).toBe(1);
    expect(of(told, 'MENU_SLUG_TAKEN') + of(told, 'DB_BUSY')).toBe(29);
  });

  test('to a category that is being removed: nothing ends where nobody sees it', async () => {
    await using app = await openApp();

    const told = await addedWhileRemoving(app, { rounds: 24 });

    expect(told.filter((one) => !['ok', 'NOT_FOUND'].includes(one))).toEqual([]);
    const { items } = await app.as('manager').menu.list.query({ limit: 100 });
    expect(items).toHaveLength(of(told, 'ok'));
  });
});

describe.each(onMariadb)('on MariaDB', () => {
  test('an item that is renamed while its category is retitled takes on both names', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category({ title: 'Pizze' });
    const itemId = await app.given.item({ categoryId });
    const { menu } = app.as('manager');
    const em = inside(app);
    await em.begin();
    const category = await em.findOneOrFail(Category, categoryId);
    category.title = 'Forno';
    await em.flush();

    const renaming = menu.items.update.mutate({ itemId, name: 'Regina' });
    await oneAfterTheOther(20, () => app.as('anonymous').menu.list.query());
    await em.commit();

    expect((await renaming).category.title).toBe('Forno');
    expect((await menu.list.query({ search: 'regina forno' })).items).toHaveLength(1);
  });
});

describe('a menu that is renamed while people search it', () => {
  test.each([1, 2, 3])('S2-07 never fails, and is found by its last names only (%i)', async () => {
    await using app = await openApp();
    const categoryId = await app.given.category({ title: 'Title 0' });
    const { menu } = app.as('manager');
    const said = { categoryId, name: 'Name 0', price: 900 };
    const { id: itemId } = await menu.items.create.mutate(said);
    const { list } = app.as('anonymous').menu;

    const renamed = times(15, (at) => menu.items.update.mutate({ itemId, name: `Name ${at}` }));
    const retitled = times(15, (at) =>
      menu.categories.update.mutate({ categoryId, title: `Title ${100 + at}` }),
    );
    const searched = times(15, () => list.query({ search: 'name title' }));
    const told = await outcomes([...renamed, ...retitled]);

    expect(told.filter((one) => !['ok', 'VERSION_CONFLICT', 'DB_BUSY'].includes(one))).toEqual([]);
    expect(await outcomes(searched)).toEqual(Array(15).fill('ok'));
    const { name, category } = await menu.show.query({ itemId });
    const words = (await inside(app).find(MenuWord, { itemId })).map(({ word }) => word);
    const [number = '', other = ''] = [name, category.title].map((text) => text.split(' ')[1]);
    expect(words.toSorted()).toEqual([number, other, 'name', 'title'].toSorted());
  });
});
