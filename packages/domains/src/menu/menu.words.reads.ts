import type { Reader } from '@comanda/storage/reading';
import { remembered, rememberedDeletedToo } from '@comanda/storage/remembering';
import type { Placeheld, Placeholders } from '@comanda/storage/remembering.query';
import type { MenuItem, MenuWord } from './menu.entity.ts';

type Tables = typeof MenuWord;

/** More than so many words that begin alike are common: then a page is full before long. */
const MAX_RARE = 1_000;
/** Of so many words at most the items are put together, each along its index. */
const MAX_SPELLINGS = 12;
/** So many rows are looked at to tell them apart, and again behind each that has more. */
const LOOKED_AT = 200;

/** All that begin alike, as a range. */
export interface Words {
  from: Placeheld<string>;
  to: Placeheld<string>;
}

const counted = remembered<Tables>()(
  (menu, { from, to, limit }: Placeholders<{ from: string; to: string; limit: number }>) =>
    menu
      .selectFrom((eb) =>
        beginning(eb.selectFrom('MenuWord as w'), { from, to })
          .select('w.word')
          .limit(limit)
          .as('f'),
      )
      .select(({ fn }) => fn.countAll().as('words')),
);

/** The first of these that few words begin with. */
export async function rareOf(
  { em }: Reader,
  terms: readonly string[],
): Promise<string | undefined> {
  for (const from of terms) {
    const asked = { from, to: endOf(from), limit: MAX_RARE + 1 };
    const { words = 0 } = (await counted.first(em, asked)) ?? {};
    if (Number(words) <= MAX_RARE) return from;
  }
  return undefined;
}

const spelled = remembered<Tables>()(
  (menu, { last, to, limit }: Placeholders<{ last: string; to: string; limit: number }>) =>
    menu
      .selectFrom((eb) =>
        eb
          .selectFrom('MenuWord as w')
          .where('w.word', '>', last)
          .where('w.word', '<', to)
          .select('w.word')
          .orderBy('w.word')
          .limit(limit)
          .as('f'),
      )
      .groupBy('f.word')
      .orderBy('f.word')
      .select(({ fn }) => ['f.word', fn.countAll().as('items')]),
);

/** Every word that begins with a term, itself first; nothing where there are many of them. */
export async function spellingsOf({ em }: Reader, term: string): Promise<string[] | undefined> {
  const words = [term];
  for (let last = term; words.length <= MAX_SPELLINGS;) {
    const rows = await spelled.all(em, { last, to: endOf(term), limit: LOOKED_AT });
    words.push(...rows.map(({ word }) => word));
    last = words.at(-1) ?? last;
    const seen = rows.reduce((sum, { items }) => sum + Number(items), 0);
    if (seen < LOOKED_AT) return words.length <= MAX_SPELLINGS ? words : undefined;
  }
  return undefined;
}

const inCategory = rememberedDeletedToo<typeof MenuItem>()(
  (menu, { category }: Placeholders<{ category: string }>) =>
    menu.selectFrom('MenuItem').where('category', '=', category).select('id'),
);

/** What is in a category, or was. */
export async function itemsIn({ em }: Reader, category: string): Promise<string[]> {
  return (await inCategory.all(em, { category })).map(({ id }) => id);
}

interface Worded<Query> {
  where(column: 'w.word', operator: '<' | '>=', value: Placeheld<string>): Query;
}

/** As a range, for which there is an index. */
export function beginning<Query extends Worded<Query>>(query: Query, { from, to }: Words): Query {
  return query.where('w.word', '>=', from).where('w.word', '<', to);
}

/** Behind all that begins so: no letter comes after the last of all signs. */
export function endOf(term: string): string {
  return `${term}\u{10ffff}`;
}
