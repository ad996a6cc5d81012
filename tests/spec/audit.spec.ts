import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';

/** A few things happen: a table, a recipe, an order and a sign-in that fails. */
async function busy(app: TestApp) {
  await app.as('waiter').tables.create.mutate({ name: 'T1', seatsMax: 4 });
  const recipe = await app.as('sous_chef').recipes.create.mutate({ name: 'Ragù' });
  const itemId = await app.given.item();
  const { orders } = app.as('manager');
  await orders.take.mutate({ lines: [{ itemId }] });
  const wrong = { identifier: 'waiter', password: 'not this one' };
  await refusalOf(app.as('anonymous').auth.login.mutate(wrong));
  return { recipeId: recipe.id };
}

const actionsOf = (page: { items: { action: string }[] }) =>
  [...new Set(page.items.map(({ action }) => action))].toSorted();

describe('the audit log', () => {
  test.each(['manager', 'admin'] as const)(
    'S0-44 tells a %s who did what, when and from where, newest first',
    async (role) => {
      await using app = await openApp();
      await busy(app);

      const { items, nextCursor, total } = await app.as(role).audit.list.query();

      expect([nextCursor, total]).toEqual([null, null]);
      expect(items.map(({ id }) => id)).toEqual(
        items
          .map(({ id }) => id)
          .toSorted()
          .reverse(),
      );
      expect(items.find(({ action }) => action === 'tables.create')).toMatchObject({
        at: app.clock.now(),
        actorId: app.home.staff.waiter.id,
        actor: 'Some Body',
        role: 'waiter',
        restaurantId: app.home.restaurantId,
        change: 'created',
        target: 'DiningTable',
        before: null,
        after: { name: 'T1', seatsMax: 4 },
        requestId: expect.any(String),
        address: expect.any(String),
      });
    },
  );

  test('S0-45 S0-46 the master sees what was done in the kitchen, and nothing else', async () => {
    await using app = await openApp();
    await busy(app);
    await app.as('master_chef').recipes.vault.mutate({});

    const page = await app.as('master_chef').audit.list.query({ count: true });

    expect(actionsOf(page)).toEqual(['SECRET_VAULT_ACCESS', 'recipes.create']);
    expect(page.total).toBe(2);
  });

  test.each(['customer', 'waiter', 'chef', 'head_chef', 'employee'] as const)(
    'S0-46 a %s does not see it',
    async (role) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).audit.list.query());

      expect(refused).toMatchObject({
        reason: 'FORBIDDEN',
        details: { capability: 'audit.read' },
      });
    },
  );

  test('S3-11 of another restaurant is that restaurant’s; an admin may name it', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    await app.as('admin').tables.create.mutate({ restaurantId, name: 'T9', seatsMax: 2 });

    const own = await app.as('manager').audit.list.query();
    const refused = await refusalOf(app.as('manager').audit.list.query({ restaurantId }));
    const theirs = await app.as('admin').audit.list.query({ restaurantId });

    expect(own.items.filter(({ target }) => target === 'DiningTable')).toEqual([]);
    expect(refused).toMatchObject({ reason: 'NOT_FOUND' });
    expect(theirs.items).toMatchObject([{ target: 'DiningTable', after: { name: 'T9' } }]);
  });

  test('D9 what happened in no restaurant is told to an admin who asks for it', async () => {
    await using app = await openApp();
    await busy(app);
    const listing = { action: 'auth.login.failed', everywhere: true };

    const { items } = await app.as('admin').audit.list.query(listing);
    const refused = await refusalOf(app.as('manager').audit.list.query(listing));

    expect(items).toMatchObject([
      { restaurantId: null, target: 'Account', targetId: app.home.staff.waiter.id },
    ]);
    expect(refused).toMatchObject({ reason: 'FORBIDDEN', details: { capability: 'console' } });
  });
});

