import type { RestaurantDetail } from '@comanda/client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { calls, kept } from './comanda.ts';
import { useWho } from './who.ts';

interface Workplace {
  place: RestaurantDetail | undefined;
  error: unknown;
  /** For what cannot be right without it, such as a moment by its clock: waits until it is known. */
  untilKnown: () => Promise<RestaurantDetail | undefined>;
}

/** The restaurant in which whoever is signed in works: its clock is the one that counts there. */
export function useWorkplace(): Workplace {
  const restaurantId = useWho()?.session.user.restaurant?.id;
  const asking = calls.restaurants.show.queryOptions(
    restaurantId === undefined ? skipToken : { restaurantId },
  );
  const { data, error } = useQuery({ ...asking, staleTime: 30_000 });
  const untilKnown = async () => {
    if (restaurantId === undefined) return undefined;
    return kept.ensureQueryData(calls.restaurants.show.queryOptions({ restaurantId }));
  };
  return { place: data, error, untilKnown };
}
