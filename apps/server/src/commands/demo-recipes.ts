import type { CallContext, StaffContext } from '@comanda/domains/context';
import { MenuItem } from '@comanda/domains/menu/menu.entity';
import { createRecipe } from '@comanda/domains/recipes/recipes.actions';
import { Wine } from '@comanda/domains/recipes/recipes.entity';
import { CreateRecipe } from '@comanda/domains/recipes/recipes.schema';
import type { Role } from '@comanda/kernel/access';
import { inTransaction } from '@comanda/storage/transaction';
import { acting, type Cast } from './demo-acting.ts';

const RECIPES = [
  {
    by: 'sous_chef',
    dish: 'Tiramisù',
    secrecy: 'basic',
    difficulty: 'easy',
    ingredients: ['mascarpone', 'eggs', 'sugar', 'ladyfingers', 'coffee', 'cocoa'],
    allergens: ['eggs', 'gluten', 'milk'],
    instructions: 'Beat yolks and sugar, fold in mascarpone, layer, and let it rest overnight.',
  },
  {
    by: 'head_chef',
    dish: 'Cotoletta alla milanese',
    secrecy: 'advanced',
    difficulty: 'hard',
    ingredients: ['veal on the bone', 'eggs', 'bread crumbs', 'clarified butter'],
    allergens: ['eggs', 'gluten', 'milk'],
    instructions: 'Bread twice, fry in foaming butter at 160 °C, three minutes on each side.',
  },
  {
    by: 'master_chef',
    dish: 'Panna cotta',
    secrecy: 'top_secret',
    difficulty: 'expert',
    ingredients: ['cream', 'milk', 'gelatine', 'the peel of one lemon from the garden'],
    allergens: ['milk'],
    instructions: 'Steep the peel in cold cream for a day. Nobody guesses the day.',
  },
] as const;

/** Prices of a bottle, in cents. */
const WINES = [
  { name: 'Barolo', year: 2018, price: 15_000, bottles: 12 },
  { name: 'Brunello di Montalcino', year: 2015, price: 20_000, bottles: 6 },
  { name: 'Amarone della Valpolicella', year: 2019, price: 18_000, bottles: 9 },
];

/** A recipe of every secrecy, linked to its dish, and a few bottles. */
export async function plantRecipes(ctx: CallContext, cast: Cast): Promise<void> {
  const as = acting(ctx, cast);
  for (const { by, dish, ...recipe } of RECIPES) {
    await plantRecipe(as(by satisfies Role, 0), { dish, recipe: { ...recipe, name: dish } });
  }
  await inTransaction(as('manager', 0), async ({ em, restaurantId }) => {
    for (const wine of WINES) em.create(Wine, { restaurantId, ...wine });
    await em.flush();
  });
}

function plantRecipe(
  cook: StaffContext,
  { dish, recipe }: { dish: string; recipe: object },
): Promise<void> {
  return inTransaction(cook, async (cook) => {
    const { id } = await createRecipe(cook, CreateRecipe.parse(recipe));
    const item = await cook.em.findOneOrFail(MenuItem, { name: dish });
    item.recipeId = id;
    await cook.em.flush();
  });
}
