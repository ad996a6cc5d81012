import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { newId } from '@comanda/kernel/id';
import { slugFrom } from '@comanda/kernel/slug';
import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction, LockMode } from '@comanda/storage/transaction';
import type { PlacedContext, StaffContext } from '../context.ts';
import { rehang } from '../files/files.hanging.actions.ts';
import { Category, MenuItem } from './menu.entity.ts';
import { menuErrors } from './menu.errors.ts';
import { showItem } from './menu.reads.ts';
import { sortNameOf } from './menu.search.rules.ts';
import type {
  CreateItem,
  ItemView,
  NameItem,
  Removed,
  SetAvailability,
  SetPhoto,
  SetStock,
  UpdateItem,
} from './menu.schema.ts';
import { recipeNames, showRecipe } from '../recipes/recipes.reads.ts';
import { moveOne, reword } from './menu.words.ts';

/** Without a slug one is made from the name; where that is taken, with a few signs behind it. */
export async function createItem(ctx: PlacedContext, input: CreateItem): Promise<ItemView> {
  const slug = input.slug ?? slugFrom(input.name);
  try {
    return await createdAs(ctx, input, slug);
  } catch (error) {
    const taken = error instanceof Error && isSlugTaken(error);
    if (!taken || input.slug !== undefined) throw asRefusal(error);
    return createdAs(ctx, input, `${slug}-${newId().slice(-6)}`);
  }
}

function createdAs(ctx: PlacedContext, input: CreateItem, slug: string): Promise<ItemView> {
  return inTransaction(ctx, async (ctx) => {
    const { restaurantId: _, categoryId, ...said } = input;
    const category = await categoryOf(ctx, categoryId);
    await refuseUnreadable(ctx, said.recipeId);
    const item = ctx.em.create(MenuItem, {
      ...said,
      ...UNCOUNTED,
      slug,
      category,
      categoryPosition: category.position,
      restaurantId: ctx.restaurantId,
      sortName: sortNameOf(said.name),
      photoId: null,
      available: true,
    });
    await ctx.em.flush();
    await moveOne(ctx, item);
    await reword(ctx, item);
    return showItem(ctx, item.id);
  });
}

/** A link that the caller cannot see is not cut by sending back what they saw. */
async function linkAfter(
  ctx: PlacedContext,
  { recipeId: kept }: MenuItem,
  wanted: string | null | undefined,
): Promise<string | null | undefined> {
  await refuseUnreadable(ctx, wanted);
  const { actor, em } = ctx;
  if (wanted !== null || kept === null || !actor) return wanted;
  return (await recipeNames({ actor, em }, [kept])).has(kept) ? null : kept;
}

/** A recipe that the caller may not read is as if there were none. */
async function refuseUnreadable(
  { actor, em }: PlacedContext,
  recipeId: string | null | undefined,
): Promise<void> {
  if (recipeId && actor) await showRecipe({ actor, em }, recipeId);
}

const UNCOUNTED = { stockMode: 'none', stockLeft: 0, stockLow: 5 } as const;

export async function updateItem(ctx: PlacedContext, input: UpdateItem): Promise<ItemView> {
  const { restaurantId: _, itemId: __, expectedVersion: ___, categoryId, ...changes } = input;
  return changed(ctx, input, async (item, ctx) => {
    putInto(item, await categoryOf(ctx, categoryId ?? item.category.id));
    const recipeId = await linkAfter(ctx, item, changes.recipeId);
    for (const [name, value] of Object.entries({ ...changes, recipeId })) {
      if (value !== undefined) Object.assign(item, { [name]: value });
    }
    item.sortName = sortNameOf(item.name);
    await ctx.em.flush();
    await moveOne(ctx, item);
    await reword(ctx, item);
  });
}

