import type { House } from '@comanda/domains/context';
import { Recipe } from '@comanda/domains/recipes/recipes.entity';
import { newId } from '@comanda/kernel/id';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from './author.ts';

export interface RecipeTraits {
  restaurantId?: string;
  authorId: string;
  name?: string;
  secrecy?: Recipe['secrecy'];
  difficulty?: Recipe['difficulty'];
  ingredients?: readonly string[];
  allergens?: readonly string[];
  instructions?: string;
  removed?: boolean;
}

const PLAIN = {
  secrecy: 'basic',
  difficulty: null,
  ingredients: ['lemons'],
  allergens: [],
  instructions: 'Squeeze.',
} as const;

export async function givenRecipe(
  { database, clock }: House,
  { removed = false, ...traits }: RecipeTraits & { restaurantId: string },
): Promise<string> {
  const em = acrossRestaurants(database, behind(clock));
  const id = newId();
  em.create(Recipe, {
    ...PLAIN,
    name: `Recipe ${id}`,
    ...traits,
    ingredients: [...(traits.ingredients ?? PLAIN.ingredients)],
    allergens: [...(traits.allergens ?? PLAIN.allergens)],
    id,
    authorName: 'A cook',
    deletedAt: removed ? clock.now() : null,
  });
  await em.flush();
  return id;
}
