import { defineEntity, p } from '@mikro-orm/core';
import { newId } from '@comanda/kernel/id';
import { tenantFilters, uuid } from './base.entity.ts';

const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: uuid()
      .primary()
      .onCreate(() => newId()),
    at: p.datetime(3),
    actorId: uuid().strictNullable(),
    actorName: p.string().length(200).strictNullable(),
    role: p.string().length(20),
    restaurantId: uuid().strictNullable(),
    action: p.string().length(100),
    change: p.string().length(10),
    target: p.string().length(60),
    targetId: p.string().length(100),
    before: p.json<Record<string, unknown>>().strictNullable(),
    after: p.json<Record<string, unknown>>().strictNullable(),
    requestId: p.string().length(100),
    address: p.string().length(45).strictNullable(),
  },
  filters: { tenant: tenantFilters.tenant },
  indexes: [
    { properties: ['restaurantId', 'id'] },
    { properties: ['target', 'targetId'] },
    { properties: ['actorId'] },
  ],
});
/** One change, who made it and from where. Rows are added, never changed. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
