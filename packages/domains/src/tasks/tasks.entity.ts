import { defineEntity, p } from '@mikro-orm/core';
import { base, ownFilters, uuid } from '@comanda/storage/base.entity';

const TaskSchema = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    ...base,
    ownerId: uuid(),
    title: p.string().length(100),
    description: p.string().length(2_000).strictNullable(),
    dueAt: p.datetime(3).strictNullable(),
    /** Null: still to be done. */
    doneAt: p.datetime(3).strictNullable(),
    /** Where it was given to its owner; null for what they wrote down themselves. */
    restaurantId: uuid().strictNullable(),
    assignedById: uuid().strictNullable(),
    assignedBy: p.string().length(200).strictNullable(),
  },
  filters: ownFilters,
  indexes: [{ properties: ['ownerId', 'id'] }, { properties: ['assignedById', 'id'] }],
});
/** Something that one person has to do, and nobody else sees but who gave it to them. */
export class Task extends TaskSchema.class {}
TaskSchema.setClass(Task);
