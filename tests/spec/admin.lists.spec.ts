import type { ListMenu, ListRecipes } from '@comanda/client';
import type { Role } from '@comanda/kernel/access';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { BEHIND_PROXY, from } from '../auth/callers.ts';

/** Two categories with a removed, a switched off and two plain items. */
async function menuOf(app: TestApp, restaurantId = app.home.restaurantId): Promise<void> {
  const { menu } = app.as('admin');
  const at = { restaurantId };
  const pasta = await menu.categories.create.mutate({ ...at, title: 'Pasta', position: 1 });
  const dolci = await menu.categories.create.mutate({ ...at, title: 'Dolci', position: 2 });
  const items = [
    { categoryId: pasta.id, name: 'Ragù', price: 1_400 },
    { categoryId: pasta.id, name: 'Pesto', price: 1_200 },
    { categoryId: dolci.id, name: 'Pasta di mandorle', price: 700 },
    { categoryId: dolci.id, name: 'Babà', price: 600 },
  ];
  const ids = new Map<string, string>();
  for (const item of items) {
    ids.set(item.name, (await menu.items.create.mutate({ ...at, ...item })).id);
  }
  const off = { ...at, itemId: ids.get('Pesto') ?? '', available: false };
  await menu.items.setAvailability.mutate(off);
  await menu.items.remove.mutate({ ...at, itemId: ids.get('Babà') ?? '' });
}

describe('an admin’s list of the menu', () => {
  test('S0-49 S2-16 tells name, category, price and whether it is available', async () => {
    await using app = await openApp();
    await menuOf(app);

    const { items } = await app.as('admin').menu.list.query();

    const columns = items.map(({ name, category, price, available, removedAt }) => [
      name,
      category.title,
      price,
      available,
      removedAt,
    ]);
    expect(columns).toEqual([
      ['Pesto', 'Pasta', 1_200, false, null],
      ['Ragù', 'Pasta', 1_400, true, null],
      ['Pasta di mandorle', 'Dolci', 700, true, null],
    ]);
  });

  test.each<[string, ListMenu, string[]]>([
    ['category', { category: 'pasta' }, ['Pesto', 'Ragù']],
    ['being available', { available: true }, ['Ragù', 'Pasta di mandorle']],
    ['not being available', { available: false }, ['Pesto']],
    ['having been removed', { removed: true }, ['Babà']],
    ['category, among the removed', { removed: true, category: 'pasta' }, []],
    ['price', { priceMin: 700, priceMax: 1_200 }, ['Pesto', 'Pasta di mandorle']],
    ['name or category', { search: 'pasta' }, ['Pesto', 'Ragù', 'Pasta di mandorle']],
    ['name and category', { search: 'pasta rag' }, ['Ragù']],
    ['all of them', { search: 'pasta', available: true, category: 'dolci' }, ['Pasta di mandorle']],
  ])('S0-49 S2-16 is narrowed by %s', async (_, said, names) => {
    await using app = await openApp();
    await menuOf(app);

    const { items } = await app.as('admin').menu.list.query(said);

    expect(items.map(({ name }) => name)).toEqual(names);
  });

  test.each<[NonNullable<ListMenu['sort']>, string[]]>([
    ['name', ['Pasta di mandorle', 'Pesto', 'Ragù']],
    ['price', ['Pasta di mandorle', 'Pesto', 'Ragù']],
    ['-price', ['Ragù', 'Pesto', 'Pasta di mandorle']],
  ])('S0-49 is sorted by %s', async (sort, names) => {
    await using app = await openApp();
    await menuOf(app);

    const { items } = await app.as('admin').menu.list.query({ sort });

    expect(items.map(({ name }) => name)).toEqual(names);
  });

  test('S2-16 S3-11 and its categories are those of the restaurant that is named', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    await menuOf(app, restaurantId);
    const { menu } = app.as('admin');

    const here = await menu.categories.list.query();
    const there = await menu.categories.list.query({ restaurantId });
    const removed = await menu.list.query({ restaurantId, removed: true });

    expect(here.items).toEqual([]);
    expect(there.items).toMatchObject([
      { title: 'Pasta', slug: 'pasta', position: 1, skipsKitchen: false },
      { title: 'Dolci', slug: 'dolci', position: 2, skipsKitchen: false },
    ]);
    expect(removed.items).toMatchObject([{ name: 'Babà', category: { title: 'Dolci' } }]);
  });
});

