import { MAX_MINOR } from '@comanda/kernel/money';
import { PageInput, pageOf } from '@comanda/kernel/page';
import { line, Text, words } from '@comanda/kernel/text';
import { z } from 'zod';
import { Weekly } from '../restaurants/restaurants.hours.schema.ts';

const Id = z.uuid().toLowerCase();
/** Left out: the restaurant of the session, or the only one there is. */
const restaurantId = Id.optional();
const expectedVersion = z.int().optional();
const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by dashes')
  .max(200);
const Price = z.int().min(0).max(MAX_MINOR);
const Bps = z.int().min(0).max(10_000);

const Option = z.strictObject({
  id: Id,
  name: line(100),
  /** In minor units; below zero where it makes the item cheaper. */
  priceDelta: z.int().min(-MAX_MINOR).max(MAX_MINOR),
  available: z.boolean(),
  /** How often it can be chosen for one unit of the item. */
  maxQuantity: z.int().min(1).max(99),
});

export const OptionGroup = z.strictObject({
  id: Id,
  name: line(100),
  min: z.int().min(0).max(99),
  max: z.int().min(1).max(99),
  options: z.array(Option).min(1).max(50),
});
export type OptionGroup = z.infer<typeof OptionGroup>;

const OptionGroups = z
  .array(OptionGroup)
  .max(20)
  .refine(
    (groups) => groups.every(({ min, max }) => min <= max),
    'a group asks for no more than it lets in',
  )
  .refine((groups) => {
    const ids = groups.flatMap(({ id, options }) => [id, ...options.map((option) => option.id)]);
    return new Set(ids).size === ids.length;
  }, 'an id stands twice');

export const CategoryView = z.object({
  id: z.uuid(),
  slug: z.string(),
  title: z.string(),
  position: z.int(),
  skipsKitchen: z.boolean(),
  version: z.int(),
});
export type CategoryView = z.infer<typeof CategoryView>;

const StockMode = z.enum(['none', 'count', 'out']);

/**
 * Whether it can be ordered at this moment; if not, why, and until when as far as that is known.
 * @public the contract names it
 */
export const Orderability = z.object({
  orderable: z.boolean(),
  because: z.enum(['OFF_MENU', 'SOLD_OUT', 'CLOSED', 'PAUSED', 'OFF_MENU_TIME']).optional(),
  until: z.date().optional(),
});
export type Orderability = z.infer<typeof Orderability>;

export const ItemView = z.object({
  id: z.uuid(),
  category: z.object({ id: z.uuid(), slug: z.string(), title: z.string() }),
  name: z.string(),
  slug: z.string(),
  description: z.string(),
  /** In the smallest unit of the restaurant's currency. */
  price: z.int(),
  taxBps: z.int(),
  featured: z.boolean(),
  available: z.boolean(),
  stock: z.enum(['plenty', 'low', 'out']),
  now: Orderability,
  allergens: z.array(z.string()),
  prepMinutes: z.int().nullable(),
  photoId: z.uuid().nullable(),
  options: z.array(OptionGroup),
  mealtimes: Weekly.nullable(),
  version: z.int(),
  /** Null: it is on the menu. */
  removedAt: z.date().nullable(),
  /** What only the restaurant's staff see; null for all others. */
  staff: z
    .object({
      station: z.string().nullable(),
      /** Null also where the caller may not read it. */
      recipeId: z.uuid().nullable(),
      recipeName: z.string().nullable(),
      stockMode: StockMode,
      stockLeft: z.int(),
      stockLow: z.int(),
    })
    .nullable(),
});
export type ItemView = z.infer<typeof ItemView>;

export const ItemPage = pageOf(ItemView);
export type ItemPage = z.infer<typeof ItemPage>;

export const ListCategories = z.strictObject({ restaurantId }).prefault({});
export const CategoryList = z.object({ items: z.array(CategoryView) });
export type CategoryList = z.infer<typeof CategoryList>;

export const ListMenu = z
  .strictObject({
    restaurantId,
    ...PageInput,
    search: words(100).optional(),
    /** By its slug. */
    category: Slug.optional(),
    priceMin: Price.optional(),
    priceMax: Price.optional(),
    featured: z.boolean().optional(),
    /** True leaves out what is sold out, false all else. */
    available: z.boolean().optional(),
    /** Only what was taken off the menu; for those who may write it. */
    removed: z.boolean().optional(),
    sort: z.enum(['menu', 'name', 'price', '-price']).default('menu'),
  })
  .prefault({});
export type ListMenu = z.infer<typeof ListMenu>;

