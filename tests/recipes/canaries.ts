import type { Client } from '@comanda/client';
import { MenuItem } from '@comanda/domains/menu/menu.entity';
import { Recipe } from '@comanda/domains/recipes/recipes.entity';
import { wire } from '@comanda/kernel/wire';
import type { TestApp } from '@comanda/testing';
import type { Person } from '@comanda/testing/given';
import { inside } from '../auth/looking.ts';
import { answersTo, freshly, idsOf, SERVED } from '../spec/access.calls.ts';
import { sparingly } from '../spec/access.sparing.ts';
import { type Path, PATHS } from '../spec/access.table.ts';

export type Secrecy = Recipe['secrecy'];

/** Stands in every text of what nobody is to learn. */
const texts = {
  name: 'Canary of a name',
  ingredients: ['canary leaves', 'canary roots'],
  allergens: ['canary dust'],
  instructions: 'Canary, plucked.\nCanary, boiled.',
};

export const SAID_BY_CANARIES = /canary/i;

/** The master writes it, changes it, takes it away and brings it back, and a dish is made by it. */
export async function canaryOf(app: TestApp, secrecy: Secrecy): Promise<Canary> {
  const { recipes, menu }: Client = app.as('master_chef');
  const { id: recipeId } = await recipes.create.mutate({ ...texts, secrecy, difficulty: 'expert' });
  const instructions = `${texts.instructions} Canary, served.`;
  const changed = { name: `${texts.name}, too`, instructions, ingredients: ['canary feet'] };
  await recipes.update.mutate({ recipeId, ...changed, allergens: ['canary eggs'] });
  await recipes.remove.mutate({ recipeId });
  await recipes.restore.mutate({ recipeId });
  const categoryId = await app.given.category();
  const dish = { name: 'Soup', categoryId, price: 900 };
  const { id: itemId } = await menu.items.create.mutate({ ...dish, recipeId });
  return { recipeId, itemId };
}

/** Those are shown the vault on purpose; all else is asked of everybody. */
const OPENED: readonly Path[] = ['recipes.vault', 'recipes.breakGlass'];
const ofRecipes = (path: Path) => /^(recipes|menu)\./.test(path);
const isQuestion = (path: Path) => SERVED[path]?._def.type !== 'mutation';

interface Canary {
  recipeId: string;
  itemId: string;
}

/** All that somebody is told who asks for everything, and then does everything. */
export async function everythingTo(
  app: TestApp,
  who: Person | 'anonymous',
  canaries: Canary[],
): Promise<string> {
  const whose = who === 'anonymous' ? await app.given.person({ role: 'chef' }) : who;
  const mine = await idsOf(app, whose);
  const show = freshly(app, who);
  const told: unknown[] = [];
  for (const [at, canary] of canaries.entries()) {
    const ids = { ...mine, ...canary };
    const asked = PATHS.filter((path) => !OPENED.includes(path) && (at === 0 || ofRecipes(path)));
    const [questions, deeds] = [
      asked.filter(isQuestion),
      asked.filter((path) => !isQuestion(path)),
    ];
    told.push(await sparingly(answersTo, app, { paths: questions, ids, show }));
    told.push(await sparingly(answersTo, app, { paths: deeds, ids, show }));
  }
  return JSON.stringify(told);
}

/** Puts recipes under these ids behind all doors, so that nothing else is changed by it. */
export async function hide(
  app: TestApp,
  recipes: { id: string; secrecy: Secrecy; removed?: boolean }[],
): Promise<void> {
  const em = inside(app);
  const { restaurantId, staff } = app.home;
  for (const { removed, ...recipe } of recipes) {
    em.create(Recipe, {
      ...texts,
      ...recipe,
      restaurantId,
      difficulty: 'expert',
      authorId: staff.master_chef.id,
      authorName: 'Canary',
      deletedAt: removed ? app.clock.now() : null,
    });
  }
  await em.flush();
}

/** A dish that names a recipe, whether there is one or not. */
export async function dishBy(app: TestApp, recipeId: string): Promise<string> {
  const itemId = await app.given.item({ name: 'Soup' });
  const em = inside(app);
  const item = await em.findOneOrFail(MenuItem, itemId);
  item.recipeId = recipeId;
  await em.flush();
  return itemId;
}

export type Question = [path: Path, input?: object];

/** What is answered, byte by byte, with all that does not tell of time. */
export async function bytesOf(app: TestApp, who: Person, questions: Question[]) {
  const { accessToken } = await app.session(who);
  const answers: { asked: string; status: number; headers: [string, string][]; text: string }[] =
    [];
  for (const [path, input = {}] of questions) {
    const url = new URL(`http://localhost/trpc/${path}`);
    const body = JSON.stringify(wire.input.serialize(input));
    const reads = isQuestion(path);
    if (reads) url.searchParams.set('input', body);
    const headers = {
      'x-request-id': 'canary-spec',
      'content-type': 'application/json',
      authorization: `Bearer ${accessToken}`,
    };
    const method = reads ? 'GET' : 'POST';
    const response = await app.fetch(url, { method, headers, ...(!reads && { body }) });
    const told = [...response.headers].filter(([name]) => !['date', 'ratelimit'].includes(name));
    const asked = `${path} ${body}`;
    answers.push({ asked, status: response.status, headers: told, text: await response.text() });
  }
  return answers;
}
