import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { inTransaction } from '@comanda/storage/transaction';
import { accessErrors } from '../access.errors.ts';
import type { StaffContext } from '../context.ts';
import { Recipe } from './recipes.entity.ts';
import { recipeErrors } from './recipes.errors.ts';
import { isTheirs, readableBy, writableBy } from './recipes.reach.rules.ts';
import { showRecipe } from './recipes.reads.ts';
import type {
  CreateRecipe,
  NameRecipe,
  RecipeView,
  RemovedRecipe,
  UpdateRecipe,
} from './recipes.schema.ts';
import type { Secrecy } from './recipes.secrecy.schema.ts';

const capability = 'recipe.write';

/** Writes a recipe down in the name of whoever asks. */
export function createRecipe(ctx: StaffContext, input: CreateRecipe): Promise<RecipeView> {
  const { restaurantId: _, ...said } = input;
  refuseTooSecret(ctx, said.secrecy);
  return inTransaction(ctx, async (ctx) => {
    const { em, actor, restaurantId } = ctx;
    const author = { authorId: actor.id, authorName: actor.name.slice(0, 200) };
    const { id } = em.create(Recipe, { restaurantId, ...said, ...author });
    await em.flush();
    return showRecipe(ctx, id);
  });
}

export function updateRecipe(ctx: StaffContext, input: UpdateRecipe): Promise<RecipeView> {
  const { restaurantId: _, recipeId, expectedVersion, ...changes } = input;
  if (changes.secrecy !== undefined) refuseTooSecret(ctx, changes.secrecy);
  return inTransaction(ctx, async (ctx) => {
    const recipe = await theirRecipe(ctx, recipeId);
    if (expectedVersion !== undefined && expectedVersion !== recipe.version) {
      throw kernelErrors.VERSION_CONFLICT();
    }
    for (const [name, value] of Object.entries(changes)) {
      if (value !== undefined) Object.assign(recipe, { [name]: value });
    }
    await ctx.em.flush();
    return showRecipe(ctx, recipeId);
  });
}

/** Takes a recipe out of the book; it can be restored. */
export function removeRecipe(ctx: StaffContext, { recipeId }: NameRecipe): Promise<RemovedRecipe> {
  return inTransaction(ctx, async (ctx) => {
    const recipe = await theirRecipe(ctx, recipeId);
    recipe.deletedAt = ctx.clock.now();
    await ctx.em.flush();
    return { id: recipeId };
  });
}

export function restoreRecipe(ctx: StaffContext, { recipeId }: NameRecipe): Promise<RecipeView> {
  return inTransaction(ctx, async (ctx) => {
    const recipe = await theirRecipe(ctx, recipeId, { filters: { notDeleted: false } });
    recipe.deletedAt = null;
    await ctx.em.flush();
    return showRecipe(ctx, recipeId);
  });
}

/** Refuses what the caller does not see as if it were not there, and what is not theirs to change. */
async function theirRecipe(
  { em, actor }: StaffContext,
  id: string,
  options: { filters?: { notDeleted: false } } = {},
): Promise<Recipe> {
  const recipe = await em.findOne(Recipe, { id, secrecy: { $in: readableBy(actor) } }, options);
  const isHidden = recipe !== null && recipe.deletedAt !== null && !isTheirs(actor, recipe);
  if (!recipe || isHidden) throw kernelErrors.NOT_FOUND({ what: 'recipe' });
  const isWritable = isTheirs(actor, recipe) && writableBy(actor).includes(recipe.secrecy);
  if (!isWritable) throw accessErrors.FORBIDDEN({ capability });
  return recipe;
}

function refuseTooSecret({ actor }: StaffContext, secrecy: Secrecy): void {
  const within = writableBy(actor);
  const highest = within.at(-1);
  if (highest === undefined) throw accessErrors.FORBIDDEN({ capability });
  if (!within.includes(secrecy)) throw recipeErrors.RECIPE_TOO_SECRET({ highest });
}
