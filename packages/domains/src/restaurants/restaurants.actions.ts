import { isRefusal } from '@comanda/kernel/errors';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction } from '@comanda/storage/transaction';
import type { ActorContext, StaffContext } from '../context.ts';
import { Restaurant } from './restaurants.entity.ts';
import { restaurantErrors } from './restaurants.errors.ts';
import { showRestaurant } from './restaurants.reads.ts';
import { slugFrom } from './restaurants.rules.ts';
import type { CreateRestaurant, RestaurantView, UpdateRestaurant } from './restaurants.schema.ts';

const SLUG_TRIES = 20;

/** A slug made from the name may be taken by a call beside this one: then another is made. */
export async function createRestaurant(
  ctx: ActorContext,
  input: CreateRestaurant,
): Promise<RestaurantView> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await createdOnce(ctx, input);
    } catch (error) {
      const another = input.slug === undefined && attempt < SLUG_TRIES;
      if (!another || !isRefusal(error, restaurantErrors.SLUG_TAKEN)) throw error;
    }
  }
}

function createdOnce(ctx: ActorContext, input: CreateRestaurant): Promise<RestaurantView> {
  return inTransaction(ctx, async ({ em }) => {
    const slug = input.slug ?? (await freeSlug(em, input.name));
    const restaurant = em.create(Restaurant, { ...input, slug });
    await saved(em);
    return showRestaurant({ em }, { restaurantId: restaurant.id });
  });
}

export function updateRestaurant(
  ctx: StaffContext,
  input: UpdateRestaurant,
): Promise<RestaurantView> {
  return inTransaction(ctx, async ({ em, restaurantId }) => {
    const restaurant = await em.findOne(Restaurant, restaurantId);
    if (!restaurant) throw kernelErrors.NOT_FOUND({ what: 'restaurant' });
    const { restaurantId: _, expectedVersion, ...changes } = input;
    if (expectedVersion !== undefined && expectedVersion !== restaurant.version) {
      throw kernelErrors.VERSION_CONFLICT();
    }
    const { name, slug, address, phone, timeZone, currency } = changes;
    if (name !== undefined) restaurant.name = name;
    if (slug !== undefined) restaurant.slug = slug;
    if (address !== undefined) restaurant.address = address;
    if (phone !== undefined) restaurant.phone = phone;
    if (timeZone !== undefined) restaurant.timeZone = timeZone;
    if (currency !== undefined) restaurant.currency = currency;
    await saved(em);
    return showRestaurant({ em }, { restaurantId });
  });
}

type Em = StaffContext['em'];

async function freeSlug(em: Em, name: string): Promise<string> {
  const like = `${slugFrom(name, () => false)}%`;
  const rows = await em.find(
    Restaurant,
    { slug: { $like: like } },
    { filters: { notDeleted: false } },
  );
  const taken = new Set<string>(rows.map(({ slug }) => slug));
  return slugFrom(name, (slug) => taken.has(slug));
}

async function saved(em: Em): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (violatedUnique(error)?.includes('slug')) throw restaurantErrors.SLUG_TAKEN();
    throw error;
  }
}
