import type { Client } from '@comanda/client';
import type { StaffRole } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditOf, auditText } from '../auth/looking.ts';
import { outcomeOf } from '../auth/callers.ts';
import { book, namesOf, recipeOf } from '../recipes/cooking.ts';

type NewRecipe = Parameters<Client['recipes']['create']['mutate']>[0];
type Secrecy = NonNullable<NewRecipe['secrecy']>;

const forbidden = {
  reason: 'FORBIDDEN',
  httpStatus: 403,
  details: { capability: 'recipe.write' },
};
const noRecipe = { reason: 'NOT_FOUND', httpStatus: 404, details: { what: 'recipe' } };
const tooSecret = (highest: Secrecy) => ({
  reason: 'RECIPE_TOO_SECRET',
  httpStatus: 403,
  details: { highest },
});
const SECRECIES = ['basic', 'advanced', 'top_secret'] as const;
const WRITERS = ['sous_chef', 'head_chef', 'master_chef'] as const;

describe('writing a recipe down', () => {
  test('S0-32 S0-34 all that was said is kept, in the name of who said it', async () => {
    await using app = await openApp();
    const { recipes } = app.as('head_chef');
    const card = {
      name: 'Sugo № 7 🍋',
      ingredients: ['tomatoes', '7" "discs"'],
      allergens: ['celery'],
    };
    const rest = {
      secrecy: 'advanced',
      difficulty: 'expert',
      instructions: ' 1. Cut.\n2. Boil.',
    } as const;

    const made = await recipes.create.mutate({ ...card, ...rest });

    const now = app.clock.now();
    const by = { authorId: app.home.staff.head_chef.id, chefName: 'Some Body' };
    const craft = { ...rest, ...by, createdAt: now, updatedAt: now, version: 1 };
    expect(made).toEqual({ id: expect.any(String), ...card, craft });
    expect(await recipes.show.query({ recipeId: made.id })).toEqual(made);
  });

  test('S0-32 what was not said is filled in: it is basic', async () => {
    await using app = await openApp();

    const made = await app.as('sous_chef').recipes.create.mutate({ name: '  Pane ' });

    expect(made).toMatchObject({
      name: 'Pane',
      ingredients: [],
      allergens: [],
      craft: { secrecy: 'basic', difficulty: null, instructions: '', version: 1 },
    });
  });

  test.each<[StaffRole, number | null, string[]]>([
    ['sous_chef', null, ['ok', 'RECIPE_TOO_SECRET', 'RECIPE_TOO_SECRET']],
    ['sous_chef', 2, ['ok', 'RECIPE_TOO_SECRET', 'RECIPE_TOO_SECRET']],
    ['sous_chef', 1, ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
    ['head_chef', null, ['ok', 'ok', 'RECIPE_TOO_SECRET']],
    ['head_chef', 3, ['ok', 'RECIPE_TOO_SECRET', 'RECIPE_TOO_SECRET']],
    ['head_chef', 1, ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
    ['master_chef', null, ['ok', 'ok', 'ok']],
    ['master_chef', 4, ['ok', 'ok', 'RECIPE_TOO_SECRET']],
    ['master_chef', 2, ['ok', 'RECIPE_TOO_SECRET', 'RECIPE_TOO_SECRET']],
    ['employee', null, ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
    ['waiter', null, ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
    ['prep_cook', null, ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
    ['chef', null, ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
    ['manager', null, ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
    ['admin', null, ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']],
  ])('D1 S0-31 A12 of every secrecy, as a %s of level %s: %j', async (role, level, outcomes) => {
    await using app = await openApp();
    const { recipes } = app.as(await app.given.person({ role, level }));

    const told = await Promise.all(
      SECRECIES.map((secrecy) => outcomeOf(recipes.create.mutate({ name: secrecy, secrecy }))),
    );

    expect(told).toEqual(outcomes);
    const kept = SECRECIES.filter((_, at) => outcomes[at] === 'ok');
    expect(await namesOf(app.as('master_chef')).then((names) => names.toSorted())).toEqual(
      kept.toSorted(),
    );
  });

  test.each([
    ['sous_chef', 'advanced', 'basic'],
    ['head_chef', 'top_secret', 'advanced'],
  ] as const)(
    'D1 a %s who asks for %s is told how far they reach',
    async (role, secrecy, highest) => {
      await using app = await openApp();

      const refused = await refusalOf(app.as(role).recipes.create.mutate({ name: 'X', secrecy }));

      expect(refused).toMatchObject(tooSecret(highest));
    },
  );

  test.each<[string, object]>([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['name', { name: undefined }],
    ['secrecy', { secrecy: 'secret' }],
    ['difficulty', { difficulty: 'Hard' }],
    ['ingredients', { ingredients: 'lemons' }],
    ['ingredients', { ingredients: Array(101).fill('x') }],
    ['ingredients.0', { ingredients: [''] }],
    ['ingredients.1', { ingredients: ['x', 'x'.repeat(201)] }],
    ['allergens', { allergens: Array(31).fill('x') }],
    ['allergens.0', { allergens: ['x'.repeat(41)] }],
    ['instructions', { instructions: 'x'.repeat(15_001) }],
    ['instructions', { instructions: 'a\0b' }],
    ['', { authorId: newId() }],
    ['', { restaurantIds: [] }],
  ])('S0-32 is not done when wrong is %s: %j', async (path, wrong) => {
    await using app = await openApp();
    const { create } = app.as('master_chef').recipes;

    const refused = await refusalOf(create.mutate({ name: 'X', ...wrong }));

    expect(refused).toMatchObject({ reason: 'VALIDATION', details: { issues: [{ path }] } });
    expect(await namesOf(app.as('master_chef'))).toEqual([]);
  });

  test('what is as long as it may be is kept', async () => {
    await using app = await openApp();
    const { recipes } = app.as('master_chef');
    const instructions = '席'.repeat(15_000);
    const { id: recipeId } = await recipes.create.mutate({ name: '卓'.repeat(200), instructions });

    const ingredients = Array<string>(100).fill('é'.repeat(200));
    const allergens = Array<string>(30).fill('席'.repeat(40));
    const changed = await recipes.update.mutate({ recipeId, ingredients, allergens });

    expect(await recipes.show.query({ recipeId })).toEqual(changed);
    expect(changed).toMatchObject({
      name: '卓'.repeat(200),
      ingredients,
      allergens,
      craft: { instructions },
    });
  });
});

/** Changes, removes and restores each of these, of which the last is removed already. */
async function outcomesOn(client: Client, { there, gone }: { there: string; gone: string }) {
  const { recipes } = client;
  return [
    await outcomeOf(recipes.update.mutate({ recipeId: there, difficulty: 'easy' })),
    await outcomeOf(recipes.remove.mutate({ recipeId: there })),
    await outcomeOf(recipes.restore.mutate({ recipeId: gone })),
  ];
}

async function pairOf(app: TestApp, authorId: string, secrecy: Secrecy) {
  const there = await app.given.recipe({ authorId, secrecy });
  return { there, gone: await app.given.recipe({ authorId, secrecy, removed: true }) };
}

/** A role, and the level to which it was lowered. */
type Cook = [StaffRole, number | null];

const all = (outcome: string) => [outcome, outcome, outcome];
const NOT_THERE = all('NOT_FOUND');
/** It is seen, so it is told that it is not theirs; of what was removed, not even that it was there. */
const NOT_THEIRS = ['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND'];

describe('changing, removing and restoring a recipe', () => {
  test.each<[Cook, Secrecy, string[]]>([
    [['sous_chef', null], 'basic', all('ok')],
    [['sous_chef', 2], 'basic', all('ok')],
    [['sous_chef', 1], 'basic', NOT_THERE],
    [['sous_chef', null], 'advanced', NOT_THERE],
    [['sous_chef', null], 'top_secret', NOT_THERE],
    [['head_chef', null], 'basic', all('ok')],
    [['head_chef', null], 'advanced', all('ok')],
    [['head_chef', null], 'top_secret', NOT_THERE],
    [['head_chef', 3], 'basic', all('ok')],
    [['head_chef', 3], 'advanced', NOT_THERE],
    [['master_chef', null], 'top_secret', all('ok')],
    [['master_chef', 4], 'advanced', all('ok')],
    [['master_chef', 4], 'top_secret', NOT_THERE],
    [['master_chef', 1], 'basic', NOT_THERE],
  ])('S0-34 of one’s own, as %j: %s, %j', async ([role, level], secrecy, outcomes) => {
    await using app = await openApp();
    const cook = await app.given.person({ role, level });
    const pair = await pairOf(app, cook.id, secrecy);

    const told = await outcomesOn(app.as(cook), pair);

    expect(told).toEqual(outcomes);
    const done = outcomes[0] === 'ok';
    expect(await recipeOf(app, pair.there)).toMatchObject(
      done ? { difficulty: 'easy', deletedAt: app.clock.now() } : { version: 1, deletedAt: null },
    );
    expect((await recipeOf(app, pair.gone)).deletedAt).toEqual(done ? null : app.clock.now());
  });

  test.each<[Cook, Secrecy, string[]]>([
    [['sous_chef', null], 'basic', NOT_THEIRS],
    [['sous_chef', null], 'advanced', NOT_THERE],
    [['sous_chef', 1], 'basic', NOT_THERE],
    [['head_chef', null], 'basic', NOT_THEIRS],
    [['head_chef', null], 'advanced', NOT_THEIRS],
    [['head_chef', null], 'top_secret', NOT_THERE],
    [['head_chef', 3], 'advanced', NOT_THERE],
    [['master_chef', null], 'basic', all('ok')],
    [['master_chef', null], 'advanced', all('ok')],
    [['master_chef', null], 'top_secret', all('ok')],
    [['master_chef', 4], 'advanced', all('ok')],
    [['master_chef', 4], 'top_secret', NOT_THERE],
    [['master_chef', 3], 'advanced', NOT_THERE],
  ])('A12 S0-34 of another’s, as %j: %s, %j', async ([role, level], secrecy, outcomes) => {
    await using app = await openApp();
    const cook = await app.given.person({ role, level });
    const pair = await pairOf(app, app.home.staff[role].id, secrecy);

    const told = await outcomesOn(app.as(cook), pair);

    expect(told).toEqual(outcomes);
    const done = outcomes[0] === 'ok';
    expect((await recipeOf(app, pair.there)).version).toBe(done ? 3 : 1);
    expect((await recipeOf(app, pair.gone)).version).toBe(done ? 2 : 1);
  });

  test.each(['employee', 'waiter', 'prep_cook', 'chef', 'manager', 'admin'] as const)(
    'S0-34 A12 a %s does neither, though they wrote it once',
    async (role) => {
      await using app = await openApp();
      const pair = await pairOf(app, app.home.staff[role].id, 'basic');

      const told = await outcomesOn(app.as(role), pair);

      expect(told).toEqual(all('FORBIDDEN'));
      expect(await recipeOf(app, pair.there)).toMatchObject({ version: 1, deletedAt: null });
    },
  );

  test.each(WRITERS)('S3-11 a %s finds none of another restaurant', async (role) => {
    await using app = await openApp();
    const restaurantId = await app.given.restaurant();
    const { id: authorId } = app.home.staff[role];
    const theirs = { restaurantId, authorId };
    const there = await app.given.recipe(theirs);
    const gone = await app.given.recipe({ ...theirs, removed: true });

    const told = await outcomesOn(app.as(role), { there, gone });
    const none = await outcomesOn(app.as(role), { there: newId(), gone: newId() });

    expect(told).toEqual(NOT_THERE);
    expect(none).toEqual(NOT_THERE);
    expect((await recipeOf(app, there)).version).toBe(1);
  });
});

describe('changing a recipe', () => {
  test('leaves what was not named as it was', async () => {
    await using app = await openApp();
    const { recipes } = app.as('sous_chef');
    const said = { ingredients: ['flour'], allergens: ['gluten'], instructions: 'Knead.' };
    const before = await recipes.create.mutate({ name: 'Pane', difficulty: 'easy', ...said });
    const { id: recipeId } = before;
    app.clock.advance(60_000);

    const changed = await recipes.update.mutate({ recipeId, ingredients: ['flour', 'salt'] });
    const emptied = await recipes.update.mutate({ recipeId, difficulty: null, instructions: '' });

    const now = { updatedAt: app.clock.now() };
    const ingredients = ['flour', 'salt'];
    expect(changed).toEqual({
      ...before,
      ingredients,
      craft: { ...before.craft, ...now, version: 2 },
    });
    expect(emptied).toMatchObject({
      allergens: ['gluten'],
      craft: { difficulty: null, instructions: '', version: 3 },
    });
  });

  test('to what it is already changes nothing', async () => {
    await using app = await openApp();
    const { recipes } = app.as('sous_chef');
    const made = await recipes.create.mutate({ name: 'Pane', ingredients: ['flour'] });

    const same = await recipes.update.mutate({
      recipeId: made.id,
      name: 'Pane',
      ingredients: ['flour'],
    });

    expect(same).toEqual(made);
    expect(await auditOf(app, 'recipes.update')).toEqual([]);
  });

  test.each([
    ['sous_chef', 'advanced', 'basic'],
    ['sous_chef', 'top_secret', 'basic'],
    ['head_chef', 'top_secret', 'advanced'],
  ] as const)('D1 a %s does not make it %s', async (role, secrecy, highest) => {
    await using app = await openApp();
    const recipeId = await app.given.recipe({ authorId: app.home.staff[role].id });
    const { update } = app.as(role).recipes;

    const refused = await refusalOf(update.mutate({ recipeId, secrecy }));
    const ofNone = await refusalOf(update.mutate({ recipeId: newId(), secrecy }));

    expect(refused).toMatchObject(tooSecret(highest));
    expect(ofNone).toMatchObject(tooSecret(highest));
    expect(await recipeOf(app, recipeId)).toMatchObject({ secrecy: 'basic', version: 1 });
  });

  test('D1 somebody whose level was lowered reaches no further in raising it', async () => {
    await using app = await openApp();
    const head = await app.given.person({ role: 'head_chef', level: 3 });
    const recipeId = await app.given.recipe({ authorId: head.id });

    const refused = await refusalOf(
      app.as(head).recipes.update.mutate({ recipeId, secrecy: 'advanced' }),
    );

    expect(refused).toMatchObject(tooSecret('basic'));
  });

  test('D1 a head chef raises it as far as they reach, and takes it back', async () => {
    await using app = await openApp();
    const recipeId = await app.given.recipe({ authorId: app.home.staff.head_chef.id });
    const { update } = app.as('head_chef').recipes;

    const raised = await update.mutate({ recipeId, secrecy: 'advanced' });
    const lowered = await update.mutate({ recipeId, secrecy: 'basic' });

    expect([raised.craft?.secrecy, lowered.craft?.secrecy]).toEqual(['advanced', 'basic']);
  });

  test('S0-32 leaves it to who wrote it, whoever changes it', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app, { authorId: app.home.staff.sous_chef.id });

    const changed = await app.as('master_chef').recipes.update.mutate({ recipeId, name: 'Pane' });

    const { id: authorId } = app.home.staff.sous_chef;
    expect(changed).toMatchObject({ name: 'Pane', craft: { authorId, chefName: 'A cook' } });
  });

  test('one’s own that was made more secret is there no more', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app, { authorId: app.home.staff.sous_chef.id });
    await app.as('master_chef').recipes.update.mutate({ recipeId, secrecy: 'top_secret' });
    const { recipes } = app.as('sous_chef');

    const refusals = [
      await refusalOf(recipes.update.mutate({ recipeId, secrecy: 'basic' })),
      await refusalOf(recipes.update.mutate({ recipeId, name: 'X', expectedVersion: 1 })),
      await refusalOf(recipes.remove.mutate({ recipeId })),
      await refusalOf(recipes.restore.mutate({ recipeId })),
    ];

    expect(refusals).toMatchObject(Array(4).fill(noRecipe));
  });

  test('P19 what was read before another change is not written over it', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app);
    const { update } = app.as('master_chef').recipes;
    await update.mutate({ recipeId, name: 'Pane', expectedVersion: 1 });

    const refused = await refusalOf(update.mutate({ recipeId, name: 'X', expectedVersion: 1 }));

    expect(refused).toMatchObject({ reason: 'VERSION_CONFLICT', httpStatus: 409 });
    expect(await recipeOf(app, recipeId)).toMatchObject({ name: 'Pane', version: 2 });
  });

  test('P14 a version is no way to learn of one that is not theirs', async () => {
    await using app = await openApp();
    const { basic, secret } = await book(app);
    const { update } = app.as('head_chef').recipes;

    const refusals = [
      await refusalOf(update.mutate({ recipeId: secret, name: 'X', expectedVersion: 7 })),
      await refusalOf(update.mutate({ recipeId: basic, name: 'X', expectedVersion: 7 })),
    ];

    expect(refusals).toMatchObject([noRecipe, forbidden]);
  });
});

describe('removing and restoring', () => {
  test.each(WRITERS)('S0-34 a %s takes one away and brings it back as it was', async (role) => {
    await using app = await openApp();
    const { recipes } = app.as(role);
    const before = await recipes.create.mutate({ name: 'Pane', ingredients: ['flour'] });
    const recipeId = before.id;

    const removed = await recipes.remove.mutate({ recipeId });
    const gone = await refusalOf(recipes.show.query({ recipeId }));
    const back = await recipes.restore.mutate({ recipeId });

    expect(removed).toEqual({ id: recipeId });
    expect(gone).toMatchObject(noRecipe);
    expect(back).toEqual({ ...before, craft: { ...before.craft, version: 3 } });
    expect(await namesOf(app.as('waiter'))).toEqual(['Pane']);
    expect(await namesOf(app.as(role), { removed: true })).toEqual([]);
  });

  test('what is removed is neither changed nor removed again', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app, { removed: true });
    const { recipes } = app.as('master_chef');

    const refusals = [
      await refusalOf(recipes.update.mutate({ recipeId, name: 'X' })),
      await refusalOf(recipes.remove.mutate({ recipeId })),
    ];

    expect(refusals).toMatchObject([noRecipe, noRecipe]);
  });

  test('what was never removed is restored to what it is', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app);
    const { recipes } = app.as('master_chef');

    const same = await recipes.restore.mutate({ recipeId });

    expect(same).toEqual(await recipes.show.query({ recipeId }));
    expect(same.craft?.version).toBe(1);
    expect(await auditOf(app, 'recipes.restore')).toEqual([]);
  });

  test('of another’s that is there, a cook is told that it is not theirs', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app);

    const refused = await refusalOf(app.as('sous_chef').recipes.restore.mutate({ recipeId }));

    expect(refused).toMatchObject(forbidden);
  });
});

