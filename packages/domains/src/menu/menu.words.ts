import { copyInto, reindex } from '@comanda/storage/indexing';
import { LockMode, OptimisticLockError } from '@comanda/storage/transaction';
import type { PlacedContext } from '../context.ts';
import { type Category, MenuItem, MenuWord } from './menu.entity.ts';
import { wordsOf } from './menu.search.rules.ts';
import { itemsIn } from './menu.words.reads.ts';

/** Lets an item be found by what it, its category, its options and its allergens are called now. */
export async function reword({ em, restaurantId }: PlacedContext, item: MenuItem): Promise<void> {
  const { id: itemId, name, description, allergens, options } = item;
  const choices = options.flatMap((group) => group.options.map((option) => option.name));
  const words = wordsOf(name, item.category.title, description, ...choices, ...allergens);
  const { id: categoryId, position: categoryPosition } = item.category;
  const place = { categoryPosition, categoryId, sortName: item.sortName };
  const rows = words.map((word) => ({ itemId, word, restaurantId, ...place }));
  await reindex(em, MenuWord, { where: { itemId }, rows });
}

const STANDING = { lockMode: LockMode.PESSIMISTIC_READ } as const;

/** The same for all that is in a category, and stays there until this change is made. */
export async function rewordAll(ctx: PlacedContext, category: Category): Promise<void> {
  for (const item of await ctx.em.find(MenuItem, { category }, STANDING)) await reword(ctx, item);
}

/**
 * Puts an item where its category stands, and holds it: nobody changes it before its words are made. What
 * changed it since it was read would not be in them, though nothing else be written here.
 */
export async function moveOne({ em }: PlacedContext, item: MenuItem): Promise<void> {
  const { id, version, category } = item;
  const set = { categoryPosition: category.position };
  const there = await copyInto(em, MenuItem, { where: { id, version }, set });
  if (there === 0) throw OptimisticLockError.lockFailed(item);
}

/** So many at once: a database takes no end of values. */
const AT_ONCE = 500;

/** Puts all that is in a category, or was, where that stands now, and their words along with them. */
export async function moveAll({ em }: PlacedContext, { id, position }: Category): Promise<void> {
  const set = { categoryPosition: position };
  // None of them leaves the category from here on: their rows are held.
  await copyInto(em, MenuItem, { where: { category: id }, set });
  const items = await itemsIn({ em }, id);
  for (let at = 0; at < items.length; at += AT_ONCE) {
    await copyInto(em, MenuWord, { where: { itemId: items.slice(at, at + AT_ONCE) }, set });
  }
}