export const NameItem = z.strictObject({ restaurantId, itemId: Id });
export type NameItem = z.infer<typeof NameItem>;

export const CreateCategory = z.strictObject({
  restaurantId,
  title: line(100),
  slug: Slug.optional(),
  position: z.int().min(0).max(10_000).default(0),
  skipsKitchen: z.boolean().default(false),
});
export type CreateCategory = z.infer<typeof CreateCategory>;

export const UpdateCategory = z.strictObject({
  restaurantId,
  categoryId: Id,
  expectedVersion,
  title: line(100).optional(),
  slug: Slug.optional(),
  position: z.int().min(0).max(10_000).optional(),
  skipsKitchen: z.boolean().optional(),
});
export type UpdateCategory = z.infer<typeof UpdateCategory>;

export const NameCategory = z.strictObject({ restaurantId, categoryId: Id });
export type NameCategory = z.infer<typeof NameCategory>;

/** What was taken off the menu. */
export const Removed = z.object({ id: z.uuid() });
export type Removed = z.infer<typeof Removed>;

const ALLERGENS = 20;
const item = {
  name: line(200),
  slug: Slug,
  description: Text.trim().max(2_000),
  categoryId: Id,
  price: Price,
  taxBps: Bps,
  featured: z.boolean(),
  allergens: z.array(line(40)).max(ALLERGENS),
  station: line(40).nullable(),
  prepMinutes: z.int().min(0).max(1_440).nullable(),
  recipeId: Id.nullable(),
  options: OptionGroups,
  mealtimes: Weekly.nullable(),
};

export const CreateItem = z.strictObject({
  restaurantId,
  ...item,
  slug: Slug.optional(),
  description: item.description.default(''),
  taxBps: Bps.default(0),
  featured: item.featured.default(false),
  allergens: item.allergens.default([]),
  station: item.station.default(null),
  prepMinutes: item.prepMinutes.default(null),
  recipeId: item.recipeId.default(null),
  options: OptionGroups.default([]),
  mealtimes: item.mealtimes.default(null),
});
export type CreateItem = z.infer<typeof CreateItem>;

export const UpdateItem = z.strictObject({
  restaurantId,
  itemId: Id,
  expectedVersion,
  ...z.object(item).partial().shape,
});
export type UpdateItem = z.infer<typeof UpdateItem>;

export const SetAvailability = NameItem.extend({
  /** Left out: the item itself. */
  optionId: Id.optional(),
  available: z.boolean(),
});
export type SetAvailability = z.infer<typeof SetAvailability>;

export const SetStock = NameItem.extend({
  expectedVersion,
  mode: StockMode,
  /** How many there are, where they are counted. */
  left: z.int().min(0).max(1_000_000).default(0),
  /** As few as this, and the sign says low. */
  low: z.int().min(0).max(1_000_000).default(5),
});
export type SetStock = z.infer<typeof SetStock>;

export const SetPhoto = NameItem.extend({
  expectedVersion,
  /** An upload of the caller's; null takes the photo away. */
  pictureId: Id.nullable(),
});
export type SetPhoto = z.infer<typeof SetPhoto>;

const FileCategory = z.strictObject({
  slug: Slug,
  title: line(100),
  position: z.int().min(0).max(10_000),
  skipsKitchen: z.boolean(),
});

const { categoryId: _, recipeId: __, ...kept } = item;
const FileItem = z.strictObject({
  ...kept,
  /** By its slug. */
  category: Slug,
  available: z.boolean(),
  stockMode: StockMode,
  stockLeft: z.int().min(0).max(1_000_000),
  stockLow: z.int().min(0).max(1_000_000),
});
export type FileItem = z.infer<typeof FileItem>;

export const ExportMenu = z.strictObject({ restaurantId }).prefault({});

/** A whole menu, as `menu.import` takes it. */
export const MenuFile = z.object({
  categories: z.array(FileCategory),
  items: z.array(FileItem),
});
export type MenuFile = z.infer<typeof MenuFile>;

/** What has a slug that is there already is changed, all else is added; nothing is removed. */
export const ImportMenu = z.strictObject({
  restaurantId,
  categories: z.array(FileCategory).max(100).default([]),
  items: z.array(FileItem).max(200).default([]),
});
export type ImportMenu = z.infer<typeof ImportMenu>;

export const Imported = z.object({
  categories: z.object({ added: z.int(), changed: z.int() }),
  items: z.object({ added: z.int(), changed: z.int() }),
});
export type Imported = z.infer<typeof Imported>;
