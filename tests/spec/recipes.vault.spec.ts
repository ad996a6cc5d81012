import type { Client } from '@comanda/client';
import { toCursor } from '@comanda/kernel/page';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { ask, withoutTable } from '../http.ts';
import { book, cellared } from '../recipes/cooking.ts';

const forbidden = (capability: string) => ({
  reason: 'FORBIDDEN',
  httpStatus: 403,
  details: { capability },
});
const reason = 'The master is ill, and the Elixir is ordered.';

/** What was logged as an alarm. */
function alarmsOf({ logs }: TestApp): Record<string, unknown>[] {
  return logs
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ alarm }) => alarm !== undefined);
}

/** What an alarm is set to. */
async function openingsOf(app: TestApp): Promise<string[]> {
  const metrics = await (await ask(app, '/metrics')).text();
  return metrics.split('\n').filter((line) => line.startsWith('comanda_vault_openings_total'));
}
const openings = (vault: number, broken: number) => [
  `comanda_vault_openings_total{how="vault"} ${vault}`,
  `comanda_vault_openings_total{how="break_glass"} ${broken}`,
];

/** Two more of the vault beside the Elixir. */
async function withThree(app: TestApp): Promise<void> {
  await book(app);
  const by = { authorId: app.home.staff.head_chef.id, secrecy: 'top_secret' } as const;
  await app.given.recipe({ ...by, name: 'Nectar' });
  await app.given.recipe({ ...by, name: 'Ambrosia' });
  await app.given.recipe({ ...by, name: 'Gone', removed: true });
}

