import { newId } from '@comanda/kernel/id';
import type { ImportMenu } from '@comanda/domains/menu/menu.schema';

/** The menu that everybody holds: 1000 items in 8 categories. */
export const ITEMS = 1_000;
export const CATEGORIES = [
  'starters',
  'soups',
  'salads',
  'pasta',
  'pizza',
  'mains',
  'sides',
  'desserts',
];

const NOUNS = ['tart', 'plate', 'bowl', 'platter', 'special'];
const KINDS = ['lemon', 'truffle', 'basil', 'smoked', 'roasted', 'garden', 'seaside', 'winter'];
/** In one item of forty. */
export const RARE_WORD = 'saffron';
const IN_ONE_IMPORT = 50;

/** As `menu.import` takes it, in so many calls. */
export function menuFiles(): ImportMenu[] {
  const categories = CATEGORIES.map((slug, at) => ({
    slug,
    title: slug[0]?.toUpperCase() + slug.slice(1),
    position: at + 1,
    skipsKitchen: false,
  }));
  const items = Array.from({ length: ITEMS }, (_, nth) => itemOf(nth));
  return Array.from({ length: ITEMS / IN_ONE_IMPORT }, (_, call) => ({
    categories: call === 0 ? categories : [],
    items: items.slice(call * IN_ONE_IMPORT, (call + 1) * IN_ONE_IMPORT),
  }));
}

function itemOf(nth: number): ImportMenu['items'][number] {
  const kind = KINDS[nth % KINDS.length];
  const noun = NOUNS[nth % NOUNS.length];
  return {
    name: `${kind} ${noun} ${String(nth).padStart(4, '0')}`,
    slug: `item-${nth}`,
    description: `A ${kind} ${noun} with ${nth % 40 === 0 ? RARE_WORD : 'herbs'}, made to order.`,
    category: CATEGORIES[nth % CATEGORIES.length] ?? '',
    price: 500 + ((nth * 37) % 2_500),
    taxBps: 1_000,
    featured: nth % 10 === 0,
    available: true,
    allergens: nth % 2 === 0 ? ['gluten'] : ['milk', 'nuts'],
    station: null,
    prepMinutes: 10,
    options: nth % 5 === 0 ? [sizes()] : [],
    mealtimes: null,
    stockMode: 'none',
    stockLeft: 0,
    stockLow: 5,
  };
}

/** A choice that nobody has to make. */
function sizes() {
  const option = (name: string, priceDelta: number) => ({
    id: newId(),
    name,
    priceDelta,
    available: true,
    maxQuantity: 1,
  });
  const options = [option('small', -100), option('regular', 0), option('large', 200)];
  return { id: newId(), name: 'Size', min: 0, max: 1, options };
}
