import { holds } from '@comanda/kernel/access';
import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { provenanceOf } from '@comanda/storage/provenance';
import { withoutRestaurant } from '@comanda/storage/tenancy';
import { inTransaction } from '@comanda/storage/transaction';
import { accessErrors } from '../access.errors.ts';
import type { ActorContext } from '../context.ts';
import { heldStaff } from '../people/people.holding.actions.ts';
import { Task } from './tasks.entity.ts';
import { showTask } from './tasks.reads.ts';
import { doneSince, refuseOtherPart } from './tasks.rules.ts';
import type { CreateTask, NameTask, RemovedTask, TaskView, UpdateTask } from './tasks.schema.ts';

type Words = Pick<Task, 'title' | 'description' | 'dueAt'>;

/** Writes down what the caller has to do, or gives it to somebody who works where they do. */
export function createTask(ctx: ActorContext, input: CreateTask): Promise<TaskView> {
  const { restaurantId: named, assigneeId = ctx.actor.id, ...words } = input;
  const { restaurantId } = ctx;
  if (named !== undefined && restaurantId === null) {
    throw kernelErrors.NOT_FOUND({ what: 'restaurant' });
  }
  if (assigneeId === ctx.actor.id) return writtenDown(ctx, words);
  if (restaurantId === null || !holds(ctx.actor.role, 'shift.schedule')) {
    throw accessErrors.FORBIDDEN({ capability: 'shift.schedule' });
  }
  return given(ctx, { ...words, ownerId: assigneeId, restaurantId });
}

/** No business of the restaurant's, whose log tells what is done there. */
function writtenDown(ctx: ActorContext, words: Words): Promise<TaskView> {
  const em = withoutRestaurant(ctx.em, provenanceOf(ctx.em));
  return inTransaction({ ...ctx, em }, async (ctx) => {
    const nobody = { restaurantId: null, assignedById: null, assignedBy: null };
    const task = ctx.em.create(Task, { ...words, ...nobody, ownerId: ctx.actor.id, doneAt: null });
    await ctx.em.flush();
    return showTask(ctx, task.id);
  });
}

function given(
  ctx: ActorContext,
  said: Words & { ownerId: string; restaurantId: string },
): Promise<TaskView> {
  return inTransaction(ctx, async (ctx) => {
    const { em, actor } = ctx;
    await heldStaff({ em, restaurantId: said.restaurantId }, said.ownerId);
    const giver = { assignedById: actor.id, assignedBy: actor.name.slice(0, 200) };
    const task = em.create(Task, { ...said, ...giver, doneAt: null });
    await em.flush();
    return showTask(ctx, task.id);
  });
}

export function updateTask(ctx: ActorContext, input: UpdateTask): Promise<TaskView> {
  const { taskId, expectedVersion, done, ...words } = input;
  const named = Object.entries(words).filter(([, value]) => value !== undefined);
  return inTransaction(ctx, async (ctx) => {
    const { em, actor, clock } = ctx;
    const task = await taskOf(ctx, taskId);
    if (expectedVersion !== undefined && expectedVersion !== task.version) {
      throw kernelErrors.VERSION_CONFLICT();
    }
    if (named.length > 0) refuseOtherPart(task, { by: actor.id, part: 'words' });
    Object.assign(task, Object.fromEntries(named));
    if (done !== undefined) {
      refuseOtherPart(task, { by: actor.id, part: 'done' });
      task.doneAt = doneSince(task.doneAt, { done, now: clock.now() });
    }
    await em.flush();
    return showTask(ctx, taskId);
  });
}

export function removeTask(ctx: ActorContext, { taskId }: NameTask): Promise<RemovedTask> {
  return inTransaction(ctx, async (ctx) => {
    const task = await taskOf(ctx, taskId);
    refuseOtherPart(task, { by: ctx.actor.id, part: 'words' });
    task.deletedAt = ctx.clock.now();
    await ctx.em.flush();
    return { id: taskId };
  });
}

async function taskOf({ em, actor: { id: own } }: ActorContext, id: string): Promise<Task> {
  const task = await em.findOne(Task, { id, $or: [{ ownerId: own }, { assignedById: own }] });
  if (!task) throw kernelErrors.NOT_FOUND({ what: 'task' });
  return task;
}
