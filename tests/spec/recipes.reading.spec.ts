import type { Client } from '@comanda/client';
import type { StaffRole } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { book, namesOf } from '../recipes/cooking.ts';

const noRecipe = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'recipe' } };
const toldNothing = { items: [], nextCursor: null };

/** What becomes of looking at each: its name, or the reason of the refusal. */
function looks({ recipes }: Client, ids: string[]): Promise<string[]> {
  return Promise.all(
    ids.map((recipeId) =>
      recipes.show.query({ recipeId }).then(
        ({ name }) => name,
        (error: Error & { data?: { reason: string } }) => error.data?.reason ?? error.message,
      ),
    ),
  );
}

/** By what the D1 row says, and the levels below it. */
const READERS: [StaffRole, number | null, string[]][] = [
  ['waiter', null, ['Bread']],
  ['waiter', 1, []],
  ['prep_cook', null, ['Bread']],
  ['prep_cook', 1, []],
  ['chef', null, ['Bread']],
  ['chef', 1, []],
  ['sous_chef', null, ['Bread']],
  ['sous_chef', 2, ['Bread']],
  ['sous_chef', 1, []],
  ['head_chef', null, ['Sauce', 'Bread']],
  ['head_chef', 3, ['Bread']],
  ['head_chef', 2, ['Bread']],
  ['head_chef', 1, []],
  ['master_chef', null, ['Elixir', 'Sauce', 'Bread']],
  ['master_chef', 4, ['Sauce', 'Bread']],
  ['master_chef', 3, ['Bread']],
  ['master_chef', 1, []],
  ['manager', null, ['Bread']],
  ['manager', 1, []],
  ['admin', null, ['Sauce', 'Bread']],
  ['admin', 3, ['Bread']],
  ['admin', 1, []],
];

describe('reading recipes', () => {
  test.each(READERS)('S0-33 D1 as a %s of level %s: %j', async (role, level, names) => {
    await using app = await openApp();
    const { basic, advanced, secret } = await book(app);
    const reader = app.as(await app.given.person({ role, level }));

    const listed = await namesOf(reader);
    const shown = await looks(reader, [secret, advanced, basic]);
    const { activeRecipes } = await reader.kitchen.status.query();

    expect(listed).toEqual(names);
    expect(shown).toEqual([...Array<string>(3 - names.length).fill('NOT_FOUND'), ...names]);
    expect(activeRecipes).toBe(names.length);
  });

  test.each(['customer', 'employee', 'delivery_crew'] as const)(
    'S0-31 a %s does not',
    async (role) => {
      await using app = await openApp();
      const { basic } = await book(app);
      const { recipes } = app.as(role);

      const refusals = [
        await refusalOf(recipes.list.query()),
        await refusalOf(recipes.show.query({ recipeId: basic })),
        await refusalOf(recipes.show.query({ recipeId: newId() })),
      ];

      const forbidden = { reason: 'FORBIDDEN', details: { capability: 'recipe.read' } };
      expect(refusals).toMatchObject(Array(3).fill({ ...forbidden, httpStatus: 403 }));
    },
  );

  test('who has not signed in does not', async () => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('anonymous').recipes.list.query());

    expect(refused).toMatchObject({ reason: 'UNAUTHENTICATED', httpStatus: 401 });
  });

  test('S0-32 S0-31 a cook sees all of one, and who wrote it', async () => {
    await using app = await openApp();
    const { id: authorId } = app.home.staff.sous_chef;
    const said = {
      name: 'Torta',
      difficulty: 'expert' as const,
      ingredients: ['lemons', 'eggs'],
      allergens: ['egg'],
      instructions: 'Whip.\nBake.',
    };
    const made = await app.as('sous_chef').recipes.create.mutate(said);

    const shown = await app.as('prep_cook').recipes.show.query({ recipeId: made.id });

    const { difficulty, instructions, ...card } = said;
    const times = { createdAt: app.clock.now(), updatedAt: app.clock.now(), version: 1 };
    const craft = { secrecy: 'basic', difficulty, instructions, authorId, chefName: 'Some Body' };
    expect(shown).toEqual({ id: made.id, ...card, craft: { ...craft, ...times } });
    expect((await app.as('prep_cook').recipes.list.query()).items).toEqual([shown]);
  });

  test('D1 a waiter sees the card: name, ingredients and allergens', async () => {
    await using app = await openApp();
    const { id: authorId } = app.home.staff.sous_chef;
    const card = { name: 'Torta', ingredients: ['lemons', 'eggs'], allergens: ['egg'] };
    const recipeId = await app.given.recipe({ authorId, ...card, difficulty: 'hard' });
    const { recipes } = app.as('waiter');

    const shown = await recipes.show.query({ recipeId });

    expect(shown).toEqual({ id: recipeId, ...card, craft: null });
    expect((await recipes.list.query()).items).toEqual([shown]);
  });

  test('S0-33 what was removed is gone for everybody', async () => {
    await using app = await openApp();
    const gone = await book(app, { removed: true });
    const { recipes } = app.as('master_chef');

    expect(await namesOf(app.as('master_chef'))).toEqual([]);
    expect(await looks(app.as('master_chef'), Object.values(gone))).toEqual(
      Array(3).fill('NOT_FOUND'),
    );
    expect((await recipes.vault.mutate({})).items).toEqual([]);
    expect((await app.as('master_chef').kitchen.status.query()).activeRecipes).toBe(0);
  });

  test('a recipe made more secret is gone for who may no longer read it', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app);
    const { recipes } = app.as('master_chef');

    await recipes.update.mutate({ recipeId, secrecy: 'advanced' });

    expect(await namesOf(app.as('waiter'))).toEqual([]);
    expect(await refusalOf(app.as('sous_chef').recipes.show.query({ recipeId }))).toMatchObject(
      noRecipe,
    );
    expect(await namesOf(app.as('head_chef'))).toEqual(['Sauce', 'Bread']);
  });

  test('S3-11 those of another restaurant are not there; an admin names it', async () => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { basic: recipeId } = await book(app, { restaurantId });
    const { recipes } = app.as('master_chef');

    const refused = await refusalOf(recipes.list.query({ restaurantId }));

    expect(refused).toMatchObject({ reason: 'NOT_FOUND', details: { what: 'restaurant' } });
    expect(await refusalOf(recipes.show.query({ recipeId }))).toMatchObject(noRecipe);
    expect(await namesOf(app.as('master_chef'))).toEqual([]);
    expect(await namesOf(app.as('admin'), { restaurantId })).toEqual(['Sauce', 'Bread']);
  });
});

