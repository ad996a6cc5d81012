import { isDeepStrictEqual } from 'node:util';
import type { Row } from '../files/entries.ts';
import type { Problem } from '../files/refused.ts';
import {
  type Category,
  type Item,
  type Menu,
  NEEDED,
  type SaidCategory,
  type SaidItem,
  wholeCategory,
  wholeItem,
} from './menu-file.ts';

/** What a file says of a menu. */
export interface Said {
  categories: Row<SaidCategory>[];
  items: Row<SaidItem>[];
  /** The slugs of all its categories, the wrong ones as well. */
  named: unknown[];
}

/** One thing that would not be as it is. */
export interface Change<Value> {
  place: string;
  /** As it is to be. */
  value: Value;
  /** Which fields change; nothing where it is new. */
  fields: FieldChange[] | undefined;
}

export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
}

export interface Difference {
  categories: Change<Category>[];
  items: Change<Item>[];
  /** How many stay as they are. */
  same: number;
}

/** What a file would change, and what is in its way. */
export function differenceOf(
  said: Said,
  menu: Menu,
): { difference: Difference; problems: Problem[] } {
  const categories = said.categories.map(({ place, value }) => {
    const known = menu.categories.find(({ slug }) => slug === value.slug);
    return { place, said: value, value: wholeCategory(value, known), known };
  });
  const items = said.items.map(({ place, value }) => {
    const known = menu.items.find(({ slug }) => slug === value.slug);
    return { place, said: value, value: wholeItem(value, known), known };
  });
  const all = new Set([...menu.categories.map(({ slug }): unknown => slug), ...said.named]);
  const problems = [
    ...categories.flatMap((row) => missingIn(row, NEEDED.category)),
    ...items.flatMap((row) => missingIn(row, NEEDED.item)),
    ...items.flatMap(({ place, value: { category } }) => {
      if (category === undefined || all.has(category)) return [];
      const message = `there is no category ${category}; comanda menu categories create makes one`;
      return [{ place, field: 'category', message }];
    }),
  ];
  const changes = { categories: changed(categories), items: changed(items) };
  const count = categories.length + items.length;
  const same = count - changes.categories.length - changes.items.length;
  return { difference: { ...changes, same }, problems };
}

interface Compared<Value> {
  place: string;
  value: Value;
  known: Value | undefined;
}

function changed<Value extends object>(rows: Compared<Value>[]): Change<Value>[] {
  return rows.flatMap(({ place, value, known }): Change<Value>[] => {
    if (!known) return [{ place, value, fields: undefined }];
    const fields = Object.entries(value)
      .map(([field, to]) => ({ field, from: known[field as keyof Value], to }))
      .filter(({ from, to }) => !isDeepStrictEqual(from, to));
    return fields.length > 0 ? [{ place, value, fields }] : [];
  });
}

function missingIn(
  { place, said, known }: { place: string; said: object; known: object | undefined },
  needed: readonly string[],
): Problem[] {
  if (known) return [];
  return needed
    .filter((field) => (said as Record<string, unknown>)[field] === undefined)
    .map((field) => ({ place, field, message: 'is missing, and this one is new' }));
}
