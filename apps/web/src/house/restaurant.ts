import { refusedWith, type RestaurantDetail } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls, startAfresh } from './comanda.ts';
import { inBrowser } from './kept.ts';

const KEY = 'comanda.restaurant';

/** The restaurant that this browser is at; none where the service has only one. */
export function chosenRestaurant(): string | undefined {
  return inBrowser.get(KEY) ?? undefined;
}

export async function choose(restaurantId: string): Promise<void> {
  inBrowser.set(KEY, restaurantId);
  await startAfresh();
}

/** What every call about the restaurant is told: nothing, where there is only one. */
export function here(): { restaurantId?: string } {
  const restaurantId = chosenRestaurant();
  return restaurantId === undefined ? {} : { restaurantId };
}

interface Standing {
  restaurant: RestaurantDetail | undefined;
  /** There are several, and nobody has said which. */
  mustChoose: boolean;
  error: unknown;
}

/** The restaurant that this browser is at, its terms and whether it is open. */
export function useRestaurant(): Standing {
  const { data, error } = useQuery({
    ...calls.restaurants.show.queryOptions(here()),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
  const unknown = refusedWith(error, 'NOT_FOUND') && chosenRestaurant() !== undefined;
  if (unknown) inBrowser.remove(KEY);
  return {
    restaurant: data,
    mustChoose: unknown || refusedWith(error, 'RESTAURANT_REQUIRED'),
    error,
  };
}
