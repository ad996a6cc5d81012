import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';

/** Margherita was taken off the menu, and Regina was not. */
async function withRemoved(app: TestApp, restaurantId = app.home.restaurantId) {
  const categoryId = await app.given.category({ restaurantId });
  const itemId = await app.given.item({ restaurantId, categoryId, name: 'Margherita' });
  await app.given.item({ restaurantId, categoryId, name: 'Regina' });
  await app.as('admin').menu.items.remove.mutate({ restaurantId, itemId });
  return { itemId, categoryId };
}

describe('looking at what was removed', () => {
  test.each(['head_chef', 'master_chef', 'manager', 'admin'] as const)(
    'S1-14 a %s finds it, and nothing else, until it is restored',
    async (role) => {
      await using app = await openApp();
      const { itemId } = await withRemoved(app);
      const { menu } = app.as(role);

      const removed = await menu.list.query({ removed: true });
      const shown = await menu.list.query({ removed: false });
      const restored = await menu.items.restore.mutate({ itemId });

      const now = { orderable: false, because: 'OFF_MENU' };
      expect(removed).toMatchObject({
        items: [{ id: itemId, name: 'Margherita', removedAt: app.clock.now(), now }],
        nextCursor: null,
      });
      expect(shown).toMatchObject({ items: [{ name: 'Regina', removedAt: null }] });
      expect(restored.removedAt).toBeNull();
      expect((await menu.list.query({ removed: true })).items).toEqual([]);
    },
  );

  test.each(['anonymous', 'customer', 'employee', 'waiter', 'chef', 'sous_chef'] as const)(
    'S1-14 to a %s it is as if there had never been any',
    async (role) => {
      await using app = await openApp();
      await withRemoved(app);
      const { list } = app.as(role).menu;

      const asked = [
        await list.query({ removed: true }),
        await list.query({ removed: true, search: 'margherita', limit: 1, sort: 'price' }),
      ];

      const nothing = { items: [], nextCursor: null };
      expect(asked).toEqual([nothing, nothing]);
    },
  );

  test('S3-11 a manager sees that of their own restaurant, an admin that of any', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const theirs = await app.given.person({ role: 'manager', restaurantId });
    const { itemId } = await withRemoved(app, restaurantId);
    const idsFor = async (who: Parameters<TestApp['as']>[0]) => {
      const { items } = await app.as(who).menu.list.query({ restaurantId, removed: true });
      return items.map(({ id }) => id);
    };

    const found = [await idsFor(theirs), await idsFor('admin'), await idsFor('manager')];

    expect(found).toEqual([[itemId], [itemId], []]);
    expect((await app.as('manager').menu.list.query({ removed: true })).items).toEqual([]);
  });

  test('S1-14 it is searched, sorted and paged like the menu, also when its category is gone', async () => {
    await using app = await openApp();
    const { itemId, categoryId } = await withRemoved(app);
    const { menu } = app.as('manager');
    const dolci = await app.given.category({ title: 'Dolci' });
    const said = { categoryId: dolci, name: 'Babà', price: 1 };
    const { id } = await menu.items.create.mutate(said);
    await menu.items.remove.mutate({ itemId: id });
    await menu.categories.remove.mutate({ categoryId: dolci });
    const removed = true;

    const first = await menu.list.query({ removed, sort: '-price', limit: 1 });
    const rest = await menu.list.query({ removed, sort: '-price', cursor: first.nextCursor ?? '' });
    const searched = await menu.list.query({ removed, search: 'baba dol' });

    expect([first, rest].map(({ items }) => items.map((one) => one.id))).toEqual([[itemId], [id]]);
    expect(first.items[0]?.category.id).toBe(categoryId);
    expect(searched.items).toMatchObject([{ id, category: { title: 'Dolci' } }]);
  });
});
