import { Moment } from '@comanda/kernel/moment.schema';
import { PageInput, pageOf } from '@comanda/kernel/page';
import { line, words } from '@comanda/kernel/text';
import { z } from 'zod';

const Id = z.uuid().toLowerCase();
const Title = line(100);
const Description = words(2_000);

export const TaskView = z.object({
  id: z.uuid(),
  title: z.string(),
  description: z.string().nullable(),
  dueAt: z.date().nullable(),
  doneAt: z.date().nullable(),
  completed: z.boolean(),
  ownerId: z.uuid(),
  /** Null: this person signs in by something else. */
  ownerUsername: z.string().nullable(),
  /** The name of whoever gave it to its owner; null: the owner wrote it down. */
  assignedBy: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  version: z.int(),
});
export type TaskView = z.infer<typeof TaskView>;

export const ListTasks = z
  .strictObject({
    ...PageInput,
    done: z.boolean().optional(),
    /** Those that are due, and before this moment. */
    dueBefore: Moment.optional(),
    /** In place of the caller's own: those that they gave to others. */
    assigned: z.boolean().default(false),
  })
  .prefault({});
export type ListTasks = z.infer<typeof ListTasks>;
export const TaskPage = pageOf(TaskView);
export type TaskPage = z.infer<typeof TaskPage>;

export const CreateTask = z.strictObject({
  /** Left out: the restaurant of the session. An admin may name another. */
  restaurantId: Id.optional(),
  title: Title,
  description: Description.nullable().default(null),
  dueAt: Moment.nullable().default(null),
  /** Somebody of that restaurant, for those who plan its shifts. Left out: it is the caller's own. */
  assigneeId: Id.optional(),
});
export type CreateTask = z.infer<typeof CreateTask>;

export const NameTask = z.strictObject({ taskId: Id });
export type NameTask = z.infer<typeof NameTask>;

export const UpdateTask = NameTask.extend({
  expectedVersion: z.int().optional(),
  title: Title.optional(),
  description: Description.nullable().optional(),
  dueAt: Moment.nullable().optional(),
  done: z.boolean().optional(),
});
export type UpdateTask = z.infer<typeof UpdateTask>;

export const RemovedTask = z.object({ id: z.uuid() });
export type RemovedTask = z.infer<typeof RemovedTask>;
