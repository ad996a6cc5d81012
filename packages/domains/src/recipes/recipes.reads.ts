import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page, strangeCursor } from '@comanda/kernel/page';
import { type Reader, reading, readingDeletedToo } from '@comanda/storage/reading';
import type { StaffContext } from '../context.ts';
import type { Recipe, Wine } from './recipes.entity.ts';
import { readableBy, seesCraft, writableBy } from './recipes.reach.rules.ts';
import type { ListRecipes, ListWines, RecipePage, RecipeView, WinePage } from './recipes.schema.ts';
import type { Secrecy } from './recipes.secrecy.schema.ts';

type Looker = Pick<StaffContext, 'em' | 'actor'>;

const SHOWN = [
  'id',
  'name',
  'secrecy',
  'difficulty',
  'ingredients',
  'allergens',
  'instructions',
  'authorId',
  'authorName',
  'createdAt',
  'updatedAt',
  'version',
] as const;

/** Of these and no others: what is out of reach is as if it were not there, for every look and count. */
function recipesWithin(recipes: ReturnType<typeof reading<typeof Recipe>>, within: Secrecy[]) {
  return recipes
    .selectFrom('Recipe')
    .where('secrecy', 'in', within.length > 0 ? within : ['none' as Secrecy])
    .select(SHOWN);
}

const readable = (ctx: Looker) =>
  recipesWithin(reading<typeof Recipe>(ctx.em), readableBy(ctx.actor));
const removed = (ctx: Looker) =>
  recipesWithin(readingDeletedToo<typeof Recipe>(ctx.em), writableBy(ctx.actor)).where(
    'deletedAt',
    'is not',
    null,
  );
type Query = ReturnType<typeof readable>;
type Row = Awaited<ReturnType<Query['executeTakeFirstOrThrow']>>;

/** Newest first, and none that the caller may not read. */
export async function listRecipes(ctx: Looker, input: ListRecipes): Promise<RecipePage> {
  refuseHiddenFilters(ctx, input);
  const query = input.removed ? ownRemoved(ctx) : readable(ctx);
  return paged(ctx, narrowed(ctx, query, input), input);
}

export async function showRecipe(ctx: Looker, id: string): Promise<RecipeView> {
  const row = await readable(ctx).where('id', '=', id).executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'recipe' });
  return view(ctx, row);
}

/** Those of the vault, newest first. */
export function listSecrets(
  ctx: Looker,
  input: Pick<ListRecipes, 'cursor' | 'limit'>,
): Promise<RecipePage> {
  const query = recipesWithin(reading<typeof Recipe>(ctx.em), ['top_secret']);
  return paged({ ...ctx, opened: true }, query, input);
}

/** By name. Cursors name a wine by its id alone: a name may be longer than they are. */
export async function listWines({ em }: Reader, { cursor, limit }: ListWines): Promise<WinePage> {
  let query = reading<typeof Wine>(em)
    .selectFrom('Wine')
    .select(['id', 'name', 'year', 'price', 'bottles']);
  if (cursor !== undefined) {
    const { id, name } = await wineAt({ em }, cursor);
    query = query.where(({ eb, or, and }) =>
      or([eb('name', '>', name), and([eb('name', '=', name), eb('id', '>', id)])]),
    );
  }
  const rows = await query
    .orderBy('name')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return page(rows, { limit, at: ({ id }) => [id] });
}

/** Where a page ended, though that wine be gone by now. */
async function wineAt({ em }: Reader, cursor: string): Promise<{ id: string; name: string }> {
  const [id] = fromCursor(cursor);
  const wine = await readingDeletedToo<typeof Wine>(em)
    .selectFrom('Wine')
    .select(['id', 'name'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (wine) return wine;
  throw strangeCursor();
}

/** What of recipes somebody may read. */
export function secreciesOf(actor: Looker['actor']): Secrecy[] {
  return readableBy(actor);
}

/** What these recipes are called; those that the caller may not read are left out. */
export async function recipeNames(
  ctx: Looker,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await readable(ctx).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How many recipes the caller may read. */
export async function countRecipes({ em, actor }: Looker): Promise<number> {
  const within = readableBy(actor);
  if (within.length === 0) return 0;
  const { recipes } = await reading<typeof Recipe>(em)
    .selectFrom('Recipe')
    .where('secrecy', 'in', within)
    .select(({ fn }) => fn.countAll().as('recipes'))
    .executeTakeFirstOrThrow();
  return Number(recipes);
}

/** What only cooks see is no filter for others: by it they could guess it. */
function refuseHiddenFilters({ actor }: Looker, input: ListRecipes): void {
  if (seesCraft(actor)) return;
  const hidden = (['secrecy', 'difficulty', 'authorId', 'removed'] as const).filter(
    (name) => input[name] !== undefined,
  );
  if (hidden.length === 0) return;
  const issues = hidden.map((path) => ({ path, message: 'this is for those who cook' }));
  throw kernelErrors.VALIDATION({ issues, more: 0 });
}

/** One's own, or everybody's for whoever may write those of others. */
function ownRemoved(ctx: Looker): Query {
  const query = removed(ctx);
  return ctx.actor.role === 'master_chef' ? query : query.where('authorId', '=', ctx.actor.id);
}

function narrowed({ actor }: Looker, query: Query, input: ListRecipes): Query {
  const { search, secrecy, difficulty, authorId } = input;
  let asked = query;
  if (secrecy !== undefined) asked = asked.where('secrecy', '=', secrecy);
  if (difficulty !== undefined) asked = asked.where('difficulty', '=', difficulty);
  if (authorId !== undefined) asked = asked.where('authorId', '=', authorId);
  if (search !== undefined) {
    const part = search.toLowerCase();
    // Ingredients are kept as JSON: of that, the signs that hold it together are not looked for.
    const quoted = /[\p{L}\p{N}]/u.test(part) ? [JSON.stringify(part).slice(1, -1)] : [];
    // Whoever is not told the chef is not to guess them either.
    const named = seesCraft(actor) ? (['name', 'authorName'] as const) : (['name'] as const);
    asked = asked.where(({ eb, or, fn, val }) => {
      const holds = (column: 'name' | 'authorName' | 'ingredients', sought: string) =>
        eb(fn<number>('instr', [fn('lower', [column]), val(sought)]), '>', 0);
      return or([
        ...named.map((column) => holds(column, part)),
        ...quoted.map((sought) => holds('ingredients', sought)),
      ]);
    });
  }
  return asked;
}

async function paged(
  ctx: Looker & { opened?: true },
  query: Query,
  { cursor, limit }: Pick<ListRecipes, 'cursor' | 'limit'>,
): Promise<RecipePage> {
  const from = cursor === undefined ? query : query.where('id', '<', fromCursor(cursor)[0]);
  const rows = await from
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const { items, nextCursor } = page(rows, { limit, at: ({ id }) => [id] });
  return { items: items.map((row) => view(ctx, row)), nextCursor };
}

function view({ actor, opened }: Looker & { opened?: true }, row: Row): RecipeView {
  const { id, name, ingredients, allergens, authorName: chefName, ...craft } = row;
  const card = { id, name, ingredients, allergens };
  return { ...card, craft: opened || seesCraft(actor) ? { ...craft, chefName } : null };
}
