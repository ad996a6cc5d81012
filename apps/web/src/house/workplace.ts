import type { RestaurantDetail } from '@comanda/client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { calls } from './comanda.ts';
import { useWho } from './who.ts';

/** The restaurant in which whoever is signed in works: its clock is the one that counts there. */
export function useWorkplace(): { place: RestaurantDetail | undefined; error: unknown } {
  const restaurantId = useWho()?.session.user.restaurant?.id;
  const asking = calls.restaurants.show.queryOptions(
    restaurantId === undefined ? skipToken : { restaurantId },
  );
  const { data, error } = useQuery({ ...asking, staleTime: 30_000 });
  return { place: data, error };
}
