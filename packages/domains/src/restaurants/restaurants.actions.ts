import { isRefusal } from '@comanda/kernel/errors';
import { kernelErrors, type ValidationDetails } from '@comanda/kernel/kernel.errors';
import { slugFrom } from '@comanda/kernel/slug';
import { violatedUnique } from '@comanda/storage/failures';
import { inTransaction } from '@comanda/storage/transaction';
import type { ActorContext, StaffContext } from '../context.ts';
import { Restaurant } from './restaurants.entity.ts';
import { restaurantErrors } from './restaurants.errors.ts';
import { hoursIssues } from './restaurants.hours-issues.rules.ts';
import { showRestaurant } from './restaurants.reads.ts';
import { bookingTerms, clockTerms, orderingTerms, termsWith } from './restaurants.terms.rules.ts';
import type {
  CreateRestaurant,
  PauseRestaurant,
  RestaurantDetail,
  ResumeRestaurant,
  SetHours,
  UpdateRestaurant,
} from './restaurants.schema.ts';

const SLUG_TRIES = 20;

/** A slug made from the name may be taken by a call beside this one: then another is made. */
export async function createRestaurant(
  ctx: ActorContext,
  input: CreateRestaurant,
): Promise<RestaurantDetail> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await createdOnce(ctx, input);
    } catch (error) {
      const another = input.slug === undefined && attempt < SLUG_TRIES;
      if (!another || !isRefusal(error, restaurantErrors.SLUG_TAKEN)) throw error;
    }
  }
}

function createdOnce(ctx: ActorContext, input: CreateRestaurant): Promise<RestaurantDetail> {
  return inTransaction(ctx, async ({ em }) => {
    const slug = input.slug ?? (await freeSlug(em, input.name));
    const restaurant = em.create(Restaurant, { ...input, slug });
    await saved(em);
    return showRestaurant({ em, clock: ctx.clock }, { restaurantId: restaurant.id });
  });
}

export function updateRestaurant(
  ctx: StaffContext,
  input: UpdateRestaurant,
): Promise<RestaurantDetail> {
  return changed(ctx, input, (restaurant) => {
    const { name, slug, address, phone, timeZone, currency, ordering, clock, booking } = input;
    if (name !== undefined) restaurant.name = name;
    if (slug !== undefined) restaurant.slug = slug;
    if (address !== undefined) restaurant.address = address;
    if (phone !== undefined) restaurant.phone = phone;
    if (timeZone !== undefined) restaurant.timeZone = timeZone;
    if (currency !== undefined) restaurant.currency = currency;
    if (ordering) restaurant.ordering = termsWith(orderingTerms(restaurant.ordering), ordering);
    if (clock) restaurant.clock = termsWith(clockTerms(restaurant.clock), clock);
    if (booking) restaurant.booking = termsWith(bookingTerms(restaurant.booking), booking);
  });
}

/** Sets all hours at once; null opens around the clock. */
export function setHours(ctx: StaffContext, input: SetHours): Promise<RestaurantDetail> {
  const { hours } = input;
  return changed(ctx, input, (restaurant) => {
    if (hours) refuseIssues(hoursIssues(hours));
    restaurant.hours = hours;
  });
}

/** Takes no orders for a while; the hours stay as they are. */
export function pauseRestaurant(
  ctx: StaffContext,
  input: PauseRestaurant,
): Promise<RestaurantDetail> {
  const { until, message } = input;
  return changed(ctx, input, (restaurant) => {
    restaurant.pausedAt = ctx.clock.now();
    restaurant.pausedUntil = until;
    restaurant.pauseMessage = message;
  });
}

export function resumeRestaurant(
  ctx: StaffContext,
  input: ResumeRestaurant,
): Promise<RestaurantDetail> {
  return changed(ctx, input, (restaurant) => {
    restaurant.pausedAt = null;
    restaurant.pausedUntil = null;
    restaurant.pauseMessage = null;
  });
}

function changed(
  ctx: StaffContext,
  { expectedVersion }: { expectedVersion?: number | undefined },
  change: (restaurant: Restaurant) => void,
): Promise<RestaurantDetail> {
  return inTransaction(ctx, async ({ em, restaurantId, clock }) => {
    const restaurant = await em.findOne(Restaurant, restaurantId);
    if (!restaurant) throw kernelErrors.NOT_FOUND({ what: 'restaurant' });
    if (expectedVersion !== undefined && expectedVersion !== restaurant.version) {
      throw kernelErrors.VERSION_CONFLICT();
    }
    change(restaurant);
    await saved(em);
    return showRestaurant({ em, clock }, { restaurantId });
  });
}

function refuseIssues(issues: ValidationDetails['issues']): void {
  if (issues.length === 0) return;
  const told = issues.slice(0, 20).map(({ path, message }) => ({ path: `hours.${path}`, message }));
  throw kernelErrors.VALIDATION({ issues: told, more: issues.length - told.length });
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
