import { PageInput, pageOf } from '@comanda/kernel/page';
import { Text } from '@comanda/kernel/text';
import { z } from 'zod';

const Id = z.uuid().toLowerCase();
const text = (max: number) => Text.trim().min(1).max(max);
const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by dashes')
  .max(200);
const TimeZone = z.string().max(60).refine(isTimeZone, 'this is no IANA time zone');
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const Currency = z
  .string()
  .refine((code) => CURRENCIES.has(code), 'an ISO 4217 code of three letters');

/** Named zones only: a bare offset knows no summer time. */
function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

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

export const ListRestaurants = z
  .strictObject({ ...PageInput, search: text(100).optional() })
  .prefault({});
export type ListRestaurants = z.infer<typeof ListRestaurants>;
export const RestaurantPage = pageOf(RestaurantView);
export type RestaurantPage = z.infer<typeof RestaurantPage>;

export const ShowRestaurant = z.strictObject({ restaurantId: Id.optional() }).prefault({});
export type ShowRestaurant = z.infer<typeof ShowRestaurant>;

export const CreateRestaurant = z.strictObject({
  name: text(200),
  slug: Slug.optional(),
  address: text(300).nullable().default(null),
  phone: text(30).nullable().default(null),
  timeZone: TimeZone.default('UTC'),
  currency: Currency.default('EUR'),
});
export type CreateRestaurant = z.infer<typeof CreateRestaurant>;

export const UpdateRestaurant = z.strictObject({
  restaurantId: Id.optional(),
  expectedVersion: z.int().optional(),
  name: text(200).optional(),
  slug: Slug.optional(),
  address: text(300).nullable().optional(),
  phone: text(30).nullable().optional(),
  timeZone: TimeZone.optional(),
  currency: Currency.optional(),
});
export type UpdateRestaurant = z.infer<typeof UpdateRestaurant>;