describe('every change of a recipe', () => {
  test('S0-34 S0-45 is written down: who made it, and not what is in it', async () => {
    await using app = await openApp();
    const { recipes } = app.as('head_chef');
    const said = { name: 'canary', ingredients: ['canary'], allergens: ['canary'] };
    const made = await recipes.create.mutate({ ...said, instructions: 'canary' });
    const recipeId = made.id;
    const secrecy = 'advanced';
    await recipes.update.mutate({ recipeId, secrecy, ...said, name: 'canary two' });
    await recipes.remove.mutate({ recipeId });
    await recipes.restore.mutate({ recipeId });

    const verbs = ['create', 'update', 'remove', 'restore'];
    const rows = await Promise.all(verbs.map((verb) => auditOf(app, `recipes.${verb}`)));

    const { id: actorId } = app.home.staff.head_chef;
    const by = { actorId, role: 'head_chef', target: 'Recipe', targetId: recipeId };
    expect(rows.flat()).toMatchObject([
      { ...by, change: 'created', before: null, after: { secrecy: 'basic', authorId: actorId } },
      { ...by, change: 'updated', before: { secrecy: 'basic' }, after: { secrecy: 'advanced' } },
      { ...by, change: 'deleted', before: { deletedAt: null } },
      { ...by, change: 'restored', after: { deletedAt: null } },
    ]);
    expect(await auditText(app)).not.toMatch(/canary/i);
  });
});
