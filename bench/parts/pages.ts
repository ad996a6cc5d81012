import type { Finding, Pace, Part } from '../findings.ts';
import { pagePath, type Place } from '../menu-pages.ts';
import { CATEGORIES, RARE_WORD } from '../menu.ts';
import { type NaiveHouse, openNaiveHouse } from '../naive-house.ts';
import { openOurHouse, type OurHouse, valueIn } from '../our-house.ts';
import { sideBySide } from '../rounds.ts';
import { called, naiveAt, sameItems } from '../sides.ts';

const FIRST = { limit: 20 };
const DEEP = 900;
const COUNTED = 'The naive stack counts all that fit, as findAndCount does.';

export const pages: Part = {
  name: 'pages',
  about: 'other pages of the menu: a category, and one far down',
  run: async (pace) => {
    await using house = await openOurHouse();
    await using naive = await openNaiveHouse(house);
    const category = CATEGORIES[3] ?? '';
    return [
      await compared(pace, {
        house,
        naive,
        title: 'A category of the menu',
        about: `20 items of 125. ${COUNTED}`,
        place: { ...FIRST, category },
        theirs: { ...FIRST, category, offset: 0 },
      }),
      await compared(pace, {
        house,
        naive,
        title: 'A page deep in the menu',
        about: `20 items after 900: ours by key, the naive stack by offset. ${COUNTED}`,
        place: { ...FIRST, cursor: house.cursorAfter(DEEP) },
        theirs: { ...FIRST, offset: DEEP },
      }),
    ];
  },
};

export const search: Part = {
  name: 'search',
  about: 'the menu, searched for a word',
  run: async (pace) => {
    await using house = await openOurHouse();
    await using naive = await openNaiveHouse(house);
    return [
      await compared(pace, {
        house,
        naive,
        title: 'A search of the menu',
        about: `20 of 25 items that have a word: ours by an index of words, the naive stack by LIKE. ${COUNTED}`,
        place: { ...FIRST, search: RARE_WORD },
        theirs: { ...FIRST, search: RARE_WORD, offset: 0 },
      }),
    ];
  },
};

interface Compared extends Pick<Finding, 'title' | 'about'> {
  house: OurHouse;
  naive: NaiveHouse;
  /** In our words. */
  place: Place;
  theirs: Place;
}

async function compared(
  pace: Pace,
  { house, naive, title, about, place, theirs }: Compared,
): Promise<Finding> {
  const page = valueIn(await house.read(pagePath(place, 'nobody'))) as { items: unknown[] };
  await sameItems(page.items, [[naive.url + pagePath(theirs), valueIn]]);
  const { series } = await sideBySide(pace, [
    { ...called(house), turn: 'page', told: { place } },
    naiveAt(naive, theirs),
  ]);
  return { title, about, series, targets: [] };
}
