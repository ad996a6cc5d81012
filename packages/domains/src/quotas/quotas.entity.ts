import { defineEntity, p } from '@mikro-orm/core';
import { base, ownFilters, tenantFilters, uuid } from '@comanda/storage/base.entity';

const RoleBudgetSchema = defineEntity({
  name: 'RoleBudget',
  tableName: 'role_budget',
  properties: {
    ...base,
    caller: p.string().length(20).unique('role_budget_caller_unique'),
    /** Rates in words, such as `200/min`; null: those of the preset. */
    reads: p.json<string[]>().strictNullable(),
    writes: p.json<string[]>().strictNullable(),
  },
  filters: ownFilters,
});
/** What an admin has set for a role in place of the preset's numbers. */
export class RoleBudget extends RoleBudgetSchema.class {}
RoleBudgetSchema.setClass(RoleBudget);

const UsageHourSchema = defineEntity({
  name: 'UsageHour',
  tableName: 'usage_hour',
  properties: {
    /** Hour, restaurant, account and role in one, so that processes add up in the same row. */
    slot: p.string().length(120).primary(),
    hour: p.datetime(3),
    restaurantId: uuid().strictNullable(),
    accountId: uuid().strictNullable(),
    role: p.string().length(20),
    reads: p.integer().default(0),
    writes: p.integer().default(0),
    refused: p.integer().default(0),
  },
  filters: { tenant: tenantFilters.tenant },
  indexes: [{ properties: ['restaurantId', 'hour'] }, { properties: ['hour'] }],
});
/** How much one person called in one hour, wearing one hat; a statistic, kept for a day. */
export class UsageHour extends UsageHourSchema.class {}
UsageHourSchema.setClass(UsageHour);
