import { defineEntity, p } from '@mikro-orm/core';
import { base, tenantFilters, uuid } from '@comanda/storage/base.entity';

const DiningTableSchema = defineEntity({
  name: 'DiningTable',
  tableName: 'dining_table',
  properties: {
    ...base,
    restaurantId: uuid(),
    name: p.string().length(40),
    section: p.string().length(40).strictNullable(),
    seatsMin: p.integer(),
    seatsMax: p.integer(),
    /** Tables of one group can be put together. */
    joinGroup: p.string().length(40).strictNullable(),
    active: p.boolean(),
  },
  filters: tenantFilters,
  uniques: [{ name: 'dining_table_name_unique', properties: ['restaurantId', 'name'] }],
});
/** Where guests sit. */
export class DiningTable extends DiningTableSchema.class {}
DiningTableSchema.setClass(DiningTable);
