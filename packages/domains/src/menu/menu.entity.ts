import { defineEntity, p } from '@mikro-orm/core';
import { base, tenantFilters, uuid } from '@comanda/storage/base.entity';
import type { Weekly } from '../restaurants/restaurants.hours.schema.ts';
import type { OptionGroup } from './menu.schema.ts';

const CategorySchema = defineEntity({
  name: 'Category',
  tableName: 'category',
  properties: {
    ...base,
    restaurantId: uuid(),
    slug: p.string().length(200),
    title: p.string().length(100),
    position: p.integer(),
    /** What is in it needs no cooking: it goes past the kitchen. */
    skipsKitchen: p.boolean(),
  },
  filters: tenantFilters,
  uniques: [{ name: 'category_slug_unique', properties: ['restaurantId', 'slug'] }],
});
/** A part of the menu. */
export class Category extends CategorySchema.class {}
CategorySchema.setClass(Category);

const STOCK_MODES = ['none', 'count', 'out'] as const;

const MenuItemSchema = defineEntity({
  name: 'MenuItem',
  tableName: 'menu_item',
  properties: {
    ...base,
    restaurantId: uuid(),
    category: () => p.manyToOne(Category),
    /** Where its category stands, so that one index holds a menu in its order. */
    categoryPosition: p.integer().hidden(),
    name: p.string().length(200),
    /** The name as it sorts: no accents, no capitals. */
    sortName: p.string().length(200).hidden(),
    slug: p.string().length(220),
    description: p.string().length(2_000),
    /** In the smallest unit of the restaurant's currency, as all amounts. */
    price: p.bigint('number'),
    taxBps: p.integer(),
    featured: p.boolean(),
    /** The 86 switch. */
    available: p.boolean(),
    allergens: p.json<string[]>(),
    station: p.string().length(40).strictNullable(),
    prepMinutes: p.integer().strictNullable(),
    photoId: uuid().strictNullable(),
    /** Nobody who may not read the recipe learns that there is one. */
    recipeId: uuid().strictNullable().hidden(),
    options: p.json<OptionGroup[]>(),
    /** Null: whenever the restaurant is open. */
    mealtimes: p.json<Weekly>().strictNullable(),
    stockMode: p.enum(STOCK_MODES),
    stockLeft: p.integer(),
    stockLow: p.integer(),
  },
  filters: tenantFilters,
  uniques: [{ name: 'menu_item_slug_unique', properties: ['restaurantId', 'slug'] }],
  indexes: [
    {
      name: 'menu_item_in_order_index',
      properties: ['restaurantId', 'categoryPosition', 'category', 'sortName', 'id'],
    },
    { properties: ['restaurantId', 'sortName', 'id'] },
    { properties: ['restaurantId', 'price', 'id'] },
    {
      name: 'menu_item_dearest_first_index',
      expression:
        'create index `menu_item_dearest_first_index` on `menu_item` (`restaurant_id`, `price` desc, `id`)',
    },
  ],
});
/** Something that can be ordered. */
export class MenuItem extends MenuItemSchema.class {}
MenuItemSchema.setClass(MenuItem);

const MenuWordSchema = defineEntity({
  name: 'MenuWord',
  tableName: 'menu_word',
  properties: {
    itemId: uuid().primary(),
    restaurantId: uuid().primary(),
    word: p.string().length(40).primary(),
    /** Where the item stands on the menu, so that one index holds the items of a word in their order. */
    categoryPosition: p.integer().hidden(),
    categoryId: uuid(),
    sortName: p.string().length(200),
  },
  filters: { tenant: tenantFilters.tenant },
  indexes: [
    {
      name: 'menu_word_in_order_index',
      properties: ['restaurantId', 'word', 'categoryPosition', 'categoryId', 'sortName', 'itemId'],
    },
  ],
});
/** A word by which an item is found; an index, made anew with the item. */
export class MenuWord extends MenuWordSchema.class {}
MenuWordSchema.setClass(MenuWord);
