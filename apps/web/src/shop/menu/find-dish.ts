import type { ItemPage, ItemView } from '@comanda/client';
import { type InfiniteData, useQuery } from '@tanstack/react-query';
import { calls, comanda, kept } from '../../house/comanda.ts';
import { here } from '../../house/restaurant.ts';

const dishKey = (slug: string) => [['menu', 'dish'], here(), slug];

/** A dish by the name in its address; `null` where there is none. */
export function useDish(slug: string) {
  return useQuery({
    queryKey: dishKey(slug),
    queryFn: ({ signal }) => findDish(slug, signal),
    initialData: () => seenDish(slug),
    staleTime: 60_000,
  });
}

/** Reads it again, since something about it was not as it seemed. */
export async function freshDish({ id: itemId, slug }: ItemView): Promise<void> {
  kept.setQueryData(dishKey(slug), await comanda.menu.show.query({ ...here(), itemId }));
}

/** The menu that the guest came from has it. */
function seenDish(slug: string): ItemView | undefined {
  const lists = kept.getQueriesData<InfiniteData<ItemPage>>({
    queryKey: calls.menu.list.pathKey(),
  });
  const items = lists.flatMap(([, list]) => list?.pages?.flatMap((page) => page.items) ?? []);
  return items.find((item) => item.slug === slug);
}

/** By an address alone: the words in it most often are those of its name; else the menu is read through. */
async function findDish(slug: string, signal: AbortSignal): Promise<ItemView | null> {
  const look = async (asked: object) => {
    const page = await comanda.menu.list.query({ ...here(), limit: 100, ...asked }, { signal });
    return { ...page, dish: page.items.find((item) => item.slug === slug) };
  };
  const { dish } = await look({ search: slug.replaceAll('-', ' ').slice(0, 100) });
  if (dish) return dish;
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Awaited<ReturnType<typeof look>> = await look(cursor === '' ? {} : { cursor });
    if (page.dish) return page.dish;
    cursor = page.nextCursor;
  }
  return null;
}
