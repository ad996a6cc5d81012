import { defineErrors, refusal } from '@comanda/kernel/errors';

export const taskErrors = defineErrors({
  TASK_GIVEN: refusal(
    'FORBIDDEN',
    'Whoever gave this task words it and takes it back; whoever has it says that it is done.',
    'Ask the other one. `tasks.show` tells who has the task, and who gave it.',
  ),
});
