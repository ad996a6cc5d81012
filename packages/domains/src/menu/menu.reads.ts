import { holds } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { type Reader, reading } from '@comanda/storage/reading';
import type { CallContext } from '../context.ts';
import { recipeNames } from '../recipes/recipes.reads.ts';
import { momentFor } from '../restaurants/restaurants.reads.ts';
import type { Moment } from '../restaurants/restaurants.hours.schema.ts';
import type { Category, MenuItem } from './menu.entity.ts';
import { foundItems, itemNamed } from './menu.finding.reads.ts';
import { orderable, stockSign } from './menu.orderable.rules.ts';
import type { CategoryView, ItemPage, ItemView, ListMenu, MenuFile } from './menu.schema.ts';
import { isInCategory, type Row } from './menu.shown.reads.ts';

type Tables = typeof Category | typeof MenuItem;

/** Who looks at the menu of which restaurant. */
type Looker = Pick<CallContext, 'em' | 'clock' | 'actor' | 'restaurant'> & { restaurantId: string };

/** By key, so that a page stays right while items come and go. */
export async function listMenu(ctx: Looker, input: ListMenu): Promise<ItemPage> {
  // Nobody else is to learn that there is anything.
  if (input.removed && !mayWrite(ctx)) return { items: [], nextCursor: null };
  const { items, nextCursor } = await foundItems(ctx, input);
  const shown = items.filter(isInCategory);
  const seen = await seenBy(ctx, shown);
  return { items: shown.map((row) => view(row, seen)), nextCursor };
}

export async function showItem(ctx: Looker, itemId: string): Promise<ItemView> {
  const row = await itemNamed(ctx, itemId);
  if (!row || !isInCategory(row)) throw kernelErrors.NOT_FOUND({ what: 'item' });
  return view(row, await seenBy(ctx, [row]));
}

const CATEGORY = ['id', 'slug', 'title', 'position', 'skipsKitchen', 'version'] as const;

export async function listCategories({ em }: Reader): Promise<{ items: CategoryView[] }> {
  const items = await reading<Tables>(em)
    .selectFrom('Category')
    .select(CATEGORY)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return { items };
}

export async function showCategory({ em }: Reader, id: string): Promise<CategoryView> {
  const row = await reading<Tables>(em)
    .selectFrom('Category')
    .select(CATEGORY)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'category' });
  return row;
}

const FILED = [
  'name',
  'slug',
  'description',
  'price',
  'taxBps',
  'featured',
  'available',
  'allergens',
  'station',
  'prepMinutes',
  'options',
  'mealtimes',
  'stockMode',
  'stockLeft',
  'stockLow',
] as const;

/** The whole menu, in its order and without what belongs to this restaurant alone: ids, photos, recipes. */
export async function exportMenu({ em }: Reader): Promise<MenuFile> {
  const categories = await reading<Tables>(em)
    .selectFrom('Category')
    .select(['slug', 'title', 'position', 'skipsKitchen'])
    .orderBy('position')
    .orderBy('id')
    .execute();
  const items = await reading<Tables>(em)
    .selectFrom('MenuItem as i')
    .leftJoin('Category as c', 'c.id', 'i.category')
    .select([...FILED.map((column) => `i.${column}` as const), 'c.slug as category'])
    .orderBy('i.categoryPosition')
    .orderBy('i.category')
    .orderBy('i.sortName')
    .orderBy('i.id')
    .execute();
  const filed = items.flatMap(({ category, ...item }) =>
    category === null ? [] : [{ ...item, category }],
  );
  return { categories, items: filed };
}

/** What this moment and this caller make of items. */
interface Seen {
  moment: Moment;
  /** By id, those that the caller may read; null for whoever is not of the staff. */
  recipes: ReadonlyMap<string, string> | null;
}

async function seenBy(ctx: Looker, rows: readonly Row[]): Promise<Seen> {
  const moment = await momentFor(ctx, ctx.restaurantId);
  const ids = rows.flatMap(({ recipeId }) => recipeId ?? []);
  const { actor } = ctx;
  return {
    moment,
    recipes: actor && isStaff(ctx) ? await recipeNames({ ...ctx, actor }, ids) : null,
  };
}

/** Name by name, and not a copy of the row: most of what is in it would be left out again. */
function view(row: Row, { moment, recipes }: Seen): ItemView {
  const stock = { mode: row.stockMode, left: row.stockLeft, low: row.stockLow };
  const { available, deletedAt, mealtimes } = row;
  const onSale = { available, deletedAt, mealtimes, categoryActive: true, stock };
  return {
    id: row.id,
    category: { id: row.categoryId, slug: row.categorySlug, title: row.categoryTitle },
    name: row.name,
    slug: row.slug,
    description: row.description,
    price: row.price,
    taxBps: row.taxBps,
    featured: row.featured,
    available,
    stock: stockSign(stock),
    now: orderable(onSale, ONE, moment),
    allergens: row.allergens,
    prepMinutes: row.prepMinutes,
    photoId: row.photoId,
    options: row.options,
    mealtimes,
    version: row.version,
    removedAt: deletedAt,
    staff: recipes && forStaff(row, recipes),
  };
}

const ONE = { quantity: 1 };

function forStaff(row: Row, recipes: ReadonlyMap<string, string>): ItemView['staff'] {
  const { station, recipeId, stockMode, stockLeft, stockLow } = row;
  const recipeName = recipes.get(recipeId ?? '') ?? null;
  const recipe = { recipeId: recipeName === null ? null : recipeId, recipeName };
  return { station, ...recipe, stockMode, stockLeft, stockLow };
}

function mayWrite({ actor }: Looker): boolean {
  return holds(actor?.role ?? 'anonymous', 'menu.write');
}

function isStaff({ actor, restaurantId }: Looker): boolean {
  if (!actor?.membership) return false;
  return actor.role === 'admin' || actor.membership.restaurantId === restaurantId;
}
