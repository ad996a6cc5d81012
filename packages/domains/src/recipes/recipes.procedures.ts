import { allow, allowAtWork } from '../trpc.ts';
import { createRecipe, removeRecipe, restoreRecipe, updateRecipe } from './recipes.actions.ts';
import { recipeErrors } from './recipes.errors.ts';
import { listRecipes, listWines, showRecipe } from './recipes.reads.ts';
import {
  BreakGlass,
  CreateRecipe,
  ListRecipes,
  ListWines,
  NameRecipe,
  OpenVault,
  RecipePage,
  RecipeView,
  RemovedRecipe,
  UpdateRecipe,
  Vault,
  WinePage,
} from './recipes.schema.ts';
import { breakGlass, openVault } from './recipes.vault.actions.ts';

const { RECIPE_TOO_SECRET } = recipeErrors;

export const recipesProcedures = {
  list: allow('recipe.read')
    .meta({ summary: 'Lists the recipes that the caller may read, newest first.' })
    .input(ListRecipes)
    .output(RecipePage)
    .query(({ ctx, input }) => listRecipes(ctx, input)),
  show: allow('recipe.read')
    .meta({ summary: 'Shows a recipe, as far as the caller may read it.' })
    .input(NameRecipe)
    .output(RecipeView)
    .query(({ ctx, input }) => showRecipe(ctx, input.recipeId)),
  create: allowAtWork('recipe.write', RECIPE_TOO_SECRET)
    .meta({ summary: 'Writes a recipe down.' })
    .input(CreateRecipe)
    .output(RecipeView)
    .mutation(({ ctx, input }) => createRecipe(ctx, input)),
  update: allowAtWork('recipe.write', RECIPE_TOO_SECRET)
    .meta({ summary: 'Changes a recipe of one’s own; the master chef anybody’s.' })
    .input(UpdateRecipe)
    .output(RecipeView)
    .mutation(({ ctx, input }) => updateRecipe(ctx, input)),
  remove: allowAtWork('recipe.write')
    .meta({ summary: 'Takes a recipe out of the book; it can be restored.' })
    .input(NameRecipe)
    .output(RemovedRecipe)
    .mutation(({ ctx, input }) => removeRecipe(ctx, input)),
  restore: allowAtWork('recipe.write')
    .meta({ summary: 'Puts a removed recipe back into the book.' })
    .input(NameRecipe)
    .output(RecipeView)
    .mutation(({ ctx, input }) => restoreRecipe(ctx, input)),
  vault: allow('vault.open')
    .meta({
      summary: 'Opens the vault, and writes down that it did.',
      extent: 'all',
    })
    .input(OpenVault)
    .output(Vault)
    .mutation(({ ctx, input }) => openVault(ctx, input)),
  breakGlass: allow('vault.open')
    .meta({
      summary: 'Opens the vault in an emergency, and writes down why.',
      extent: 'break_glass',
    })
    .input(BreakGlass)
    .output(Vault)
    .mutation(({ ctx, input }) => breakGlass(ctx, input)),
  cellar: allow('cellar.read')
    .meta({ summary: 'Lists the wines in the cellar.' })
    .input(ListWines)
    .output(WinePage)
    .query(({ ctx, input }) => listWines(ctx, input)),
};