describe('searching the audit log', () => {
  test.each([
    ['the actions of a part', { action: 'orders' }, ['orders.take']],
    ['one action', { action: 'tables.create' }, ['tables.create']],
    ['no half of a word', { action: 'order' }, []],
    ['a kind of row', { target: 'DiningTable' }, ['tables.create']],
  ])('D9 by %s', async (_, listing, found) => {
    await using app = await openApp();
    await busy(app);

    expect(actionsOf(await app.as('manager').audit.list.query(listing))).toEqual(found);
  });

  test('D9 by who did it, by id or name', async () => {
    await using app = await openApp();
    const who = await app.given.person({ role: 'waiter', firstName: 'Ágnes', lastName: 'Nagy' });
    await app.as(who).tables.create.mutate({ name: 'T2', seatsMax: 2 });
    await busy(app);
    const { audit } = app.as('manager');

    const byId = await audit.list.query({ actor: who.id });
    const byName = await audit.list.query({ actor: 'nagy' });

    expect(byId.items).toMatchObject([{ after: { name: 'T2' } }]);
    expect(byName.items).toEqual(byId.items);
  });

  test('D9 by time, half-open, and by row', async () => {
    await using app = await openApp();
    const { recipeId } = await busy(app);
    const at = app.clock.now();
    const { audit } = app.as('manager');

    const later = await audit.list.query({ from: new Date(at.getTime() + 1) });
    const before = await audit.list.query({ to: at });
    const row = await audit.list.query({ targetId: recipeId, from: at });

    expect([later.items, before.items]).toEqual([[], []]);
    expect(row.items).toMatchObject([{ action: 'recipes.create', target: 'Recipe' }]);
  });

  test('S0-46 comes in pages, and counts what fits', async () => {
    await using app = await openApp();
    const { tables } = app.as('admin');
    const names = Array.from({ length: 5 }, (_, at) => `T${at}`);
    await Promise.all(names.map((name) => tables.create.mutate({ name, seatsMax: 2 })));
    const { audit } = app.as('manager');
    const listing = { target: 'DiningTable', limit: 2, count: true };

    const first = await audit.list.query(listing);
    const second = await audit.list.query({ ...listing, cursor: first.nextCursor ?? '' });
    const third = await audit.list.query({ ...listing, cursor: second.nextCursor ?? '' });

    const pages = [first, second, third];
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([
      [2, 5],
      [2, 5],
      [1, 5],
    ]);
    expect(third.nextCursor).toBeNull();
  });
});

describe('the latest of the audit log', () => {
  test('S0-46 is a hundred entries unless it is said', async () => {
    await using app = await openApp();
    const ids = await Promise.all(Array.from({ length: 101 }, () => app.given.table()));
    const listing = { target: 'DiningTable', count: true };

    const page = await app.as('manager').audit.list.query(listing);
    const rest = await app
      .as('manager')
      .audit.list.query({ ...listing, cursor: page.nextCursor ?? '' });

    const told = [...page.items, ...rest.items].map(({ targetId }) => targetId);
    expect([page.items.length, page.total, rest.nextCursor]).toEqual([100, 101, null]);
    expect(told.toSorted()).toEqual(ids.toSorted());
  });
});

describe('secrets', () => {
  test('P14 rows of recipes are for whoever may read the recipe, removed or not', async () => {
    await using app = await openApp();
    const { recipes } = app.as('master_chef');
    const { id } = await recipes.create.mutate({ name: 'Gold', secrecy: 'top_secret' });
    await recipes.remove.mutate({ recipeId: id });
    const listing = { targetId: id, count: true };

    const told = [
      await app.as('manager').audit.list.query(listing),
      await app.as('admin').audit.list.query(listing),
    ];
    const master = await app.as('master_chef').audit.list.query(listing);

    expect(told).toEqual(Array(2).fill({ items: [], nextCursor: null, total: 0 }));
    expect(actionsOf(master)).toEqual(['recipes.create', 'recipes.remove']);
  });

  test('P14 no row tells what is in a recipe', async () => {
    await using app = await openApp();
    const said = { name: 'CANARY-1', ingredients: ['CANARY-2'], instructions: 'CANARY-3' };
    await app.as('master_chef').recipes.create.mutate({ ...said, secrecy: 'top_secret' });

    const page = await app.as('master_chef').audit.list.query();

    expect(page.items).toMatchObject([{ action: 'recipes.create' }]);
    expect(JSON.stringify(page)).not.toContain('CANARY');
  });

  test('S0-35 P14 that the vault was opened is told to the manager, not how much is in it', async () => {
    await using app = await openApp();
    const authorId = app.home.staff.master_chef.id;
    await app.given.recipe({ authorId, secrecy: 'top_secret' });
    await app.as('master_chef').recipes.vault.mutate({});
    await app.as('admin').recipes.breakGlass.mutate({ reason: 'Fire.' });

    const { items } = await app.as('manager').audit.list.query({ target: 'Vault' });

    expect(items).toMatchObject([
      { action: 'SECRET_VAULT_BREAK_GLASS', after: { reason: 'Fire.' } },
      { action: 'SECRET_VAULT_ACCESS', after: {} },
    ]);
    expect(JSON.stringify(items)).not.toContain('count');
  });
});
