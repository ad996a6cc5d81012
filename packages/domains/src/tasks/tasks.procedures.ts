import { allowOwn } from '../trpc.ts';
import { createTask, removeTask, updateTask } from './tasks.actions.ts';
import { taskErrors } from './tasks.errors.ts';
import { listTasks, showTask } from './tasks.reads.ts';
import {
  CreateTask,
  ListTasks,
  NameTask,
  RemovedTask,
  TaskPage,
  TaskView,
  UpdateTask,
} from './tasks.schema.ts';

const { TASK_GIVEN } = taskErrors;

export const tasksProcedures = {
  list: allowOwn('task')
    .meta({ summary: 'Lists what the caller has to do, or has given to others; newest first.' })
    .input(ListTasks)
    .output(TaskPage)
    .query(({ ctx, input }) => listTasks(ctx, input)),
  show: allowOwn('task')
    .meta({ summary: 'Shows a task to whoever has it or gave it.' })
    .input(NameTask)
    .output(TaskView)
    .query(({ ctx, input }) => showTask(ctx, input.taskId)),
  create: allowOwn('task')
    .meta({ summary: 'Writes down a task, or gives it to somebody of the staff.', atWork: true })
    .input(CreateTask)
    .output(TaskView)
    .mutation(({ ctx, input }) => createTask(ctx, input)),
  update: allowOwn('task', TASK_GIVEN)
    .meta({ summary: 'Rewords a task, or says whether it is done.' })
    .input(UpdateTask)
    .output(TaskView)
    .mutation(({ ctx, input }) => updateTask(ctx, input)),
  remove: allowOwn('task', TASK_GIVEN)
    .meta({ summary: 'Removes a task.' })
    .input(NameTask)
    .output(RemovedTask)
    .mutation(({ ctx, input }) => removeTask(ctx, input)),
};
