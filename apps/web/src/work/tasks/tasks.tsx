import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { calls } from '../../house/comanda.ts';
import { useMay } from '../../house/who.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/field.tsx';
import { Nothing, Problem, Waiting } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { NewTask } from './new-task.tsx';
import { TaskLine } from './task-line.tsx';

const SHOWN = { open: 'To do', done: 'Done', given: 'Given to others' };
type Shown = keyof typeof SHOWN;

/** One's own list, what managers put on it, and for managers what they gave to others. */
export function Tasks() {
  const may = useMay();
  const [shown, setShown] = useState<Shown>('open');
  const asked = shown === 'given' ? { assigned: true } : { done: shown === 'done' };
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    calls.tasks.list.infiniteQueryOptions(
      { ...asked, limit: 20 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const tasks = data?.pages.flatMap(({ items }) => items);
  const choices = (['open', 'done', 'given'] as const).filter(
    (one) => one !== 'given' || may('shift.schedule'),
  );
  return (
    <Page title="Your tasks">
      <NewTask />
      <div className="form">
        <Choice
          label="Show"
          value={shown}
          onChange={({ target }) => setShown(choices.find((one) => one === target.value) ?? 'open')}
        >
          {choices.map((one) => (
            <option key={one} value={one}>
              {SHOWN[one]}
            </option>
          ))}
        </Choice>
      </div>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!tasks && !error && <Waiting />}
      {tasks?.length === 0 && (
        <Nothing>
          <p>Nothing here.</p>
        </Nothing>
      )}
      <ul className="stack">
        {tasks?.map((task) => (
          <TaskLine key={task.id} task={task} isGiven={shown === 'given'} />
        ))}
      </ul>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Older ones
        </Button>
      )}
    </Page>
  );
}
