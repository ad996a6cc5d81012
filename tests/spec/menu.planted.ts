import { Category, MenuItem, MenuWord } from '@comanda/domains/menu/menu.entity';
import type { Client } from '@comanda/client';
import { newId } from '@comanda/kernel/id';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { TestApp } from '@comanda/testing';
import { behind } from '@comanda/testing/author';

export type Asked = Exclude<Parameters<Client['menu']['list']['query']>[0], void | undefined>;

/** An item that was planted; tests say anew where its category stands when they move it. */
export interface Planted {
  id: string;
  sortName: string;
  price: number;
  position: number;
  categoryId: string;
  slug: string;
  featured: boolean;
  words: string[];
}

/** What is to differ in the nth item; its category is the one of that number. */
export type Nth = (
  n: number,
) => Pick<Planted, 'sortName' | 'price' | 'featured' | 'words'> & { category: number };

/** A menu of that many items, in categories that stand at these positions, past the service. */
export async function plant(
  app: TestApp,
  { items, positions, nth }: { items: number; positions: readonly number[]; nth: Nth },
): Promise<Planted[]> {
  const { database, clock } = app.house;
  const { restaurantId } = app.home;
  const em = acrossRestaurants(database, behind(clock));
  const stamps = { createdAt: clock.now(), updatedAt: clock.now(), deletedAt: null, version: 1 };
  const categories = positions.map((position, n) => {
    const id = newId();
    return { ...stamps, id, restaurantId, slug: `c-${n}`, title: `C ${n}`, position };
  });
  await em.insertMany(
    Category,
    categories.map((one) => ({ ...one, skipsKitchen: false })),
  );
  const all = Array.from({ length: items }, (_, n): Planted => {
    const { category: of, ...own } = nth(n);
    const category = categories[of];
    if (!category) throw new Error('There is no such category.');
    const { id: categoryId, position, slug } = category;
    return { ...own, id: newId(), categoryId, position, slug };
  });
  await em.insertMany(
    MenuItem,
    all.map(({ words: _, slug: __, position, categoryId, ...item }) => ({
      ...stamps,
      ...item,
      ...BLANK,
      restaurantId,
      category: categoryId,
      categoryPosition: position,
      name: item.sortName,
      slug: `i-${item.id}`,
    })),
  );
  await em.insertMany(
    MenuWord,
    all.flatMap(({ id: itemId, words, position, categoryId, sortName }) =>
      words.map((word) => {
        const place = { categoryPosition: position, categoryId, sortName };
        return { itemId, restaurantId, word, ...place };
      }),
    ),
  );
  return all;
}

const BLANK = {
  description: '',
  taxBps: 0,
  available: true,
  allergens: [],
  station: null,
  prepMinutes: null,
  photoId: null,
  recipeId: null,
  options: [],
  mealtimes: null,
  stockMode: 'none' as const,
  stockLeft: 0,
  stockLow: 5,
};

const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const byId = (one: Planted, other: Planted) => byText(one.id, other.id);
const byName = (one: Planted, other: Planted) =>
  byText(one.sortName, other.sortName) || byId(one, other);
const ORDERS: Record<NonNullable<Asked['sort']>, (one: Planted, other: Planted) => number> = {
  menu: (one, other) =>
    one.position - other.position || byText(one.categoryId, other.categoryId) || byName(one, other),
  name: byName,
  price: (one, other) => one.price - other.price || byId(one, other),
  '-price': (one, other) => other.price - one.price || byId(one, other),
};

/** What there is to be listed, sorted and narrowed here and by no database. */
export function expected(planted: Planted[], { sort = 'menu', ...asked }: Asked): string[] {
  const { category, featured, priceMin = 0, priceMax = Infinity, search } = asked;
  return planted
    .filter((one) => category === undefined || one.slug === category)
    .filter((one) => featured === undefined || one.featured === featured)
    .filter(({ price }) => price >= priceMin && price <= priceMax)
    .filter(({ words }) =>
      (search?.split(' ') ?? []).every((term) => words.some((word) => word.startsWith(term))),
    )
    .toSorted(ORDERS[sort])
    .map(({ id }) => id);
}

/** All of a list, page by page. */
export async function listed(app: TestApp, asked: Asked): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await app.as('anonymous').menu.list.query({ limit: 100, ...asked, cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
