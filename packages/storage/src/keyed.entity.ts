import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilters, uuid } from './base.entity.ts';

const KeyedAnswerSchema = defineEntity({
  name: 'KeyedAnswer',
  tableName: 'keyed_answer',
  properties: {
    /** A digest of restaurant, caller and key. */
    id: p.string().length(32).primary(),
    restaurantId: uuid().strictNullable(),
    procedure: p.string().length(100),
    /** A digest of what was asked. */
    asked: p.string().length(64),
    answer: p.json<unknown>(),
    at: p.datetime(3),
  },
  filters: { tenant: tenantFilters.tenant },
  indexes: [{ properties: ['at'] }],
});
/** What a call with an idempotency key was answered; kept for three days, and never changed. */
export class KeyedAnswer extends KeyedAnswerSchema.class {}
KeyedAnswerSchema.setClass(KeyedAnswer);
