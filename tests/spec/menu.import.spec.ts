import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

const pasta = { slug: 'pasta', title: 'Pasta', position: 1, skipsKitchen: false };
const wine = { slug: 'wine', title: 'Wine', position: 2, skipsKitchen: true };
const carbonara = {
  slug: 'carbonara',
  category: 'pasta',
  name: 'Carbonara',
  description: 'Guanciale, egg yolk',
  price: 1450,
  taxBps: 1000,
  featured: true,
  available: true,
  allergens: ['egg', 'gluten'],
  station: 'kitchen',
  prepMinutes: 12,
  options: [
    {
      id: '01a1fee6-8dc7-7613-aae6-15bfac771733',
      name: 'Extras',
      min: 0,
      max: 2,
      options: [
        {
          id: '01a1fee6-8dc7-7613-aae6-15bfac771734',
          name: 'More pecorino',
          priceDelta: 100,
          available: true,
          maxQuantity: 1,
        },
      ],
    },
  ],
  mealtimes: { 1: [{ from: '12:00', to: '15:00' }] },
  stockMode: 'count' as const,
  stockLeft: 9,
  stockLow: 3,
};
const barolo = {
  ...carbonara,
  slug: 'barolo',
  category: 'wine',
  name: 'Barolo',
  options: [],
  mealtimes: null,
  stockMode: 'none' as const,
  stockLeft: 0,
};
const menu = { categories: [pasta, wine], items: [carbonara, barolo] };

describe('a menu as a file', () => {
  test('goes out as it came in, and into another restaurant', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const [manager, admin] = [app.as('manager'), app.as('admin')];

    const imported = await manager.menu.import.mutate(menu);
    const here = await manager.menu.export.query();
    await admin.menu.import.mutate({ ...here, restaurantId });
    const there = await admin.menu.export.query({ restaurantId });

    expect(imported).toEqual({
      categories: { added: 2, changed: 0 },
      items: { added: 2, changed: 0 },
    });
    expect(here).toEqual(menu);
    expect(there).toEqual(menu);
  });

  test('changes what has the same slug, and leaves the rest', async () => {
    await using app = await openApp();
    const { menu: here } = app.as('manager');
    await here.import.mutate(menu);

    const imported = await here.import.mutate({
      categories: [{ ...wine, title: 'Wines' }],
      items: [{ ...barolo, price: 2000 }],
    });
    const [, changed] = (await here.list.query({ sort: 'price' })).items;

    expect(imported).toEqual({
      categories: { added: 0, changed: 1 },
      items: { added: 0, changed: 1 },
    });
    expect(changed).toMatchObject({ name: 'Barolo', price: 2000, category: { title: 'Wines' } });
    expect((await here.list.query({ search: 'guanc' })).items).toHaveLength(2);
    expect((await here.list.query({ search: 'wines' })).items).toHaveLength(1);
  });

  test('is found under the new title of its category, in the file or not', async () => {
    await using app = await openApp();
    const { menu: here } = app.as('manager');
    await here.import.mutate(menu);

    await here.import.mutate({ categories: [{ ...wine, title: 'Vini rossi' }] });

    const found = async (search: string) => (await here.list.query({ search })).items.length;
    expect([await found('rossi'), await found('wine')]).toEqual([1, 0]);
  });

  test('brings back what was removed', async () => {
    await using app = await openApp();
    const { menu: here } = app.as('manager');
    await here.import.mutate(menu);
    const { items } = await here.list.query();
    for (const { id } of items) await here.items.remove.mutate({ itemId: id });

    await here.import.mutate({ items: [barolo] });

    expect((await here.list.query()).items.map(({ slug }) => slug)).toEqual(['barolo']);
  });

  test('is brought in whole or not at all', async () => {
    await using app = await openApp();
    const { menu: here } = app.as('manager');
    const broken = { ...menu, items: [carbonara, { ...barolo, category: 'beer' }] };

    const refused = await refusalOf(here.import.mutate(broken));

    expect(refused).toMatchObject({ reason: 'VALIDATION' });
    expect(refused.details).toMatchObject({ issues: [{ path: 'items.1.category' }] });
    expect(await here.export.query()).toEqual({ categories: [], items: [] });
  });

  test('costs as much as twenty reads', async () => {
    await using app = await openApp({ quotas: 'preset' });
    const manager = app.as('manager');

    await manager.menu.export.query();

    expect(manager.quota).toMatchObject([{ name: 'manager.read', remaining: 80 }]);
  });

  test.each(['head_chef', 'waiter', 'customer'] as const)(
    'is not a %s’s to take out',
    async (who) => {
      await using app = await openApp();

      expect(await refusalOf(app.as(who).menu.export.query())).toMatchObject({
        reason: 'FORBIDDEN',
      });
    },
  );
});