describe('listing recipes', () => {
  test.each([1, 2, 3, 5])(
    'S0-32 pages of %i hold what may be read, newest first and each once',
    async (limit) => {
      await using app = await openApp();
      await book(app);
      await book(app);
      await book(app);

      expect(await namesOf(app.as('chef'), { limit })).toEqual(['Bread', 'Bread', 'Bread']);
      expect(await namesOf(app.as('head_chef'), { limit })).toEqual(
        Array(3).fill(['Sauce', 'Bread']).flat(),
      );
      expect(await namesOf(app.as('master_chef'), { limit })).toEqual(
        Array(3).fill(['Elixir', 'Sauce', 'Bread']).flat(),
      );
    },
  );

  test('there is no further page behind the last that may be read', async () => {
    await using app = await openApp();
    await book(app);

    const page = await app.as('chef').recipes.list.query({ limit: 1 });

    expect(page).toMatchObject({ items: [{ name: 'Bread' }], nextCursor: null });
  });

  test.each(['nonsense', 'WyJhIiwiYiJd', 'WzFd', ''])('%j is no cursor', async (cursor) => {
    await using app = await openApp();

    const refused = await refusalOf(app.as('chef').recipes.list.query({ cursor }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'cursor' }] },
    });
  });

  test('S0-49 keeps to a secrecy, a difficulty and an author', async () => {
    await using app = await openApp();
    const { head_chef: head, sous_chef: sous } = app.home.staff;
    await app.given.recipe({ authorId: head.id, name: 'A', difficulty: 'easy' });
    await app.given.recipe({ authorId: head.id, name: 'B', secrecy: 'advanced' });
    await app.given.recipe({ authorId: sous.id, name: 'C', difficulty: 'hard' });
    const reader = app.as('head_chef');

    expect(await namesOf(reader, { secrecy: 'basic' })).toEqual(['C', 'A']);
    expect(await namesOf(reader, { secrecy: 'advanced' })).toEqual(['B']);
    expect(await namesOf(reader, { difficulty: 'hard' })).toEqual(['C']);
    expect(await namesOf(reader, { authorId: head.id })).toEqual(['B', 'A']);
    expect(await namesOf(reader, { authorId: head.id, secrecy: 'basic' })).toEqual(['A']);
    expect(await namesOf(app.as('chef'), { authorId: head.id })).toEqual(['A']);
  });

  test.each([
    ['chef', 'advanced'],
    ['manager', 'top_secret'],
    ['head_chef', 'top_secret'],
  ] as const)('P14 for a %s there are none that are %s', async (role, secrecy) => {
    await using app = await openApp();
    await book(app);

    expect(await app.as(role).recipes.list.query({ secrecy })).toEqual(toldNothing);
  });

  test.each<[string, Parameters<typeof namesOf>[1]]>([
    ['secrecy', { secrecy: 'basic' }],
    ['difficulty', { difficulty: 'easy' }],
    ['authorId', { authorId: '018f0000-0000-7000-8000-000000000000' }],
    ['removed', { removed: true }],
    ['removed', { removed: false }],
  ])('P14 who sees the card only does not ask by %s: %j', async (path, hidden) => {
    await using app = await openApp();
    await book(app);

    const refused = await refusalOf(namesOf(app.as('waiter'), hidden));

    expect(refused).toMatchObject({ reason: 'VALIDATION', httpStatus: 400 });
    expect(refused.details).toEqual({
      issues: [{ path, message: 'this is for those who cook' }],
      more: 0,
    });
  });

  test('P14 all that is hidden is named, before anything is looked for', async () => {
    await using app = await openApp();
    const waiter = app.as('waiter');

    const refused = await refusalOf(
      namesOf(waiter, { difficulty: 'easy', secrecy: 'basic', cursor: 'nonsense' }),
    );

    expect(refused.details).toMatchObject({
      issues: [{ path: 'secrecy' }, { path: 'difficulty' }],
    });
  });
});

