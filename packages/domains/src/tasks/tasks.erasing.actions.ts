import { blank } from '@comanda/storage/erasing';
import type { Erasing } from '../context.ts';
import { Task } from './tasks.entity.ts';

/** What they wrote down for themselves goes; what was given, to them or by them, is the restaurant's. */
export const eraseTasks: Erasing = async ({ em, clock }, { accountId }) => {
  const own = { ownerId: accountId, restaurantId: null };
  for (const task of await em.find(Task, own)) task.deletedAt = clock.now();
  await em.flush();
  await blank(em, Task, { where: own, set: { title: '', description: null } });
  await blank(em, Task, { where: { assignedById: accountId }, set: { assignedBy: null } });
};
