import type { StaffRole } from '@comanda/kernel/access';
import { newId } from '@comanda/kernel/id';
import { toCursor } from '@comanda/kernel/page';
import type { TestApp } from '@comanda/testing';
import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { auditText } from '../auth/looking.ts';
import { withoutTable } from '../http.ts';
import {
  bytesOf,
  canaryOf,
  dishBy,
  everythingTo,
  hide,
  type Question,
  SAID_BY_CANARIES,
  type Secrecy,
} from '../recipes/canaries.ts';

type Reader = 'customer' | StaffRole;

/** Who may read none of these. */
const STRANGERS: [Reader, number | null, Secrecy[]][] = [
  ['customer', null, ['basic', 'advanced', 'top_secret']],
  ['employee', null, ['basic', 'advanced', 'top_secret']],
  ['delivery_crew', null, ['basic', 'advanced', 'top_secret']],
  ['waiter', 1, ['basic', 'advanced', 'top_secret']],
  ['waiter', null, ['advanced', 'top_secret']],
  ['prep_cook', null, ['advanced', 'top_secret']],
  ['chef', null, ['advanced', 'top_secret']],
  ['sous_chef', null, ['advanced', 'top_secret']],
  ['manager', null, ['advanced', 'top_secret']],
  ['head_chef', 3, ['advanced', 'top_secret']],
  ['master_chef', 3, ['advanced', 'top_secret']],
  ['admin', 3, ['advanced', 'top_secret']],
  ['head_chef', null, ['top_secret']],
  ['master_chef', 4, ['top_secret']],
  ['admin', null, ['top_secret']],
];

describe('asking for everything', () => {
  test.each(STRANGERS)(
    'P14 a %s of level %s is told nothing of recipes that are %j',
    async (role, level, secrecies) => {
      await using app = await openApp();
      const canaries = await Promise.all(secrecies.map((secrecy) => canaryOf(app, secrecy)));
      const who = await app.given.person({ role, level });

      const told = await everythingTo(app, who, canaries);

      expect(told).not.toMatch(SAID_BY_CANARIES);
      expect(canaries.filter(({ recipeId }) => told.includes(recipeId))).toEqual([]);
      expect(app.logs.join('')).not.toMatch(SAID_BY_CANARIES);
    },
  );

  test('P14 who has not signed in is told nothing of any recipe', async () => {
    await using app = await openApp();
    const canary = await canaryOf(app, 'basic');

    const told = await everythingTo(app, 'anonymous', [canary]);

    expect(told).not.toMatch(SAID_BY_CANARIES);
    expect(told).not.toContain(canary.recipeId);
  });

  test('P14 the master, who may read it, is told of it', async () => {
    await using app = await openApp();
    const canary = await canaryOf(app, 'top_secret');

    const told = await everythingTo(app, app.home.staff.master_chef, [canary]);

    expect(told).toMatch(SAID_BY_CANARIES);
    expect(told).toContain(canary.recipeId);
  });

  test('P14 D1 a waiter is told of the card of a basic one, and nothing of its craft', async () => {
    await using app = await openApp();
    const canary = await canaryOf(app, 'basic');

    const told = await everythingTo(app, app.home.staff.waiter, [canary]);

    expect(told).toContain('canary feet');
    expect(told).not.toMatch(/plucked|boiled|Canary, served/);
  });
});

describe('what is written beside the answers', () => {
  test.each(['basic', 'advanced', 'top_secret'] as const)(
    'P14 the audit log holds nothing of a recipe that is %s',
    async (secrecy) => {
      await using app = await openApp();

      const { recipeId } = await canaryOf(app, secrecy);

      const written = await auditText(app);
      expect(written).toContain(recipeId);
      expect(written).not.toMatch(SAID_BY_CANARIES);
    },
  );

  test('P14 nor does it once the vault was opened, nor the log', async () => {
    await using app = await openApp();
    await canaryOf(app, 'top_secret');
    await app.as('master_chef').recipes.vault.mutate();
    await app.as('admin').recipes.breakGlass.mutate({ reason: 'Fire.' });

    expect(await auditText(app)).toContain('SECRET_VAULT_BREAK_GLASS');
    expect(await auditText(app)).not.toMatch(SAID_BY_CANARIES);
    expect(app.logs.join('')).not.toMatch(SAID_BY_CANARIES);
  });

  test('P14 the log does not tell what was looked for, nor what was refused', async () => {
    await using app = await openApp();
    const { recipeId } = await canaryOf(app, 'top_secret');
    const { recipes } = app.as('master_chef');
    const difficulty = 'canary' as 'easy';

    await recipes.list.query({ search: 'canary' });
    const refusals = [
      await refusalOf(recipes.create.mutate({ name: 'Canary', difficulty })),
      await refusalOf(recipes.update.mutate({ recipeId, name: `canary${'!'.repeat(200)}` })),
      await refusalOf(recipes.update.mutate({ recipeId, name: 'Canary', expectedVersion: 1 })),
    ];

    expect(JSON.stringify(refusals)).not.toMatch(SAID_BY_CANARIES);
    expect(app.logs.join('')).not.toMatch(SAID_BY_CANARIES);
  });

  test('P14 a fault tells nothing of what was to be stored or read', async () => {
    await using app = await openApp();
    const { recipeId } = await canaryOf(app, 'top_secret');
    const { recipes } = app.as('master_chef');
    const name = 'Canary';
    await recipes.list.query();

    const unwritten = await withoutTable(app, 'audit_entry', () =>
      Promise.all([
        refusalOf(recipes.create.mutate({ name, ingredients: ['canary'], instructions: 'canary' })),
        refusalOf(recipes.update.mutate({ recipeId, name, allergens: ['canary'] })),
        refusalOf(recipes.vault.mutate()),
      ]),
    );
    const unread = await withoutTable(app, 'recipe', () =>
      Promise.all([
        refusalOf(recipes.list.query({ search: 'canary' })),
        refusalOf(recipes.create.mutate({ name, ingredients: ['canary'], instructions: 'canary' })),
      ]),
    );

    const told = [...unwritten, ...unread];
    expect(told.map(({ reason }) => reason)).toEqual(Array(5).fill('INTERNAL'));
    expect(JSON.stringify(told)).not.toMatch(SAID_BY_CANARIES);
    expect(app.logs.join('')).not.toMatch(SAID_BY_CANARIES);
  });
});

