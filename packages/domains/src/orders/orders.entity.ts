import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '@comanda/kernel/id';
import { base, tenantFilters, uuid } from '@comanda/storage/base.entity';
import type { ChosenOption } from './orders.schema.ts';
import { ItemState, OrderState, OrderType, PaymentState } from './orders.states.schema.ts';
import type { TotalsSnapshot } from './orders.totals.schema.ts';

const OrderSchema = defineEntity({
  name: 'Order',
  tableName: 'customer_order',
  properties: {
    ...base,
    restaurantId: uuid(),
    /** Counted from one in every restaurant. */
    number: p.integer(),
    /** A digest of who ordered and their key: one order for each, for good. */
    origin: p.string().length(32).hidden(),
    type: p.enum(OrderType.options),
    state: p.enum(OrderState.options),
    payment: p.enum(PaymentState.options),
    /** Whose it is: a person, a guest, or nobody who is known here. */
    customerId: uuid().strictNullable(),
    guestId: uuid().strictNullable(),
    customerName: p.string().length(200),
    phone: p.string().length(30).strictNullable(),
    address: p.string().length(300).strictNullable(),
    instructions: p.string().length(500),
    takenBy: uuid().strictNullable(),
    tableId: uuid().strictNullable(),
    tableName: p.string().length(40).strictNullable(),
    assigneeId: uuid().strictNullable(),
    assigneeName: p.string().length(200).strictNullable(),
    currency: p.string().length(3),
    total: p.bigint('number'),
    paid: p.bigint('number'),
    refunded: p.bigint('number'),
    /** All that the total was reckoned from. */
    totals: p.json<TotalsSnapshot>(),
    /** How many units were ordered and not taken back. */
    units: p.integer(),
    rounds: p.integer(),
    /** How often it was changed, its items included: every time makes another version of it. */
    changes: p.integer(),
    placedAt: p.datetime(3),
    promisedAt: p.datetime(3).strictNullable(),
    closedAt: p.datetime(3).strictNullable(),
  },
  filters: tenantFilters,
  uniques: [
    { name: 'customer_order_number_unique', properties: ['restaurantId', 'number'] },
    { name: 'customer_order_origin_unique', properties: ['restaurantId', 'origin'] },
  ],
  indexes: [
    { properties: ['restaurantId', 'id'] },
    { properties: ['restaurantId', 'placedAt'] },
    { properties: ['restaurantId', 'state', 'id'] },
    { properties: ['restaurantId', 'customerId', 'id'] },
    { properties: ['restaurantId', 'assigneeId', 'id'] },
    { properties: ['guestId'] },
  ],
});
/** What somebody wants to eat, from the moment it is placed. */
export class Order extends OrderSchema.class {}
OrderSchema.setClass(Order);

const OrderItemSchema = defineEntity({
  name: 'OrderItem',
  tableName: 'order_item',
  properties: {
    ...base,
    restaurantId: uuid(),
    /** The index of positions begins with it. */
    order: () => p.manyToOne(Order).index(false),
    position: p.integer(),
    round: p.integer(),
    itemId: uuid(),
    name: p.string().length(200),
    options: p.json<ChosenOption[]>(),
    note: p.string().length(200).strictNullable(),
    quantity: p.integer(),
    unit: p.bigint('number'),
    optionsDelta: p.bigint('number'),
    taxBps: p.integer(),
    station: p.string().length(40).strictNullable(),
    prepMinutes: p.integer().strictNullable(),
    /** Needs no cooking. */
    skipsKitchen: p.boolean(),
    state: p.enum(ItemState.options),
    /** So many were taken from a stock that is counted. */
    counted: p.boolean(),
    startedAt: p.datetime(3).strictNullable(),
    doneAt: p.datetime(3).strictNullable(),
  },
  filters: tenantFilters,
  uniques: [{ name: 'order_item_position_unique', properties: ['order', 'position'] }],
});
/** A line of an order, as the menu was when it was ordered. */
export class OrderItem extends OrderItemSchema.class {}
OrderItemSchema.setClass(OrderItem);

const OrderStepSchema = defineEntity({
  name: 'OrderStep',
  tableName: 'order_step',
  properties: {
    id: uuid()
      .primary()
      .onCreate(() => newId()),
    restaurantId: uuid(),
    orderId: uuid(),
    at: p.datetime(3),
    byId: uuid().strictNullable(),
    byName: p.string().length(200).strictNullable(),
    what: p.string().length(20),
    from: p.string().length(20).strictNullable(),
    to: p.string().length(20).strictNullable(),
    reason: p.string().length(300).strictNullable(),
  },
  filters: { tenant: tenantFilters.tenant },
  indexes: [{ properties: ['orderId', 'id'] }],
});
/** One thing that happened to an order. */
export class OrderStep extends OrderStepSchema.class {}
OrderStepSchema.setClass(OrderStep);

const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: {
    ...base,
    restaurantId: uuid(),
    orderId: uuid(),
    kind: p.enum(['payment', 'refund'] as const),
    amount: p.bigint('number'),
    method: p.string().length(20),
    reason: p.string().length(300).strictNullable(),
    byId: uuid().strictNullable(),
    byName: p.string().length(200).strictNullable(),
  },
  filters: tenantFilters,
  indexes: [{ properties: ['orderId', 'id'] }, { properties: ['restaurantId', 'createdAt'] }],
});
/** Money that came in for an order, or went back; recorded here, moved elsewhere. */
export class Payment extends PaymentSchema.class {}
PaymentSchema.setClass(Payment);
