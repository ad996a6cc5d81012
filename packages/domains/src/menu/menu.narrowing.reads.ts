import type { Placeheld, Placeholders } from '@comanda/storage/remembering.query';
import type { Filterable, Menu } from './menu.shown.reads.ts';
import { beginning } from './menu.words.reads.ts';

/** What a list is narrowed to, in the words of the database. */
export interface Narrowed {
  category?: string | undefined;
  priceMin?: number | undefined;
  priceMax?: number | undefined;
  featured?: boolean | undefined;
}

export interface How {
  availability: 'any' | 'available' | 'out';
  removed: boolean;
}

/** By what an item is. */
export function narrowed<Query extends Filterable<Query>>(
  query: Query,
  { priceMin, priceMax, featured }: Placeholders<Narrowed>,
  { availability, removed }: How,
): Query {
  let narrow = query;
  if (priceMin) narrow = narrow.where(({ eb }) => eb('i.price', '>=', priceMin));
  if (priceMax) narrow = narrow.where(({ eb }) => eb('i.price', '<=', priceMax));
  if (featured) narrow = narrow.where(({ eb }) => eb('i.featured', '=', featured));
  if (removed) narrow = narrow.where(({ eb }) => eb('i.deletedAt', 'is not', null));
  if (availability === 'any') return narrow;
  return narrow.where(({ eb, and, or, not }) => {
    const counted = and([eb('i.stockMode', '=', 'count'), eb('i.stockLeft', '<=', 0)]);
    const out = or([eb('i.available', '=', false), eb('i.stockMode', '=', 'out'), counted]);
    return availability === 'available' ? not(out) : out;
  });
}

/** The category of that slug, and where it stands; nothing where there is none. */
export function categoryOf(menu: Menu, slug: Placeheld<string>) {
  const named = menu.selectFrom('Category as n').where('n.slug', '=', slug);
  return { id: named.select('n.id'), position: named.select('n.position') };
}

/** From the item to its words; a value and no `exists`, which databases turn around as they like. */
export function holding<Query extends Filterable<Query>>(
  query: Query,
  item: 'i.id' | 'p.itemId',
  terms: { words: readonly Placeheld<string>[]; ends: readonly Placeheld<string>[] },
): Query {
  return terms.words.reduce((some, from, at) => {
    const to = terms.ends[at];
    if (!to) return some;
    return some.where(({ eb, selectFrom }) =>
      eb(
        beginning(selectFrom('MenuWord as w').whereRef('w.itemId', '=', item as 'i.id'), {
          from,
          to,
        }).select(({ fn }) => fn.min('w.word').as('word')),
        'is not',
        null,
      ),
    );
  }, query);
}