describe('searching recipes', () => {
  async function filled(app: TestApp): Promise<void> {
    const { id: authorId } = app.home.staff.master_chef;
    await app.given.recipe({ authorId, name: 'Lemon Tart', ingredients: ['eggs', 'brown Sugar'] });
    await app.given.recipe({ authorId, name: 'Éclair', ingredients: ['Crème', '7" \\ disc'] });
    await app.given.recipe({ authorId, name: '100%_', ingredients: [], allergens: ['soy'] });
    const secret = { secrecy: 'advanced', name: 'Truffle', ingredients: ['gold'] } as const;
    await app.given.recipe({ authorId, ...secret });
  }

  test.each([
    ['lemon', ['Lemon Tart']],
    ['LEMON T', ['Lemon Tart']],
    ['tart', ['Lemon Tart']],
    ['sugar', ['Lemon Tart']],
    ['Brown s', ['Lemon Tart']],
    [' eggs ', ['Lemon Tart']],
    ['Éclair', ['Éclair']],
    ['éCLAIR', ['Éclair']],
    ['crème', ['Éclair']],
    ['7" \\', ['Éclair']],
    ['" \\ d', ['Éclair']],
    ['%', ['100%_']],
    ['_', ['100%_']],
    ['0%', ['100%_']],
  ])('looks in names and ingredients: %j', async (search, names) => {
    await using app = await openApp();
    await filled(app);

    expect(await namesOf(app.as('chef'), { search })).toEqual(names);
  });

  test.each(['soy', 'squeeze', '","', '["', '[]', ',', 'eggs,', 'eggs"', 'lemon sugar', '\\u'])(
    'finds nothing by what is in neither: %j',
    async (search) => {
      await using app = await openApp();
      await filled(app);

      expect(await namesOf(app.as('chef'), { search })).toEqual([]);
    },
  );

  test.each(['truffle', 'gold', 'Truffle', 'g'])(
    'P14 finds what may be read, and nothing else: %s',
    async (search) => {
      await using app = await openApp();
      await filled(app);

      expect(await namesOf(app.as('waiter'), { search })).not.toContain('Truffle');
      expect(await namesOf(app.as('sous_chef'), { search })).not.toContain('Truffle');
      expect(await namesOf(app.as('head_chef'), { search })).toContain('Truffle');
    },
  );
});

describe('looking at what was removed', () => {
  /** A recipe of each, and of each secrecy; all of them removed. */
  async function removed(role: StaffRole, level: number | null = null) {
    await using app = await openApp();
    const { master_chef: master, head_chef: head, sous_chef: sous } = app.home.staff;
    const reader = await app.given.person({ role, level });
    await book(app, { authorId: reader.id, removed: true });
    await app.given.recipe({ authorId: sous.id, name: 'Of the sous', removed: true });
    await app.given.recipe({ authorId: head.id, name: 'Of the head', removed: true });
    await app.given.recipe({ authorId: master.id, name: 'Still there' });
    return await namesOf(app.as(reader), { removed: true, limit: 2 });
  }

  test.each<[StaffRole, number | null, string[]]>([
    ['sous_chef', null, ['Bread']],
    ['head_chef', null, ['Sauce', 'Bread']],
    ['head_chef', 3, ['Bread']],
    ['master_chef', null, ['Of the head', 'Of the sous', 'Elixir', 'Sauce', 'Bread']],
    ['master_chef', 4, ['Of the head', 'Of the sous', 'Sauce', 'Bread']],
    ['prep_cook', null, []],
    ['chef', null, []],
    ['manager', null, []],
    ['admin', null, []],
  ])('S0-34 a %s of level %s finds %j', async (role, level, names) => {
    expect(await removed(role, level)).toEqual(names);
  });

  test('D1 is not for a cook whose level was lowered so far that they read none', async () => {
    await using app = await openApp();
    const cook = await app.given.person({ role: 'sous_chef', level: 1 });

    const refused = await refusalOf(namesOf(app.as(cook), { removed: true }));

    expect(refused).toMatchObject({
      reason: 'VALIDATION',
      details: { issues: [{ path: 'removed' }] },
    });
  });

  test('narrows it like any list', async () => {
    await using app = await openApp();
    await book(app, { removed: true });
    const master = app.as('master_chef');

    expect(await namesOf(master, { removed: true, secrecy: 'advanced' })).toEqual(['Sauce']);
    expect(await namesOf(master, { removed: true, search: 'eli' })).toEqual(['Elixir']);
    expect(await namesOf(master, { removed: false })).toEqual([]);
  });
});
