import { newId } from '@comanda/kernel/id';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { slugFrom } from '@comanda/kernel/slug';
import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import type { PlacedContext } from '../context.ts';
import { Category, MenuItem } from './menu.entity.ts';
import { menuErrors } from './menu.errors.ts';
import { showCategory } from './menu.reads.ts';
import type {
  CategoryView,
  CreateCategory,
  NameCategory,
  Removed,
  UpdateCategory,
} from './menu.schema.ts';
import { moveAll, rewordAll } from './menu.words.ts';

export async function createCategory(
  ctx: PlacedContext,
  input: CreateCategory,
): Promise<CategoryView> {
  const slug = input.slug ?? slugFrom(input.title);
  try {
    return await createdAs(ctx, input, slug);
  } catch (error) {
    if (!isSlugTaken(error)) throw error;
    if (input.slug !== undefined) throw menuErrors.MENU_SLUG_TAKEN();
    return createdAs(ctx, input, `${slug}-${newId().slice(-6)}`);
  }
}

function createdAs(
  ctx: PlacedContext,
  { title, position, skipsKitchen }: CreateCategory,
  slug: string,
): Promise<CategoryView> {
  return inTransaction(ctx, async (ctx) => {
    const { em, restaurantId } = ctx;
    const said = { restaurantId, slug, title, position, skipsKitchen };
    const { id } = em.create(Category, said);
    await em.flush();
    return showCategory(ctx, id);
  });
}

export async function updateCategory(
  ctx: PlacedContext,
  input: UpdateCategory,
): Promise<CategoryView> {
  const { categoryId, expectedVersion, title, slug, position, skipsKitchen } = input;
  try {
    return await inTransaction(ctx, async (ctx) => {
      const category = await categoryOf(ctx, categoryId);
      if (expectedVersion !== undefined && expectedVersion !== category.version) {
        throw kernelErrors.VERSION_CONFLICT();
      }
      if (title !== undefined) category.title = title;
      if (slug !== undefined) category.slug = slug;
      if (position !== undefined) category.position = position;
      if (skipsKitchen !== undefined) category.skipsKitchen = skipsKitchen;
      await ctx.em.flush();
      if (position !== undefined) await moveAll(ctx, category);
      if (title !== undefined) await rewordAll(ctx, category);
      return showCategory(ctx, categoryId);
    });
  } catch (error) {
    throw isSlugTaken(error) ? menuErrors.MENU_SLUG_TAKEN() : error;
  }
}

/** Only an empty one: what is in it would be on no list. */
export function removeCategory(ctx: PlacedContext, { categoryId }: NameCategory): Promise<Removed> {
  return inTransaction(ctx, async (ctx) => {
    const category = await categoryOf(ctx, categoryId);
    const items = await ctx.em.count(MenuItem, { category });
    if (items > 0) throw menuErrors.CATEGORY_IN_USE({ items });
    category.deletedAt = ctx.clock.now();
    await ctx.em.flush();
    return { id: categoryId };
  });
}

/** Waits for whoever puts something into it. */
async function categoryOf({ em }: PlacedContext, id: string): Promise<Category> {
  const category = await em.findOne(Category, id, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!category) throw kernelErrors.NOT_FOUND({ what: 'category' });
  return category;
}

function isSlugTaken(error: unknown): boolean {
  return violatedUnique(error)?.includes('slug') ?? false;
}