describe('an admin’s list of recipes', () => {
  /** One of each chef, and one that is too secret for an admin. */
  async function bookOf(app: TestApp): Promise<void> {
    const chefs = await app.given.people([
      { role: 'head_chef', firstName: 'Élodie', lastName: 'Blanc' },
      { role: 'sous_chef', firstName: 'Bruno', lastName: 'Nero' },
      { role: 'master_chef', firstName: 'Blanche', lastName: 'Rosso' },
    ]);
    const [elodie, bruno, blanche] = chefs.map((chef) => app.as(chef).recipes.create);
    await elodie?.mutate({ name: 'Sauce', secrecy: 'advanced' });
    await bruno?.mutate({ name: 'Bianco', ingredients: ['blancmange'] });
    await blanche?.mutate({ name: 'Elixir', secrecy: 'top_secret' });
  }

  async function foundBy(app: TestApp, role: Role, said: ListRecipes): Promise<string[]> {
    const { items } = await app.as(role).recipes.list.query(said);
    return items.map(({ name }) => name);
  }

  test('S0-49 tells name, chef and level of those that are active', async () => {
    await using app = await openApp();
    await bookOf(app);

    const { items } = await app.as('admin').recipes.list.query();

    expect(items.map(({ name, craft }) => [name, craft?.chefName, craft?.secrecy])).toEqual([
      ['Bianco', 'Bruno Nero', 'basic'],
      ['Sauce', 'Élodie Blanc', 'advanced'],
    ]);
  });

  test.each([
    ['a name', 'sau', ['Sauce']],
    ['a chef', 'élodie', ['Sauce']],
    ['a whole chef', ' BRUNO nero', ['Bianco']],
    ['a chef or an ingredient', 'blanc', ['Bianco', 'Sauce']],
    ['no instructions', 'whip', []],
    ['a pattern', '%', []],
  ])('S0-49 is searched by %s', async (_, search, names) => {
    await using app = await openApp();
    await bookOf(app);

    expect(await foundBy(app, 'admin', { search })).toEqual(names);
  });

  test('S0-49 is narrowed by level, together with a search', async () => {
    await using app = await openApp();
    await bookOf(app);

    expect(await foundBy(app, 'admin', { search: 'blanc', secrecy: 'basic' })).toEqual(['Bianco']);
    expect(await foundBy(app, 'admin', { secrecy: 'top_secret' })).toEqual([]);
  });

  test('S0-49 whoever may bring recipes back sees also those that are not active', async () => {
    await using app = await openApp();
    const { recipes } = app.as('head_chef');
    const { id: recipeId } = await recipes.create.mutate({ name: 'Gone' });
    await recipes.create.mutate({ name: 'Kept' });
    await recipes.remove.mutate({ recipeId });

    expect(await foundBy(app, 'head_chef', { removed: true, search: 'some body' })).toEqual([
      'Gone',
    ]);
    expect(await foundBy(app, 'head_chef', { removed: false })).toEqual(['Kept']);
    expect(await foundBy(app, 'admin', { removed: true })).toEqual([]);
  });

  test('P14 who is not told a chef does not find by one', async () => {
    await using app = await openApp();
    await bookOf(app);

    expect(await foundBy(app, 'waiter', { search: 'bruno' })).toEqual([]);
    expect(await foundBy(app, 'waiter', { search: 'bianco' })).toEqual(['Bianco']);
    expect(await foundBy(app, 'chef', { search: 'bruno' })).toEqual(['Bianco']);
  });

  test('P14 the chef of a secret finds it for nobody who may not read it', async () => {
    await using app = await openApp();
    await bookOf(app);
    const search = 'blanche';

    expect(await app.as('admin').recipes.list.query({ search })).toEqual({
      items: [],
      nextCursor: null,
    });
    expect(await foundBy(app, 'head_chef', { search })).toEqual([]);
    expect(await foundBy(app, 'sous_chef', { search: 'élodie' })).toEqual([]);
    expect(await foundBy(app, 'master_chef', { search })).toEqual(['Elixir']);
  });
});

