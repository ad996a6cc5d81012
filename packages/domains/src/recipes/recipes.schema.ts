import { PageInput, pageOf } from '@comanda/kernel/page';
import { line, Text, words } from '@comanda/kernel/text';
import { z } from 'zod';
import { Secrecy } from './recipes.secrecy.schema.ts';

const Id = z.uuid().toLowerCase();
/** Left out: the restaurant of the session. An admin may name another. */
const restaurantId = Id.optional();
const expectedVersion = z.int().optional();
const Difficulty = z.enum(['easy', 'hard', 'expert']);

/** What only those see who cook. */
const Craft = z.object({
  secrecy: Secrecy,
  difficulty: Difficulty.nullable(),
  instructions: z.string(),
  authorId: z.uuid(),
  chefName: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
  version: z.int(),
});

export const RecipeView = z.object({
  id: z.uuid(),
  name: z.string(),
  ingredients: z.array(z.string()),
  allergens: z.array(z.string()),
  /** Null for whoever sees no more than the card: name, ingredients and allergens. */
  craft: Craft.nullable(),
});
export type RecipeView = z.infer<typeof RecipeView>;

export const ListRecipes = z
  .strictObject({
    restaurantId,
    ...PageInput,
    /** In names and ingredients; for those who cook, also in the names of the chefs. */
    search: words(100).optional(),
    secrecy: Secrecy.optional(),
    difficulty: Difficulty.optional(),
    authorId: Id.optional(),
    /** Those that were removed, for whoever may bring them back. */
    removed: z.boolean().optional(),
  })
  .prefault({});
export type ListRecipes = z.infer<typeof ListRecipes>;
export const RecipePage = pageOf(RecipeView);
export type RecipePage = z.infer<typeof RecipePage>;

export const NameRecipe = z.strictObject({ restaurantId, recipeId: Id });
export type NameRecipe = z.infer<typeof NameRecipe>;

const Ingredients = z.array(line(200)).max(100);
const Allergens = z.array(line(40)).max(30);
const Instructions = Text.max(15_000);

export const CreateRecipe = z.strictObject({
  restaurantId,
  name: line(200),
  secrecy: Secrecy.default('basic'),
  difficulty: Difficulty.nullable().default(null),
  ingredients: Ingredients.default([]),
  allergens: Allergens.default([]),
  instructions: Instructions.default(''),
});
export type CreateRecipe = z.infer<typeof CreateRecipe>;

export const UpdateRecipe = NameRecipe.extend({
  expectedVersion,
  name: line(200).optional(),
  secrecy: Secrecy.optional(),
  difficulty: Difficulty.nullable().optional(),
  ingredients: Ingredients.optional(),
  allergens: Allergens.optional(),
  instructions: Instructions.optional(),
});
export type UpdateRecipe = z.infer<typeof UpdateRecipe>;

export const RemovedRecipe = z.object({ id: z.uuid() });
export type RemovedRecipe = z.infer<typeof RemovedRecipe>;

export const OpenVault = z.strictObject({ restaurantId, ...PageInput }).prefault({});
export type OpenVault = z.infer<typeof OpenVault>;

export const BreakGlass = z.strictObject({ restaurantId, ...PageInput, reason: words(300) });
export type BreakGlass = z.infer<typeof BreakGlass>;

/** The top secret recipes, for whoever has opened the vault; that they did is written down. */
export const Vault = z.object({
  message: z.string(),
  secretAccessGranted: z.literal(true),
  vaultWarning: z.string(),
  items: z.array(RecipeView),
  nextCursor: z.string().nullable(),
});
export type Vault = z.infer<typeof Vault>;

/** @public the contract names it */
export const WineView = z.object({
  id: z.uuid(),
  name: z.string(),
  year: z.int(),
  /** Of a bottle, in the smallest unit of the restaurant's currency. */
  price: z.int(),
  bottles: z.int(),
});

export const ListWines = z.strictObject({ restaurantId, ...PageInput }).prefault({});
export type ListWines = z.infer<typeof ListWines>;
export const WinePage = pageOf(WineView);
export type WinePage = z.infer<typeof WinePage>;
