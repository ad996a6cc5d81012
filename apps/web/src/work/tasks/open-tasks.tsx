import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { ButtonLink } from '../../parts/button.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { TaskLine } from './task-line.tsx';

/** The newest of what is to be done. */
export function OpenTasks() {
  const { data, error, refetch } = useQuery(
    calls.tasks.list.queryOptions({ done: false, limit: 5 }),
  );
  return (
    <section className="stack" aria-labelledby="work-tasks">
      <h2 id="work-tasks">To do</h2>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={1} />}
      {data?.items.length === 0 && <p className="aside">Nothing on your list.</p>}
      <ul className="stack">
        {data?.items.map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
      </ul>
      <div>
        <ButtonLink to="/work/tasks">All tasks</ButtonLink>
      </div>
    </section>
  );
}
