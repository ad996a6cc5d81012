import { refusedWith, type TaskView } from '@comanda/client';
import { comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { dayAndTime } from '../../house/figures.ts';
import { useNow } from '../../house/live.ts';
import { useWorkplace } from '../../house/workplace.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Tick } from '../../parts/field.tsx';
import { useSay } from '../../parts/toasts.tsx';

interface TaskLineProps {
  task: TaskView;
  /** One gave it to somebody else: they say when it is done, and oneself takes it back. */
  isGiven?: boolean;
}

export function TaskLine({ task, isGiven = false }: TaskLineProps) {
  const { id, title, description, completed, assignedBy, ownerUsername, version } = task;
  const say = useSay();
  const onRefused = (error: unknown) => {
    const isTheirs = refusedWith(error, 'TASK_GIVEN');
    const isOld = refusedWith(error, 'VERSION_CONFLICT') || refusedWith(error, 'NOT_FOUND');
    if (isTheirs) say('Whoever gave this task takes it back.', 'bad');
    if (isOld) say('This task has changed in the meantime.', 'bad');
    return isTheirs || isOld;
  };
  const ticking = useDoing({
    call: (done: boolean) =>
      comanda.tasks.update.mutate({ taskId: id, expectedVersion: version, done }),
    said: ({ completed: done }) => (done ? 'Done!' : 'To be done again.'),
    touches: ['tasks'],
    onRefused,
  });
  const removing = useDoing({
    call: () => comanda.tasks.remove.mutate({ taskId: id }),
    said: 'Removed.',
    touches: ['tasks'],
    onRefused,
  });
  const mayRemove = isGiven || assignedBy === null;
  return (
    <li className="card work-task">
      {isGiven ? (
        <span className="work-task-title">{title}</span>
      ) : (
        <Tick
          label={title}
          checked={ticking.busy ? ticking.input === true : completed}
          aria-disabled={ticking.busy}
          onChange={({ target }) => ticking.run(target.checked)}
        />
      )}
      <span className="aside work-task-about">
        {assignedBy !== null && !isGiven && <Badge tone="busy">{`From ${assignedBy}`}</Badge>}
        {isGiven && (
          <Badge tone={completed ? 'good' : 'busy'}>{givenTo(task, ownerUsername)}</Badge>
        )}
        <Due task={task} />
        {description !== null && <span>{description}</span>}
      </span>
      {mayRemove && (
        <Button
          kind="quiet"
          busy={removing.busy}
          aria-label={`Remove ${title}`}
          onClick={() => removing.run()}
        >
          Remove
        </Button>
      )}
    </li>
  );
}

function givenTo({ completed }: TaskView, name: string | null): string {
  const whom = name === null ? 'Given' : `For ${name}`;
  return completed ? `${whom}, done` : whom;
}

function Due({ task: { dueAt, completed } }: { task: TaskView }) {
  const { place } = useWorkplace();
  const now = useNow(60_000);
  if (dueAt === null) return null;
  const isLate = !completed && dueAt.getTime() < now;
  return (
    <Badge tone={isLate ? 'bad' : 'plain'}>
      {isLate ? 'Was due' : 'Due'} {dayAndTime(dueAt, place?.timeZone)}
    </Badge>
  );
}
