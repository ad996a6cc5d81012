import { defineEntity, p } from '@mikro-orm/core';
import { base, tenantFilters, uuid } from '@comanda/storage/base.entity';
import type { KeptLine } from './cart.lines.schema.ts';

const CartSchema = defineEntity({
  name: 'Cart',
  tableName: 'cart',
  properties: {
    ...base,
    restaurantId: uuid(),
    /** A person, or a guest. */
    ownerId: uuid(),
    guest: p.boolean(),
    /** Its owner's scratch pad: what was ordered from it is told, not every step on the way. */
    lines: p.json<KeptLine[]>().hidden(),
  },
  filters: tenantFilters,
  uniques: [{ name: 'cart_owner_unique', properties: ['restaurantId', 'ownerId'] }],
  indexes: [{ properties: ['ownerId'] }, { properties: ['restaurantId', 'updatedAt', 'id'] }],
});
/** What somebody is about to order in one restaurant. */
export class Cart extends CartSchema.class {}
CartSchema.setClass(Cart);
