import { page } from '@comanda/kernel/page';
import { type Reader, reading } from '@comanda/storage/reading';
import { remembered, rememberedDeletedToo } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import { categoryOf, holding, type How, type Narrowed, narrowed } from './menu.narrowing.reads.ts';
import type { ListMenu } from './menu.schema.ts';
import { termsOf } from './menu.search.rules.ts';
import { foundByWords, type Search } from './menu.searching.reads.ts';
import {
  type Found,
  type Items,
  itemsIn,
  type Menu,
  SHOWN,
  type Tables,
} from './menu.shown.reads.ts';
import {
  after,
  placeIn,
  type Sort,
  sorted,
  sortedIn,
  SORTS,
  toldIn,
} from './menu.sorting.reads.ts';
import { beginning, endOf, rareOf, type Words } from './menu.words.reads.ts';

/** What is looked for, in the words of the database. */
interface Asked extends Narrowed {
  limit: number;
  /** Where a page begins, in the columns of its sort. */
  place?: (string | number)[] | undefined;
  /** A word that few items have, and its end; they are found by it. */
  rare?: string[] | undefined;
  /** The other words, and their ends. */
  words: string[];
  ends: string[];
}

type Available = How['availability'];

/** Built once for every sort and set of filters. */
const finding = (remember: typeof remembered<Tables>, removed: boolean) =>
  remember()((menu, asked: Placeholders<Asked>, way: `${Sort} ${Available}`) => {
    const [sort, availability] = way.split(' ') as [Sort, Available];
    const { rare, place, limit, category } = asked;
    const [from, to] = rare ?? [];
    const begun = from && to ? itemsBy(menu, { from, to }) : itemsIn(menu);
    let query = narrowed(holding(begun, 'i.id', asked), asked, { availability, removed });
    if (category) {
      const { id, position } = categoryOf(menu, category);
      query = query.where('i.category', '=', id);
      // Both together are the beginning of the index that holds a category by name.
      if (isByName(sort)) query = query.where('i.categoryPosition', '=', position);
    }
    const keys = sortedIn(sort, category !== undefined);
    if (place) query = after(query, { keys, position: place });
    return sorted(query, keys).limit(limit);
  });
const found = finding(remembered<Tables>, false);
const foundRemoved = finding(rememberedDeletedToo<Tables>, true);

const isByName = (sort: Sort) => sort === 'menu' || sort === 'name';

/** A page of what a list asks for: read from its place on along an index, and never sorted as a whole. */
export async function foundItems(reader: Reader, input: ListMenu) {
  const { sort, limit, removed = false, cursor, search, category, available } = input;
  const { priceMin, priceMax, featured } = input;
  const keys = SORTS[sort];
  const told = toldIn(sort, category !== undefined);
  const asked: Search = {
    place: cursor === undefined ? undefined : placeIn(input, keys).slice(told),
    category,
    priceMin,
    priceMax,
    featured,
    limit: limit + 1,
    terms: search === undefined ? [] : longestFirst(termsOf(search)),
    availability: available === undefined ? 'any' : available ? 'available' : 'out',
    removed,
  };
  const isOfMenu = sort === 'menu' || (sort === 'name' && category !== undefined);
  const rows =
    (isOfMenu && asked.terms.length > 0 && (await foundByWords(reader, asked))) ||
    (await foundInOrder(reader, asked, sort));
  return page(rows, { limit, at: (row) => [sort, ...keys.map(({ of }) => of(row))] });
}

/** They are likely to be the rarest. */
function longestFirst(terms: readonly string[]): string[] {
  return terms.toSorted((one, other) => other.length - one.length);
}

/** What is found by a rare word and then sorted, or by going along the list until a page is full. */
async function foundInOrder({ em }: Reader, search: Search, sort: Sort): Promise<Found[]> {
  const { terms, availability, removed, ...asked } = search;
  const rare = await rareOf({ em }, terms);
  const words = terms.filter((term) => term !== rare);
  return (removed ? foundRemoved : found).all(
    em,
    {
      ...asked,
      rare: rare === undefined ? undefined : [rare, endOf(rare)],
      words,
      ends: words.map(endOf),
    },
    `${sort} ${availability}`,
  );
}

export function itemNamed({ em }: Reader, id: string): Promise<Found | undefined> {
  return itemsIn(reading<Tables>(em)).where('i.id', '=', id).executeTakeFirst();
}

/** From the word to its items: they are few, and sorted when they are there. */
function itemsBy(menu: Menu, words: Words): Items {
  return (
    menu
      .selectFrom((eb) =>
        beginning(eb.selectFrom('MenuWord as w'), words)
          .groupBy('w.itemId')
          .select('w.itemId')
          .as('f'),
      )
      // SQLite joins these in no other order.
      .crossJoin('MenuItem as i')
      .leftJoin('Category as c', 'c.id', 'i.category')
      .whereRef('i.id', '=', 'f.itemId')
      .select(SHOWN)
  );
}
