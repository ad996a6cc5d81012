import { holds } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page, strangeCursor } from '@comanda/kernel/page';
import { type Reader, reading, readingDeletedToo } from '@comanda/storage/reading';
import type { CallContext } from '../context.ts';
import { recipeNames } from '../recipes/recipes.reads.ts';
import { momentFor } from '../restaurants/restaurants.reads.ts';
import type { Moment } from '../restaurants/restaurants.hours.schema.ts';
import type { Category, MenuItem, MenuWord } from './menu.entity.ts';
import { orderable, stockSign } from './menu.orderable.rules.ts';
import type { CategoryView, ItemPage, ItemView, ListMenu, MenuFile } from './menu.schema.ts';
import { termsOf } from './menu.search.rules.ts';

type Tables = typeof Category | typeof MenuItem | typeof MenuWord;

/** Who looks at the menu of which restaurant. */
type Looker = Pick<CallContext, 'em' | 'clock' | 'actor'> & { restaurantId: string };

const SHOWN = [
  'i.id',
  'i.name',
  'i.sortName',
  'i.slug',
  'i.description',
  'i.price',
  'i.taxBps',
  'i.featured',
  'i.available',
  'i.allergens',
  'i.station',
  'i.prepMinutes',
  'i.photoId',
  'i.recipeId',
  'i.options',
  'i.mealtimes',
  'i.stockMode',
  'i.stockLeft',
  'i.stockLow',
  'i.version',
  'i.deletedAt',
  'c.id as categoryId',
  'c.slug as categorySlug',
  'c.title as categoryTitle',
  'c.position',
] as const;

const itemsIn = (menu: ReturnType<typeof reading<Tables>>) =>
  menu.selectFrom('MenuItem as i').innerJoin('Category as c', 'c.id', 'i.category').select(SHOWN);
const itemsOf = ({ em }: Reader) => itemsIn(reading<Tables>(em));
/** Of removed categories, too. */
const removedFrom = ({ em }: Reader) =>
  itemsIn(readingDeletedToo<Tables>(em)).where('i.deletedAt', 'is not', null);
type Items = ReturnType<typeof itemsOf>;
type Row = Awaited<ReturnType<Items['executeTakeFirstOrThrow']>>;

/** A sort, down to what is the only one of its kind; cursors name a row by these. */
interface Key {
  column: 'c.position' | 'c.id' | 'i.sortName' | 'i.price' | 'i.id';
  of: (row: Row) => string;
  isNumber?: true;
  descending?: true;
}

const byName: Key = { column: 'i.sortName', of: ({ sortName }) => sortName };
const byPrice: Key = { column: 'i.price', of: ({ price }) => String(price), isNumber: true };
const byId: Key = { column: 'i.id', of: ({ id }) => id };
const SORTS: Record<ListMenu['sort'], Key[]> = {
  menu: [
    { column: 'c.position', of: ({ position }) => String(position), isNumber: true },
    { column: 'c.id', of: ({ categoryId }) => categoryId },
    byName,
    byId,
  ],
  name: [byName, byId],
  price: [byPrice, byId],
  '-price': [{ ...byPrice, descending: true }, byId],
};

/** By key, so that a page stays right while items come and go. */
export async function listMenu(ctx: Looker, input: ListMenu): Promise<ItemPage> {
  // Nobody else is to learn that there is anything.
  if (input.removed && !mayWrite(ctx)) return { items: [], nextCursor: null };
  const keys = SORTS[input.sort];
  let query = narrowed(input.removed ? removedFrom(ctx) : itemsOf(ctx), input);
  if (input.cursor !== undefined) query = after(query, { keys, position: placeIn(input, keys) });
  for (const { column, descending } of keys) {
    query = query.orderBy(column, descending ? 'desc' : 'asc');
  }
  const rows = await query.limit(input.limit + 1).execute();
  const { items, nextCursor } = page(rows, {
    limit: input.limit,
    at: (row) => [input.sort, ...keys.map(({ of }) => of(row))],
  });
  const seen = await seenBy(ctx, items);
  return { items: items.map((row) => view(row, seen)), nextCursor };
}

