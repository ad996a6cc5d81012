import type { reading } from '@comanda/storage/reading';
import type { Category, MenuItem, MenuWord } from './menu.entity.ts';

export type Tables = typeof Category | typeof MenuItem | typeof MenuWord;
export type Menu = ReturnType<typeof reading<Tables>>;

export const SHOWN = [
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
  'i.categoryPosition',
  'i.category as categoryId',
  'c.slug as categorySlug',
  'c.title as categoryTitle',
] as const;

/** A left join: from the categories, which are few, databases would come to all items and sort them. */
export const itemsIn = (menu: Menu) =>
  menu.selectFrom('MenuItem as i').leftJoin('Category as c', 'c.id', 'i.category').select(SHOWN);
export type Items = ReturnType<typeof itemsIn>;
export type Found = Awaited<ReturnType<Items['executeTakeFirstOrThrow']>>;
export type Row = Found & { categorySlug: string; categoryTitle: string };

/** No item is in a category that was removed; if one were, it would not be on the menu. */
export const isInCategory = (row: Found): row is Row => row.categorySlug !== null;

type Builder = Parameters<Extract<Parameters<Items['where']>[0], (...args: never[]) => unknown>>[0];

/** Any query that has items as `i`. */
export interface Filterable<Query> {
  where: (build: (of: Builder) => unknown) => Query;
}
