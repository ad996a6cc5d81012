import { defineEntity, p } from '@mikro-orm/core';
import { base, tenantFilters, uuid } from '@comanda/storage/base.entity';
import { RESERVATION_STATES, type KeptTable } from './reservations.states.schema.ts';

const ReservationSchema = defineEntity({
  name: 'Reservation',
  tableName: 'reservation',
  properties: {
    ...base,
    restaurantId: uuid(),
    /** Null: staff wrote it down for somebody. */
    customerId: uuid().strictNullable(),
    customerName: p.string().length(200),
    phone: p.string().length(30).strictNullable(),
    party: p.integer(),
    startsAt: p.datetime(3),
    endsAt: p.datetime(3),
    state: p.enum(RESERVATION_STATES),
    note: p.string().length(500),
    /** One, or two that are put together. */
    tables: p.json<KeptTable[]>(),
    /** Until when they are held: the end, and the buffer behind it. */
    heldUntil: p.datetime(3),
    takenBy: uuid().strictNullable(),
    reason: p.string().length(300).strictNullable(),
  },
  filters: tenantFilters,
  indexes: [
    { properties: ['restaurantId', 'startsAt', 'id'] },
    { properties: ['restaurantId', 'customerId', 'startsAt', 'id'] },
    { properties: ['state', 'startsAt'] },
  ],
});
/** A party that is to come. */
export class Reservation extends ReservationSchema.class {}
ReservationSchema.setClass(Reservation);

const TableHoldSchema = defineEntity({
  name: 'TableHold',
  tableName: 'table_hold',
  properties: {
    tableId: uuid().primary(),
    /** Quarters of an hour since 1970. */
    quarter: p.integer().primary(),
    restaurantId: uuid(),
    reservationId: uuid(),
  },
  filters: { tenant: tenantFilters.tenant },
  indexes: [{ properties: ['reservationId'] }, { properties: ['restaurantId', 'quarter'] }],
});
/** A table for a quarter of an hour: nobody else can have it then. Made from reservations. */
export class TableHold extends TableHoldSchema.class {}
TableHoldSchema.setClass(TableHold);