/** The 86 switch, of the item or of one of its options. */
export function setAvailability(ctx: PlacedContext, input: SetAvailability): Promise<ItemView> {
  const { optionId, available } = input;
  return changed(ctx, input, (item) => {
    if (optionId === undefined) item.available = available;
    else item.options = withOption(item.options, { optionId, available });
  });
}

/** What is counted at zero is out by itself. */
export function setStock(ctx: PlacedContext, input: SetStock): Promise<ItemView> {
  return changed(ctx, input, (item) => {
    item.stockMode = input.mode;
    item.stockLeft = input.mode === 'count' ? input.left : 0;
    item.stockLow = input.low;
  });
}

export function setPhoto(
  { actor, ...ctx }: StaffContext,
  { pictureId, ...input }: SetPhoto,
): Promise<ItemView> {
  return changed({ ...ctx, actor }, input, async (item, ctx) => {
    await rehang({ ...ctx, actor }, { from: item.photoId, to: pictureId });
    item.photoId = pictureId;
  });
}

/** Off every list, and to be restored. */
export function removeItem(ctx: PlacedContext, { itemId }: NameItem): Promise<Removed> {
  return inTransaction(ctx, async ({ em, clock }) => {
    const item = await em.findOne(MenuItem, itemId);
    if (!item) throw kernelErrors.NOT_FOUND({ what: 'item' });
    item.deletedAt = clock.now();
    await em.flush();
    return { id: itemId };
  });
}

export function restoreItem(ctx: PlacedContext, { itemId }: NameItem): Promise<ItemView> {
  return inTransaction(ctx, async (ctx) => {
    const item = await ctx.em.findOne(MenuItem, itemId, { filters: { notDeleted: false } });
    if (!item) throw kernelErrors.NOT_FOUND({ what: 'item' });
    putInto(item, await categoryOf(ctx, item.category.id));
    item.deletedAt = null;
    await ctx.em.flush();
    await moveOne(ctx, item);
    await reword(ctx, item);
    return showItem(ctx, itemId);
  });
}

async function changed(
  ctx: PlacedContext,
  { itemId, expectedVersion }: { itemId: string; expectedVersion?: number | undefined },
  change: (item: MenuItem, ctx: PlacedContext) => Promise<void> | void,
): Promise<ItemView> {
  try {
    return await inTransaction(ctx, async (ctx) => {
      const item = await ctx.em.findOne(MenuItem, itemId);
      if (!item) throw kernelErrors.NOT_FOUND({ what: 'item' });
      if (expectedVersion !== undefined && expectedVersion !== item.version) {
        throw kernelErrors.VERSION_CONFLICT();
      }
      await change(item, ctx);
      await ctx.em.flush();
      return showItem(ctx, itemId);
    });
  } catch (error) {
    throw asRefusal(error);
  }
}

function putInto(item: MenuItem, category: Category): void {
  item.category = category;
  item.categoryPosition = category.position;
}

const STANDING = { lockMode: LockMode.PESSIMISTIC_READ, refresh: true } as const;

/** Stays as it is until this change is made: nobody removes or renames it meanwhile. */
async function categoryOf({ em }: PlacedContext, id: string): Promise<Category> {
  const category = await em.findOne(Category, id, STANDING);
  if (!category) throw kernelErrors.NOT_FOUND({ what: 'category' });
  return category;
}

function withOption(
  groups: MenuItem['options'],
  { optionId, available }: { optionId: string; available: boolean },
): MenuItem['options'] {
  if (!groups.some(({ options }) => options.some(({ id }) => id === optionId))) {
    throw kernelErrors.NOT_FOUND({ what: 'option' });
  }
  return groups.map((group) => ({
    ...group,
    options: group.options.map((option) =>
      option.id === optionId ? { ...option, available } : option,
    ),
  }));
}

function isSlugTaken(error: unknown): boolean {
  return violatedUnique(error)?.includes('slug') ?? false;
}

function asRefusal(error: unknown): unknown {
  return isSlugTaken(error) ? menuErrors.MENU_SLUG_TAKEN() : error;
}
