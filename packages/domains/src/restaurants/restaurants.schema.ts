import { PageInput, pageOf } from '@comanda/kernel/page';
import { line, words } from '@comanda/kernel/text';
import { isTimeZone } from '@comanda/kernel/time-zone';
import { z } from 'zod';
import { BookingTerms } from './restaurants.booking.schema.ts';
import { ClockTerms } from './restaurants.clock.schema.ts';
import { NewHours, NewPause, OpeningHours, OpenState } from './restaurants.hours.schema.ts';
import { OrderingTerms } from './restaurants.ordering.schema.ts';

const Id = z.uuid().toLowerCase();
const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by dashes')
  .max(200);
const TimeZone = z.string().max(60).refine(isTimeZone, 'this is no IANA time zone');
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const Currency = z
  .string()
  .refine((code) => CURRENCIES.has(code), 'an ISO 4217 code of three letters');

/**
 * What a restaurant says of itself.
 * @public the contract names it
 */
export const RestaurantView = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  timeZone: z.string(),
  currency: z.string(),
  version: z.int(),
});
export type RestaurantView = z.infer<typeof RestaurantView>;

/** A restaurant, its hours and terms, and how it stands at this moment. */
export const RestaurantDetail = RestaurantView.extend({
  /** Null: around the clock. */
  hours: OpeningHours.nullable(),
  ordering: OrderingTerms,
  clock: ClockTerms,
  booking: BookingTerms,
  standing: OpenState,
});
export type RestaurantDetail = z.infer<typeof RestaurantDetail>;

export const ListRestaurants = z
  .strictObject({ ...PageInput, search: words(100).optional() })
  .prefault({});
export type ListRestaurants = z.infer<typeof ListRestaurants>;
export const RestaurantPage = pageOf(RestaurantView);
export type RestaurantPage = z.infer<typeof RestaurantPage>;

export const ShowRestaurant = z.strictObject({ restaurantId: Id.optional() }).prefault({});
export type ShowRestaurant = z.infer<typeof ShowRestaurant>;

export const CreateRestaurant = z.strictObject({
  name: line(200),
  slug: Slug.optional(),
  address: words(300).nullable().default(null),
  phone: line(30).nullable().default(null),
  timeZone: TimeZone.default('UTC'),
  currency: Currency.default('EUR'),
});
export type CreateRestaurant = z.infer<typeof CreateRestaurant>;

/**
 * What is left out stays as it is.
 * @public the contract names it
 */
export const OrderingChanges = OrderingTerms.partial();
/** @public the contract names it */
export const ClockChanges = ClockTerms.partial();
/** @public the contract names it */
export const BookingChanges = BookingTerms.partial();

export const UpdateRestaurant = z.strictObject({
  restaurantId: Id.optional(),
  expectedVersion: z.int().optional(),
  name: line(200).optional(),
  slug: Slug.optional(),
  address: words(300).nullable().optional(),
  phone: line(30).nullable().optional(),
  timeZone: TimeZone.optional(),
  currency: Currency.optional(),
  ordering: OrderingChanges.optional(),
  clock: ClockChanges.optional(),
  booking: BookingChanges.optional(),
});
export type UpdateRestaurant = z.infer<typeof UpdateRestaurant>;

const here = { restaurantId: Id.optional(), expectedVersion: z.int().optional() };

export const SetHours = z.strictObject({ ...here, hours: NewHours.nullable() });
export type SetHours = z.infer<typeof SetHours>;

export const PauseRestaurant = z.strictObject({ ...here, ...NewPause });
export type PauseRestaurant = z.infer<typeof PauseRestaurant>;

export const ResumeRestaurant = z.strictObject(here).prefault({});
export type ResumeRestaurant = z.infer<typeof ResumeRestaurant>;