describe('opening the vault', () => {
  test('S0-35 shows a master chef the top secret recipes, in words of welcome', async () => {
    await using app = await openApp();
    await withThree(app);

    const vault = await app.as('master_chef').recipes.vault.mutate();

    expect(vault).toMatchObject({
      message: 'Welcome to the secret vault, Master Chef!',
      secretAccessGranted: true,
      vaultWarning: expect.stringMatching(/top secret.*written down/s),
      nextCursor: null,
    });
    expect(vault.items.map(({ name }) => name)).toEqual(['Ambrosia', 'Nectar', 'Elixir']);
    const ids = vault.items.map(({ id }) => id);
    const { items } = await app.as('master_chef').recipes.list.query({ secrecy: 'top_secret' });
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(items).toEqual(vault.items);
  });

  test('S0-35 S0-45 is written down with how many were seen', async () => {
    await using app = await openApp();
    await withThree(app);
    const { master_chef: master } = app.home.staff;

    await app.as(master).recipes.vault.mutate();

    const written = await auditOf(app, 'SECRET_VAULT_ACCESS');
    expect(written.map(({ after }) => after)).toEqual([{ count: 3 }]);
    expect(written).toMatchObject([
      {
        actorId: master.id,
        actorName: 'Some Body',
        role: 'master_chef',
        restaurantId: app.home.restaurantId,
        change: 'noted',
        target: 'Vault',
        targetId: app.home.restaurantId,
        before: null,
        at: app.clock.now(),
      },
    ]);
  });

  test('an empty one is written down as well', async () => {
    await using app = await openApp();

    const vault = await app.as('master_chef').recipes.vault.mutate();

    expect(vault).toMatchObject({ items: [], nextCursor: null });
    expect(await auditOf(app, 'SECRET_VAULT_ACCESS')).toMatchObject([{ after: { count: 0 } }]);
  });

  test('S0-35 rings, and tells the log who it was', async () => {
    await using app = await openApp();
    await withThree(app);

    await app.as('master_chef').recipes.vault.mutate();

    const [entry] = await auditOf(app, 'SECRET_VAULT_ACCESS');
    expect(alarmsOf(app)).toMatchObject([
      {
        level: 40,
        alarm: 'SECRET_VAULT_ACCESS',
        actorId: app.home.staff.master_chef.id,
        restaurantId: app.home.restaurantId,
        requestId: entry?.requestId,
        msg: 'the vault was opened',
      },
    ]);
    expect(app.logs.join('')).not.toContain('Elixir');
  });

  test('S0-35 page by page is written down page by page', async () => {
    await using app = await openApp();
    await withThree(app);
    const { vault } = app.as('master_chef').recipes;

    const first = await vault.mutate({ limit: 2 });
    const second = await vault.mutate({ limit: 2, cursor: first.nextCursor ?? '' });

    expect(first.items.map(({ name }) => name)).toEqual(['Ambrosia', 'Nectar']);
    expect(second).toMatchObject({ items: [{ name: 'Elixir' }], nextCursor: null });
    expect(await auditOf(app, 'SECRET_VAULT_ACCESS')).toMatchObject([
      { after: { count: 2 } },
      { after: { count: 1 } },
    ]);
    expect(alarmsOf(app)).toHaveLength(2);
  });

  test.each([
    'customer',
    'employee',
    'delivery_crew',
    'waiter',
    'prep_cook',
    'chef',
    'sous_chef',
    'head_chef',
    'manager',
    'admin',
  ] as const)('S0-35 A12 is not for a %s', async (role) => {
    await using app = await openApp();
    await book(app);

    const refused = await refusalOf(app.as(role).recipes.vault.mutate());

    expect(refused).toMatchObject(forbidden('vault.open'));
    expect(await auditOf(app, 'SECRET_VAULT_ACCESS')).toEqual([]);
    expect(alarmsOf(app)).toEqual([]);
  });

  test.each([1, 2, 3, 4])('D1 is not for a master whose level is %i', async (level) => {
    await using app = await openApp();
    await book(app);
    const master = await app.given.person({ role: 'master_chef', level });

    const refused = await refusalOf(app.as(master).recipes.vault.mutate());

    expect(refused).toMatchObject(forbidden('vault.open'));
    expect(await auditOf(app, 'SECRET_VAULT_ACCESS')).toEqual([]);
  });

  test('S3-11 shows what is in one’s own, and no other opens', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    await book(app, { restaurantId });
    const { vault } = app.as('master_chef').recipes;

    const refused = await refusalOf(vault.mutate({ restaurantId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
    expect((await vault.mutate()).items).toEqual([]);
  });

  test('what is not written down is not told', async () => {
    await using app = await openApp();
    await book(app);
    const { list, vault } = app.as('master_chef').recipes;
    await list.query();

    const refused = await withoutTable(app, 'audit_entry', () => refusalOf(vault.mutate()));

    expect(refused).toMatchObject({ reason: 'INTERNAL', httpStatus: 500 });
    expect(JSON.stringify(refused)).not.toContain('Elixir');
    expect(alarmsOf(app)).toEqual([]);
    expect((await vault.mutate()).items).toMatchObject([{ name: 'Elixir' }]);
  });
});

describe('breaking the glass', () => {
  test('A12 shows an admin the vault, and writes the reason down', async () => {
    await using app = await openApp();
    await withThree(app);

    const vault = await app.as('admin').recipes.breakGlass.mutate({ reason: ` ${reason} ` });

    expect(vault).toMatchObject({
      message: 'The glass is broken. Who did it, when and why is written down.',
      secretAccessGranted: true,
      vaultWarning: expect.stringMatching(/top secret.*written down/s),
      items: [{ name: 'Ambrosia' }, { name: 'Nectar' }, { name: 'Elixir' }],
    });
    expect(vault.items[2]?.craft).toMatchObject({
      secrecy: 'top_secret',
      instructions: 'Squeeze.',
    });
    const written = await auditOf(app, 'SECRET_VAULT_BREAK_GLASS');
    expect(written.map(({ after }) => after)).toEqual([{ count: 3, reason }]);
    expect(written).toMatchObject([
      {
        actorId: app.home.staff.admin.id,
        role: 'admin',
        restaurantId: app.home.restaurantId,
        change: 'noted',
        target: 'Vault',
      },
    ]);
    expect(alarmsOf(app)).toMatchObject([{ level: 40, alarm: 'SECRET_VAULT_BREAK_GLASS' }]);
  });

  test('A12 leaves it closed to the admin in every other way', async () => {
    await using app = await openApp();
    const { secret: recipeId } = await book(app);
    const { recipes } = app.as('admin');
    await recipes.breakGlass.mutate({ reason });

    const refused = await refusalOf(recipes.show.query({ recipeId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND' });
    expect((await recipes.list.query()).items).toHaveLength(2);
  });

  test.each(['', '   ', 'x'.repeat(301), undefined, null, 7])(
    'A12 takes no %j for a reason',
    async (said) => {
      await using app = await openApp();
      const { breakGlass } = app.as('admin').recipes;

      const refused = await refusalOf(breakGlass.mutate({ reason: said as string }));

      expect(refused).toMatchObject({
        reason: 'VALIDATION',
        details: { issues: [{ path: 'reason' }] },
      });
      expect(await auditOf(app, 'SECRET_VAULT_BREAK_GLASS')).toEqual([]);
    },
  );

  test.each(['waiter', 'chef', 'sous_chef', 'head_chef', 'master_chef', 'manager'] as const)(
    'A12 is not for a %s',
    async (role) => {
      await using app = await openApp();
      await book(app);

      const refused = await refusalOf(app.as(role).recipes.breakGlass.mutate({ reason }));

      expect(refused).toMatchObject(forbidden('vault.open'));
      expect(await auditOf(app, 'SECRET_VAULT_BREAK_GLASS')).toEqual([]);
    },
  );

  test('A12 page by page needs the reason for each', async () => {
    await using app = await openApp();
    await withThree(app);
    const { breakGlass } = app.as('admin').recipes;

    const { nextCursor } = await breakGlass.mutate({ reason: 'One.', limit: 2 });
    const rest = await breakGlass.mutate({ reason: 'Two.', limit: 2, cursor: nextCursor ?? '' });

    expect(rest).toMatchObject({ items: [{ name: 'Elixir' }], nextCursor: null });
    expect(await auditOf(app, 'SECRET_VAULT_BREAK_GLASS')).toMatchObject([
      { after: { count: 2, reason: 'One.' } },
      { after: { count: 1, reason: 'Two.' } },
    ]);
  });

  test('S3-11 A12 in another restaurant is written down there', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    await book(app, { restaurantId });

    const vault = await app.as('admin').recipes.breakGlass.mutate({ restaurantId, reason });

    expect(vault.items).toMatchObject([{ name: 'Elixir' }]);
    expect(await auditOf(app, 'SECRET_VAULT_BREAK_GLASS')).toMatchObject([
      { restaurantId, targetId: restaurantId, after: { count: 1, reason } },
    ]);
    expect(alarmsOf(app)).toMatchObject([{ restaurantId }]);
  });

  test('A12 what is not written down is not told', async () => {
    await using app = await openApp();
    await book(app);
    const { recipes } = app.as('admin');
    await recipes.list.query();

    const refused = await withoutTable(app, 'audit_entry', () =>
      refusalOf(recipes.breakGlass.mutate({ reason })),
    );

    expect(refused).toMatchObject({ reason: 'INTERNAL', httpStatus: 500 });
    expect(alarmsOf(app)).toEqual([]);
    expect(app.logs.join('')).not.toContain(reason);
  });
});

describe('the alarm that counts openings', () => {
  test('S0-35 S0-45 A12 tells how the vault was opened, from nought on', async () => {
    await using app = await openApp();
    const { vault } = app.as('master_chef').recipes;
    const before = await openingsOf(app);

    await vault.mutate();
    await vault.mutate();
    await app.as('admin').recipes.breakGlass.mutate({ reason });

    expect(before).toEqual(openings(0, 0));
    expect(await openingsOf(app)).toEqual(openings(2, 1));
  });

  test('S0-35 A12 counts nothing that was refused, or not written down', async () => {
    await using app = await openApp();
    const { breakGlass, list } = app.as('admin').recipes;
    await list.query();

    await refusalOf(app.as('manager').recipes.vault.mutate());
    await refusalOf(breakGlass.mutate({ reason: '' }));
    await withoutTable(app, 'audit_entry', () => refusalOf(breakGlass.mutate({ reason })));

    expect(await openingsOf(app)).toEqual(openings(0, 0));
  });
});

describe('the cellar', () => {
  type Wines = Awaited<ReturnType<Client['recipes']['cellar']['query']>>['items'];

  /** On all pages, read one after the other. */
  async function winesOf({ recipes }: Client, limit: number): Promise<Wines> {
    const { items, nextCursor } = await recipes.cellar.query({ limit });
    const wines = [...items];
    let cursor = nextCursor;
    while (cursor !== null && wines.length < 50) {
      const next = await recipes.cellar.query({ limit, cursor });
      wines.push(...next.items);
      cursor = next.nextCursor;
    }
    return wines;
  }

  const namesIn = (wines: Wines) => wines.map(({ name, year }) => `${name} ${year}`);

  test.each(['head_chef', 'master_chef', 'manager', 'admin'] as const)(
    'S0-36 shows a %s the wines with name, year and price',
    async (role) => {
      await using app = await openApp();
      await cellared(app, [
        { name: 'Barolo', year: 2018, price: 15_000 },
        { name: 'Amarone', year: 2015, price: 20_000 },
        { name: 'Gone', removed: true },
      ]);

      const page = await app.as(role).recipes.cellar.query();

      const id = expect.any(String);
      expect(page).toEqual({
        items: [
          { id, name: 'Amarone', year: 2015, price: 20_000, bottles: 6 },
          { id, name: 'Barolo', year: 2018, price: 15_000, bottles: 6 },
        ],
        nextCursor: null,
      });
    },
  );

  test.each(['customer', 'employee', 'waiter', 'prep_cook', 'chef', 'sous_chef'] as const)(
    'S0-36 is not for a %s',
    async (role) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).recipes.cellar.query());

      expect(refused).toMatchObject(forbidden('cellar.read'));
    },
  );

  test.each([1, 2, 3])('pages of %i hold each wine once, by name', async (limit) => {
    await using app = await openApp();
    const years = [2015, 2018, 2019].map((year) => ({ name: 'Barolo', year }));
    await cellared(app, [{ name: 'Soave' }, ...years, { name: 'Amarone' }]);

    const wines = await winesOf(app.as('manager'), limit);

    expect(namesIn(wines).toSorted()).toEqual([
      'Amarone 2018',
      'Barolo 2015',
      'Barolo 2018',
      'Barolo 2019',
      'Soave 2018',
    ]);
    expect(wines.map(({ name }) => name)).toEqual(namesIn(wines).toSorted().map(withoutYear));
  });

  const withoutYear = (wine: string) => wine.slice(0, -5);

  test('goes on behind names as long as they may be', async () => {
    await using app = await openApp();
    const [one, two] = ['一', '二'].map((last) => `${'酒'.repeat(199)}${last}`);
    await cellared(app, [{ name: one ?? '' }, { name: two ?? '' }]);

    const wines = await winesOf(app.as('manager'), 1);

    expect(wines.map(({ name }) => name)).toEqual([one, two]);
  });

  test('goes on where a page ended, though that wine be gone', async () => {
    await using app = await openApp();
    const [gone = ''] = await cellared(app, [{ name: 'A', removed: true }, { name: 'B' }]);

    const page = await app.as('manager').recipes.cellar.query({ cursor: toCursor([gone]) });

    expect(page.items).toMatchObject([{ name: 'B' }]);
  });

  test.each(['nonsense', 'WyJhIiwiYiJd', toCursor(['018f0000-0000-7000-8000-000000000000']), ''])(
    '%j is no cursor',
    async (cursor) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as('manager').recipes.cellar.query({ cursor }));

      expect(refused).toMatchObject({
        reason: 'VALIDATION',
        details: { issues: [{ path: 'cursor' }] },
      });
    },
  );

  test('S3-11 is that of one restaurant; an admin names it', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    await cellared(app, [{ name: 'Ours' }, { name: 'Theirs', restaurantId }]);
    const { cellar } = app.as('manager').recipes;

    const refused = await refusalOf(cellar.query({ restaurantId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
    expect((await cellar.query()).items).toMatchObject([{ name: 'Ours' }]);
    const theirs = await app.as('admin').recipes.cellar.query({ restaurantId });
    expect(theirs.items).toMatchObject([{ name: 'Theirs' }]);
  });
});
