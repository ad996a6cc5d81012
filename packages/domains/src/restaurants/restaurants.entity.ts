import { defineEntity, p } from '@mikro-orm/core';
import { base, ownFilters } from '@comanda/storage/base.entity';
import type { BookingTerms } from './restaurants.booking.schema.ts';
import type { ClockTerms } from './restaurants.clock.schema.ts';
import type { OpeningHours } from './restaurants.hours.schema.ts';
import type { OrderingTerms } from './restaurants.ordering.schema.ts';

const RestaurantSchema = defineEntity({
  name: 'Restaurant',
  tableName: 'restaurant',
  properties: {
    ...base,
    name: p.string().length(200),
    slug: p.string().length(200).unique('restaurant_slug_unique'),
    address: p.string().length(300).strictNullable(),
    phone: p.string().length(30).strictNullable(),
    timeZone: p.string().length(60),
    currency: p.string().length(3),
    /** Null: around the clock. */
    hours: p.json<OpeningHours>().strictNullable(),
    /** Null: the terms that hold where nobody has set any. */
    ordering: p.json<OrderingTerms>().strictNullable(),
    /** Null: likewise. */
    clock: p.json<ClockTerms>().strictNullable(),
    /** Null: likewise. */
    booking: p.json<BookingTerms>().strictNullable(),
    pausedAt: p.datetime(3).strictNullable(),
    /** Null: until somebody resumes. */
    pausedUntil: p.datetime(3).strictNullable(),
    pauseMessage: p.string().length(200).strictNullable(),
  },
  filters: ownFilters,
});
/** A house with its own staff, menu and books. Itself no tenant's row: anyone may see that it is there. */
export class Restaurant extends RestaurantSchema.class {}
RestaurantSchema.setClass(Restaurant);
