import { kernelErrors } from '@comanda/kernel/kernel.errors';
import { fromCursor, page } from '@comanda/kernel/page';
import { type Reader, reading } from '@comanda/storage/reading';
import type { Account } from '../auth/auth.entity.ts';
import type { Task } from './tasks.entity.ts';
import type { ListTasks, TaskPage, TaskView } from './tasks.schema.ts';

type Tables = typeof Task | typeof Account;
type PersonalReader = Reader & { actor: { id: string } };

const SHOWN = [
  't.id',
  't.title',
  't.description',
  't.dueAt',
  't.doneAt',
  't.ownerId',
  'a.username',
  't.assignedBy',
  't.createdAt',
  't.updatedAt',
  't.version',
] as const;

const tasks = ({ em }: Reader) =>
  reading<Tables>(em)
    .selectFrom('Task as t')
    .leftJoin('Account as a', 'a.id', 't.ownerId')
    .select(SHOWN);
type Row = Awaited<ReturnType<ReturnType<typeof tasks>['executeTakeFirstOrThrow']>>;

/** What somebody has to do, or has given to others; the newest first. */
export async function listTasks(ctx: PersonalReader, input: ListTasks): Promise<TaskPage> {
  const { cursor, limit, done, dueBefore, assigned } = input;
  let query = tasks(ctx).where(assigned ? 't.assignedById' : 't.ownerId', '=', ctx.actor.id);
  if (done !== undefined) query = query.where('t.doneAt', done ? 'is not' : 'is', null);
  if (dueBefore !== undefined) query = query.where('t.dueAt', '<', dueBefore);
  if (cursor !== undefined) query = query.where('t.id', '<', fromCursor(cursor)[0]);
  const rows = await query
    .orderBy('t.id', 'desc')
    .limit(limit + 1)
    .execute();
  return page(rows.map(view), { limit, at: ({ id }) => [id] });
}

/** Refuses whoever neither has it nor gave it. */
export async function showTask(ctx: PersonalReader, id: string): Promise<TaskView> {
  const own = ctx.actor.id;
  const row = await tasks(ctx)
    .where('t.id', '=', id)
    .where(({ eb, or }) => or([eb('t.ownerId', '=', own), eb('t.assignedById', '=', own)]))
    .executeTakeFirst();
  if (!row) throw kernelErrors.NOT_FOUND({ what: 'task' });
  return view(row);
}

function view({ username, ...task }: Row): TaskView {
  return { ...task, completed: task.doneAt !== null, ownerUsername: username };
}
