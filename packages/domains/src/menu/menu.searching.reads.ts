import type { Reader } from '@comanda/storage/reading';
import { remembered, rememberedDeletedToo } from '@comanda/storage/remembering';
import type { Placeholders } from '@comanda/storage/remembering.query';
import { along, type AskedAlong, placesAlong } from './menu.along.reads.ts';
import type { How } from './menu.narrowing.reads.ts';
import type { Found, Tables } from './menu.shown.reads.ts';
import { endOf, rareOf, spellingsOf } from './menu.words.reads.ts';

/** So many times the places of a page are looked at for every word, to see along which it is soon full. */
const TRIED = 3;
/** Words that keep leading each other on by a few places are not followed for ever. */
const MAX_LEAPS = 8;

const finding = (remember: typeof remembered<Tables>, removed: boolean) =>
  remember()((menu, asked: Placeholders<AskedAlong>, availability: How['availability']) =>
    along(menu, asked, { availability, removed }),
  );
const found = finding(remembered<Tables>, false);
const foundRemoved = finding(rememberedDeletedToo<Tables>, true);

const leading = (remember: typeof remembered<Tables>) =>
  remember()((menu, asked: Placeholders<AskedAlong & { within: number }>) =>
    placesAlong(menu, asked),
  );
const next = leading(remembered<Tables>);
/** In a category that was removed there may be what was removed before. */
const nextRemoved = leading(rememberedDeletedToo<Tables>);

export interface Search extends Omit<AskedAlong, 'spellings' | 'words' | 'ends' | 'within'>, How {
  terms: readonly string[];
}

/** What has all terms, in the order of the menu; nothing where each of them begins too many words to tell. */
export async function foundByWords(reader: Reader, search: Search): Promise<Found[] | undefined> {
  const ways = await waysTo(reader, search.terms);
  const [longest] = ways;
  if (!longest) return undefined;
  if (ways.length === 1) return ask(reader, search, longest);
  const tried = await triedAlong(reader, search, ways);
  if (tried) return tried;
  const place = await leapt(reader, search, ways);
  if (!place) return [];
  const ahead = { ...search, place };
  return (await triedAlong(reader, ahead, ways)) ?? ask(reader, ahead, longest);
}

type Way = Pick<AskedAlong, 'spellings' | 'words' | 'ends'>;

/** Along the rare term, or else along each whose words can be told. */
async function waysTo(reader: Reader, terms: readonly string[]): Promise<Way[]> {
  const rare = terms.length > 1 ? await rareOf(reader, terms) : undefined;
  const ways: Way[] = [];
  for (const term of rare === undefined ? terms : [rare]) {
    const spellings = await spellingsOf(reader, term);
    const words = terms.filter((other) => other !== term);
    if (spellings) ways.push({ spellings, words, ends: words.map(endOf) });
  }
  return ways;
}

/** A whole page, if there is one among the next places of any of these. */
async function triedAlong(
  reader: Reader,
  search: Search,
  ways: readonly Way[],
): Promise<Found[] | undefined> {
  for (const way of ways) {
    const rows = await ask(reader, search, { ...way, within: TRIED * search.limit });
    if (rows.length === search.limit) return rows;
  }
  return undefined;
}

/** Behind which place the first can be that has all: never ahead of where each of them comes next. */
async function leapt({ em }: Reader, search: Search, ways: readonly Way[]): Promise<Place | null> {
  const { category, limit, removed } = search;
  let { place = [] } = search;
  for (let leaps = 0; leaps < MAX_LEAPS; leaps += 1) {
    const heads: Head[] = [];
    for (const { spellings } of ways) {
      const from = place.length > 0 ? place : undefined;
      const asked = { category, limit, spellings, words: [], ends: [], place: from, within: 1 };
      const head = await (removed ? nextRemoved : next).first(em, asked);
      if (!head) return null;
      heads.push(head);
    }
    const furthest = heads.reduce((one, other) => (isBehind(other, one) ? other : one));
    place = justBefore(furthest).slice(category === undefined ? 0 : 2);
    if (heads.every(({ itemId }) => itemId === furthest.itemId)) break;
  }
  return place;
}

type Place = (string | number)[];
interface Head {
  categoryPosition: number;
  categoryId: string;
  sortName: string;
  itemId: string;
}

function isBehind(one: Head, other: Head): boolean {
  const { categoryPosition, categoryId, sortName, itemId } = other;
  if (one.categoryPosition !== categoryPosition) return one.categoryPosition > categoryPosition;
  if (one.categoryId !== categoryId) return one.categoryId > categoryId;
  return one.sortName === sortName ? one.itemId > itemId : one.sortName > sortName;
}

/** What comes behind this place begins with that item. */
function justBefore({ categoryPosition, categoryId, sortName, itemId }: Head): Place {
  const last = String.fromCharCode(itemId.charCodeAt(itemId.length - 1) - 1);
  return [categoryPosition, categoryId, sortName, endOf(itemId.slice(0, -1) + last)];
}

function ask(
  { em }: Reader,
  { terms: _, availability, removed, ...search }: Search,
  way: Way & Pick<AskedAlong, 'within'>,
): Promise<Found[]> {
  return (removed ? foundRemoved : found).all(em, { ...search, ...way }, availability);
}
