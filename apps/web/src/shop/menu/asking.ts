import type { ListMenu } from '@comanda/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { calls } from '../../house/comanda.ts';
import { here } from '../../house/restaurant.ts';

const PAGE = 24;

/** What a guest wants to see of the menu. */
export interface Narrowing {
  search: string;
  /** Without what is sold out. */
  available: boolean;
  featured: boolean;
  /** In the smallest unit of the currency. */
  priceMax: number | undefined;
  sort: NonNullable<ListMenu['sort']>;
  /** Allergens that must not be in it; sorted out in the page, since the service has no such filter. */
  without: readonly string[];
}

export const WHOLE_MENU: Narrowing = {
  search: '',
  available: false,
  featured: false,
  priceMax: undefined,
  sort: 'menu',
  without: [],
};

/** Whether anything but the search leaves something out. */
export function isNarrowed({ available, featured, priceMax, without }: Narrowing): boolean {
  return available || featured || priceMax !== undefined || without.length > 0;
}

/** The menu page by page; what was shown stays until the answer to another question is there. */
export function useDishes({ search, available, featured, priceMax, sort }: Narrowing) {
  const asked: ListMenu = {
    ...here(),
    limit: PAGE,
    sort,
    ...(search !== '' && { search }),
    ...(available && { available }),
    ...(featured && { featured }),
    ...(priceMax !== undefined && { priceMax }),
  };
  return useInfiniteQuery({
    ...calls.menu.list.infiniteQueryOptions(asked, {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** A value that waits until nobody has changed it for a while. */
export function useCalm<Value>(value: Value, ms = 350): Value {
  const [calm, setCalm] = useState(value);
  useEffect(() => {
    const waiting = setTimeout(() => setCalm(value), ms);
    return () => clearTimeout(waiting);
  }, [value, ms]);
  return calm;
}
