import { defineEntity, p } from '@mikro-orm/core';
import { base, tenantFilters, uuid } from '@comanda/storage/base.entity';

const ShiftSchema = defineEntity({
  name: 'Shift',
  tableName: 'shift',
  properties: {
    ...base,
    restaurantId: uuid(),
    personId: uuid(),
    startsAt: p.datetime(3),
    endsAt: p.datetime(3),
    /** Drafts are for those who plan; whoever works it sees what was published. */
    state: p.enum(['draft', 'published', 'cancelled']),
    note: p.string().length(200).strictNullable(),
  },
  filters: tenantFilters,
  indexes: [
    { properties: ['restaurantId', 'startsAt', 'id'] },
    { properties: ['personId', 'startsAt'] },
  ],
});
/** When somebody is to work. */
export class Shift extends ShiftSchema.class {}
ShiftSchema.setClass(Shift);
