import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { auditOf } from '../auth/looking.ts';
import { book, recipeOf } from '../recipes/cooking.ts';
import { of, outcomes, times } from './outcomes.ts';

describe('editing one recipe at once', () => {
  test('P19 forty edits of what all have read: one is made and 39 are told', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app);
    const { update } = app.as('master_chef').recipes;

    const told = await outcomes(
      times(40, (at) => update.mutate({ recipeId, name: `Pane ${at}`, expectedVersion: 1 })),
    );

    expect([of(told, 'ok'), of(told, 'VERSION_CONFLICT')]).toEqual([1, 39]);
    expect(await auditOf(app, 'recipes.update')).toHaveLength(1);
    expect((await recipeOf(app, recipeId)).version).toBe(2);
  });

  test('P19 forty edits by two who have read nothing: each is made once or told', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app, { authorId: app.home.staff.sous_chef.id });
    const cooks = [app.as('sous_chef'), app.as('master_chef')];

    const told = await outcomes(
      times(40, (at) => {
        const { update } = (cooks[at % 2] ?? app.as('sous_chef')).recipes;
        return update.mutate({ recipeId, name: `Pane ${at}` });
      }),
    );

    const applied = of(told, 'ok');
    expect(applied + of(told, 'VERSION_CONFLICT', 'DB_BUSY')).toBe(40);
    expect(applied).toBeGreaterThan(0);
    expect(await auditOf(app, 'recipes.update')).toHaveLength(applied);
    expect((await recipeOf(app, recipeId)).version).toBe(1 + applied);
  });

  test('D1 made top secret while its author edits it: nothing of theirs is made thereafter', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app, { authorId: app.home.staff.sous_chef.id });
    const { update } = app.as('sous_chef').recipes;
    const secrecy = 'top_secret';

    const told = await outcomes([
      ...times(10, (at) => update.mutate({ recipeId, name: `Pane ${at}` })),
      app.as('master_chef').recipes.update.mutate({ recipeId, secrecy }),
      ...times(10, (at) => update.mutate({ recipeId, instructions: `Knead ${at} times.` })),
    ]);
    const raised = told[10] === 'ok';

    expect(of(told, 'ok', 'VERSION_CONFLICT', 'NOT_FOUND', 'DB_BUSY')).toBe(21);
    const edits = await auditOf(app, 'recipes.update');
    const at = edits.findIndex(({ role }) => role === 'master_chef');
    expect(edits).toHaveLength(of(told, 'ok'));
    expect(at === -1 ? false : at === edits.length - 1).toBe(raised);
    expect((await recipeOf(app, recipeId)).secrecy).toBe(raised ? secrecy : 'basic');
  });
});

describe('removing and restoring one recipe at once', () => {
  test('twenty who take it away: it goes once', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app);
    const { remove } = app.as('master_chef').recipes;

    const told = await outcomes(times(20, () => remove.mutate({ recipeId })));

    expect(of(told, 'ok')).toBe(1);
    expect(of(told, 'NOT_FOUND', 'VERSION_CONFLICT', 'DB_BUSY')).toBe(19);
    expect(await auditOf(app, 'recipes.remove')).toHaveLength(1);
    expect(await recipeOf(app, recipeId)).toMatchObject({ version: 2 });
  });

  test('twenty who bring it back: it comes once', async () => {
    await using app = await openApp();
    const { basic: recipeId } = await book(app, { removed: true });
    const { restore } = app.as('master_chef').recipes;

    const told = await outcomes(times(20, () => restore.mutate({ recipeId })));

    expect(of(told, 'ok')).toBeGreaterThan(0);
    expect(of(told, 'ok', 'VERSION_CONFLICT', 'DB_BUSY')).toBe(20);
    expect(await auditOf(app, 'recipes.restore')).toHaveLength(1);
    expect(await recipeOf(app, recipeId)).toMatchObject({ version: 2, deletedAt: null });
  });
});

describe('opening the vault at once', () => {
  test('S0-35 A12 each of twenty openings is written down, and rings', async () => {
    await using app = await openApp();
    await book(app);
    const { breakGlass } = app.as('admin').recipes;
    const { vault } = app.as('master_chef').recipes;

    const told = await outcomes([
      ...times(20, () => vault.mutate()),
      ...times(20, (at) => breakGlass.mutate({ reason: `Fire ${at}.` })),
    ]);

    expect(of(told, 'ok')).toBe(40);
    const opened = await auditOf(app, 'SECRET_VAULT_ACCESS');
    const broken = await auditOf(app, 'SECRET_VAULT_BREAK_GLASS');
    expect(opened.map(({ after }) => after)).toEqual(Array(20).fill({ count: 1 }));
    expect(new Set(broken.map(({ after }) => after?.['reason']))).toEqual(
      new Set(times(20, (at) => `Fire ${at}.`)),
    );
    expect(broken).toHaveLength(20);
    expect(app.logs.filter((line) => line.includes('"alarm":"SECRET_VAULT'))).toHaveLength(40);
  });
});
