import { reindex } from '@comanda/storage/indexing';
import type { PlacedContext } from '../context.ts';
import { type Category, MenuItem, MenuWord } from './menu.entity.ts';
import { wordsOf } from './menu.search.rules.ts';

/** Lets an item be found by what it, its category, its options and its allergens are called now. */
export async function reword({ em, restaurantId }: PlacedContext, item: MenuItem): Promise<void> {
  const { id: itemId, name, description, allergens, options } = item;
  const choices = options.flatMap((group) => group.options.map((option) => option.name));
  const words = wordsOf(name, item.category.title, description, ...choices, ...allergens);
  const rows = words.map((word) => ({ itemId, word, restaurantId }));
  await reindex(em, MenuWord, { where: { itemId }, rows });
}

/** The same for all that is in a category. */
export async function rewordAll(ctx: PlacedContext, category: Category): Promise<void> {
  for (const item of await ctx.em.find(MenuItem, { category })) await reword(ctx, item);
}
