import { defineEntity, p } from '@mikro-orm/core';
import { base, ownFilters } from '@comanda/storage/base.entity';

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
  },
  filters: ownFilters,
});
/** A house with its own staff, menu and books. Itself no tenant's row: anyone may see that it is there. */
export class Restaurant extends RestaurantSchema.class {}
RestaurantSchema.setClass(Restaurant);