interface Asked {
  /** Of a recipe that is there or not. */
  recipeId: string;
  itemId: string;
  categoryId: string;
  authorId: string;
  /** Where a first page of one ends. */
  cursor: string;
}

/** All ways to name a recipe that may be there or not. */
function naming({ recipeId, itemId, categoryId }: Omit<Asked, 'authorId' | 'cursor'>): Question[] {
  const named = [
    ['recipes.show', {}],
    ['recipes.update', { name: 'X' }],
    ['recipes.update', { name: 'X', expectedVersion: 1 }],
    ['recipes.update', { name: 'X', expectedVersion: 9 }],
    ['recipes.update', { secrecy: 'basic' }],
    ['recipes.update', { secrecy: 'top_secret' }],
    ['recipes.update', { name: '' }],
    ['recipes.remove', {}],
    ['recipes.restore', {}],
    ['menu.items.create', { name: 'X', categoryId, price: 1 }],
    ['menu.items.update', { itemId }],
    ['menu.items.update', { itemId, name: '' }],
  ] as const;
  return named.map(([path, input]) => [path, { recipeId, ...input }]);
}

/** All ways to ask for what may be there or not. */
function questions(asked: Asked): Question[] {
  const { recipeId, itemId, authorId, cursor } = asked;
  const listings = [
    {},
    { limit: 1 },
    { limit: 2 },
    { limit: 1, cursor },
    { limit: 1, cursor: toCursor([recipeId]) },
    { cursor: 'nonsense' },
    { search: 'canary' },
    { search: 'e' },
    { search: 'canary', limit: 1 },
    { secrecy: 'advanced' },
    { secrecy: 'top_secret' },
    { secrecy: 'top_secret', search: 'canary' },
    { secrecy: 'secret' },
    { difficulty: 'expert' },
    { authorId },
    { authorId, limit: 1 },
    { removed: true },
    { removed: true, authorId, search: 'canary' },
    { secrecy: 'top_secret', cursor: 'nonsense' },
  ];
  const nameless: Question[] = [
    ['kitchen.status'],
    ['menu.list', { search: 'soup' }],
    ['menu.show', { itemId }],
    ['menu.export'],
    ['recipes.cellar'],
    ['permissions.mine'],
  ];
  return [
    ...listings.map((listing): Question => ['recipes.list', listing]),
    ...naming(asked),
    ...nameless,
  ];
}

/** Bread is older than what may be there, and salt newer. */
async function kitchen(app: TestApp) {
  const authorId = app.home.staff.master_chef.id;
  await app.given.recipe({ authorId, name: 'Bread' });
  await app.given.recipe({ authorId, name: 'Butter' });
  const ids = { recipeId: newId(), another: newId(), removed: newId() };
  const newer = await app.given.recipe({ authorId, name: 'Salt' });
  const itemId = await dishBy(app, ids.recipeId);
  const categoryId = await app.given.category();
  return { ...ids, itemId, categoryId, authorId, cursor: toCursor([newer]) };
}

const NEARLY: [StaffRole, number | null, Secrecy][] = [
  ['waiter', null, 'advanced'],
  ['chef', null, 'advanced'],
  ['sous_chef', null, 'advanced'],
  ['manager', null, 'advanced'],
  ['head_chef', 3, 'advanced'],
  ['admin', 3, 'advanced'],
  ['waiter', null, 'top_secret'],
  ['sous_chef', null, 'top_secret'],
  ['manager', null, 'top_secret'],
  ['head_chef', null, 'top_secret'],
  ['master_chef', 4, 'top_secret'],
  ['admin', null, 'top_secret'],
];

describe('with and without a secret', () => {
  test.each(NEARLY)(
    'P14 all that a %s of level %s is told is the same in every byte, though something is %s',
    async (role, level, secrecy) => {
      await using app = await openApp();
      const who = await app.given.person({ role, level });
      const there = await kitchen(app);
      const asked = [...questions(there), ...naming({ ...there, recipeId: there.removed })];
      const without = await bytesOf(app, who, asked);

      await hide(app, [
        { id: there.recipeId, secrecy },
        { id: there.another, secrecy },
        { id: there.removed, secrecy, removed: true },
      ]);

      expect(await bytesOf(app, who, asked)).toEqual(without);
      expect(without.filter(({ status }) => status >= 500)).toEqual([]);
      expect(without.filter(({ status }) => status === 200).length).toBeGreaterThan(8);
    },
  );

  test('what may be read makes the difference that it makes', async () => {
    await using app = await openApp();
    const there = await kitchen(app);
    const asked = questions(there);
    const { head_chef: head } = app.home.staff;
    const without = await bytesOf(app, head, asked);

    await hide(app, [{ id: there.recipeId, secrecy: 'advanced' }]);

    const differs = (await bytesOf(app, head, asked)).filter(
      ({ text }, at) => text !== without[at]?.text,
    );
    expect(differs.map(({ asked }) => asked.split(' ')[0])).toEqual(
      expect.arrayContaining(['recipes.list', 'recipes.show', 'kitchen.status', 'menu.show']),
    );
  });
});