describe('an admin’s list of the log', () => {
  /** A table is added from one address, and one from another. */
  async function done(app: TestApp): Promise<void> {
    for (const [address, role, name] of [
      ['203.0.113.7', 'manager', 'T1'],
      ['203.0.113.77', 'waiter', 'T2'],
      ['2001:DB8::7', 'waiter', 'T3'],
    ] as const) {
      const { accessToken: token } = await app.session(role);
      await from(app, { address, token }).tables.create.mutate({ name, seatsMax: 2 });
    }
  }
  const behindProxy = () => openApp({ config: BEHIND_PROXY });

  test('S0-49 S0-44 tells user, action, time and address', async () => {
    await using app = await behindProxy();
    await done(app);

    const { items } = await app.as('admin').audit.list.query({ target: 'DiningTable' });

    const at = app.clock.now();
    expect(items.map((row) => [row.actor, row.role, row.action, row.at, row.address])).toEqual([
      ['Some Body', 'waiter', 'tables.create', at, '2001:DB8::7'],
      ['Some Body', 'waiter', 'tables.create', at, '203.0.113.77'],
      ['Some Body', 'manager', 'tables.create', at, '203.0.113.7'],
    ]);
  });

  test.each([
    ['203.0.113.7', ['T1']],
    [' 203.0.113.77 ', ['T2']],
    ['2001:DB8::7', ['T3']],
    ['2001:db8::7', ['T3']],
    ['203.0.113', []],
    ['%', []],
  ])('S0-49 is narrowed by an address, the whole of it: %j', async (address, names) => {
    await using app = await behindProxy();
    await done(app);

    const said = { address, target: 'DiningTable', count: true };
    const { items, total } = await app.as('admin').audit.list.query(said);

    expect(items.map(({ after }) => after?.['name'])).toEqual(names);
    expect(total).toBe(names.length);
  });

  test('S0-49 together with who and what', async () => {
    await using app = await behindProxy();
    await done(app);
    const { list } = app.as('admin').audit;
    const { id: actor } = app.home.staff.manager;

    const theirs = await list.query({ address: '203.0.113.7', actor, action: 'tables' });
    const others = await list.query({ address: '203.0.113.77', actor });

    expect(theirs.items).toMatchObject([{ after: { name: 'T1' } }]);
    expect(others.items).toEqual([]);
  });

  test('D9 S0-49 is told newest first, also of all restaurants at once', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { tables, audit } = app.as('admin');
    for (const [name, at] of [
      ['T1', {}],
      ['T2', { restaurantId }],
      ['T3', {}],
    ] as const) {
      await tables.create.mutate({ ...at, name, seatsMax: 2 });
    }
    const said = { actor: app.home.staff.admin.id, target: 'DiningTable' };
    const named = async (everywhere: boolean) => {
      const { items } = await audit.list.query({ ...said, everywhere });
      return items.map(({ after }) => after?.['name']);
    };

    expect(await named(true)).toEqual(['T3', 'T2', 'T1']);
    expect(await named(false)).toEqual(['T3', 'T1']);
  });

  test('P14 an address finds nothing that the caller may not read', async () => {
    await using app = await behindProxy();
    const address = '203.0.113.9';
    const { accessToken: token } = await app.session('master_chef');
    const { recipes } = from(app, { address, token });
    await recipes.create.mutate({ name: 'Elixir', secrecy: 'top_secret' });

    const told = await app.as('admin').audit.list.query({ address, count: true });
    const master = await app.as('master_chef').audit.list.query({ address, count: true });

    expect(told).toEqual({ items: [], nextCursor: null, total: 0 });
    expect(master).toMatchObject({ items: [{ action: 'recipes.create' }], total: 1 });
  });

  test.each([[''], ['1'.repeat(46)]])('T35 no address is %j', async (address) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('admin').audit.list.query({ address }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'address' }] },
    });
  });
});