export async function showItem(ctx: Looker, itemId: string): Promise<ItemView> {
  const row = await itemsOf(ctx).where('i.id', '=', itemId).executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'item' });
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
    .innerJoin('Category as c', 'c.id', 'i.category')
    .select([...FILED.map((column) => `i.${column}` as const), 'c.slug as category'])
    .orderBy('c.position')
    .orderBy('c.id')
    .orderBy('i.sortName')
    .orderBy('i.id')
    .execute();
  return { categories, items };
}

function narrowed(query: Items, input: ListMenu): Items {
  const { search, category, priceMin, priceMax, featured, available } = input;
  let narrow = query;
  for (const term of search === undefined ? [] : termsOf(search)) {
    narrow = narrow.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('MenuWord as w')
          .whereRef('w.itemId', '=', 'i.id')
          .where('w.word', 'like', `${term}%`)
          .select('w.word'),
      ),
    );
  }
  if (category !== undefined) narrow = narrow.where('c.slug', '=', category);
  if (priceMin !== undefined) narrow = narrow.where('i.price', '>=', priceMin);
  if (priceMax !== undefined) narrow = narrow.where('i.price', '<=', priceMax);
  if (featured !== undefined) narrow = narrow.where('i.featured', '=', featured);
  if (available !== undefined) {
    narrow = narrow.where(({ eb, and, or, not }) => {
      const counted = and([eb('i.stockMode', '=', 'count'), eb('i.stockLeft', '<=', 0)]);
      const out = or([eb('i.available', '=', false), eb('i.stockMode', '=', 'out'), counted]);
      return available ? not(out) : out;
    });
  }
  return narrow;
}

/** As prices and positions are written in a cursor. */
const COUNT = /^\d{1,15}$/;

function placeIn({ sort, cursor = '' }: ListMenu, keys: Key[]): (string | number)[] {
  const [of, ...position] = fromCursor(cursor, keys.length + 1);
  const counted = position.filter((_, at) => keys[at]?.isNumber);
  if (of === sort && counted.every((part) => COUNT.test(part))) {
    return position.map((part, at) => (keys[at]?.isNumber ? Number(part) : part));
  }
  throw strangeCursor();
}

function after(
  query: Items,
  { keys, position }: { keys: Key[]; position: (string | number)[] },
): Items {
  return query.where(({ eb, and, or }) =>
    or(
      keys.map((key, at) =>
        and([
          ...keys.slice(0, at).map(({ column }, n) => eb(column, '=', position[n] as never)),
          eb(key.column, key.descending ? '<' : '>', position[at] as never),
        ]),
      ),
    ),
  );
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

function view(row: Row, { moment, recipes }: Seen): ItemView {
  const { station, recipeId, stockMode, stockLeft, stockLow } = row;
  const { categoryId, categorySlug, categoryTitle, deletedAt } = row;
  const stock = { mode: stockMode, left: stockLeft, low: stockLow };
  const onSale = { ...row, categoryActive: true, stock };
  const recipeName = recipes?.get(recipeId ?? '') ?? null;
  const recipe = { recipeId: recipeName === null ? null : recipeId, recipeName };
  return {
    ...row,
    category: { id: categoryId, slug: categorySlug, title: categoryTitle },
    stock: stockSign(stock),
    now: orderable(onSale, { quantity: 1 }, moment),
    removedAt: deletedAt,
    staff: recipes && { station, ...recipe, stockMode, stockLeft, stockLow },
  };
}

function mayWrite({ actor }: Looker): boolean {
  return holds(actor?.role ?? 'anonymous', 'menu.write');
}

function isStaff({ actor, restaurantId }: Looker): boolean {
  if (!actor?.membership) return false;
  return actor.role === 'admin' || actor.membership.restaurantId === restaurantId;
}
