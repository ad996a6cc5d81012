import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page } from '@comanda/kernel/page';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Restaurant } from './restaurants.entity.ts';
import { restaurantErrors } from './restaurants.errors.ts';
import type { ListRestaurants, RestaurantPage, RestaurantView } from './restaurants.schema.ts';

type Tables = typeof Restaurant;

const SHOWN = [
  'id',
  'name',
  'slug',
  'address',
  'phone',
  'timeZone',
  'currency',
  'version',
] as const;

export async function listRestaurants(
  { em }: Reader,
  { cursor, limit, search }: ListRestaurants,
): Promise<RestaurantPage> {
  let query = reading<Tables>(em).selectFrom('Restaurant').select(SHOWN);
  if (search) {
    const part = search.toLowerCase();
    query = query.where(({ eb, fn, val }) =>
      eb(fn<number>('instr', [fn('lower', ['name']), val(part)]), '>', 0),
    );
  }
  if (cursor) query = query.where('id', '>', fromCursor(cursor)[0]);
  const rows = await query
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return page(rows, { limit, at: ({ id }) => [id] });
}

/** The named restaurant, or the only one there is. Refuses to guess. */
export async function showRestaurant(
  { em }: Reader,
  { restaurantId }: { restaurantId?: string | undefined },
): Promise<RestaurantView> {
  let query = reading<Tables>(em).selectFrom('Restaurant').select(SHOWN);
  if (restaurantId) query = query.where('id', '=', restaurantId);
  const [found, another] = await query.limit(2).execute();
  if (!found) throw kernelErrors.NOT_FOUND({ what: 'restaurant' });
  if (another) throw restaurantErrors.RESTAURANT_REQUIRED();
  return found;
}
