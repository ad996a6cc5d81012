import type { Placeheld, Placeholders } from '@comanda/storage/remembering.query';
import { categoryOf, holding, type How, type Narrowed, narrowed } from './menu.narrowing.reads.ts';
import { type Items, type Menu, SHOWN } from './menu.shown.reads.ts';
import { after, type Sortable, type Sorted, sorted } from './menu.sorting.reads.ts';

/** What is looked for along words, in the words of the database. */
export interface AskedAlong extends Narrowed {
  limit: number;
  /** All the words that may be there, of which one is enough. */
  spellings: string[];
  /** The other terms, and their ends. */
  words: string[];
  ends: string[];
  /** Where a page begins. */
  place?: (string | number)[] | undefined;
  /** No more than so many of the next places are looked at. */
  within?: number | undefined;
}
type Asked = Placeholders<AskedAlong>;

/** Where an item stands on the menu, as its words say it. */
const PLACE = ['p.categoryPosition', 'p.categoryId', 'p.sortName', 'p.itemId'] as const;

const placesIn = (menu: Menu) => menu.selectFrom('MenuWord as p').select(PLACE);
type Places = ReturnType<typeof placesIn>;

/** Items in the order of the menu, come by along words: what has none of them is not looked at. */
export function along(menu: Menu, asked: Asked, how: How): Items {
  const { within } = asked;
  const ofEach = within
    ? [placesAlong(menu, { ...asked, within })]
    : asked.spellings.map((word) => placesOf(menu, word, asked));
  const [only, ...others] = ofEach;
  if (only && others.length === 0) return shown(fitting(menu, { places: only, asked }, how));
  const found = ofEach.map((places) => fitting(menu, { places, asked }, how).select(PLACE));
  return shown(first(itemsAt(menu, together(menu, found)), asked, asked.limit));
}

const shown = (items: Standing) =>
  items.leftJoin('Category as c', 'c.id', 'i.category').select(SHOWN);

/** The next places where there is one of these words. */
export function placesAlong(menu: Menu, asked: Asked & { within: Placeheld<number> }): Places {
  const next = (places: Places) => first(places, asked, asked.within);
  return next(
    together(
      menu,
      asked.spellings.map((word) => next(placesOf(menu, word, asked))),
    ),
  );
}

/** The places of one word, behind what was told before. */
function placesOf(menu: Menu, word: Placeheld<string>, asked: Asked): Places {
  const { category, place } = asked;
  let places = placesIn(menu).where('p.word', '=', word);
  if (category) {
    const { id, position } = categoryOf(menu, category);
    places = places.where('p.categoryId', '=', id).where('p.categoryPosition', '=', position);
  }
  return place ? after(places, { keys: keysIn(category), position: place }) : places;
}

/** Each place once. A part of a union cannot have an end of its own on SQLite, but what it is read from can. */
function together(menu: Menu, all: readonly Places[]): Places {
  const [one, ...others] = all.map((places) => menu.selectFrom(places.as('p')).select(PLACE));
  if (!one) throw new Error('No word is looked for.');
  if (others.length === 0) return one;
  const union = others.reduce((some, other) => some.union(other), one);
  return menu.selectFrom(union.as('p')).select(PLACE);
}

/** From the places to their items: SQLite joins these in no other order, and MariaDB finds no other way. */
function itemsAt(menu: Menu, places: Places) {
  return menu
    .selectFrom(places.as('p'))
    .crossJoin('MenuItem as i')
    .where(({ eb, fn, val }) => eb('i.id', '=', fn.coalesce('p.itemId', val(''))));
}
type Standing = ReturnType<typeof itemsAt>;

/** The first items at these places that are as they are looked for. */
function fitting(
  menu: Menu,
  { places, asked }: { places: Places; asked: Asked },
  how: How,
): Standing {
  const items = holding(itemsAt(menu, places), 'p.itemId', asked);
  return first(narrowed(items, asked, how), asked, asked.limit);
}

interface Limited<Query> extends Sortable<Query> {
  limit: (most: Placeheld<number>) => Query;
}

/** So many of them, in their order; in one category all stand at one place. */
function first<Query extends Limited<Query>>(
  query: Query,
  { category }: Asked,
  most: Placeheld<number>,
): Query {
  return sorted(query, keysIn(category)).limit(most);
}

function keysIn(category: Asked['category']): Sorted[] {
  return PLACE.slice(category === undefined ? 0 : 2).map((column) => ({ column }));
}
