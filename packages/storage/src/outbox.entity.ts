import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilters, uuid } from './base.entity.ts';

const StreamHeadSchema = defineEntity({
  name: 'StreamHead',
  tableName: 'stream_head',
  properties: {
    restaurantId: uuid().primary(),
    /** Another one after a restore: places told before it mean nothing any more. */
    epoch: p.string().length(8),
    /** Of the newest event. */
    seq: p.integer(),
    /** Of the newest event that is not kept any more. */
    trimmed: p.integer(),
    /** How many orders there have been. */
    orders: p.integer(),
  },
  filters: { tenant: tenantFilters.tenant },
});
/** How far the events of a restaurant have come; whoever adds one holds this row until they commit. */
export class StreamHead extends StreamHeadSchema.class {}
StreamHeadSchema.setClass(StreamHead);

const OutboxEventSchema = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox_event',
  properties: {
    restaurantId: uuid().primary(),
    seq: p.integer().primary(),
    at: p.datetime(3),
    topic: p.string().length(40),
    data: p.json<unknown>(),
  },
  filters: { tenant: tenantFilters.tenant },
  indexes: [{ properties: ['at'] }],
});
/** Something that happened, told to whoever watches; kept for a day. */
export class OutboxEvent extends OutboxEventSchema.class {}
OutboxEventSchema.setClass(OutboxEvent);
